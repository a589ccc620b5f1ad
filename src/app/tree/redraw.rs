//! Draws what has changed of the cells of a line.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, HtmlTemplateElement, Node};

use super::cell::Cells;
use super::cursor::cell_of;
use super::inset::is_slot;

/// Has a row show its cells, which it showed as `drawn` at first.
pub(super) fn keep_in_step(row: NodeRef<Div>, cells: Memo<Cells>, drawn: Cells) {
    Effect::new(move |shown: Option<Cells>| {
        let shown = shown.unwrap_or_else(|| drawn.clone());
        let Some(row) = row.get() else { return shown };
        let now = cells.get();
        for (column, (_, markup)) in shown.iter().zip(&now).enumerate().filter(|(_, (was, is))| was != is) {
            if let Some(cell) = cell_of(&row, column) {
                redraw(&cell, markup);
            }
        }
        now
    });
}

/// Has a cell show `markup`. Only what differs is written, so that the focus and the pointer keep what they are on, and
/// bars glide.
fn redraw(cell: &Element, markup: &str) {
    // Nothing here fails in a document that is there: it makes elements and writes to them.
    let _ = parse(markup).and_then(|fresh| bring_in_step(cell, &fresh));
}

fn parse(markup: &str) -> Result<Element, JsValue> {
    let template: HtmlTemplateElement = document().create_element("template")?.dyn_into()?;
    template.set_inner_html(markup);
    template.content().first_element_child().ok_or(JsValue::NULL)
}

/// Makes `shown` look like `wanted`, of which it takes parts.
fn bring_in_step(shown: &Node, wanted: &Node) -> Result<(), JsValue> {
    if shown.is_equal_node(Some(wanted)) {
        return Ok(());
    }
    if shown.node_name() != wanted.node_name() {
        return shown.parent_node().map_or(Ok(()), |parent| parent.replace_child(wanted, shown).map(|_| ()));
    }
    match (shown.dyn_ref::<Element>(), wanted.dyn_ref::<Element>()) {
        (Some(shown), Some(_)) if is_slot(shown) => Ok(()),
        (Some(shown), Some(wanted)) => {
            write_attributes(shown, wanted)?;
            write_children(shown, wanted)
        }
        _ => {
            shown.set_node_value(wanted.node_value().as_deref());
            Ok(())
        }
    }
}

fn write_attributes(shown: &Element, wanted: &Element) -> Result<(), JsValue> {
    for name in names(wanted) {
        let value = wanted.get_attribute(&name);
        if shown.get_attribute(&name) != value {
            shown.set_attribute(&name, &value.unwrap_or_default())?;
        }
    }
    // The tab key is the cursor's.
    for name in names(shown).filter(|name| name != "tabindex" && !wanted.has_attribute(name)) {
        shown.remove_attribute(&name)?;
    }
    Ok(())
}

fn names(element: &Element) -> impl Iterator<Item = String> + use<> {
    element.get_attribute_names().into_iter().filter_map(|name| name.as_string())
}

fn write_children(shown: &Element, wanted: &Element) -> Result<(), JsValue> {
    let (before, after) = (children(shown), children(wanted));
    for (shown, wanted) in before.iter().zip(&after) {
        bring_in_step(shown, wanted)?;
    }
    for gone in before.iter().skip(after.len()) {
        shown.remove_child(gone)?;
    }
    for new in after.iter().skip(before.len()) {
        shown.append_child(new)?;
    }
    Ok(())
}

fn children(of: &Node) -> Vec<Node> {
    std::iter::successors(of.first_child(), Node::next_sibling).collect()
}
