//! What stands in a row for a while besides what it shows: a field, or a remark.

use leptos::html::Div;
use leptos::portal::Portal;
use leptos::prelude::*;
use leptos::web_sys::Element;
use maud::{Markup, html};

use super::Tree;
use super::draft::{Renaming, TitleEditor};
use super::refused::Refused;
use super::value::Editor;
use crate::app::state::{Mark, RowSignals};
use crate::domain::command::Refusal;
use crate::domain::ids::{KeyResultId, NodeId};

/// What stands in a row for a while.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inset {
    /// The field for a title.
    Title(Renaming),
    /// The field for a value.
    Value(KeyResultId),
    /// Why what was done is undone.
    Refused(Refusal),
}

impl Inset {
    /// What stands in the row of a node now.
    pub fn of(tree: Tree, node: NodeId, signals: &RowSignals) -> Option<Self> {
        let renaming = tree.renaming.with(|renaming| renaming.clone().filter(|it| it.node == node));
        if let Some(renaming) = renaming {
            return Some(Self::Title(renaming));
        }
        let is_edited = tree.editing.with(|editing| editing.as_ref().is_some_and(|it| it.node == node));
        match node {
            NodeId::KeyResult(id) if is_edited => Some(Self::Value(id)),
            _ => signals.mark.with(|mark| match mark {
                Some(Mark::Refused(refusal)) => Some(Self::Refused(refusal.clone())),
                _ => None,
            }),
        }
    }

    /// The slot that it stands in.
    fn place(&self) -> &'static str {
        match self {
            Self::Title(_) => ":scope > .name > .slot",
            Self::Value(_) | Self::Refused(_) => ":scope > .value > .slot",
        }
    }
}

/// A place for an inset. What stands in it is not redrawn with the cell.
pub(super) fn slot() -> Markup {
    html! {
        span.slot {}
    }
}

/// Whether an element is such a place.
pub(super) fn is_slot(element: &Element) -> bool {
    element.get_attribute("class").as_deref() == Some("slot")
}

/// What stands in a row for a while, where something does.
#[component]
pub(super) fn Insets(row: NodeRef<Div>, node: NodeId, inset: Memo<Option<Inset>>) -> impl IntoView {
    move || {
        let inset = inset.get()?;
        let slot = row.get()?.query_selector(inset.place()).ok()??;
        let field = move || match inset.clone() {
            Inset::Title(renaming) => view! { <TitleEditor renaming /> }.into_any(),
            Inset::Value(id) => view! { <Editor id /> }.into_any(),
            Inset::Refused(refusal) => view! { <Refused node refusal /> }.into_any(),
        };
        Some(view! { <Portal mount=slot>{field()}</Portal> })
    }
}
