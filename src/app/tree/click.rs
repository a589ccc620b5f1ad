//! Clicks on the links and buttons of lines.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::web_sys::Element;

use super::act::Act;
use super::element::line_of;
use super::link::wants_more;
use super::{Tree, change, menu, panel, value, why};
use crate::domain::line::LineId;

/// Something in the lines was clicked. A link leads to a page where the workspace is not here.
pub(super) fn clicked(event: &MouseEvent, tree: Tree) {
    let target: Element = event_target(event);
    let Some(element) = target.closest("[data-act]").ok().flatten() else { return };
    let (Some(act), Some(id)) = (Act::of(&element), line_of(&element)) else { return };
    match (act, id) {
        (Act::Toggle, id) if event.alt_key() => tree.turn_branch(id, !tree.is_open(id)),
        (Act::Toggle, id) => tree.expansion.update(|expansion| expansion.turn(id)),
        (Act::Menu, id) => menu::open_at(tree, id, &element),
        (Act::Open, LineId::Node(node)) => panel::follow(event, tree, node),
        (Act::Value, LineId::Node(node)) if !wants_more(event) && value::begin(tree, node) => event.prevent_default(),
        (Act::Why, LineId::Node(node)) if does_it_here(event, tree) => why::ask(tree, node),
        (Act::Change(what), LineId::Node(node)) if does_it_here(event, tree) => change::ask(tree, node, what),
        _ => {}
    }
}

/// Whether a click on a link is answered here, for which the workspace has to be here.
fn does_it_here(event: &MouseEvent, tree: Tree) -> bool {
    let is_answered = !wants_more(event) && tree.memory.seq().is_some();
    if is_answered {
        event.prevent_default();
    }
    is_answered
}
