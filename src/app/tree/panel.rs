//! Everything about a node, beside the tree where there is room.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html::Aside;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use leptos_router::hooks::use_navigate;

use super::Tree;
use super::link::wants_more;
use crate::app::node::NodePanel;
use crate::app::past::node_address;
use crate::app::ui::icon::{Shape, icon};
use crate::domain::ids::NodeId;
use crate::domain::line::LineId;
use crate::domain::tree_view::TreeQuery;

/// From this width of the window on, in CSS pixels, there is room beside the tree. The style sheet says the same.
const ROOM: f64 = 1_080.0;

/// Shows everything about a node: beside the tree, or as a page where there is no room.
pub(super) fn show(tree: Tree, node: NodeId) {
    if has_room(tree) {
        tree.panel.set(Some(node));
    } else {
        use_navigate()(&node_address(node), Default::default());
    }
}

/// A link to a node was clicked: what it leads to is shown beside the tree where there is room, and whoever wants a page or a
/// window of its own gets that.
pub(super) fn follow(event: &MouseEvent, tree: Tree, node: NodeId) {
    if !wants_more(event) && has_room(tree) {
        event.prevent_default();
        tree.panel.set(Some(node));
    }
}

fn has_room(tree: Tree) -> bool {
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    tree.day.is_none() && tree.memory.seq().is_some() && width.is_some_and(|width| width >= ROOM)
}

/// Whether somebody has typed into an element.
fn is_changed(element: &Element) -> bool {
    let in_line = element.dyn_ref::<HtmlInputElement>().map(|field| field.value() != field.default_value());
    let in_area = element.dyn_ref::<HtmlTextAreaElement>().map(|field| Ok(field.value()) != field.default_value());
    in_line.or(in_area).unwrap_or(false)
}

/// The place beside the tree.
#[component]
pub(super) fn Panel(asked: Memo<TreeQuery>) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let element = NodeRef::<Aside>::new();
    // What the address asks for can be shown once the workspace is here.
    Effect::new(move |was_here: Option<bool>| {
        let is_here = tree.memory.is_loaded().get();
        if is_here && was_here != Some(true) {
            let name = asked.with_untracked(|asked| asked.node.clone());
            let node = tree.memory.read(|workspace, _| name.and_then(|name| workspace.node_named(&name))).flatten();
            tree.panel.set(node);
        }
        is_here
    });
    Effect::new(move |was_open: Option<bool>| {
        let is_open = tree.panel.with(Option::is_some);
        if let (Some(element), true, Some(_)) = (element.get(), is_open, was_open) {
            // An element that cannot take the focus leaves it where it is.
            let _ = element.focus();
        }
        is_open
    });
    let close = move || {
        let node = tree.panel.get_untracked();
        tree.panel.set(None);
        if let Some(node) = node {
            tree.cursor.go_to(LineId::Node(node));
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() != "Escape" || event.default_prevented() {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        match element.get_untracked().filter(|_| is_changed(&event_target(&event))) {
            // Whoever types leaves the field first. An element that cannot take the focus leaves it where it is.
            Some(panel) => drop(panel.focus()),
            None => close(),
        }
    };
    // The address says what is shown as well: told the same again, what is being typed stays.
    let node = Memo::new(move |_| tree.panel.get());
    let shown = move || {
        let node = node.get()?;
        let shipped = tree.memory.read(|workspace, actor| workspace.node_view(node, actor)).flatten()?;
        let memory = tree.memory;
        Some(view! {
            <div class="panel-head">
                <a class="button quiet" href=node_address(node)>
                    "Open as a page"
                </a>
                <button class="close" type="button" aria-label="Close" title="Close (Esc)" on:click=move |_| close()>
                    {icon(Shape::CLOSE)}
                </button>
            </div>
            <NodePanel shipped memory />
        })
    };
    view! {
        <aside
            class="panel"
            class:open=move || tree.panel.with(Option::is_some)
            aria-label="Everything about it"
            tabindex="-1"
            node_ref=element
            on:keydown=on_key
        >
            {shown}
        </aside>
    }
    .into_any()
}
