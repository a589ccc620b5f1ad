//! When and by whom a form is sent.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::command::Actor;

/// When a form is sent, by whom, and the ids for what it makes.
pub struct Moment<'a> {
    /// The time.
    pub now: DateTime<Utc>,
    /// Who sends it.
    pub actor: Actor,
    /// Makes an id.
    pub new_id: &'a mut dyn FnMut() -> Uuid,
}
