//! Which element of the page stands for which line.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

use crate::domain::ids::NodeId;
use crate::domain::line::LineId;

/// What the element of a line says that it stands for.
pub(super) fn name(id: LineId) -> String {
    match id {
        LineId::Node(NodeId::Objective(id)) => format!("objective {id}"),
        LineId::Node(NodeId::KeyResult(id)) => format!("key-result {id}"),
        LineId::Unaligned => "unaligned".to_owned(),
    }
}

/// What the line stands for that an element belongs to.
pub(super) fn line_of(element: &Element) -> Option<LineId> {
    let name = element.closest("[data-line]").ok()??.get_attribute("data-line")?;
    match name.split_once(' ') {
        Some(("objective", id)) => Some(LineId::Node(NodeId::Objective(id.parse().ok()?))),
        Some(("key-result", id)) => Some(LineId::Node(NodeId::KeyResult(id.parse().ok()?))),
        _ => (name == "unaligned").then_some(LineId::Unaligned),
    }
}

/// The row of a line, where it exists.
pub(super) fn element_of(id: LineId) -> Option<HtmlElement> {
    document().query_selector(&format!(".row[data-line='{}']", name(id))).ok()??.dyn_into().ok()
}
