//! Saved views: a filter of the tree with a name.

use serde::{Deserialize, Serialize};

use super::ids::{PersonId, ViewId};

/// The most views of a person, and the most that are shared.
pub const MAX_VIEWS: usize = 100;
/// The most characters of a view's query.
pub const MAX_QUERY: usize = 4_000;

/// A filter of the tree with a name.
///
/// What is not shared is offered to its owner alone. It is no secret: like everything in a workspace, its data reach
/// everybody in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct View {
    /// Its id.
    pub id: ViewId,
    /// Who made it.
    pub owner: PersonId,
    /// Whether everybody is offered it.
    pub shared: bool,
    /// Its name, unique among those that are shared or else among its owner's.
    pub name: String,
    /// What it shows, as the address of the tree says it after the question mark.
    pub query: String,
}

/// What can be edited of a view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViewField {
    /// Its name.
    Name(String),
    /// What it shows.
    Query(String),
    /// Whether everybody is offered it.
    Shared(bool),
}

impl View {
    /// The address of what it shows.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/tree?{}", self.query)
    }

    pub(super) fn set(&mut self, field: &ViewField) {
        match field.clone() {
            ViewField::Name(name) => self.name = name,
            ViewField::Query(query) => self.query = query,
            ViewField::Shared(shared) => self.shared = shared,
        }
    }

    pub(super) fn get(&self, like: &ViewField) -> ViewField {
        match like {
            ViewField::Name(_) => ViewField::Name(self.name.clone()),
            ViewField::Query(_) => ViewField::Query(self.query.clone()),
            ViewField::Shared(_) => ViewField::Shared(self.shared),
        }
    }
}
