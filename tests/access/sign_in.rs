//! Signing in.

use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::browser::{PAGE, form};
use crate::company::{ADMIN, Company, MEMBER, PASSWORD, is_in, sign_in, sign_in_from, start};
use chrono::TimeDelta;

const EMAIL: &str = "mia@example.org";

async fn company() -> (Company, crate::company::Server) {
    let company = Company::founded().await;
    let server = company.serve().await;
    server.let_in(EMAIL).await;
    (company, server)
}

#[tokio::test]
async fn with_the_right_password() {
    let (_company, server) = company().await;
    let mut browser = server.browser();
    assert!(!is_in(&mut browser).await);
    let answer = browser.post("/sign-in", &[("email", " MIA@example.org "), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/")));
    assert!(is_in(&mut browser).await);
}

#[tokio::test]
async fn an_unknown_account_a_wrong_password_and_a_missing_one_get_the_same_answer() {
    let (_company, server) = company().await;
    let mut answers = Vec::new();
    // Vera has no password yet. All are as long as each other, since pages tell the length of what they carry along.
    for email in ["   mia@example.org", "  vera@example.org", "nobody@example.org"] {
        let mut browser = server.browser();
        let answer = browser.post("/sign-in", &[("email", email), ("password", "wrong"), ("next", "/tree")]).await;
        assert_eq!(browser.cookie, None);
        assert_eq!(answer.status, 401);
        assert!(answer.body.contains(&format!(r#"value="{email}""#)), "what was typed is there still");
        assert!(answer.body.contains(r#"value="/tree""#));
        assert!(answer.body.contains("This e-mail address and password do not belong together."));
        assert!(!answer.body.contains("wrong"), "the password is not sent back");
        // The nonce is another one each time.
        let policy = answer.header("content-security-policy").unwrap();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        answers.push(plain(&answer.body.replace(nonce, "")).replace(email, ""));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

/// A page with what it carries along for the client as text.
fn plain(page: &str) -> String {
    let read = |(place, part): (usize, &str)| {
        let bytes = (place % 2 == 1).then(|| STANDARD_NO_PAD.decode(part).ok()).flatten();
        bytes.map_or_else(|| part.to_owned(), |bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    page.split('"').enumerate().map(read).collect()
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_other_sites_and_plain_http() {
    let (_company, server) = company().await;
    let fields = form(&[("email", EMAIL), ("password", PASSWORD)]);
    let cookie = async |headers: &[(&str, &str)]| {
        let answer = server.browser().ask(&Method::POST, "/sign-in", headers, &fields).await;
        answer.header("set-cookie").unwrap().to_owned()
    };
    let plain = cookie(&[PAGE]).await;
    assert!(plain.starts_with("trellis=") && plain.ends_with("; HttpOnly; SameSite=Lax"), "{plain}");
    assert!(plain.contains("; Path=/; "), "{plain}");
    for headers in [&[("host", "okr.example.org")][..], &[("x-forwarded-proto", "https")]] {
        let secure = cookie(headers).await;
        assert!(secure.starts_with("__Host-trellis="), "{secure}");
        assert!(secure.ends_with("; HttpOnly; SameSite=Lax; Secure"), "{secure}");
        assert!(secure.contains("; Path=/; ") && !secure.contains("Domain"), "{secure}");
    }
}

#[tokio::test]
async fn a_session_is_a_new_one_and_takes_the_place_of_the_old() {
    let (_company, server) = company().await;
    let planted = format!("trellis={}", "A".repeat(43));
    let mut browser = server.browser().with_cookie(planted.clone());
    assert_eq!(sign_in(&mut browser, EMAIL, PASSWORD).await, 303);
    assert_ne!(browser.cookie, Some(planted.clone()));
    assert!(!is_in(&mut server.browser().with_cookie(planted)).await);

    let mut first = browser.clone();
    assert_eq!(sign_in(&mut browser, EMAIL, PASSWORD).await, 303);
    assert_ne!(browser.cookie, first.cookie);
    assert!(is_in(&mut browser).await);
    assert!(!is_in(&mut first).await, "the session from before is over");
}

#[tokio::test]
async fn one_leads_back_to_where_one_was_and_never_elsewhere() {
    let (_company, server) = company().await;
    let location = async |next: &str| {
        let fields = [("email", EMAIL), ("password", PASSWORD), ("next", next)];
        server.browser().post("/sign-in", &fields).await.header("location").unwrap().to_owned()
    };
    assert_eq!(location("/tree?cycle=2026-Q1").await, "/tree?cycle=2026-Q1");
    for foreign in ["https://example.org", "//example.org", "/\\example.org", "/\t/example.org", "javascript:alert(1)"]
    {
        assert_eq!(location(foreign).await, "/", "{foreign}");
    }
}

#[tokio::test]
async fn a_page_of_another_site_signs_nobody_in_or_out() {
    let (_company, server) = company().await;
    let fields = form(&[("email", EMAIL), ("password", PASSWORD)]);
    for foreign in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://example.org")]
    {
        let answer = server.browser().ask(&Method::POST, "/sign-in", &[PAGE, foreign], &fields).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (403, None), "{foreign:?}");
        let mut member = server.signed_in(MEMBER).await;
        assert_eq!(member.ask(&Method::POST, "/sign-out-everywhere", &[PAGE, foreign], "").await.status, 403);
        assert!(is_in(&mut member).await);
    }
}

#[tokio::test]
async fn guessing_at_an_account_is_slowed_down() {
    let (company, server) = company().await;
    let mut browser = server.browser();
    let mut tries = 0;
    let refused = loop {
        // Each guess from elsewhere, and the account written differently.
        let email = if tries % 2 == 0 { EMAIL } else { "Mia@Example.org" };
        let answer = sign_in_from(&mut browser, &format!("203.0.113.{tries}"), email).await;
        if answer.status != 401 {
            break answer;
        }
        tries += 1;
    };
    assert_eq!((tries, refused.status), (10, 429));
    let seconds: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=61).contains(&seconds), "{seconds}");
    assert!(refused.body.contains(&format!("Too many attempts. Try again in {seconds} seconds.")));
    assert_eq!(sign_in(&mut browser, EMAIL, PASSWORD).await, 429, "not even with the right password");
    assert_eq!(sign_in(&mut browser, "vera@example.org", "wrong").await, 401, "others are not concerned");

    let later = company.serve_at(start() + TimeDelta::minutes(2)).await;
    assert_eq!(sign_in(&mut later.browser(), EMAIL, PASSWORD).await, 303);
}

#[tokio::test]
async fn guessing_from_an_address_is_slowed_down() {
    let (_company, server) = company().await;
    let mut browser = server.browser();
    let mut statuses = Vec::new();
    for account in 0..61 {
        let email = format!("{account}@example.org");
        statuses.push(sign_in_from(&mut browser, "203.0.113.7", &email).await.status);
    }
    assert!(statuses[..60].iter().all(|status| *status == 401), "{statuses:?}");
    assert_eq!(statuses[60], 429);
    assert_eq!(sign_in_from(&mut browser, "203.0.113.8", EMAIL).await.status, 401);
}

#[tokio::test]
async fn a_form_that_cannot_be_read_is_refused() {
    let (_company, server) = company().await;
    for body in ["", "email=a", "password=b", "email=a&email=b&password=c", "person=1"] {
        for path in ["/sign-in", "/sign-in/example"] {
            let status = server.browser().ask(&Method::POST, path, &[PAGE], body).await.status;
            assert_eq!(status, 400, "{path} with {body:?}");
        }
    }
    let long = "x".repeat(100_000);
    assert_eq!(sign_in(&mut server.browser(), &long, &long).await, 401);
    assert_eq!(sign_in(&mut server.browser(), "\0", "\0").await, 401);
    let broken = server.browser().ask(&Method::POST, "/sign-in", &[PAGE], "email=%FF&password=%C3").await;
    assert_eq!(broken.status, 401);
}

#[tokio::test]
async fn the_people_of_the_example_company_are_only_chosen_there() {
    let (_company, server) = company().await;
    let admin = ADMIN.to_string();
    let choice = [("person", admin.as_str())];
    assert!(!server.browser().get("/sign-in").await.body.contains(&admin));
    assert_eq!(server.browser().post("/sign-in/example", &choice).await.status, 403);

    server.become_example(true).await;
    assert!(server.browser().get("/sign-in").await.body.contains(&admin));
    let mut browser = server.browser();
    assert_eq!(browser.post("/sign-in/example", &choice).await.status, 303);
    assert!(is_in(&mut browser).await);
    let unknown = [("person", "00000000-0000-0000-0000-0000000000ff")];
    assert_eq!(server.browser().post("/sign-in/example", &unknown).await.status, 403);

    server.become_example(false).await;
    assert!(!is_in(&mut browser).await, "whoever was in by a click is out again");
    assert_eq!(server.browser().post("/sign-in/example", &choice).await.status, 403);
}
