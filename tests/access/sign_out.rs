//! How sessions end.

use chrono::TimeDelta;
use trellis::server::session::{IDLE, LONGEST};

use crate::company::{ADMIN, Company, MEMBER, is_in, start};

#[tokio::test]
async fn signing_out_bites_at_once_on_this_device() {
    let company = Company::founded().await;
    let server = company.serve().await;
    let mut phone = server.signed_in(MEMBER).await;
    let mut laptop = server.signed_in(MEMBER).await;
    let mut stolen = phone.clone();
    assert!(is_in(&mut stolen).await);
    let answer = phone.post("/sign-out", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/sign-in")));
    assert!(answer.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(phone.cookie, None);
    assert!(!is_in(&mut stolen).await);
    assert!(is_in(&mut laptop).await);
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_of_one_person() {
    let company = Company::founded().await;
    let server = company.serve().await;
    let mut phone = server.signed_in(MEMBER).await;
    let mut laptop = server.signed_in(MEMBER).await;
    let mut other = server.signed_in(ADMIN).await;
    assert_eq!(laptop.post("/sign-out-everywhere", &[]).await.status, 303);
    assert!(!is_in(&mut phone).await);
    assert!(is_in(&mut other).await);
}

#[tokio::test]
async fn what_a_session_keeps_open_ends_with_it() {
    let company = Company::founded().await;
    let server = company.serve().await;
    let mut phone = server.signed_in(MEMBER).await;
    let laptop = server.signed_in(MEMBER).await;
    let other = server.signed_in(ADMIN).await;
    let mut on_phone = phone.listen("/api/live").await;
    let mut on_laptop = laptop.listen("/api/live").await;
    let mut of_other = other.listen("/api/live").await;
    assert_eq!([on_phone.status, on_laptop.status, of_other.status], [200; 3]);
    phone.post("/sign-out", &[]).await;
    assert!(on_phone.ends().await);
    assert!(on_laptop.goes_on().await);
    server.sessions.reset_user("mia@example.org").await.unwrap();
    assert!(on_laptop.ends().await);
    assert!(of_other.goes_on().await);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_in_the_end_anyway() {
    let company = Company::founded().await;
    let mut cookie = company.serve().await.signed_in(MEMBER).await.cookie;
    let mut at = start();
    while at + IDLE < start() + LONGEST {
        at += IDLE - TimeDelta::seconds(1);
        let server = company.serve_at(at).await;
        let mut browser = server.browser();
        browser.cookie = cookie;
        assert!(is_in(&mut browser).await, "used in time, at {at}");
        cookie = browser.cookie;
    }
    let server = company.serve_at(start() + LONGEST).await;
    let mut browser = server.browser();
    browser.cookie = cookie;
    assert!(!is_in(&mut browser).await, "however much it is used");

    let idle = company.serve().await.signed_in(MEMBER).await.cookie;
    let server = company.serve_at(start() + IDLE).await;
    let mut browser = server.browser();
    browser.cookie = idle;
    assert!(!is_in(&mut browser).await, "not used for so long");
}

#[tokio::test]
async fn what_has_expired_is_forgotten() {
    let company = Company::founded().await;
    company.serve().await.signed_in(MEMBER).await;
    company.serve_at(start() + IDLE).await.signed_in(ADMIN).await;
    let pool = sqlx::SqlitePool::connect(&company.address()).await.unwrap();
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM session").fetch_one(&pool).await.unwrap();
    assert_eq!(kept, 1);
}

#[tokio::test]
async fn no_token_is_in_the_database() {
    let company = Company::founded().await;
    let server = company.serve().await;
    let cookie = server.signed_in(MEMBER).await.cookie.unwrap();
    let link = server.sessions.reset_user("vera@example.org").await.unwrap();
    let pool = sqlx::SqlitePool::connect(&company.address()).await.unwrap();
    let kept: Vec<String> =
        sqlx::query_scalar("SELECT token_hash FROM session UNION ALL SELECT token_hash FROM set_up_link")
            .fetch_all(&pool)
            .await
            .unwrap();
    assert_eq!(kept.len(), 2);
    for hash in kept {
        assert!(!cookie.contains(&hash) && !link.contains(&hash), "{hash}");
    }
}
