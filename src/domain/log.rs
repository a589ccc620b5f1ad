//! The log: changes in the order in which they became so.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::change::Change;
use super::command::Actor;
use super::ids::MutationId;

/// A change as the log holds it, and as every screen hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Its number: from 1, without gaps, in the order of commitment.
    pub seq: u64,
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// Who wanted it.
    pub by: Actor,
    /// The submission that brought it.
    pub mutation: MutationId,
    /// The submission that it takes back, where it is an undo.
    #[serde(default)]
    pub undoes: Option<MutationId>,
    /// What changed.
    pub change: Change,
}
