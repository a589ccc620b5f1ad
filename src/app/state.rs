//! What the browser remembers: the workspace, and a signal for each row that was ever on screen.

pub mod notice;
mod pages;
mod pulse;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos::web_sys::js_sys::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use self::notice::Noticed;
use super::outbox::Outbox;
use super::replica::{Gap, News, Replica, Submission};
use crate::api::viewer::Viewer;
use crate::domain::change::Edit;
use crate::domain::command::{Actor, Command, Refusal};
use crate::domain::day::Day;
use crate::domain::effects::Effects;
use crate::domain::ids::{KeyResultId, MutationId, NodeId};
use crate::domain::log::LogEntry;
use crate::domain::okr::CheckIn;
use crate::domain::preview::NumberMove;
use crate::domain::row::Row;
use crate::domain::undo::Trail;
use crate::domain::workspace::{Snapshot, Workspace};

/// How the browser and the server are connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Not yet tried.
    Starting,
    /// News arrive as they happen.
    Live,
    /// It broke, and is being made again.
    Reconnecting,
    /// The browser says that there is no network.
    Offline,
    /// Nobody is signed in any more.
    SignedOut,
}

/// What a row shows for a while besides its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It was just changed: by whom, on the row where it began. The number tells one change from the next.
    Changed(Option<String>, u32),
    /// What was done here is undone, and why.
    Refused(Refusal),
}

/// The signals of one row.
#[derive(Clone)]
pub struct RowSignals {
    /// What it says.
    pub row: ArcRwSignal<Arc<Row>>,
    /// What it shows for a while besides.
    pub mark: ArcRwSignal<Option<Mark>>,
    /// Notified whenever anything about the node may have changed.
    pub touched: ArcTrigger,
}

