//! The one task that changes the workspace: group commit, and following what other processes commit.

use std::collections::hash_map::Entry;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use rustc_hash::FxHashMap;
use sqlx::postgres::PgPool;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::{Answer, Shared, Submission, SubmitError, to_microseconds};
use crate::domain::command::{Command, Reason, Refusal};
use crate::domain::ids::MutationId;
use crate::domain::log::LogEntry;
use crate::domain::undo::MOST_CHANGES;
use crate::domain::workspace::Workspace;
use crate::server::store::log::{self, Done};
use crate::server::store::write::{Write, write};
use crate::server::store::{Db, Tx, is_refused_content, is_serialisation_failure, load, wake};

/// The most submissions in one transaction.
const GROUP: usize = 256;

/// A submission of more commands than this has a transaction of its own.
const LARGE: usize = 1_000;

/// How often other processes' changes are looked for, besides being told of them.
const POLL: Duration = Duration::from_millis(250);

/// More changes than this are not applied one by one: the workspace is read afresh.
const CATCH_UP: u64 = 10_000;

/// How often a transaction is tried that the database would take if it came alone.
const ATTEMPTS: u32 = 10;

/// A submission that waits for its answer.
pub(super) struct Job {
    pub submission: Submission,
    /// The hash of what is wanted.
    pub body: String,
    /// Hears how many of the commands are written.
    pub progress: Box<dyn Fn(usize) + Send + Sync>,
    pub reply: oneshot::Sender<Result<Answer, SubmitError>>,
}

pub(super) struct Writer {
    shared: Arc<Shared>,
    jobs: mpsc::Receiver<Job>,
    /// Another process may have committed something.
    woken: Arc<Notify>,
    /// This process has committed something.
    committed: Arc<Notify>,
    following: bool,
}

/// Entries of the log by the submission that brought them.
type Logged = FxHashMap<MutationId, Vec<LogEntry>>;

/// What becomes of a group of submissions if its transaction commits.
#[derive(Default)]
struct Decided {
    outcomes: Vec<Result<Answer, SubmitError>>,
    entries: Vec<LogEntry>,
    writes: Vec<Write>,
    done: Vec<Done>,
}

impl Writer {
    pub fn new(shared: Arc<Shared>, jobs: mpsc::Receiver<Job>) -> Self {
        Self { shared, jobs, woken: Arc::default(), committed: Arc::default(), following: true }
    }

