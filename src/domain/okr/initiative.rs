//! Initiatives: the work done.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{InitiativeId, KeyResultId, PersonId};

/// Work done to move a key result; never counts in a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initiative {
    /// Its id.
    pub id: InitiativeId,
    /// The key result it shall move.
    pub key_result: KeyResultId,
    /// What is done.
    pub title: String,
    /// Who does it.
    pub owner: Option<PersonId>,
    /// Whether it is done.
    pub done: bool,
}

/// What can be edited of an initiative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InitiativeField {
    /// What is done.
    Title(String),
    /// Who does it.
    Owner(Option<PersonId>),
    /// Whether it is done.
    Done(bool),
}

impl Initiative {
    pub(in crate::domain) fn set(&mut self, field: &InitiativeField) {
        match field.clone() {
            InitiativeField::Title(title) => self.title = title,
            InitiativeField::Owner(owner) => self.owner = owner,
            InitiativeField::Done(done) => self.done = done,
        }
    }

    pub(in crate::domain) fn get(&self, like: &InitiativeField) -> InitiativeField {
        match like {
            InitiativeField::Title(_) => InitiativeField::Title(self.title.clone()),
            InitiativeField::Owner(_) => InitiativeField::Owner(self.owner),
            InitiativeField::Done(_) => InitiativeField::Done(self.done),
        }
    }
}
