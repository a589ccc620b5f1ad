//! What somebody did, in order: what the next undo and the next redo are of.

use crate::domain::change::Change;
use crate::domain::ids::MutationId;
use crate::domain::log::LogEntry;

/// The most submissions that are looked back on.
const LONGEST: usize = 200;

/// A submission of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub mutation: MutationId,
    /// The submission that it undid.
    pub undoes: Option<MutationId>,
    /// What it changed.
    pub changes: Vec<Change>,
}

/// What somebody did and what of it they have undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl Trail {
    /// Takes in what the log holds of one person, in order.
    pub fn take(&mut self, entries: &[LogEntry]) {
        for together in entries.chunk_by(|one, next| one.mutation == next.mutation) {
            if let Some(first) = together.first() {
                self.record(Step {
                    mutation: first.mutation,
                    undoes: first.undoes,
                    changes: together.iter().map(|entry| entry.change.clone()).collect(),
                });
            }
        }
    }

    /// Takes in what they did next.
    pub fn record(&mut self, step: Step) {
        if step.changes.is_empty() {
            return;
        }
        let is_undone = |known: &Step| Some(known.mutation) == step.undoes;
        if let Some(place) = self.done.iter().position(is_undone) {
            self.done.remove(place);
            self.undone.push(step);
        } else if let Some(place) = self.undone.iter().position(is_undone) {
            self.undone.remove(place);
            self.done.push(step);
        } else if step.undoes.is_some() {
            // What it took back lies further back than is remembered.
            self.undone.push(step);
        } else {
            self.undone.clear();
            self.done.push(step);
        }
        if self.done.len() > LONGEST {
            self.done.remove(0);
        }
    }

    /// What was done, the last one last.
    #[must_use]
    pub fn done(&self) -> &[Step] {
        &self.done
    }

    /// What was undone since anything new was done: each the undo itself, which a redo undoes; the last one last.
    #[must_use]
    pub fn undone(&self) -> &[Step] {
        &self.undone
    }

    /// A step that can still be undone or redone.
    #[must_use]
    pub fn step(&self, mutation: MutationId) -> Option<&Step> {
        self.done.iter().chain(&self.undone).find(|step| step.mutation == mutation)
    }
}
