//! What the browser hears while a page is open: changes as they are committed, and what it needs to take part.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::ServerState;
use super::ledger::Ledger;
use super::refusal::Refusal;
use super::session::Viewer;
use crate::domain::day::Day;
use crate::domain::encoded::to_text;
use crate::domain::ids::KeyResultId;
use crate::domain::log::LogEntry;

/// Whoever is further behind takes a snapshot instead of so many changes.
const CATCH_UP: usize = 5_000;

/// How often a comment shows that the connection lives, also to what stands in between.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

#[derive(Deserialize)]
pub(super) struct After {
    after: Option<u64>,
}

/// A stream of events from a change on: the one after `Last-Event-ID`, else after `after`, else from now.
///
/// `changes` carries the changes of a submission as postcard in Base64, and the number of the last one as its id; `today`, which is
/// the first event too, the day and when it ends, in the same form; `resync` means that a snapshot is needed, and that the stream
/// goes on after the change that its id names.
pub(super) async fn changes(
    State(state): State<ServerState>,
    Extension(viewer): Extension<Viewer>,
    Query(query): Query<After>,
    headers: HeaderMap,
) -> Response {
    let resumed = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let feed = Feed::new(&state.ledger, state.shutdown.clone(), resumed.or(query.after)).await;
    let headers = [(CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    let until_signed_out = Box::pin(state.sessions.over(viewer));
    let events =
        Sse::new(feed.into_stream().take_until(until_signed_out)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    (headers, events).into_response()
}

/// All check-ins of a key result in the order of their recording, as postcard.
pub(super) async fn check_ins(State(state): State<ServerState>, Path(id): Path<String>) -> Response {
    let check_ins = id.parse::<Uuid>().ok().and_then(|id| state.ledger.check_ins(KeyResultId(id)));
    match check_ins {
        Some(check_ins) => as_postcard(&check_ins),
        None => Refusal::NOT_FOUND.into_response(),
    }
}

/// What whoever asks last changed, as postcard: what they can undo.
pub(super) async fn own_changes(State(state): State<ServerState>, Extension(viewer): Extension<Viewer>) -> Response {
    match state.ledger.last_changes_of(viewer.person).await {
        Ok(entries) => as_postcard(&entries),
        Err(error) => {
            tracing::error!("cannot read what somebody changed: {error}");
            Refusal::FAULT.into_response()
        }
    }
}

pub(super) fn as_postcard(data: &impl Serialize) -> Response {
    match postcard::to_allocvec(data) {
        Ok(bytes) => ([(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
        Err(error) => {
            tracing::error!("cannot write an answer: {error}");
            Refusal::FAULT.into_response()
        }
    }
}

/// What one listener is told, in order and without gaps.
struct Feed {
    ledger: Ledger,
    news: Receiver<Arc<[LogEntry]>>,
    today: watch::Receiver<Day>,
    shutdown: CancellationToken,
    /// The last change that the listener knows once it has heard what waits.
    told: u64,
    waiting: VecDeque<Event>,
}

impl Feed {
    async fn new(ledger: &Ledger, shutdown: CancellationToken, after: Option<u64>) -> Self {
        // Listening begins before the log is read, so that nothing falls between the two.
        let news = ledger.subscribe();
        let mut today = ledger.days();
        let day = *today.borrow_and_update();
        let now = ledger.read(|_, seq| seq);
        let mut feed = Self {
            ledger: ledger.clone(),
            news,
            today,
            shutdown,
            told: after.unwrap_or(now),
            waiting: VecDeque::new(),
        };
        // Another may have begun since the listener last heard.
        feed.tell_day(day);
        feed.catch_up(now).await;
        feed
    }

    /// Tells what the log holds after what was told.
    async fn catch_up(&mut self, now: u64) {
        if self.told == now {
            return;
        }
        match self.ledger.changes_after(self.told, CATCH_UP + 1).await {
            // A number that the log does not reach is of a database that was put back to an earlier time.
            Ok(entries) if self.told < now && entries.len() <= CATCH_UP => {
                for together in entries.chunk_by(|one, next| one.mutation == next.mutation) {
                    self.tell(together);
                }
            }
            Ok(_) => self.resync(),
            Err(error) => {
                tracing::warn!("cannot read what a listener missed: {error}");
                self.resync();
            }
        }
    }

    fn tell(&mut self, entries: &[LogEntry]) {
        let Some((first, last)) = entries.first().zip(entries.last()) else {
            return self.resync();
        };
        if last.seq <= self.told {
            return;
        }
        if first.seq != self.told + 1 {
            return self.resync();
        }
        match to_text(entries) {
            Ok(text) => {
                self.told = last.seq;
                let event = Event::default().event("changes").id(last.seq.to_string());
                self.waiting.push_back(event.data(text));
            }
            Err(error) => {
                tracing::error!("cannot tell a change: {error}");
                self.resync();
            }
        }
    }

    fn tell_day(&mut self, today: Day) {
        match to_text(&today) {
            Ok(text) => self.waiting.push_back(Event::default().event("today").data(text)),
            Err(error) => tracing::error!("cannot tell which day it is: {error}"),
        }
    }

    fn resync(&mut self) {
        self.told = self.ledger.read(|_, seq| seq);
        self.waiting.push_back(Event::default().event("resync").id(self.told.to_string()).data(self.told.to_string()));
    }

    fn into_stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        futures::stream::unfold(self, |mut feed| async {
            loop {
                if feed.shutdown.is_cancelled() {
                    return None;
                }
                if let Some(event) = feed.waiting.pop_front() {
                    return Some((Ok(event), feed));
                }
                tokio::select! {
                    () = feed.shutdown.cancelled() => return None,
                    news = feed.news.recv() => match news {
                        Ok(entries) => feed.tell(&entries),
                        Err(RecvError::Lagged(_)) => feed.resync(),
                        Err(RecvError::Closed) => return None,
                    },
                    changed = feed.today.changed() => match changed {
                        Ok(()) => {
                            let today = *feed.today.borrow_and_update();
                            feed.tell_day(today);
                        }
                        Err(_) => return None,
                    },
                }
            }
        })
    }
}