    /// Works until every handle on the ledger is gone.
    pub async fn run(mut self) {
        // Dropped with the writer, which ends them.
        let mut messengers = JoinSet::new();
        if let Db::Postgres(pool) = &self.shared.db {
            messengers.spawn(wake_others(pool.clone(), self.committed.clone()));
            messengers.spawn(be_woken(pool.clone(), self.woken.clone()));
        }
        let mut ticks = interval(POLL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut group = Vec::new();
        loop {
            tokio::select! {
                received = self.jobs.recv_many(&mut group, GROUP) => {
                    if received == 0 {
                        return;
                    }
                    self.survive(std::mem::take(&mut group)).await;
                }
                _ = ticks.tick() => self.follow().await,
                () = self.woken.notified() => self.follow().await,
            }
        }
    }

    /// Carries out submissions. A panic costs those that are not answered yet, and nobody else.
    async fn survive(&mut self, jobs: Vec<Job>) {
        if AssertUnwindSafe(self.carry_out_in_order(jobs)).catch_unwind().await.is_err() {
            tracing::error!("the writer panicked; the workspace is read afresh");
            self.shared.memory.doubt();
            self.follow().await;
        }
    }

    async fn carry_out_in_order(&self, jobs: Vec<Job>) {
        let mut small = Vec::new();
        for job in jobs {
            if job.submission.commands.len() <= LARGE {
                small.push(job);
            } else {
                self.carry_out(std::mem::take(&mut small)).await;
                self.carry_out(vec![job]).await;
            }
        }
        self.carry_out(small).await;
    }

    /// Carries out submissions in one transaction, and answers them.
    async fn carry_out(&self, jobs: Vec<Job>) {
        if jobs.is_empty() {
            return;
        }
        let mut attempt = 1;
        let error = loop {
            match self.transact(&jobs).await {
                Ok(outcomes) => {
                    for (job, outcome) in jobs.into_iter().zip(outcomes) {
                        answer(job, self.with_author(outcome).await);
                    }
                    return;
                }
                Err(error) if is_serialisation_failure(&error) && attempt < ATTEMPTS => {
                    sleep(Duration::from_millis(5) * attempt).await;
                    attempt += 1;
                }
                Err(error) => break error,
            }
        };
        let refused = is_refused_content(&error);
        if refused && jobs.len() > 1 {
            // One of them is not acceptable; the others must not suffer for it.
            for job in jobs {
                Box::pin(self.carry_out(vec![job])).await;
            }
            return;
        }
        tracing::error!("{} submissions were not saved: {error}", jobs.len());
        for job in jobs {
            answer(job, Err(if refused { SubmitError::Refused(refused_content()) } else { SubmitError::Unavailable }));
        }
    }

    async fn transact(&self, jobs: &[Job]) -> sqlx::Result<Vec<Result<Answer, SubmitError>>> {
        let Shared { db, workspace, memory, .. } = &*self.shared;
        let mut tx = db.write().await?;
        let seq = log::hold(&mut tx, *workspace).await?;
        self.catch_up(&mut tx, seq).await?;
        let mutations: Vec<MutationId> = jobs.iter().map(|job| job.submission.mutation).collect();
        let before = log::done(&mut tx, *workspace, &mutations).await?;
        let logged = self.logged(&mut tx, jobs).await?;
        let Decided { outcomes, entries, writes, done } = self.decide(jobs, before, &logged);
        if done.is_empty() {
            tx.rollback().await?;
            return Ok(outcomes);
        }
        let (rows, all) = (writes.len(), writes.len() + entries.len());
        let progress = |written: usize| {
            if let [job] = jobs {
                (job.progress)(job.submission.commands.len() * written / all.max(1));
            }
        };
        write(&mut tx, *workspace, writes, &progress).await?;
        log::append(&mut tx, *workspace, &entries, &|written| progress(rows + written)).await?;
        log::note_done(&mut tx, *workspace, &done).await?;
        if let Some(last) = entries.last() {
            log::set_seq(&mut tx, *workspace, last.seq).await?;
        }
        tx.commit().await?;
        memory.take(&entries);
        self.committed.notify_one();
        Ok(outcomes)
    }

    /// What the log holds of the submissions that shall be undone.
    async fn logged(&self, tx: &mut Tx, jobs: &[Job]) -> sqlx::Result<Logged> {
        let mut logged = Logged::default();
        for mutation in jobs.iter().flat_map(|job| &job.submission.commands).filter_map(undone) {
            if let Entry::Vacant(place) = logged.entry(mutation) {
                place.insert(log::of_mutation(tx, self.shared.workspace, mutation, MOST_CHANGES + 1).await?);
            }
        }
        Ok(logged)
    }

    /// Decides each submission against the result of those before it, and takes everything back before anybody can read
    /// it: only what is committed stays.
    fn decide(&self, jobs: &[Job], mut before: FxHashMap<MutationId, Done>, logged: &Logged) -> Decided {
        let mut decided = Decided::default();
        let mut state = self.shared.memory.lock();
        let seq = state.seq;
        for Job { submission, body, .. } in jobs {
            let mutation = submission.mutation;
            let outcome = match before.get(&mutation) {
                Some(done) if done.body == *body => Ok(Answer { seq: done.seq }),
                Some(_) => Err(SubmitError::OtherBody),
                None => self.decide_one(submission, seq, &mut state.workspace, logged, &mut decided).map(|()| {
                    let seq = seq + decided.entries.len() as u64;
                    let done = Done { mutation, body: body.clone(), seq };
                    before.insert(mutation, done.clone());
                    decided.done.push(done);
                    Answer { seq }
                }),
            };
            decided.outcomes.push(outcome);
        }
        take_back(&mut state.workspace, &decided.entries);
        decided
    }

    /// Applies what a submission brings, or, refused, nothing.
    fn decide_one(
        &self,
        submission: &Submission,
        seq: u64,
        workspace: &mut Workspace,
        logged: &Logged,
        decided: &mut Decided,
    ) -> Result<(), SubmitError> {
        let at = to_microseconds(self.shared.clock.now());
        let Decided { entries, writes, .. } = decided;
        let (first_entry, first_write) = (entries.len(), writes.len());
        let Submission { actor, mutation, .. } = *submission;
        for command in &submission.commands {
            // What is to be undone may have been submitted a moment ago, in the same group.
            let find = |mutation| match logged.get(&mutation).filter(|logged| !logged.is_empty()) {
                Some(logged) => logged.clone(),
                None => entries.iter().filter(|entry: &&LogEntry| entry.mutation == mutation).cloned().collect(),
            };
            match workspace.decide_with_log(actor, at, command, find) {
                Ok(changes) => {
                    let undoes = undone(command);
                    for change in changes {
                        let seq = seq + entries.len() as u64 + 1;
                        workspace.apply(&change);
                        writes.extend(Write::of(&change, seq, workspace));
                        entries.push(LogEntry { seq, at, by: actor, mutation, undoes, change });
                    }
                }
                Err(refusal) => {
                    take_back(workspace, entries.get(first_entry..).unwrap_or_default());
                    entries.truncate(first_entry);
                    writes.truncate(first_write);
                    return Err(SubmitError::Refused(refusal));
                }
            }
        }
        Ok(())
    }

    /// Takes in what other processes committed and which day it is.
    async fn follow(&mut self) {
        let result = self.try_follow().await;
        match (&result, self.following) {
            (Err(error), true) => tracing::warn!("cannot see what other processes change: {error}"),
            (Ok(()), false) => tracing::info!("the database can be read again"),
            _ => {}
        }
        self.following = result.is_ok();
        let Shared { memory, clock, .. } = &*self.shared;
        memory.set_today(memory.read(|workspace, _| clock.today(&workspace.settings.time_zone)));
    }

    async fn try_follow(&self) -> sqlx::Result<()> {
        let Shared { db, workspace, memory, .. } = &*self.shared;
        if log::seq(db, *workspace).await? == memory.seq() && !memory.is_doubtful() {
            return Ok(());
        }
        let mut tx = db.read().await?;
        let seq = log::seq_in(&mut tx, *workspace).await?;
        self.catch_up(&mut tx, seq).await?;
        tx.rollback().await
    }

    /// Brings memory to what the transaction sees.
    async fn catch_up(&self, tx: &mut Tx, seq: u64) -> sqlx::Result<()> {
        let Shared { workspace, memory, clock, .. } = &*self.shared;
        let known = memory.seq();
        match seq.checked_sub(known).filter(|_| !memory.is_doubtful()) {
            Some(0) => {}
            Some(1..=CATCH_UP) => {
                memory.take(&log::after(tx, *workspace, known, usize::try_from(CATCH_UP).unwrap_or(usize::MAX)).await?);
            }
            // Far behind, ahead of a database that was put back to an earlier time, or in doubt.
            _ => {
                let snapshot = load::load(tx, *workspace, |time_zone| clock.today(time_zone)).await?;
                memory.replace(Workspace::from_snapshot(snapshot), seq);
            }
        }
        Ok(())
    }

    /// Tells, in a conflict, who set the field and when.
    async fn with_author(&self, mut outcome: Result<Answer, SubmitError>) -> Result<Answer, SubmitError> {
        if let Err(SubmitError::Refused(Refusal { reason: Reason::Conflict(conflict), .. })) = &mut outcome {
            match self.shared.last_set(&conflict.now).await {
                Ok(Some((by, at))) => {
                    conflict.by = by.person();
                    conflict.at = Some(at);
                }
                Ok(None) => {}
                Err(error) => tracing::warn!("cannot tell who set a field: {error}"),
            }
        }
        outcome
    }
}

fn undone(command: &Command) -> Option<MutationId> {
    match command {
        Command::Undo(mutation) => Some(*mutation),
        _ => None,
    }
}

fn take_back(workspace: &mut Workspace, entries: &[LogEntry]) {
    for entry in entries.iter().rev() {
        workspace.apply(&entry.change.clone().inverse());
    }
}

fn answer(job: Job, outcome: Result<Answer, SubmitError>) {
    // Whoever asked may have gone.
    let _ = job.reply.send(outcome);
}

/// What the database refuses although the rules took it, such as an id that is used elsewhere.
fn refused_content() -> Refusal {
    Refusal {
        reason: Reason::AlreadyThere,
        field: None,
        message: "This is there already, or holds something that cannot be kept. Nothing was changed.".to_owned(),
    }
}

/// Wakes other processes, once for whatever was committed since the last time.
async fn wake_others(pool: PgPool, committed: Arc<Notify>) {
    loop {
        committed.notified().await;
        if let Err(error) = wake::notify(&pool).await {
            tracing::debug!("other processes will find the change by themselves: {error}");
        }
    }
}

/// Is woken by other processes.
async fn be_woken(pool: PgPool, woken: Arc<Notify>) {
    loop {
        if let Err(error) = wake::listen(&pool, &woken).await {
            tracing::debug!("cannot be woken by other processes, and looks for changes itself: {error}");
        }
        sleep(Duration::from_secs(5)).await;
    }
}
