//! Comments: what people say about an objective or a key result.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::ids::{CommentId, NodeId, PersonId};

/// Something that somebody said about an objective or a key result. Never edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// What it is about.
    pub node: NodeId,
    /// What was said; `@` and a name mention a person.
    pub text: String,
    /// Who said it.
    pub by: Option<PersonId>,
    /// When it was said.
    pub at: DateTime<Utc>,
}
