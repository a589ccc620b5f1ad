//! Saved views: a filter of the tree with a name.

use serde::{Deserialize, Serialize};

use super::command::Actor;
use super::filter::fold;
use super::ids::{PersonId, ViewId};
use super::workspace::Workspace;

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

/// A saved view as it is offered to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ViewLabel {
    /// The view.
    pub view: View,
    /// Who shares it, where that is somebody else.
    pub by: Option<String>,
    /// Whether whoever looks may rename and delete it.
    pub may_change: bool,
}

impl Workspace {
    /// The views that somebody is offered, by name.
    #[must_use]
    pub fn view_labels(&self, actor: Actor) -> Vec<ViewLabel> {
        let mut views: Vec<&View> = self.views().filter(|view| view.is_offered_to(actor)).collect();
        views.sort_by_cached_key(|view| (fold(&view.name), view.id));
        let by = |view: &View| self.person(view.owner).filter(|_| actor.person() != Some(view.owner));
        let label = |view: &View| ViewLabel {
            view: view.clone(),
            by: by(view).map(|person| person.name.clone()),
            may_change: self.may_change_view(actor, view),
        };
        views.into_iter().map(label).collect()
    }
}

impl View {
    /// The address of what it shows.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/tree?{}", self.query)
    }

    /// Whether somebody is offered it.
    #[must_use]
    pub fn is_offered_to(&self, actor: Actor) -> bool {
        self.shared || actor.person() == Some(self.owner)
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
