//! Who is asking: sessions, signing in and out.
//!
//! A session only says who somebody is. What they may do is decided from the workspace as it is at that moment.

pub mod access;
pub mod cookie;
pub mod example;
pub mod forms;
pub mod set_up;
pub mod token;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::http::request::Parts;
use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::use_context;
use sha2::{Digest, Sha256};
use tokio::sync::broadcast;
use uuid::Uuid;

use self::token::{Token, TokenHash};
use super::ledger::Ledger;
use super::password::{HashError, Hasher};
use super::rate_limit::{RateLimit, TooMany};
use super::store::accounts::{Accounts, StoredSession};
use crate::domain::command::Actor;
use crate::domain::ids::PersonId;

/// A session that is not used for so long ends. Longer than from one weekly check-in to the next.
pub const IDLE: TimeDelta = TimeDelta::days(14);

/// The longest that a session lasts, however much it is used.
pub const LONGEST: TimeDelta = TimeDelta::days(90);

/// How much later the end of a session must be before it is worth writing down.
const WORTH_WRITING: TimeDelta = TimeDelta::hours(1);

/// How long what stays open goes on without asking whether its session holds still.
const ASK_AGAIN: Duration = Duration::from_secs(60);

/// How many accounts and addresses the limits remember.
const REMEMBERED: usize = 10_000;

/// Whoever is signed in, in the extensions of every request that has such a somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who it is.
    pub person: PersonId,
    /// By which session.
    pub session: TokenHash,
}

/// Who asks for the page that is being rendered, or called the server function that is running.
#[must_use]
pub fn viewer() -> Option<PersonId> {
    use_context::<Parts>()?.extensions.get::<Viewer>().map(|viewer| viewer.person)
}

/// Sessions and what leads to them; clones share it.
#[derive(Clone)]
pub struct Sessions {
    ledger: Ledger,
    accounts: Accounts,
    hasher: Hasher,
    limits: Arc<Limits>,
    ended: broadcast::Sender<Ended>,
}

/// Which sessions have just ended, told to whatever they keep open.
#[derive(Clone)]
enum Ended {
    One(TokenHash),
    AllOf(PersonId),
}

impl Ended {
    fn concerns(&self, viewer: &Viewer) -> bool {
        match self {
            Self::One(session) => *session == viewer.session,
            Self::AllOf(person) => *person == viewer.person,
        }
    }
}

