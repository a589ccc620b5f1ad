//! What can be done with a line: one menu for all of them.

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, HtmlElement};

use super::Tree;
use super::act::Changed;
use super::change;
use super::cursor::is_a;
use super::draft::{self, Wanted};
use super::link::copy;
use super::{panel, rename};
use crate::app::past::{node_address, sight_address};
use crate::domain::ids::NodeId;
use crate::domain::line::LineId;
use crate::domain::possibility::ChosenField;

/// How far the menu stays from the edges of the screen, in CSS pixels.
const MARGIN: f64 = 8.0;

/// The menu where it is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct OpenMenu {
    id: LineId,
    node: NodeId,
    /// The right end and the lower edge of what it was opened from, on the screen.
    corner: (f64, f64),
}

/// Opens the menu of a line below an element.
pub(super) fn open_at(tree: Tree, id: LineId, element: &Element) {
    let LineId::Node(node) = id else { return };
    let anchor = element.query_selector(".more").ok().flatten();
    tree.menu.set(Some(OpenMenu { id, node, corner: corner(anchor.as_ref().unwrap_or(element)) }));
}

#[cfg(feature = "hydrate")]
fn corner(element: &Element) -> (f64, f64) {
    let bounds = element.get_bounding_client_rect();
    (bounds.right(), bounds.bottom())
}

/// Nothing is anywhere on the server.
#[cfg(not(feature = "hydrate"))]
fn corner(_element: &Element) -> (f64, f64) {
    (0.0, 0.0)
}

/// The menu, where one is open.
#[component]
pub(super) fn RowMenu() -> impl IntoView {
    let tree = expect_context::<Tree>();
    move || tree.menu.get().map(|menu| view! { <Menu menu /> })
}

#[component]
fn Menu(menu: OpenMenu) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let OpenMenu { id, node, corner } = menu;
    let panel = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(panel) = panel.get() {
            place(&panel, corner);
            focus_item(&panel, |_, _| 0);
        }
    });
    let on_key = move |event: KeyboardEvent| {
        let Some(panel) = panel.get_untracked() else { return };
        match event.key().as_str() {
            "ArrowDown" => focus_item(&panel, |now, count| (now + 1) % count),
            "ArrowUp" => focus_item(&panel, |now, count| (now + count - 1) % count),
            "Home" => focus_item(&panel, |_, _| 0),
            "End" => focus_item(&panel, |_, count| count - 1),
            "Escape" | "Tab" => close(tree, id),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let row = tree.memory.row(node, None);
    let title = row.map(|row| row.row.with_untracked(|row| row.title.clone())).unwrap_or_default();
    let is_parent = tree.outline.read_untracked().as_ref().is_some_and(|outline| outline.branch(id).len() > 1);
    view! {
        <div class="menu-veil" aria-hidden="true" on:click=move |_| close(tree, id)></div>
        <div class="menu-panel row-menu" role="menu" aria-label="Actions" node_ref=panel on:keydown=on_key>
            <p class="of" aria-hidden="true">
                <bdi>{title}</bdi>
            </p>
            <Ways id node />
            {tree.day.is_none().then(|| view! { <Edits id node /> })}
            {is_parent
                .then(|| {
                    [("Expand everything below", "Shift →", true), ("Collapse everything below", "Shift ←", false)]
                        .map(|(words, key, open)| {
                            view! { <Act id words key act=move || tree.turn_branch(id, open) /> }
                        })
                })}
        </div>
    }
}

/// Closes the menu and goes back to its line.
fn close(tree: Tree, id: LineId) {
    tree.menu.set(None);
    tree.cursor.go_to(id);
}

/// Where one can go from a line, and what can be known of it.
#[component]
fn Ways(id: LineId, node: NodeId) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let focus = tree.focus_address(Some(node));
    let link = focus.clone();
    view! {
        <a
            role="menuitem"
            tabindex="-1"
            href=focus
            on:click=move |_| {
                tree.menu.set(None);
                tree.held.set_value(Some(id));
            }
        >
            "Focus on this branch"
            <kbd aria-hidden="true">"Shift F"</kbd>
        </a>
        <a role="menuitem" tabindex="-1" href=sight_address(node) on:click=move |_| tree.menu.set(None)>
            "Line of sight"
            <kbd aria-hidden="true">"Shift L"</kbd>
        </a>
        <a
            role="menuitem"
            tabindex="-1"
            href=node_address(node)
            on:click=move |event| {
                tree.menu.set(None);
                panel::follow(&event, tree, node);
            }
        >
            "Everything about it"
            <kbd aria-hidden="true">"Shift O"</kbd>
        </a>
        <Act id words="Why these numbers" key="Shift W" act=move || tree.why.set(Some(node)) />
        <Act id words="Copy link" act=move || copy(tree.memory, &link) />
    }
}

