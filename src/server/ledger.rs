//! The ledger: the workspace in memory, and the one way to change it.
//!
//! The database is the truth. Memory holds what is committed there and nothing else; whoever reads never waits for a
//! disk and never sees what may still be taken back.

mod memory;
mod writer;

use std::io;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use sha2::{Digest, Sha256};
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use self::memory::Memory;
use self::writer::{Job, Writer};
use crate::domain::change::{Edit, Record};
use crate::domain::command::{Actor, Command, Refusal};
use crate::domain::day::Day;
use crate::domain::ids::{KeyResultId, MutationId, NodeId, PersonId, WorkspaceId};
use crate::domain::log::LogEntry;
use crate::domain::okr::CheckIn;
use crate::domain::undo::MOST_CHANGES;
use crate::domain::workspace::{History, Snapshot, Workspace};

use super::clock::Clock;
use super::store::{Db, StoreError, load, log};

/// Submissions that may wait for the writer; further senders wait to wait.
const QUEUE: usize = 1024;

/// How many entries of the log somebody's own changes are looked for in.
const LOOK_BACK: u64 = 10_000;

/// Commands that become so together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Its name, made by the sender: the same one again changes nothing and gets the same answer.
    pub mutation: MutationId,
    /// Who wants it.
    pub actor: Actor,
    /// What is wanted, decided one after the other.
    pub commands: Vec<Command>,
}

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The number of the last change that it brought, or of the last one before it where it brought none.
    pub seq: u64,
}

/// Why a submission changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// The rules say no.
    #[error("{}", .0.message)]
    Refused(Refusal),
    /// The same name was given to something else before.
    #[error("Something else was sent under the same id before. Nothing was changed: send it again under a new id.")]
    OtherBody,
    /// The database does not take it now. The same submission may be sent again as it is: it is carried out once.
    #[error("This could not be saved. Keep it and try again in a moment: it will not count twice.")]
    Unavailable,
}

/// A handle on the ledger; clones share it. The writer stops when the last one is gone.
#[derive(Clone)]
pub struct Ledger {
    shared: Arc<Shared>,
    jobs: mpsc::Sender<Job>,
}

/// What readers and the writer share.
struct Shared {
    db: Db,
    clock: Clock,
    workspace: WorkspaceId,
    memory: Memory,
}

