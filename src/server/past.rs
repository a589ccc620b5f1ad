//! Past days of the workspace, made on demand and kept for a while.
//!
//! A day takes work to make, so only one is made at a time, only so many are made for a person in a while, and the ones
//! that were asked for last are kept.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{NaiveDate, TimeDelta};
use serde::Deserialize;
use tokio::sync::Mutex;

use super::ServerState;
use super::ledger::Ledger;
use super::live::as_postcard;
use super::rate_limit::RateLimit;
use super::refusal::Refusal;
use super::session::Viewer;
use super::store::StoreError;
use crate::domain::ids::PersonId;
use crate::domain::past::{NoSuchDay, day_asked, rewrites, since_asked};
use crate::domain::workspace::{History, Workspace};

/// How many days are kept.
const KEPT: usize = 4;

/// How many changes since a day was made are looked through before it is simply made again.
const LOOK_THROUGH: usize = 1_000;

/// How many days somebody may have made at once, and how often one more.
const BURST: i32 = 20;
const INTERVAL: TimeDelta = TimeDelta::seconds(3);

/// Why there is no past day.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// It is not a day that has a past here.
    #[error(transparent)]
    NoSuchDay(#[from] NoSuchDay),
    /// Somebody wants more of them than the server makes.
    #[error("That were many past days in a short time. Try again in a minute.")]
    TooMany,
    /// The database fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Past days of the workspace. Copies share them.
#[derive(Clone)]
pub struct PastDays {
    ledger: Ledger,
    /// Those that were asked for last, the latest last.
    kept: Arc<Mutex<Vec<Kept>>>,
    limit: Arc<RateLimit<PersonId>>,
}

struct Kept {
    /// The number of the last change that it may know of.
    seq: u64,
    workspace: Arc<Workspace>,
}

impl PastDays {
    /// None is made yet.
    #[must_use]
    pub fn new(ledger: Ledger) -> Self {
        Self { ledger, kept: Arc::default(), limit: Arc::new(RateLimit::new(BURST, INTERVAL, 10_000)) }
    }

    /// Which past day somebody asks for; `None` is today.
    ///
    /// # Errors
    /// [`PastError`], also for what is no past day here.
    pub async fn asked(&self, text: &str) -> Result<Option<NaiveDate>, PastError> {
        if text.is_empty() {
            return Ok(None);
        }
        let (began, today) = self.began_and_today().await?;
        Ok(day_asked(text, began, today)?)
    }

    /// Which day somebody compares a past day with, or today where `shown` is `None`.
    ///
    /// # Errors
    /// [`PastError`], also for what is no day before the one that is shown.
    pub async fn asked_since(&self, text: &str, shown: Option<NaiveDate>) -> Result<Option<NaiveDate>, PastError> {
        if text.is_empty() {
            return Ok(None);
        }
        let (began, today) = self.began_and_today().await?;
        Ok(since_asked(text, began, shown.unwrap_or(today))?)
    }

    async fn began_and_today(&self) -> Result<(NaiveDate, NaiveDate), StoreError> {
        let today = self.ledger.read(|workspace, _| workspace.today());
        let first = self.ledger.first_logged().await?.unwrap_or(today);
        Ok((self.ledger.read(|workspace, _| workspace.began(first)), today))
    }

    /// The workspace as it was at the end of a past day, for somebody.
    ///
    /// # Errors
    /// [`PastError`].
    pub async fn on(&self, day: NaiveDate, person: PersonId) -> Result<Arc<Workspace>, PastError> {
        // Whoever asks while one is made waits, and may find it made.
        let mut kept = self.kept.lock().await;
        let now = self.ledger.read(|_, seq| seq);
        if let Some(place) = kept.iter().position(|kept| kept.workspace.today() == day) {
            let mut found = kept.remove(place);
            if self.still_holds(&found, now).await? {
                found.seq = now;
                let workspace = found.workspace.clone();
                kept.push(found);
                return Ok(workspace);
            }
        }
        self.limit.take(&person, self.ledger.clock().now()).map_err(|_| PastError::TooMany)?;
        let workspace = Arc::new(self.make(day).await?);
        kept.push(Kept { seq: now, workspace: workspace.clone() });
        if kept.len() > KEPT {
            kept.remove(0);
        }
        Ok(workspace)
    }

    async fn still_holds(&self, kept: &Kept, now: u64) -> Result<bool, StoreError> {
        if kept.seq == now {
            return Ok(true);
        }
        let since = self.ledger.changes_after(kept.seq, LOOK_THROUGH + 1).await?;
        let day = kept.workspace.today();
        Ok(now > kept.seq && since.len() <= LOOK_THROUGH && !since.iter().any(|entry| rewrites(entry, day)))
    }

    async fn make(&self, day: NaiveDate) -> Result<Workspace, StoreError> {
        let (snapshot, later, founded) = self.ledger.since_the_end_of(day).await?;
        let made = tokio::task::spawn_blocking(move || snapshot.as_it_was(day, &later, founded)).await;
        made.map_err(|error| StoreError::from(sqlx::Error::Io(std::io::Error::other(error))))
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    on: Option<String>,
}

/// `GET /api/baseline?on=DATE`: how every node stood at the end of a past day, as postcard.
pub(super) async fn baseline(
    State(state): State<ServerState>,
    Extension(viewer): Extension<Viewer>,
    Query(Asked { on }): Query<Asked>,
) -> Response {
    match find(&state.past, on.as_deref(), &viewer).await {
        Ok(Some(past)) => as_postcard(&past.baseline()),
        Ok(None) => as_postcard(&state.ledger.read(|workspace, _| workspace.baseline())),
        Err(error) => refuse(&error),
    }
}

/// `GET /api/snapshot?on=DATE`: the whole workspace as postcard, the number of the last change in it before it; without a
/// day as it is now.
pub(super) async fn snapshot(
    State(state): State<ServerState>,
    Extension(viewer): Extension<Viewer>,
    Query(Asked { on }): Query<Asked>,
) -> Response {
    match find(&state.past, on.as_deref(), &viewer).await {
        Ok(Some(past)) => as_postcard(&(0_u64, past.snapshot(History::Current))),
        Ok(None) => as_postcard(&state.ledger.read(|workspace, seq| (seq, workspace.snapshot(History::Current)))),
        Err(error) => refuse(&error),
    }
}

async fn find(past: &PastDays, on: Option<&str>, viewer: &Viewer) -> Result<Option<Arc<Workspace>>, PastError> {
    match past.asked(on.unwrap_or_default()).await? {
        Some(day) => past.on(day, viewer.person).await.map(Some),
        None => Ok(None),
    }
}

fn refuse(error: &PastError) -> Response {
    match error {
        PastError::NoSuchDay(_) => (StatusCode::NOT_FOUND, format!("{error}\n")).into_response(),
        PastError::TooMany => (StatusCode::TOO_MANY_REQUESTS, format!("{error}\n")).into_response(),
        PastError::Store(error) => {
            tracing::error!("cannot make a past day: {error}");
            Refusal::FAULT.into_response()
        }
    }
}