/// What can be changed at a line today.
#[component]
fn Edits(id: LineId, node: NodeId) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let write = move |wanted| draft::begin(tree, node, wanted);
    let ask = move |changed| change::ask(tree, node, changed);
    let for_objective = node.is_objective();
    view! {
        <Act id words="Change the title" key="F2" act=move || rename::begin(tree, node) />
        <Act id words="New line after it" key="Shift N" act=move || write(Wanted::Sibling) />
        <Act id words="New objective under it" key="Shift C" act=move || write(Wanted::Objective) />
        {for_objective
            .then(|| view! { <Act id words="New key result under it" key="Shift K" act=move || write(Wanted::KeyResult) /> })}
        <Act id words="Move…" key="Shift M" act=move || tree.moves.set(Some(node)) />
        <div class="changes" role="group" aria-label="Change">
            <Act id words="Owner" act=move || ask(Changed::Field(ChosenField::Owner)) />
            <Act id words="Teams" act=move || ask(Changed::Field(ChosenField::Teams)) />
            {for_objective
                .then(|| view! { <Act id words="State" act=move || ask(Changed::Field(ChosenField::State)) /> })}
            <Act id words=if for_objective { "Weight" } else { "Measure" } act=move || ask(Changed::Numbers) />
        </div>
    }
}

/// Something that the menu of a line does.
#[component]
fn Act(
    id: LineId,
    words: &'static str,
    /// The key that does the same, where there is one.
    #[prop(optional)]
    key: &'static str,
    act: impl Fn() + 'static,
) -> impl IntoView {
    let tree = expect_context::<Tree>();
    view! {
        <button
            class="plain"
            role="menuitem"
            tabindex="-1"
            type="button"
            on:click=move |_| {
                close(tree, id);
                act();
            }
        >
            {words}
            {(!key.is_empty()).then(|| view! { <kbd aria-hidden="true">{key}</kbd> })}
        </button>
    }
}

/// Puts the menu below the corner, and above it where there is no room. A phone's style sheet puts it elsewhere.
fn place(panel: &HtmlElement, (right, bottom): (f64, f64)) {
    let size = |size: Result<JsValue, _>| size.ok().and_then(|size| size.as_f64()).unwrap_or(0.0);
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let (own_width, own_height) = (f64::from(panel.offset_width()), f64::from(panel.offset_height()));
    let left = (right - own_width).clamp(MARGIN, (width - own_width - MARGIN).max(MARGIN));
    let top = if bottom + own_height + MARGIN > height { (bottom - own_height - 32.0).max(MARGIN) } else { bottom };
    for (property, value) in [("--menu-left", left), ("--menu-top", top)] {
        // Fails for nothing but a property that is read-only.
        let _ = HtmlElement::style(panel).set_property(property, &format!("{value}px"));
    }
}

fn focus_item(panel: &Element, choose: impl Fn(usize, usize) -> usize) {
    let children = |of: &Element| std::iter::successors(of.first_element_child(), |child| child.next_element_sibling());
    // Some items stand together in a group.
    let all = children(panel).flat_map(|child| std::iter::once(child.clone()).chain(children(&child)));
    let items: Vec<HtmlElement> =
        all.filter(|item| is_a(item, "menuitem")).filter_map(|item| item.dyn_into().ok()).collect();
    let active = document().active_element();
    let now = items.iter().position(|item| active.as_ref().is_some_and(|active| active.is_same_node(Some(item))));
    if let Some(item) =
        (!items.is_empty()).then(|| choose(now.unwrap_or(0), items.len())).and_then(|place| items.get(place))
    {
        items.iter().for_each(|other| other.set_tab_index(-1));
        item.set_tab_index(0);
        // An element that cannot take the focus leaves it where it is.
        let _ = item.focus();
    }
}
