//! The workspace as a browser holds it: what the server has told, and on top of it what this person did that the
//! server has not confirmed yet.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::change::{Change, Edit, Record};
use crate::domain::command::{Actor, Command, Refusal};
use crate::domain::day::Day;
use crate::domain::effects::Effects;
use crate::domain::ids::{KeyResultId, MutationId, NodeId};
use crate::domain::log::LogEntry;
use crate::domain::okr::CheckIn;
use crate::domain::preview::NumberMove;
use crate::domain::undo::{MOST_CHANGES, Step, Trail};
use crate::domain::workspace::{Snapshot, Workspace};

/// Something that this person did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Its name, made here: sent twice, it counts once.
    pub mutation: MutationId,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// What is wanted.
    pub commands: Vec<Command>,
}

impl Submission {
    /// The objective or key result that it is about.
    #[must_use]
    pub fn node(&self) -> Option<NodeId> {
        self.commands.iter().find_map(|command| match command {
            Command::Add(record) => Change::Added(record.clone()).node(),
            Command::Edit(edit) => Change::Edited(edit.clone()).node(),
            Command::Move(wanted) => Some(wanted.node),
            Command::Close(close) => Some(close.objective.into()),
            Command::Undo(_) | Command::RemoveView(_) => None,
        })
    }

    /// The submission that it takes back, where it is an undo.
    #[must_use]
    pub fn undoes(&self) -> Option<MutationId> {
        self.commands.iter().find_map(|command| match command {
            Command::Undo(mutation) => Some(*mutation),
            _ => None,
        })
    }
}

/// The workspace as a browser holds it.
#[derive(Clone, Debug)]
pub struct Replica {
    workspace: Workspace,
    seq: u64,
    actor: Actor,
    pending: Vec<Pending>,
    /// What this person changed last, as far as the server has told, by its number in the log.
    own: BTreeMap<u64, LogEntry>,
    heard: VecDeque<LogEntry>,
}

/// The most edits of others that are remembered, to tell who made them.
const HEARD: usize = 500;

#[derive(Clone, Debug)]
struct Pending {
    submission: Submission,
    changes: Vec<Change>,
}

/// What news from the server did here.
#[derive(Clone, Debug, Default)]
pub struct News {
    /// What it did to the workspace.
    pub effects: Effects,
    /// What this person did that is no longer possible, and why. It is undone here.
    pub refused: Vec<(Submission, Refusal)>,
    /// What others changed, and who.
    pub others: Vec<(NodeId, Actor)>,
}

/// The news begin after changes that were never heard of: take a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap;

impl Replica {
    /// Holds a snapshot that contains the changes up to `seq`.
    #[must_use]
    pub fn new(snapshot: Snapshot, seq: u64, actor: Actor) -> Self {
        Self {
            workspace: Workspace::from_snapshot(snapshot),
            seq,
            actor,
            pending: Vec::new(),
            own: BTreeMap::new(),
            heard: VecDeque::new(),
        }
    }

    /// The workspace, with what is not confirmed yet.
    #[must_use]
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The number of the last change that the server told of.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Who looks at it.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// Does something at once, to be confirmed later.
    ///
    /// # Errors
    /// A refusal by the rules that the server has too: then nothing changed.
    pub fn submit(&mut self, submission: Submission) -> Result<Effects, Refusal> {
        let (changes, effects) = self.carry_out(&submission)?;
        // What is so already may have been told in the log before: nothing would confirm it.
        if !changes.is_empty() {
            self.pending.push(Pending { submission, changes });
        }
        Ok(effects)
    }

    /// What a command would do to numbers. Nothing is changed.
    ///
    /// # Errors
    /// Why it would be refused.
    pub fn preview(&mut self, at: DateTime<Utc>, command: &Command) -> Result<Vec<NumberMove>, Refusal> {
        self.workspace.preview(self.actor, at, command)
    }

    /// Takes in changes from the log, in their order; those that were heard before are passed over.
    ///
    /// # Errors
    /// [`Gap`] where changes before them are missing: then nothing changed.
    pub fn hear(&mut self, entries: &[LogEntry]) -> Result<News, Gap> {
        let unheard = entries.partition_point(|entry| entry.seq <= self.seq);
        let entries = &entries[unheard..];
        let Some(first) = entries.first() else {
            return Ok(News::default());
        };
        if first.seq > self.seq + 1 {
            return Err(Gap);
        }
        let mut news = News { effects: self.take_back(), ..News::default() };
        for entry in entries {
            let own = self.pending.iter().any(|pending| pending.submission.mutation == entry.mutation);
            if !own && let Some(node) = entry.change.node() {
                news.others.push((node, entry.by));
            }
            if entry.by == self.actor {
                self.remember(entry.clone());
            }
            if !self.is_known(&entry.change) {
                news.effects.merge(self.workspace.apply(&entry.change));
            }
            self.seq = entry.seq;
            if matches!(entry.change, Change::Edited(_)) {
                self.heard.push_back(entry.clone());
            }
        }
        self.heard.drain(..self.heard.len().saturating_sub(HEARD));
        self.pending.retain(|pending| entries.iter().all(|entry| entry.mutation != pending.submission.mutation));
        self.do_again(&mut news);
        Ok(news)
    }