impl Ledger {
    /// Reads the workspace from the database, makes an empty one where there is none, and starts to write and to follow
    /// what other processes write.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open(db: Db, clock: Clock) -> Result<Self, StoreError> {
        let workspace = find_or_create(&db).await?;
        let mut tx = db.read().await?;
        let seq = log::seq_in(&mut tx, workspace).await?;
        let snapshot = load::load(&mut tx, workspace, |time_zone| clock.today(time_zone)).await?;
        tx.rollback().await?;
        let memory = Memory::new(Workspace::from_snapshot(snapshot), seq);
        let shared = Arc::new(Shared { db, clock, workspace, memory });
        let (jobs, queue) = mpsc::channel(QUEUE);
        tokio::spawn(Writer::new(shared.clone(), queue).run());
        Ok(Self { shared, jobs })
    }

    /// Reads the workspace and the number of the last change in it. Keep it brief: writers wait.
    pub fn read<R>(&self, read: impl FnOnce(&Workspace, u64) -> R) -> R {
        self.shared.memory.read(read)
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.shared.clock
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.shared.db
    }

    /// Hears of changes from now on: those of one submission together. A listener that lags, or hears an empty list
    /// (too much happened to tell it one by one), takes a snapshot.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<[LogEntry]>> {
        self.shared.memory.subscribe()
    }

    /// Tells which day it is in the workspace's time zone and when it ends, now and whenever another begins.
    #[must_use]
    pub fn days(&self) -> watch::Receiver<Day> {
        self.shared.memory.days()
    }

    /// The changes after a number, at most so many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn changes_after(&self, seq: u64, limit: usize) -> Result<Vec<LogEntry>, StoreError> {
        let mut tx = self.shared.db.read().await?;
        let entries = log::after(&mut tx, self.shared.workspace, seq, limit).await?;
        tx.rollback().await?;
        Ok(entries)
    }

    /// What somebody last changed, in order, as far back as anybody undoes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_changes_of(&self, person: PersonId) -> Result<Vec<LogEntry>, StoreError> {
        let mut tx = self.shared.db.read().await?;
        let mut entries = log::last_of(&mut tx, self.shared.workspace, person, LOOK_BACK, MOST_CHANGES).await?;
        tx.rollback().await?;
        if entries.len() == MOST_CHANGES {
            // The first submission may be cut off.
            let first = entries.first().map(|entry| entry.mutation);
            entries.retain(|entry| Some(entry.mutation) != first);
        }
        Ok(entries)
    }

    /// What happened last to an objective or a key result, in order, at most so many changes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_changes_to(&self, node: NodeId, limit: usize) -> Result<Vec<LogEntry>, StoreError> {
        let mut tx = self.shared.db.read().await?;
        let entries = log::about_node(&mut tx, self.shared.workspace, node, limit).await?;
        tx.rollback().await?;
        Ok(entries)
    }

    /// The day of the first entry in the log.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn first_logged(&self) -> Result<Option<NaiveDate>, StoreError> {
        let first = self.changes_after(0, 1).await?;
        let zone = self.read(|workspace, _| workspace.settings.time_zone.clone());
        Ok(first.first().map(|entry| Clock::day_of(entry.at, &zone)))
    }

    /// What it takes to make a past day: all of now, what was arranged since the end of that day, and when the founding
    /// of the workspace was over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn since_the_end_of(
        &self,
        day: NaiveDate,
    ) -> Result<(Snapshot, Vec<LogEntry>, Option<DateTime<Utc>>), StoreError> {
        let (snapshot, known) = self.read(|workspace, seq| (workspace.snapshot(History::Full), seq));
        let zone = &snapshot.settings.time_zone;
        let mut tx = self.shared.db.read().await?;
        let mut later = log::arranged_since(&mut tx, self.shared.workspace, Clock::end_of(day, zone)).await?;
        let founded = log::first_table(&mut tx, self.shared.workspace).await?;
        tx.rollback().await?;
        // What was committed meanwhile is not in the snapshot.
        later.retain(|entry| entry.seq <= known);
        let founded = founded.map(|at| Clock::end_of(Clock::day_of(at, zone), zone));
        Ok((snapshot, later, founded))
    }

    /// Who set a field last, and when, as far as the log tells.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_set(&self, edit: &Edit) -> sqlx::Result<Option<(Actor, DateTime<Utc>)>> {
        self.shared.last_set(edit).await
    }

    /// All check-ins of a key result in the order of their recording.
    #[must_use]
    pub fn check_ins(&self, id: KeyResultId) -> Option<Vec<CheckIn>> {
        self.read(|workspace, _| workspace.key_result(id).map(|node| node.check_ins.clone()))
    }

    /// Decides the commands and makes them so, durably, before it answers.
    ///
    /// # Errors
    /// [`SubmitError`]: then none of the commands changed anything. After [`SubmitError::Unavailable`], and where the
    /// caller stopped waiting, only the same submission sent again tells whether it was carried out.
    pub async fn submit(&self, submission: Submission) -> Result<Answer, SubmitError> {
        self.submit_with_progress(submission, |_| ()).await
    }

    /// As [`submit`](Self::submit), for what takes longer: `progress` hears how many of the commands are written.
    ///
    /// # Errors
    /// As [`submit`](Self::submit).
    pub async fn submit_with_progress(
        &self,
        mut submission: Submission,
        progress: impl Fn(usize) + Send + Sync + 'static,
    ) -> Result<Answer, SubmitError> {
        submission.commands.iter_mut().for_each(round_times);
        let (reply, answer) = oneshot::channel();
        let job = Job { body: body_of(&submission), submission, progress: Box::new(progress), reply };
        self.jobs.send(job).await.map_err(|_| SubmitError::Unavailable)?;
        answer.await.unwrap_or(Err(SubmitError::Unavailable))
    }
}

impl Shared {
    async fn last_set(&self, edit: &Edit) -> sqlx::Result<Option<(Actor, DateTime<Utc>)>> {
        let mut tx = self.db.read().await?;
        let found = log::last_set(&mut tx, self.workspace, edit).await?;
        tx.rollback().await?;
        Ok(found)
    }
}

async fn find_or_create(db: &Db) -> Result<WorkspaceId, StoreError> {
    let mut tx = db.read().await?;
    let found = load::find(&mut tx).await?;
    tx.rollback().await?;
    if let Some(id) = found {
        return Ok(id);
    }
    let mut tx = db.write().await?;
    load::create(&mut tx, WorkspaceId(uuid::Uuid::now_v7())).await?;
    let id = load::find(&mut tx).await?.ok_or(sqlx::Error::RowNotFound)?;
    tx.commit().await?;
    Ok(id)
}

/// Databases keep microseconds, and memory holds what they keep.
fn to_microseconds(time: DateTime<Utc>) -> DateTime<Utc> {
    time.trunc_subsecs(6)
}

fn round_times(command: &mut Command) {
    match command {
        Command::Add(Record::CheckIn(check_in)) => check_in.at = to_microseconds(check_in.at),
        Command::Add(Record::Comment(comment)) => comment.at = to_microseconds(comment.at),
        Command::Add(Record::KpiReading(reading)) => reading.at = to_microseconds(reading.at),
        Command::Add(_)
        | Command::Edit(_)
        | Command::Move(_)
        | Command::Close(_)
        | Command::Undo(_)
        | Command::RemoveView(_) => {}
    }
}

/// Who wants what, as a hash.
fn body_of(submission: &Submission) -> String {
    struct Hasher(Sha256);
    impl io::Write for Hasher {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut hasher = Hasher(Sha256::new());
    // Neither the hasher nor commands, whose maps have text for keys, can fail.
    let _ = serde_json::to_writer(&mut hasher, &(submission.actor, &submission.commands));
    BASE64_STANDARD_NO_PAD.encode(hasher.0.finalize())
}
