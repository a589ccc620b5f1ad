//! One-time links.

use chrono::TimeDelta;
use trellis::domain::people::Role;
use trellis::server::session::set_up::SetUpError;

use crate::company::{Company, MEMBER, PASSWORD, is_in, sign_in, start};

const FIRST: [(&str, &str); 4] =
    [("organisation", " Harbour kitchens "), ("name", "Zoe"), ("email", "zoe@example.org"), ("password", PASSWORD)];

#[tokio::test]
async fn an_empty_database_gets_its_first_admin_by_a_link_that_works_once() {
    let company = Company::empty();
    let server = company.serve().await;
    let link = server.sessions.set_up_link().await.unwrap().unwrap();
    let mut browser = server.browser();
    assert!(browser.get(&link).await.body.contains("autocomplete=\"new-password\""));
    let answer = browser.post(&link, &FIRST).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/")));
    assert!(is_in(&mut browser).await, "whoever has set it up is signed in");
    let admins = server
        .ledger
        .read(|workspace, _| workspace.people().map(|person| (person.name.clone(), person.role)).collect::<Vec<_>>());
    assert_eq!(admins, [("Zoe".to_owned(), Role::Admin)]);
    assert_eq!(server.ledger.read(|workspace, _| workspace.settings.name.clone()), "Harbour kitchens");
    assert_eq!(sign_in(&mut server.browser(), "zoe@example.org", PASSWORD).await, 303);

    assert_eq!(server.browser().post(&link, &FIRST).await.status, 410);
    assert_eq!(server.browser().get(&link).await.status, 410);
    assert_eq!(server.sessions.set_up_link().await.unwrap(), None, "there is an admin now");
}

#[tokio::test]
async fn of_two_who_use_a_link_at_once_one_is_let_in() {
    let company = Company::empty();
    let server = company.serve().await;
    let link = server.sessions.set_up_link().await.unwrap().unwrap();
    let other = [("organisation", "Others"), ("name", "Eve"), ("email", "eve@example.org"), ("password", PASSWORD)];
    let (mut one, mut two) = (server.browser(), server.browser());
    let (one, two) = tokio::join!(one.post(&link, &FIRST), two.post(&link, &other));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410]);
    assert_eq!(server.ledger.read(|workspace, _| workspace.people().count()), 1);
}

#[tokio::test]
async fn a_mistake_in_the_form_does_not_use_the_link_up() {
    let company = Company::empty();
    let server = company.serve().await;
    let link = server.sessions.set_up_link().await.unwrap().unwrap();
    let long = "x".repeat(201);
    let endless = "x".repeat(301);
    for (organisation, name, email, password, problem) in [
        ("Us", "", "zoe@example.org", PASSWORD, "Write something here."),
        ("Us", "Zoe", "zoe", PASSWORD, "This is not an e-mail address."),
        ("Us", "Zoe", "zoe@example.org", "elevenchars", "at least 12 characters"),
        ("Us", "Zoe", "zoe@example.org", &long, "at most 200 characters"),
        ("Us", "Zoe\u{202e}", "zoe@example.org", PASSWORD, "invisible character"),
        (" ", "Zoe", "zoe@example.org", PASSWORD, "Write something here."),
        (&endless, "Zoe", "zoe@example.org", PASSWORD, "at most 300 are kept"),
        ("U\u{202e}s", "Zoe", "zoe@example.org", PASSWORD, "invisible character"),
    ] {
        let fields = [("organisation", organisation), ("name", name), ("email", email), ("password", password)];
        let answer = server.browser().post(&link, &fields).await;
        assert_eq!(answer.status, 422, "{problem}");
        assert!(answer.body.contains(problem), "{problem}");
        assert!(
            answer.body.contains(r#"aria-invalid="true""#) && answer.body.contains(r#"aria-describedby="problem""#)
        );
        assert!(answer.body.contains(&format!(r#"value="{email}""#)), "what was typed is there still");
        assert!(!answer.body.contains(password));
    }
    assert_eq!(server.browser().post(&link, &FIRST).await.status, 303);
}

#[tokio::test]
async fn a_link_expires_and_another_start_makes_a_new_one() {
    let company = Company::empty();
    let old = company.serve().await.sessions.set_up_link().await.unwrap().unwrap();
    let link = company.serve().await.sessions.set_up_link().await.unwrap().unwrap();
    let late = company.serve_at(start() + TimeDelta::days(1)).await;
    assert_eq!(late.browser().post(&link, &FIRST).await.status, 410, "too late");
    let server = company.serve().await;
    assert_eq!(server.browser().post(&old, &FIRST).await.status, 410, "there is a newer one");
    assert_eq!(server.browser().post(&link, &FIRST).await.status, 303);
}

#[tokio::test]
async fn somebody_imported_becomes_the_first_admin_by_their_address() {
    let company = Company::founded().await;
    let server = company.serve().await;
    // There is an admin, who cannot sign in.
    let link = server.sessions.set_up_link().await.unwrap().unwrap();
    let fields = [("organisation", "Reach"), ("name", "Mia"), ("email", "MIA@example.org"), ("password", PASSWORD)];
    assert_eq!(server.browser().post(&link, &fields).await.status, 303);
    let (role, people) =
        server.ledger.read(|workspace, _| (workspace.person(MEMBER).unwrap().role, workspace.people().count()));
    assert_eq!((role, people), (Role::Admin, 5));
}

#[tokio::test]
async fn the_example_company_needs_no_link() {
    let company = Company::founded().await;
    let server = company.serve().await;
    server.become_example(true).await;
    assert_eq!(server.sessions.set_up_link().await.unwrap(), None);
}

#[tokio::test]
async fn an_operator_lets_people_in_and_resets_them() {
    let company = Company::founded().await;
    let server = company.serve().await;
    let link = server.sessions.add_user("Zoe", "zoe@example.org", Role::Viewer).await.unwrap();
    let page = server.browser().get(&link).await.body;
    assert!(page.contains("Welcome, Zoe") && page.contains(r#"value="zoe@example.org""#), "{page}");
    let mut browser = server.browser();
    // Nobody chooses another name or address at somebody else's link.
    let fields = [("name", "Ada"), ("email", "ada@example.org"), ("password", PASSWORD)];
    assert_eq!(browser.post(&link, &fields).await.status, 303);
    assert!(is_in(&mut browser).await);
    assert_eq!(sign_in(&mut server.browser(), "ada@example.org", PASSWORD).await, 401);

    let taken = server.sessions.add_user("Other", "Zoe@example.org", Role::Admin).await.unwrap_err();
    assert!(taken.to_string().contains("Zoe has this e-mail address already"), "{taken}");
    let has_password = |users: Vec<trellis::server::session::set_up::User>| {
        users.into_iter().filter(|user| user.has_password).map(|user| user.person.name).collect::<Vec<_>>()
    };
    assert_eq!(has_password(server.sessions.list_users().await.unwrap()), ["Zoe"]);

    let again = server.sessions.reset_user("ZOE@example.org").await.unwrap();
    assert!(!is_in(&mut browser).await, "a reset signs out everywhere");
    assert_eq!(sign_in(&mut server.browser(), "zoe@example.org", PASSWORD).await, 401, "and ends the old password");
    assert_eq!(server.browser().post(&again, &[("password", "another pass phrase")]).await.status, 303);
    assert_eq!(sign_in(&mut server.browser(), "zoe@example.org", "another pass phrase").await, 303);

    let unknown = server.sessions.reset_user("nobody@example.org").await.unwrap_err();
    assert!(matches!(unknown, SetUpError::Unknown(_)), "{unknown}");
}