    /// Who made a field what an edit replaces, in words, where that was heard here.
    #[must_use]
    pub fn author(&self, edit: &Edit) -> Option<String> {
        let made_it = |entry: &&LogEntry| matches!(&entry.change, Change::Edited(made) if edit.follows(made));
        self.heard.iter().rev().find(made_it).map(|entry| self.workspace.author(entry.by, entry.at))
    }

    /// Forgets what the server refused, and undoes it.
    pub fn refuse(&mut self, mutation: MutationId) -> News {
        let mut news = News { effects: self.take_back(), ..News::default() };
        self.pending.retain(|pending| pending.submission.mutation != mutation);
        self.do_again(&mut news);
        news
    }

    /// Starts over from a newer snapshot and keeps what is not in it yet. `answered` names what the server has accepted.
    pub fn start_over(&mut self, snapshot: Snapshot, seq: u64, answered: impl Fn(MutationId) -> bool) -> News {
        self.workspace = Workspace::from_snapshot(snapshot);
        self.seq = seq;
        self.pending.retain(|pending| !answered(pending.submission.mutation));
        let mut news = News { effects: Effects { structure: true, ..Effects::default() }, ..News::default() };
        self.do_again(&mut news);
        news
    }

    /// Takes in what this person changed last, as the log tells it.
    pub fn know_own(&mut self, entries: Vec<LogEntry>) {
        for entry in entries {
            if entry.by == self.actor {
                self.remember(entry);
            }
        }
    }

    /// What this person did, and what of it is undone.
    #[must_use]
    pub fn trail(&self) -> Trail {
        let mut trail = Trail::default();
        let own: Vec<LogEntry> = self.own.values().cloned().collect();
        trail.take(&own);
        for Pending { submission, changes } in &self.pending {
            let (mutation, undoes) = (submission.mutation, submission.undoes());
            trail.record(Step { mutation, undoes, changes: changes.clone() });
        }
        trail
    }

    fn remember(&mut self, entry: LogEntry) {
        self.own.insert(entry.seq, entry);
        if self.own.len() > MOST_CHANGES {
            self.own.pop_first();
        }
    }

    /// What a submission of this person changed, confirmed or not.
    fn logged(&self, mutation: MutationId) -> Vec<LogEntry> {
        let pending = self.pending.iter().filter(|pending| pending.submission.mutation == mutation);
        let unconfirmed = pending.flat_map(|Pending { submission, changes }| {
            changes.iter().map(|change| LogEntry {
                seq: self.seq,
                at: submission.at,
                by: self.actor,
                mutation,
                undoes: submission.undoes(),
                change: change.clone(),
            })
        });
        let own = self.own.values().filter(|entry| entry.mutation == mutation).cloned();
        own.chain(unconfirmed).collect()
    }

    /// Another day has begun.
    pub fn set_today(&mut self, today: Day) -> Effects {
        self.workspace.set_today(today)
    }

    /// Takes in all confirmed check-ins of a key result.
    pub fn complete(&mut self, id: KeyResultId, check_ins: Vec<CheckIn>) -> News {
        let mut news = News { effects: self.take_back(), ..News::default() };
        news.effects.merge(self.workspace.complete(id, check_ins));
        self.do_again(&mut news);
        news
    }

    /// A check-in that came with the whole history of its key result before its news did.
    fn is_known(&self, change: &Change) -> bool {
        matches!(change, Change::Added(Record::CheckIn(check_in)) if self.workspace.key_result_of(check_in.id).is_some())
    }

    fn take_back(&mut self) -> Effects {
        let mut effects = Effects::default();
        for change in self.pending.iter_mut().rev().flat_map(|pending| pending.changes.drain(..).rev()) {
            effects.merge(self.workspace.apply(&change.inverse()));
        }
        effects
    }

    fn do_again(&mut self, news: &mut News) {
        for Pending { submission, .. } in std::mem::take(&mut self.pending) {
            match self.carry_out(&submission) {
                Ok((changes, effects)) => {
                    news.effects.merge(effects);
                    self.pending.push(Pending { submission, changes });
                }
                Err(refusal) => news.refused.push((submission, refusal)),
            }
        }
    }

    /// Carries out all commands of a submission or none.
    fn carry_out(&mut self, submission: &Submission) -> Result<(Vec<Change>, Effects), Refusal> {
        let mut done: Vec<Change> = Vec::new();
        let mut effects = Effects::default();
        for command in &submission.commands {
            let logged = submission.undoes().map(|undone| self.logged(undone)).unwrap_or_default();
            match self.workspace.decide_with_log(self.actor, submission.at, command, |_| logged) {
                Ok(changes) => {
                    for change in changes {
                        effects.merge(self.workspace.apply(&change));
                        done.push(change);
                    }
                }
                Err(refusal) => {
                    for change in done.into_iter().rev() {
                        self.workspace.apply(&change.inverse());
                    }
                    return Err(refusal);
                }
            }
        }
        Ok((done, effects))
    }
}

#[cfg(test)]
mod tests;
