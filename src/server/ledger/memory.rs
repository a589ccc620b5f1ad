//! The workspace in memory, and those who want to hear of changes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};

use tokio::sync::{broadcast, watch};

use crate::domain::day::Day;
use crate::domain::log::LogEntry;
use crate::domain::workspace::Workspace;

/// How many submissions a listener may lag behind.
const BACKLOG: usize = 1024;

/// The most changes of one submission that listeners are told one by one.
const TELLABLE: usize = 2_000;

/// The workspace as the database holds it.
pub(super) struct Memory {
    state: RwLock<State>,
    /// Whether what is here may differ from the database, since somebody panicked while changing it.
    doubtful: AtomicBool,
    news: broadcast::Sender<Arc<[LogEntry]>>,
    today: watch::Sender<Day>,
}

/// The workspace, and the number of the last change in it.
pub(super) struct State {
    pub workspace: Workspace,
    pub seq: u64,
}

impl Memory {
    pub fn new(workspace: Workspace, seq: u64) -> Self {
        let (news, _) = broadcast::channel(BACKLOG);
        let (today, _) = watch::channel(workspace.day());
        Self { state: RwLock::new(State { workspace, seq }), doubtful: AtomicBool::new(false), news, today }
    }

    pub fn read<R>(&self, read: impl FnOnce(&Workspace, u64) -> R) -> R {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        read(&state.workspace, state.seq)
    }

    pub fn seq(&self) -> u64 {
        self.read(|_, seq| seq)
    }

    /// Only the writer calls it, and leaves behind what is committed.
    pub fn lock(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Arc<[LogEntry]>> {
        self.news.subscribe()
    }

    pub fn days(&self) -> watch::Receiver<Day> {
        self.today.subscribe()
    }

    /// Takes in committed changes, which follow the last one in order.
    pub fn take(&self, entries: &[LogEntry]) {
        let Some(last) = entries.last() else {
            return;
        };
        let mut state = self.lock();
        for entry in entries {
            state.workspace.apply(&entry.change);
        }
        state.seq = last.seq;
        drop(state);
        for together in entries.chunk_by(|one, next| one.mutation == next.mutation) {
            self.tell(if together.len() > TELLABLE { Arc::default() } else { together.into() });
        }
    }

    /// Takes in a workspace that was read afresh.
    pub fn replace(&self, workspace: Workspace, seq: u64) {
        *self.lock() = State { workspace, seq };
        self.doubtful.store(false, Ordering::Release);
        self.tell(Arc::default());
    }

    /// Notes that what is here must be read afresh before anything is decided on it.
    pub fn doubt(&self) {
        self.doubtful.store(true, Ordering::Release);
    }

    pub fn is_doubtful(&self) -> bool {
        self.doubtful.load(Ordering::Acquire)
    }

    /// Takes in which day it is.
    pub fn set_today(&self, today: Day) {
        if self.read(|workspace, _| workspace.day()) != today {
            self.lock().workspace.set_today(today);
        }
        self.today.send_if_modified(|known| std::mem::replace(known, today) != today);
    }

    fn tell(&self, news: Arc<[LogEntry]>) {
        // Nobody may be listening.
        let _ = self.news.send(news);
    }
}
