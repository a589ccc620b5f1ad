//! What somebody wants, and why it may be refused.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::change::{Edit, Record};
use super::ids::{KeyResultId, MutationId, NodeId, ObjectiveId, PersonId, ViewId};
use super::okr::Verdict;
use super::progress::Ppm;

/// What somebody wants to be so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Something new, its id made by the sender.
    Add(Record),
    /// Another content for a field, and the content that the sender saw there.
    Edit(Edit),
    /// A node shall hang or stand elsewhere.
    Move(Move),
    /// An objective is over.
    Close(Close),
    /// All changes of one of the sender's own submissions shall be taken back; to redo is to undo an undo.
    Undo(MutationId),
    /// A saved view is of no use any more.
    RemoveView(ViewId),
}

/// Moves an objective under something else, or an objective or a key result among its siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// What moves.
    pub node: NodeId,
    /// What it hangs under, as the sender saw it.
    pub from: Option<NodeId>,
    /// What it shall hang under.
    pub to: Option<NodeId>,
    /// The sibling there that shall come after it; `None`, or one that is not there, for the last place.
    pub before: Option<NodeId>,
}

/// Closes an objective: scores, the lesson, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Close {
    /// The objective.
    pub objective: ObjectiveId,
    /// A score for each of its key results; those left out get their progress.
    pub scores: Vec<(KeyResultId, Ppm)>,
    /// The progress that whoever gave the scores saw. Where it is another by now, they look again before it freezes.
    pub seen: Vec<(KeyResultId, Option<Ppm>)>,
    /// What was learned.
    pub learned: String,
    /// What becomes of it; `None` for a table only, which does not say.
    pub verdict: Option<Verdict>,
}

/// Who wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// Somebody who is signed in.
    Person(PersonId),
    /// Whoever has the command line of the server.
    Operator,
}

impl Actor {
    /// The person, if it is one.
    #[must_use]
    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(id),
            Self::Operator => None,
        }
    }
}

/// Why a command changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Which kind of no it is.
    pub reason: Reason,
    /// The field that it is about, as forms and tables name it.
    pub field: Option<String>,
    /// What to tell the person: what is wrong, and what to do.
    pub message: String,
}

/// Which kind of no it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The person may not do this.
    NotAllowed,
    /// There is no such thing (any more) in this workspace.
    NotFound,
    /// It is there already.
    AlreadyThere,
    /// The content is not acceptable.
    Invalid,
    /// Something that came later keeps it from being undone.
    InTheWay,
    /// Somebody else changed the field since the sender saw it.
    Conflict(Box<Conflict>),
}

/// What stands in a field instead of what the sender saw there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The edit that would be accepted now: `was` is what stands there, `is` what the sender wants.
    pub now: Edit,
    /// Who set it, as far as the log tells.
    pub by: Option<PersonId>,
    /// When it was set.
    pub at: Option<DateTime<Utc>>,
}

impl Refusal {
    pub(super) fn not_found(what: &str) -> Self {
        Self { reason: Reason::NotFound, field: None, message: format!("There is no such {what} here (any more).") }
    }

    pub(super) fn not_allowed(message: impl Into<String>) -> Self {
        Self { reason: Reason::NotAllowed, field: None, message: message.into() }
    }

    pub(super) fn invalid(field: &str, problem: impl std::fmt::Display) -> Self {
        Self { reason: Reason::Invalid, field: Some(field.to_owned()), message: sentence(&problem.to_string()) }
    }

    pub(super) fn already_there(field: &str, problem: impl std::fmt::Display) -> Self {
        Self { reason: Reason::AlreadyThere, field: Some(field.to_owned()), message: sentence(&problem.to_string()) }
    }
}

/// Problems are written to stand inside a sentence as well; alone they are one.
pub(super) fn sentence(problem: &str) -> String {
    let mut chars = problem.chars();
    let start = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let end = if problem.ends_with('.') { "" } else { "." };
    format!("{start}{}{end}", chars.as_str())
}
