//! Which saved views somebody is offered, and how.

use serde::{Deserialize, Serialize};

use super::command::Actor;
use super::filter::fold;
use super::view::View;
use super::workspace::Workspace;

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
    /// Whether somebody is offered it.
    #[must_use]
    pub fn is_offered_to(&self, actor: Actor) -> bool {
        self.shared || actor.person() == Some(self.owner)
    }
}
