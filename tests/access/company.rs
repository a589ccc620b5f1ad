//! A small company, and a server for it.

use std::net::SocketAddr;

use axum::http::Method;
use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};
use trellis::domain::cadence::Cadence;
use trellis::domain::change::{Edit, Record, Replaced};
use trellis::domain::command::{Actor, Command};
use trellis::domain::ids::{MutationId, PersonId, TeamId};
use trellis::domain::people::{Person, Role, Team};
use trellis::domain::settings::SettingsField;
use trellis::server::clock::Clock;
use trellis::server::ledger::{Ledger, Submission};
use trellis::server::session::Sessions;
use trellis::server::session::set_up::SetUp;
use trellis::server::store::Db;
use trellis::server::{ServerState, serve};
use uuid::Uuid;

use crate::browser::{Browser, PAGE, form};

pub const PASSWORD: &str = "correct horse battery staple";

pub const TEAM: TeamId = TeamId(Uuid::from_u128(1));
pub const ADMIN: PersonId = PersonId(Uuid::from_u128(10));
pub const OWNER: PersonId = PersonId(Uuid::from_u128(11));
pub const TEAM_MATE: PersonId = PersonId(Uuid::from_u128(12));
pub const MEMBER: PersonId = PersonId(Uuid::from_u128(13));
pub const VIEWER: PersonId = PersonId(Uuid::from_u128(14));

/// The time at which tests begin.
pub fn start() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

pub fn person(id: PersonId, role: Role, teams: &[TeamId]) -> Person {
    let name = match id {
        ADMIN => "Ada",
        OWNER => "Otto",
        TEAM_MATE => "Tina",
        MEMBER => "Mia",
        VIEWER => "Vera",
        _ => "Zoe",
    };
    let email = Some(format!("{}@example.org", name.to_lowercase()));
    Person { id, name: name.to_owned(), email, role, teams: teams.to_vec() }
}

pub fn everybody() -> Vec<Command> {
    let people = [
        person(ADMIN, Role::Admin, &[]),
        person(OWNER, Role::Member, &[]),
        person(TEAM_MATE, Role::Member, &[TEAM]),
        person(MEMBER, Role::Member, &[]),
        person(VIEWER, Role::Viewer, &[TEAM]),
    ];
    let team = Team { id: TEAM, name: "Reach".to_owned(), parent: None, cadence: Cadence::default() };
    let people = people.into_iter().map(Record::Person);
    std::iter::once(Record::Team(team)).chain(people).map(Command::Add).collect()
}

/// A database in a folder that goes when the test is over.
pub struct Company {
    folder: TempDir,
}

/// A server that stops when it is dropped.
pub struct Server {
    pub address: SocketAddr,
    pub sessions: Sessions,
    pub ledger: Ledger,
    _stop: DropGuard,
}

impl Company {
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Everybody, without passwords.
    pub async fn founded() -> Self {
        let company = Self::empty();
        let ledger = company.ledger(start()).await;
        submit(&ledger, everybody()).await;
        ledger.db().close().await;
        company
    }

    pub fn address(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("company.db").display())
    }

    async fn ledger(&self, now: DateTime<Utc>) -> Ledger {
        let db = Db::connect(&self.address()).await.unwrap();
        Ledger::open(db, Clock::Fixed(now)).await.unwrap()
    }

    pub async fn serve(&self) -> Server {
        self.serve_at(start()).await
    }

    /// Serves the company at a time.
    pub async fn serve_at(&self, now: DateTime<Utc>) -> Server {
        let ledger = self.ledger(now).await;
        let state = ServerState::new(ledger.clone());
        let sessions = state.sessions.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        tokio::spawn(serve(listener, state, stop.clone().cancelled_owned()));
        Server { address, sessions, ledger, _stop: stop.drop_guard() }
    }
}

impl Server {
    pub fn browser(&self) -> Browser {
        Browser::new(self.address)
    }

    /// A browser in which somebody is signed in.
    pub async fn signed_in(&self, person: PersonId) -> Browser {
        self.browser().with_session(&self.sessions.begin(person, false, None).await.unwrap())
    }

    /// Gives a person the [`PASSWORD`].
    pub async fn let_in(&self, email: &str) {
        let link = self.sessions.reset_user(email).await.unwrap();
        let form = SetUp {
            organisation: String::new(),
            name: String::new(),
            email: String::new(),
            password: PASSWORD.to_owned(),
        };
        self.sessions.set_up(link.strip_prefix("/set-up/").unwrap(), form).await.unwrap();
    }

    pub async fn become_example(&self, example: bool) {
        let fields = Replaced { was: SettingsField::Example(!example), is: SettingsField::Example(example) };
        submit(&self.ledger, vec![Command::Edit(Edit::Settings(fields))]).await;
    }
}

/// Whether somebody is signed in in a browser.
pub async fn is_in(browser: &mut Browser) -> bool {
    match browser.ask(&Method::GET, "/api/snapshot", &[], "").await.status {
        200 => true,
        401 => false,
        status => panic!("status {status}"),
    }
}

pub async fn sign_in(browser: &mut Browser, email: &str, password: &str) -> u16 {
    browser.post("/sign-in", &[("email", email), ("password", password)]).await.status
}

pub async fn sign_in_from(browser: &mut Browser, address: &str, email: &str) -> crate::browser::Answer {
    let form = form(&[("email", email), ("password", "wrong")]);
    browser.ask(&Method::POST, "/sign-in", &[PAGE, ("x-forwarded-for", address)], &form).await
}

pub async fn submit(ledger: &Ledger, commands: Vec<Command>) {
    let submission = Submission { mutation: MutationId(Uuid::now_v7()), actor: Actor::Operator, commands };
    ledger.submit(submission).await.unwrap();
}