struct Limits {
    /// By SHA-256 of the e-mail address, so that each key is small.
    account: RateLimit<[u8; 32]>,
    address: RateLimit<IpAddr>,
    /// One-click sign-ins, which nobody can get wrong: only a bound on the rows that they leave.
    example: RateLimit<IpAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            account: RateLimit::new(10, TimeDelta::seconds(60), REMEMBERED),
            address: RateLimit::new(60, TimeDelta::seconds(10), REMEMBERED),
            example: RateLimit::new(600, TimeDelta::seconds(1), REMEMBERED),
        }
    }
}

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such account, or another password: nobody is told which.
    #[error("This e-mail address and password do not belong together.")]
    Wrong,
    /// Too many tries for this account or from this address.
    #[error("Too many attempts. Try again in {} seconds.", .0.seconds)]
    TooMany(#[from] TooMany),
    /// The password could not be hashed or checked.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The machine has no random numbers.
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

impl Sessions {
    /// The sessions of the ledger's workspace, kept in its database.
    #[must_use]
    pub fn new(ledger: Ledger) -> Self {
        let accounts = Accounts::new(ledger.db().clone(), ledger.read(|workspace, _| workspace.id));
        let (ended, _) = broadcast::channel(64);
        Self { ledger, accounts, hasher: Hasher::default(), limits: Arc::default(), ended }
    }

    fn now(&self) -> DateTime<Utc> {
        self.ledger.clock().now()
    }

    /// Whose session a token stands for. Using it puts its end off.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, token: &Token) -> sqlx::Result<Option<Viewer>> {
        let hash = token.hash();
        let Some(session) = self.stored(&hash).await? else {
            return Ok(None);
        };
        let expires_at = expiry(self.now(), session.started_at);
        if expires_at - session.expires_at >= WORTH_WRITING
            && let Err(error) = self.accounts.extend_session(&hash, expires_at).await
        {
            tracing::warn!("a session was not extended: {error}");
        }
        Ok(Some(Viewer { person: session.person, session: hash }))
    }

    /// Waits until the viewer is not signed in any more: what stays open for long, such as an event stream, ends then.
    /// At once where they sign out here; soon where the session expires or another process ends it.
    pub async fn over(self, viewer: Viewer) {
        let mut ended = self.ended.subscribe();
        loop {
            match self.stored(&viewer.session).await {
                Ok(Some(_)) => {}
                Ok(None) => return,
                Err(error) => tracing::warn!("a session could not be looked up: {error}"),
            }
            let others = async { while ended.recv().await.is_ok_and(|ended| !ended.concerns(&viewer)) {} };
            // Told or not, it is time to ask again.
            let _ = tokio::time::timeout(ASK_AGAIN, others).await;
        }
    }

    async fn stored(&self, hash: &TokenHash) -> sqlx::Result<Option<StoredSession>> {
        let session = self.accounts.session(hash, self.now()).await?;
        Ok(session.filter(|session| {
            self.ledger.read(|workspace, _| {
                // Whoever clicked on a name of the example company is nobody once it is a real one.
                workspace.may_read(Actor::Person(session.person)) && (workspace.settings.example || !session.example)
            })
        }))
    }

    /// Checks an e-mail address and a password: the same answer, after the same time, for an unknown address.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn check(&self, email: &str, password: String, address: IpAddr) -> Result<PersonId, SignInError> {
        let now = self.now();
        let account: [u8; 32] = Sha256::digest(email.trim().to_lowercase()).into();
        self.limits.address.take(&address, now)?;
        self.limits.account.take(&account, now)?;
        let person = self.ledger.read(|workspace, _| workspace.person_by_email(email).map(|person| person.id));
        // Nobody has the nil id: the database is asked all the same.
        let hash = self.accounts.password_hash(person.unwrap_or(PersonId(Uuid::nil()))).await?;
        let is_right = self.hasher.verify(password, hash).await?;
        let person = person.filter(|_| is_right).ok_or(SignInError::Wrong)?;
        self.limits.account.give_back(&account);
        self.limits.address.give_back(&address);
        Ok(person)
    }

    /// Begins a session with a token that nobody has seen before, in place of the one that the browser had.
    ///
    /// # Errors
    /// When the database fails or the machine has no random numbers.
    pub async fn begin(
        &self,
        person: PersonId,
        example: bool,
        instead_of: Option<&Token>,
    ) -> Result<Token, SignInError> {
        let token = Token::random()?;
        let now = self.now();
        let session = StoredSession { person, example, started_at: now, expires_at: expiry(now, now) };
        self.accounts.add_session(&token.hash(), &session, instead_of.map(Token::hash).as_ref()).await?;
        Ok(token)
    }

    /// Ends one session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end(&self, viewer: &Viewer) -> sqlx::Result<()> {
        self.accounts.end_session(&viewer.session).await?;
        self.tell(Ended::One(viewer.session.clone()));
        Ok(())
    }

    /// Ends all sessions of a person, on every device.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_everywhere(&self, person: PersonId) -> sqlx::Result<()> {
        self.accounts.end_sessions(person).await?;
        self.tell(Ended::AllOf(person));
        Ok(())
    }

    fn tell(&self, ended: Ended) {
        // Nothing may be open.
        let _ = self.ended.send(ended);
    }
}

/// When a session that is used now ends unless it is used again.
fn expiry(now: DateTime<Utc>, started_at: DateTime<Utc>) -> DateTime<Utc> {
    (now + IDLE).min(started_at + LONGEST)
}
