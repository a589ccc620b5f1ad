//! Every route, for each kind of person. A route that is not in the table fails.

use axum::http::Method;
use sqlx::SqlitePool;
use trellis::domain::cadence::Cadence;
use trellis::domain::change::{Edit, Record, Replaced};
use trellis::domain::command::Command;
use trellis::domain::ids::{PersonId, TeamId, WorkspaceId};
use trellis::domain::people::{PersonField, Role, Team};
use trellis::server::http::routes;
use trellis::server::session::token::Token;
use trellis::server::session::{IDLE, LONGEST};
use trellis::server::store::accounts::{Accounts, StoredSession};
use uuid::Uuid;

use crate::browser::{Browser, PAGE};
use crate::commands::{OBJECTIVE, objective};
use crate::company::{ADMIN, Company, MEMBER, OWNER, Server, VIEWER, person, start, submit};

/// A route as the router writes it, a request to it, and the status for outsiders, viewers, members and admins.
struct Row(Method, &'static str, &'static str, &'static str, [u16; 4]);

const LINK: &str = "/set-up/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The objective of the tests of commands.
const NODE: &str = "/node/00000000-0000-0000-0000-000000000014";
const SIGHT: &str = "/node/00000000-0000-0000-0000-000000000014/sight";
const NAME: &str = r#"{"name":"00000000-0000-0000-0000-000000000014","on":null}"#;

/// Of a team that is not there.
const MEETING: &str = "/check-in/team/00000000-0000-0000-0000-000000000099";

const ACTIVITY_OF: &str = r#"{"node":{"objective":"00000000-0000-0000-0000-000000000014"}}"#;

const QUERY: &str =
    r#"{"query":{"cycle":null,"focus":null,"open":null,"from":null,"on":null,"since":null,"node":null,"filter":""}}"#;

/// A new submission each time, since nobody may send another's again.
const NOTHING: &str = r#"{"mutation":"NEW","commands":[]}"#;

/// All of them, with a session or a form that is not valid where the route takes one.
fn table() -> Vec<Row> {
    let credentials = "email=nobody%40example.org&password=wrong";
    let anybody = "person=00000000-0000-0000-0000-00000000000a";
    vec![
        Row(Method::GET, "/", "/", "", [303, 302, 302, 302]),
        Row(Method::GET, "/tree", "/tree", "", [303, 200, 200, 200]),
        Row(Method::POST, "/tree", "/tree", "form=unknown", [401, 422, 422, 422]),
        Row(Method::GET, "/node/{id}", NODE, "", [303, 200, 200, 200]),
        Row(Method::POST, "/node/{id}", NODE, "form=unknown", [401, 422, 422, 422]),
        Row(Method::GET, "/node/{id}/sight", SIGHT, "", [303, 200, 200, 200]),
        Row(Method::GET, "/new-objective", "/new-objective", "", [303, 200, 200, 200]),
        Row(Method::POST, "/new-objective", "/new-objective", "form=unknown", [401, 422, 422, 422]),
        Row(Method::GET, "/check-in", "/check-in", "", [303, 200, 200, 200]),
        Row(Method::POST, "/check-in", "/check-in?card=x", "form=check-in", [401, 404, 404, 404]),
        Row(Method::POST, "/api/check-in", "/api/check-in", r#"{"card":null,"after":null}"#, [401, 200, 200, 200]),
        Row(Method::GET, "/check-in/team/{id}", MEETING, "", [303, 404, 404, 404]),
        Row(Method::POST, "/check-in/team/{id}", MEETING, "form=unknown", [401, 422, 422, 422]),
        Row(Method::POST, "/api/meeting", "/api/meeting", r#"{"team":"x"}"#, [401, 404, 404, 404]),
        Row(Method::POST, "/api/node", "/api/node", NAME, [401, 200, 200, 200]),
        Row(Method::POST, "/api/activity", "/api/activity", ACTIVITY_OF, [401, 200, 200, 200]),
        Row(Method::POST, "/api/sight", "/api/sight", NAME, [401, 200, 200, 200]),
        Row(Method::POST, "/api/new-objective", "/api/new-objective", r#"{"parent":null}"#, [401, 200, 200, 200]),
        Row(Method::POST, "/api/tree", "/api/tree", QUERY, [401, 200, 200, 200]),
        Row(Method::POST, "/api/submit", "/api/submit", NOTHING, [401, 200, 200, 200]),
        Row(Method::GET, "/healthz", "/healthz", "", [200, 200, 200, 200]),
        // A question that it cannot read, since an answer to a good one never ends.
        Row(Method::GET, "/api/live", "/api/live?after=x", "", [401, 400, 400, 400]),
        Row(Method::GET, "/api/snapshot", "/api/snapshot", "", [401, 200, 200, 200]),
        Row(Method::GET, "/api/baseline", "/api/baseline?on=soon", "", [401, 404, 404, 404]),
        Row(Method::GET, "/api/own-changes", "/api/own-changes", "", [401, 200, 200, 200]),
        Row(Method::GET, "/api/key-result/{id}/check-ins", "/api/key-result/x/check-ins", "", [401, 404, 404, 404]),
        Row(Method::GET, "/sign-in", "/sign-in", "", [200, 200, 200, 200]),
        Row(Method::POST, "/sign-in", "/sign-in", credentials, [401, 401, 401, 401]),
        Row(Method::POST, "/sign-in/example", "/sign-in/example", anybody, [403, 403, 403, 403]),
        Row(Method::POST, "/sign-out", "/sign-out", "", [401, 303, 303, 303]),
        Row(Method::POST, "/sign-out-everywhere", "/sign-out-everywhere", "", [401, 303, 303, 303]),
        Row(Method::GET, "/set-up/{token}", LINK, "", [410, 410, 410, 410]),
        Row(Method::POST, "/set-up/{token}", LINK, "password=wrong", [410, 410, 410, 410]),
        Row(Method::GET, "/api/sign_in_page", "/api/sign_in_page", "", [200, 200, 200, 200]),
        Row(Method::GET, "/api/set_up_page", "/api/set_up_page?token=x", "", [410, 410, 410, 410]),
    ]
}

#[tokio::test]
async fn every_route_is_in_the_table() {
    for (method, path) in routes() {
        let rows = table().iter().filter(|row| row.0 == method && row.1 == path).count();
        assert_eq!(rows, 1, "{method} {path} has {rows} rows in the table of tests/access/routes.rs");
    }
    for Row(method, path, ..) in table() {
        assert!(routes().contains(&(method.clone(), path.to_owned())), "{method} {path} is not served (any more)");
    }
}

#[tokio::test]
async fn every_route_lets_in_whom_it_should() {
    let company = Company::founded().await;
    let server = company.serve().await;
    submit(&server.ledger, vec![Command::Add(Record::Objective(objective(OBJECTIVE, None, &[])))]).await;
    let outsiders = outsiders(&company, &server).await;
    for Row(method, route, path, body, expected) in table() {
        let wanted = if path.starts_with("/api/") { ("accept", "application/json") } else { PAGE };
        for (name, outsider) in &outsiders {
            let status = outsider.clone().ask(&method, path, &[wanted], &filled(body)).await.status;
            assert_eq!(status, expected[0], "{method} {route} for {name}");
        }
        for (place, insider) in [VIEWER, MEMBER, ADMIN].into_iter().enumerate() {
            // A new session each time: signing out is one of the routes.
            let status = server.signed_in(insider).await.ask(&method, path, &[wanted], &filled(body)).await.status;
            let name = ["a viewer", "a member", "an admin"][place];
            assert_eq!(status, expected[place + 1], "{method} {route} for {name}");
        }
    }
}

fn filled(body: &str) -> String {
    body.replace("NEW", &Uuid::now_v7().to_string())
}

/// Browsers of those who are not let in, each for another reason.
async fn outsiders(company: &Company, server: &Server) -> Vec<(&'static str, Browser)> {
    let mut signed_out = server.signed_in(ADMIN).await;
    let ended = signed_out.clone();
    assert_eq!(signed_out.post("/sign-out", &[]).await.status, 303);
    let forged = Token::random().unwrap();
    vec![
        ("nobody", server.browser()),
        ("somebody with a made-up session", server.browser().with_session(&forged)),
        ("somebody with a broken session", server.browser().with_cookie("trellis=x")),
        ("somebody who has signed out", ended),
        ("somebody whose session has expired", server.browser().with_session(&expired_session(server).await)),
        ("another workspace's admin", server.browser().with_session(&foreign_session(company, server).await)),
    ]
}

async fn expired_session(server: &Server) -> Token {
    let accounts = Accounts::new(server.ledger.db().clone(), server.ledger.read(|workspace, _| workspace.id));
    let token = Token::random().unwrap();
    let session = StoredSession { person: ADMIN, example: false, started_at: start() - LONGEST, expires_at: start() };
    accounts.add_session(&token.hash(), &session, None).await.unwrap();
    token
}

/// A session that holds, in another workspace of the same database.
async fn foreign_session(company: &Company, server: &Server) -> Token {
    let workspace = WorkspaceId(Uuid::from_u128(99));
    let admin = person(PersonId(Uuid::from_u128(98)), Role::Admin, &[]);
    let pool = SqlitePool::connect(&company.address()).await.unwrap();
    sqlx::query(
        "INSERT INTO workspace (id, place, seq, name, time_zone, pace_on_track, pace_behind, aspiration, \
         where_to_play, how_to_win, assumptions, example) \
         SELECT $1, 2, seq, name, time_zone, pace_on_track, pace_behind, aspiration, where_to_play, how_to_win, \
         assumptions, example FROM workspace",
    )
    .bind(workspace.0)
    .execute(&pool)
    .await
    .unwrap();
    sqlx::query("INSERT INTO person (workspace_id, id, name, role) VALUES ($1, $2, $3, 'admin')")
        .bind(workspace.0)
        .bind(admin.id.0)
        .bind(admin.name)
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    let token = Token::random().unwrap();
    let session = StoredSession { person: admin.id, example: false, started_at: start(), expires_at: start() + IDLE };
    let accounts = Accounts::new(server.ledger.db().clone(), workspace);
    accounts.add_session(&token.hash(), &session, None).await.unwrap();
    token
}

#[tokio::test]
async fn a_role_is_asked_of_the_workspace_each_time() {
    let company = Company::founded().await;
    let server = company.serve().await;
    let mut browser = server.signed_in(MEMBER).await;
    let mut names_team = async |name: &str| {
        let team =
            Team { id: TeamId(Uuid::now_v7()), name: name.to_owned(), parent: None, cadence: Cadence::default() };
        let commands = [Command::Add(Record::Team(team))];
        let body = serde_json::json!({ "mutation": Uuid::now_v7(), "commands": commands }).to_string();
        let answer = browser.ask(&Method::POST, "/api/submit", &[], &body).await;
        assert_eq!(answer.status, 200);
        server.ledger.read(|workspace, _| workspace.teams().any(|team| team.name == name))
    };
    let becomes = async |was, is| {
        let fields = Replaced { was: PersonField::Role(was), is: PersonField::Role(is) };
        submit(&server.ledger, vec![Command::Edit(Edit::Person(MEMBER, fields))]).await;
    };
    assert!(!names_team("As a member").await);
    becomes(Role::Member, Role::Admin).await;
    assert!(names_team("As an admin").await);
    becomes(Role::Admin, Role::Viewer).await;
    assert!(!names_team("As a viewer").await);
}

#[tokio::test]
async fn whatever_no_route_answers_to_is_closed() {
    let company = Company::founded().await;
    let server = company.serve().await;
    let mut nobody = server.browser();
    for path in ["/nothing", "/sign-in/", "/healthz/x", "/set-up/a/b", "/pkg/../", "/pkg/..%2f", "//", "/api/nothing"] {
        let status = nobody.get(path).await.status;
        assert!(matches!(status, 303 | 401), "{path}: {status}");
        assert_eq!(nobody.post(path, &[]).await.status, 401, "{path}");
        assert_eq!(server.signed_in(ADMIN).await.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_page_leads_to_the_form_and_back_and_a_program_is_told() {
    let company = Company::founded().await;
    let server = company.serve().await;
    let mut nobody = server.browser();
    let answer = nobody.get("/somewhere?cycle=2026-Q1&open=a").await;
    assert_eq!(answer.header("location"), Some("/sign-in?next=/somewhere%3Fcycle%3D2026-Q1%26open%3Da"));
    assert!(nobody.get("/sign-in?next=/somewhere%3Fa%3D%22").await.body.contains(r#"value="/somewhere?a=&quot;""#));

    let answer = nobody.ask(&Method::GET, "/", &[("accept", "application/json")], "").await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(answer.body, "You are not signed in. Nothing was changed. Sign in and try again.\n");
}

#[tokio::test]
async fn the_client_can_read_why_it_is_turned_away_and_what_cannot_help() {
    let company = Company::founded().await;
    let server = company.serve().await;
    let answer = server.browser().ask(&Method::POST, "/api/submit", &[], NOTHING).await;
    assert_eq!((answer.status, answer.body.as_str()), (401, r#""SignedOut""#));
    let mut admin = server.signed_in(ADMIN).await;
    for body in ["{", r#"{"mutation":"x","commands":[]}"#, r#"{"mutation":"NEW","commands":[{"burn":1}]}"#] {
        let answer = admin.ask(&Method::POST, "/api/submit", &[], &filled(body)).await;
        assert_eq!((answer.status, answer.body.as_str()), (400, r#"{"Rejected":400}"#), "{body}");
    }
    let long = format!(r#"{{"mutation":"{}","commands":["{}"]}}"#, Uuid::now_v7(), "x".repeat(2 << 20));
    assert_eq!(admin.ask(&Method::POST, "/api/submit", &[], &long).await.status, 413);
}

#[tokio::test]
async fn what_a_browser_kept_of_one_person_is_not_taken_from_another() {
    let company = Company::founded().await;
    let server = company.serve().await;
    let mut admin = server.signed_in(ADMIN).await;
    let kept = async |browser: &mut Browser, person: PersonId| {
        let team = Team {
            id: TeamId(Uuid::now_v7()),
            name: format!("Team {}", Uuid::now_v7()),
            parent: None,
            cadence: Cadence::default(),
        };
        let commands = [Command::Add(Record::Team(team.clone()))];
        let body = serde_json::json!({ "mutation": Uuid::now_v7(), "commands": commands, "person": person });
        let status = browser.ask(&Method::POST, "/api/submit", &[], &body.to_string()).await.status;
        (status, server.ledger.read(|workspace, _| workspace.team(team.id).is_some()))
    };
    assert_eq!(kept(&mut admin, OWNER).await, (401, false));
    assert_eq!(kept(&mut admin, ADMIN).await, (200, true));
}

#[tokio::test]
async fn whoever_may_not_close_an_objective_is_told_and_nothing_is_lost() {
    let company = Company::founded().await;
    let server = company.serve().await;
    let owned = objective(OBJECTIVE, Some(OWNER), &[]);
    submit(&server.ledger, vec![Command::Add(Record::Objective(owned))]).await;
    let form = [("form", "close"), ("learned", "a kept lesson"), ("verdict", "keep")];
    for outsider in [VIEWER, MEMBER] {
        let mut browser = server.signed_in(outsider).await;
        assert!(!browser.get(NODE).await.body.contains("Close the objective"), "it is not offered");
        let answer = browser.post(NODE, &form).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("a kept lesson") && answer.body.contains(r#"role="alert""#));
    }
    let mut owner = server.signed_in(OWNER).await;
    let lesson = "x".repeat(20_000);
    let answer = owner.post(NODE, &[("form", "close"), ("learned", &lesson), ("verdict", "keep")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("at most 10000 are kept"));
    assert_eq!(owner.post(NODE, &[("form", "close"), ("learned", &"x".repeat(2 << 20))]).await.status, 413);
    assert_eq!(owner.post(NODE, &form).await.status, 303);
    let again = owner.post(NODE, &form).await;
    assert_eq!(again.status, 422);
    assert!(again.body.contains("This objective is closed already."));
}