/// What the browser remembers, for all pages. Copies share it.
#[derive(Clone, Copy)]
pub struct Memory {
    replica: StoredValue<Option<Replica>>,
    rows: StoredValue<FxHashMap<NodeId, RowSignals>>,
    viewer: RwSignal<Option<Viewer>>,
    has_met: RwSignal<bool>,
    structure: Trigger,
    numbers: Trigger,
    restored: Trigger,
    is_loaded: RwSignal<bool>,
    knows_own: RwSignal<bool>,
    connection: RwSignal<Connection>,
    is_listening: StoredValue<bool>,
    marks: StoredValue<u32>,
    outbox: Outbox,
    /// Values that were typed before the workspace was here to read them.
    typed: StoredValue<Vec<(KeyResultId, String)>>,
    /// What is being said about nodes, and not sent yet.
    unsent: StoredValue<FxHashMap<NodeId, String>>,
    clock_offset: StoredValue<f64>,
    notice: RwSignal<Option<Noticed>>,
    /// What could not be undone, which the next undo passes over.
    passed_over: StoredValue<FxHashSet<MutationId>>,
    refused: RwSignal<Option<(MutationId, Refusal)>>,
    is_past: bool,
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl Memory {
    /// Remembers nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            replica: StoredValue::new(None),
            rows: StoredValue::default(),
            viewer: RwSignal::new(None),
            has_met: RwSignal::new(false),
            structure: Trigger::new(),
            numbers: Trigger::new(),
            restored: Trigger::new(),
            is_loaded: RwSignal::new(false),
            knows_own: RwSignal::new(false),
            connection: RwSignal::new(Connection::Starting),
            is_listening: StoredValue::new(false),
            marks: StoredValue::new(0),
            outbox: Outbox::default(),
            typed: StoredValue::default(),
            unsent: StoredValue::default(),
            clock_offset: StoredValue::new(0.0),
            notice: RwSignal::new(None),
            passed_over: StoredValue::default(),
            refused: RwSignal::new(None),
            is_past: false,
        }
    }

    /// Remembers nothing yet, of a past day.
    #[must_use]
    pub fn of_past_day() -> Self {
        Self { is_past: true, ..Self::new() }
    }

    /// Whether it is of a past day, also before the workspace is here.
    #[must_use]
    pub fn is_past(self) -> bool {
        self.is_past
    }

    /// Who looks; `None` until a page has told.
    #[must_use]
    pub fn viewer(self) -> RwSignal<Option<Viewer>> {
        self.viewer
    }

    /// A page of today tells who looks.
    pub fn meet(self, viewer: &Viewer) {
        if self.viewer.with_untracked(Option::is_none) {
            self.viewer.set(Some(viewer.clone()));
            self.has_met.set(true);
        }
    }

    /// Whether a page of today has told who looks: from then on, what it shows is kept up to date.
    #[must_use]
    pub fn has_met(self) -> RwSignal<bool> {
        self.has_met
    }

    /// What was done here, until the server has it for good.
    #[must_use]
    pub fn outbox(self) -> Outbox {
        self.outbox
    }

    pub(super) fn typed(self) -> StoredValue<Vec<(KeyResultId, String)>> {
        self.typed
    }

    /// What is being said about a node, and not sent yet.
    #[must_use]
    pub fn unsent(self, node: NodeId) -> Option<String> {
        self.unsent.with_value(|unsent| unsent.get(&node).cloned())
    }

    /// Remembers what is being said about a node until it is sent: it may be left for a while.
    pub fn keep_unsent(self, node: NodeId, text: String) {
        self.unsent.update_value(|unsent| {
            if text.is_empty() {
                unsent.remove(&node)
            } else {
                unsent.insert(node, text)
            };
        });
    }

    /// The moment by the server's clock, as far as its answers told.
    pub(super) fn now(self) -> DateTime<Utc> {
        let millis = Date::now() + self.clock_offset.get_value();
        DateTime::from_timestamp_millis(millis as i64).unwrap_or_default()
    }

    /// Sets how far the server's clock is ahead of this machine's, in milliseconds.
    pub fn set_clock_offset(self, milliseconds: f64) {
        self.clock_offset.set_value(milliseconds);
    }

    /// What this person did, and what of it is undone.
    #[must_use]
    pub fn trail(self) -> Trail {
        self.replica.with_value(|replica| replica.as_ref().map(Replica::trail)).unwrap_or_default()
    }

    /// Takes in what this person changed last, as the log tells it; nothing where it cannot be asked.
    pub fn know_own(self, entries: Vec<LogEntry>) {
        self.replica.update_value(|replica| {
            if let Some(replica) = replica {
                replica.know_own(entries);
            }
        });
        self.knows_own.set(true);
    }

    /// Whether [`Memory::trail`] holds what was done before the page was opened, as far as that can be known.
    #[must_use]
    pub fn knows_own(self) -> RwSignal<bool> {
        self.knows_own
    }

    /// How browser and server are connected.
    #[must_use]
    pub fn connection(self) -> RwSignal<Connection> {
        self.connection
    }

    /// The stream of news opened or broke.
    pub fn set_listening(self, is_listening: bool) {
        self.is_listening.set_value(is_listening);
        self.answered(is_listening);
    }

    /// The server answered, or the network is back (`true`), or something did not arrive (`false`).
    pub fn answered(self, is_well: bool) {
        let now = match self.connection.get_untracked() {
            Connection::Offline if !is_well => Connection::Offline,
            _ if is_well && self.is_listening.get_value() => Connection::Live,
            _ => Connection::Reconnecting,
        };
        if self.connection.get_untracked() != now {
            self.connection.set(now);
        }
    }

    /// The last submission that was undone after it was shown, and why.
    #[must_use]
    pub fn refused(self) -> RwSignal<Option<(MutationId, Refusal)>> {
        self.refused
    }

    /// Who made a field what an edit replaces, in words, where that was heard here.
    #[must_use]
    pub fn author(self, edit: &Edit) -> Option<String> {
        self.replica.with_value(|replica| replica.as_ref().and_then(|replica| replica.author(edit)))
    }

    /// Whether the workspace is here.
    #[must_use]
    pub fn is_loaded(self) -> RwSignal<bool> {
        self.is_loaded
    }

    /// Notified once the workspace is here, and on top of it what was done before the page was opened.
    #[must_use]
    pub fn restored(self) -> Trigger {
        self.restored
    }

    /// Reads the workspace as whoever looks sees it, once it is here. The page of a past day may have been left since, and its
    /// workspace with it.
    pub fn read<R>(self, read: impl FnOnce(&Workspace, Actor) -> R) -> Option<R> {
        let read = |replica: &Option<Replica>| replica.as_ref().map(|it| read(it.workspace(), it.actor()));
        self.replica.try_with_value(read).flatten()
    }

    /// Like [`Memory::read`], and again whenever nodes come, go or move.
    pub fn follow<R>(self, read: impl FnOnce(&Workspace, Actor) -> R) -> Option<R> {
        self.structure.track();
        self.is_loaded.track();
        self.read(read)
    }

    /// Like [`Memory::follow`], and again whenever any node may read otherwise.
    pub fn follow_closely<R>(self, read: impl FnOnce(&Workspace, Actor) -> R) -> Option<R> {
        self.numbers.track();
        self.follow(read)
    }

    /// The number of the last change heard of.
    #[must_use]
    pub fn seq(self) -> Option<u64> {
        self.replica.with_value(|replica| replica.as_ref().map(Replica::seq))
    }

    /// The signals of a row; `shipped` is what the server said of it, for as long as the workspace is not here.
    #[must_use]
    pub fn row(self, node: NodeId, shipped: Option<&Row>) -> Option<RowSignals> {
        if let Some(known) = self.rows.with_value(|rows| rows.get(&node).cloned()) {
            return Some(known);
        }
        let row = self.read(|workspace, actor| workspace.row(node, actor)).unwrap_or_else(|| shipped.cloned())?;
        let signals = RowSignals {
            row: ArcRwSignal::new(Arc::new(row)),
            mark: ArcRwSignal::new(None),
            touched: ArcTrigger::new(),
        };
        self.rows.update_value(|rows| {
            rows.insert(node, signals.clone());
        });
        Some(signals)
    }

    /// The title of a node: as the workspace says, and until it is here as the page said.
    #[must_use]
    pub fn title(self, node: NodeId) -> Option<String> {
        let shipped = || {
            let signals = self.rows.with_value(|rows| rows.get(&node).cloned())?;
            Some(signals.row.with_untracked(|row| row.title.clone()))
        };
        self.read(|workspace, _| workspace.node_title(node).map(str::to_owned)).unwrap_or_else(shipped)
    }

    /// Takes in the workspace, at first or anew. `answered` tells what of the pending work the server has accepted.
    pub fn load(self, viewer: Viewer, snapshot: Snapshot, seq: u64, answered: impl Fn(MutationId) -> bool) {
        let actor = viewer.actor();
        let mut news = None;
        self.replica.update_value(|replica| match replica {
            Some(replica) if replica.actor() == actor => news = Some(replica.start_over(snapshot, seq, answered)),
            other => *other = Some(Replica::new(snapshot, seq, actor)),
        });
        if self.viewer.get_untracked().as_ref() != Some(&viewer) {
            self.viewer.set(Some(viewer));
        }
        if let Some(news) = news {
            self.show(&news);
        }
        self.refresh_all();
        self.is_loaded.set(true);
    }

    /// Does something at once. Returns whether it is to be sent; a refusal is shown at its row.
    ///
    /// # Errors
    /// The refusal, or `None` where the workspace is not here yet.
    pub fn submit(self, submission: Submission) -> Result<(), Option<Refusal>> {
        let mut result = Err(None);
        self.replica.update_value(|replica| {
            if let Some(replica) = replica {
                result = replica.submit(submission).map_err(Some);
            }
        });
        let effects = result?;
        self.pulse(&effects.nodes, None);
        self.refresh(&effects);
        Ok(())
    }

    /// What a command would do to numbers; `None` where the workspace is not here yet.
    pub fn preview(self, command: &Command) -> Option<Result<Vec<NumberMove>, Refusal>> {
        let now = self.now();
        self.replica.try_update_value(|replica| replica.as_mut().map(|replica| replica.preview(now, command))).flatten()
    }

    /// Takes in news from the server.
    ///
    /// # Errors
    /// [`Gap`] where changes before them are missing.
    pub fn hear(self, entries: &[LogEntry]) -> Result<News, Gap> {
        let mut news = Ok(News::default());
        self.replica.update_value(|replica| {
            if let Some(replica) = replica {
                news = replica.hear(entries);
            }
        });
        let news = news?;
        for (node, by) in &news.others {
            self.pulse_of(*node, *by);
        }
        self.show(&news);
        Ok(news)
    }

    /// Undoes what the server refused, and says why where it was done.
    pub fn refuse(self, submission: &Submission, refusal: Refusal) {
        let mut news = None;
        self.replica.update_value(|replica| {
            news = replica.as_mut().map(|replica| replica.refuse(submission.mutation));
        });
        if let Some(mut news) = news {
            news.refused.push((submission.clone(), refusal));
            self.show(&news);
        }
    }

    /// Another day has begun.
    pub fn set_today(self, today: Day) {
        self.replica.update_value(|replica| {
            if let Some(replica) = replica {
                replica.set_today(today);
            }
        });
        self.refresh_all();
    }

    /// Takes in all check-ins of a key result.
    pub fn complete(self, id: KeyResultId, check_ins: Vec<CheckIn>) {
        let mut news = None;
        self.replica.update_value(|replica| news = replica.as_mut().map(|replica| replica.complete(id, check_ins)));
        if let Some(news) = news {
            self.show(&news);
        }
    }

    /// Shows a mark on a row, if it was ever on screen.
    pub fn mark(self, node: NodeId, mark: Option<Mark>) {
        if let Some(signals) = self.rows.with_value(|rows| rows.get(&node).cloned()) {
            signals.mark.set(mark);
        }
    }

    fn show(self, news: &News) {
        self.refresh(&news.effects);
        for (submission, refusal) in &news.refused {
            self.tell_refused(submission, refusal);
            self.refused.set(Some((submission.mutation, refusal.clone())));
            if let Some(node) = submission.node() {
                self.mark(node, Some(Mark::Refused(refusal.clone())));
            }
        }
    }

    /// A number that tells one mark or notice from the next.
    fn number(self) -> u32 {
        let number = self.marks.try_update_value(|number| {
            *number = number.wrapping_add(1);
            *number
        });
        number.unwrap_or_default()
    }

    fn refresh(self, effects: &Effects) {
        self.numbers.notify();
        if effects.structure {
            self.refresh_all();
            return;
        }
        for node in &effects.nodes {
            if let Some(signals) = self.rows.with_value(|rows| rows.get(node).cloned()) {
                self.refresh_row(*node, &signals);
            }
        }
    }

    fn refresh_all(self) {
        let rows: Vec<_> =
            self.rows.with_value(|rows| rows.iter().map(|(node, signals)| (*node, signals.clone())).collect());
        for (node, signals) in rows {
            self.refresh_row(node, &signals);
        }
        self.structure.notify();
    }

    fn refresh_row(self, node: NodeId, signals: &RowSignals) {
        if let Some(Some(row)) = self.read(|workspace, actor| workspace.row(node, actor))
            && signals.row.with_untracked(|known| **known != row)
        {
            signals.row.set(Arc::new(row));
        }
        signals.touched.notify();
    }
}
