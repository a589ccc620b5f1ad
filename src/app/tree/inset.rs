//! What stands in a row for a while besides what it shows: a field, or a remark.

use leptos::portal::Portal;
use leptos::prelude::*;
use leptos::web_sys::Element;

use super::Tree;
use super::element::element_of;
use super::refused::Refused;
use super::rename::TitleEditor;
use super::value::Editor;
use crate::app::state::{Mark, RowSignals};
use crate::app::ui::plain::Plain;
use crate::domain::command::Refusal;
use crate::domain::ids::{KeyResultId, NodeId};
use crate::domain::line::LineId;

/// What stands in a row for a while.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inset {
    /// The field for a title.
    Title(NodeId),
    /// The field for a value.
    Value(KeyResultId),
    /// Why what was done at a node is undone.
    Refused(NodeId, Refusal),
}

impl Inset {
    /// What stands in the row of a node now.
    pub fn of(tree: Tree, node: NodeId, signals: &RowSignals) -> Option<Self> {
        if tree.renaming.with(|renaming| renaming.as_ref().is_some_and(|it| it.node == node)) {
            return Some(Self::Title(node));
        }
        let is_edited = tree.editing.with(|editing| editing.as_ref().is_some_and(|it| it.node == node));
        match node {
            NodeId::KeyResult(id) if is_edited => Some(Self::Value(id)),
            _ => signals.mark.with(|mark| match mark {
                Some(Mark::Refused(refusal)) => Some(Self::Refused(node, refusal.clone())),
                _ => None,
            }),
        }
    }

    /// The slot that it stands in.
    fn slot(&self, line: LineId) -> Option<Element> {
        let slot = match self {
            Self::Title(_) => ":scope > .name > .slot",
            Self::Value(_) | Self::Refused(..) => ":scope > .value > .slot",
        };
        element_of(line)?.query_selector(slot).ok().flatten()
    }
}

/// A place for an inset, which is left alone where its row is drawn anew.
pub(super) fn slot() -> Plain {
    Plain::new("span").class("slot")
}

/// Puts an inset into the row of its line.
#[component]
pub(super) fn InsetOf(line: LineId, inset: Inset) -> impl IntoView {
    let slot = RwSignal::new_local(None);
    // Its row may just be made.
    Effect::new({
        let inset = inset.clone();
        move |_| slot.set(inset.slot(line))
    });
    move || {
        let inset = inset.clone();
        let field = move || match inset.clone() {
            Inset::Title(node) => view! { <TitleEditor node /> }.into_any(),
            Inset::Value(id) => view! { <Editor id /> }.into_any(),
            Inset::Refused(node, refusal) => view! { <Refused node refusal /> }.into_any(),
        };
        slot.get().map(|slot| view! { <Portal mount=slot>{field()}</Portal> })
    }
}
