//! Accounts, sessions and set-up links on both databases, and what a back-up takes along of them.

use trellis::domain::change::Record;
use trellis::domain::command::Command;
use trellis::domain::ids::PersonId;
use trellis::domain::people::{Person, Role};
use trellis::server::ledger::Ledger;
use trellis::server::session::Sessions;
use trellis::server::session::set_up::SetUp;
use trellis::server::session::token::Token;
use trellis::server::store::backup::backup;
use trellis::server::store::restore::restore;
use uuid::Uuid;

use crate::support::{TestDb, submit};

const PERSON: PersonId = PersonId(Uuid::from_u128(7));
const EMAIL: &str = "zoe@example.org";
const PASSWORD: &str = "correct horse battery staple";
const ADDRESS: std::net::IpAddr = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

on_both_databases!(one_signs_in_and_out, a_link_is_used_once, a_back_up_holds_passwords_and_no_sessions);

async fn with_zoe(db: &TestDb) -> (Ledger, Sessions) {
    let ledger = db.ledger().await;
    let (name, email) = ("Zoe".to_owned(), Some(EMAIL.to_owned()));
    let zoe = Person { id: PERSON, name, email, role: Role::Member, teams: Vec::new() };
    submit(&ledger, vec![Command::Add(Record::Person(zoe))]).await;
    let sessions = Sessions::new(ledger.clone());
    (ledger, sessions)
}

async fn choose_password(sessions: &Sessions, link: &str) -> bool {
    let form =
        SetUp { organisation: String::new(), name: String::new(), email: String::new(), password: PASSWORD.to_owned() };
    sessions.set_up(link.strip_prefix("/set-up/").unwrap(), form).await.is_ok()
}

async fn is_in(sessions: &Sessions, token: &Token) -> bool {
    sessions.find(token).await.unwrap().is_some_and(|viewer| viewer.person == PERSON)
}

async fn one_signs_in_and_out(db: &TestDb) {
    let (_ledger, sessions) = with_zoe(db).await;
    let link = sessions.reset_user(EMAIL).await.unwrap();
    assert!(choose_password(&sessions, &link).await);
    assert_eq!(sessions.check(EMAIL, PASSWORD.to_owned(), ADDRESS).await.unwrap(), PERSON);
    assert!(sessions.check(EMAIL, "wrong".to_owned(), ADDRESS).await.is_err());

    let first = sessions.begin(PERSON, false, None).await.unwrap();
    let second = sessions.begin(PERSON, false, Some(&first)).await.unwrap();
    let third = sessions.begin(PERSON, false, None).await.unwrap();
    assert!(!is_in(&sessions, &first).await);
    let viewer = sessions.find(&second).await.unwrap().unwrap();
    sessions.end(&viewer).await.unwrap();
    assert!(!is_in(&sessions, &second).await);
    assert!(is_in(&sessions, &third).await);
    // Another process on the same database hears of it.
    assert!(is_in(&Sessions::new(db.ledger().await), &third).await);
    sessions.end_everywhere(PERSON).await.unwrap();
    assert!(!is_in(&sessions, &third).await);
}

async fn a_link_is_used_once(db: &TestDb) {
    let (_ledger, sessions) = with_zoe(db).await;
    let old = sessions.reset_user(EMAIL).await.unwrap();
    let link = sessions.reset_user(EMAIL).await.unwrap();
    assert!(!choose_password(&sessions, &old).await);
    let (one, two) = tokio::join!(choose_password(&sessions, &link), choose_password(&sessions, &link));
    assert!(one != two, "of two at once, one");
    assert!(sessions.set_up_link().await.unwrap().is_some());
}

async fn a_back_up_holds_passwords_and_no_sessions(db: &TestDb) {
    let (_ledger, sessions) = with_zoe(db).await;
    let link = sessions.reset_user(EMAIL).await.unwrap();
    assert!(choose_password(&sessions, &link).await);
    let token = sessions.begin(PERSON, false, None).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("back-up");
    backup(&db.connect().await, &file, &|_| {}).await.unwrap();

    for copy in [TestDb::sqlite(), TestDb::postgres().await] {
        // A link that was printed before does not stand in the way.
        Sessions::new(copy.ledger().await).set_up_link().await.unwrap();
        restore(&file, &copy.connect().await, &|_| {}).await.unwrap();
        let restored = Sessions::new(copy.ledger().await);
        assert_eq!(restored.check(EMAIL, PASSWORD.to_owned(), ADDRESS).await.unwrap(), PERSON);
        assert!(!is_in(&restored, &token).await);
    }
}
