//! What is told at the bottom of the screen.

use leptos::prelude::*;

use super::Memory;
use crate::app::replica::Submission;
use crate::domain::command::{Reason, Refusal};
use crate::domain::ids::MutationId;

/// What is told at the bottom of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub words: String,
    /// What can be done about it.
    pub offer: Option<Offer>,
    /// Whether something did not work.
    pub is_problem: bool,
}

/// A notice, and a number that tells it from the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noticed {
    /// The number.
    pub number: u32,
    /// The notice.
    pub notice: Notice,
}

/// What can be done about what was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Undo a submission.
    Undo(MutationId),
    /// Undo an undo.
    Redo(MutationId),
}

impl Offer {
    /// What this is about.
    #[must_use]
    pub fn mutation(self) -> MutationId {
        match self {
            Self::Undo(mutation) | Self::Redo(mutation) => mutation,
        }
    }

    fn not_done(self) -> &'static str {
        match self {
            Self::Undo(_) => "Not undone",
            Self::Redo(_) => "Not redone",
        }
    }
}

impl Memory {
    /// What is told at the bottom of the screen.
    #[must_use]
    pub fn notice(self) -> RwSignal<Option<Noticed>> {
        self.notice
    }

    /// Tells something at the bottom of the screen.
    pub fn tell(self, notice: Notice) {
        let number = self.number();
        self.notice.set(Some(Noticed { number, notice }));
    }

    /// Tells something that asks for nothing.
    pub fn say(self, words: impl Into<String>) {
        self.tell(Notice { words: words.into(), offer: None, is_problem: false });
    }

    /// Tells what this person has just done, and offers to undo it.
    pub fn tell_done(self, mutation: MutationId) {
        if let Some(words) = self.done_words(mutation) {
            self.tell(Notice { words, offer: Some(Offer::Undo(mutation)), is_problem: false });
        }
    }

    /// What a submission of this person did, as the beginning of a sentence.
    #[must_use]
    pub fn done_words(self, mutation: MutationId) -> Option<String> {
        let trail = self.trail();
        let step = trail.step(mutation)?;
        self.read(|workspace, _| workspace.words_of_all(&step.changes)).flatten().map(|words| capital(&words))
    }

    /// Says what is in the way of an undo or redo, and lets the next one go on to what was done before.
    pub fn pass_over(self, offer: Offer, refusal: &Refusal) {
        self.passed_over.update_value(|passed| {
            passed.insert(offer.mutation());
        });
        let by = match &refusal.reason {
            Reason::Conflict(conflict) => conflict.by,
            _ => None,
        };
        let name = self.read(|workspace, _| by.and_then(|by| workspace.person(by)).map(|person| person.name.clone()));
        let by = name.flatten().map(|name| format!(" {name} changed it.")).unwrap_or_default();
        let words = format!("{}: {}{by}", offer.not_done(), refusal.message);
        self.tell(Notice { words, offer: None, is_problem: true });
    }

    /// Whether something was in the way of undoing or redoing this.
    #[must_use]
    pub fn is_passed_over(self, mutation: MutationId) -> bool {
        self.passed_over.with_value(|passed| passed.contains(&mutation))
    }

    /// Tells that an undo that was shown already is not possible after all.
    pub(super) fn tell_refused(self, submission: &Submission, refusal: &Refusal) {
        if let Some(mutation) = submission.undoes() {
            self.pass_over(Offer::Undo(mutation), refusal);
        }
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
