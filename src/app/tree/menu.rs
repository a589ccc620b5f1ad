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
use super::panel;
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
    let close = move || {
        tree.menu.set(None);
        tree.cursor.go_to(id);
    };
    let on_key = move |event: KeyboardEvent| {
        let Some(panel) = panel.get_untracked() else { return };
        match event.key().as_str() {
            "ArrowDown" => focus_item(&panel, |now, count| (now + 1) % count),
            "ArrowUp" => focus_item(&panel, |now, count| (now + count - 1) % count),
            "Home" => focus_item(&panel, |_, _| 0),
            "End" => focus_item(&panel, |_, count| count - 1),
            "Escape" | "Tab" => close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let row = tree.memory.row(node, None);
    let title = row.map(|row| row.row.with_untracked(|row| row.title.clone())).unwrap_or_default();
    let is_parent = tree.outline.read_untracked().as_ref().is_some_and(|outline| outline.branch(id).len() > 1);
    let focus = tree.focus_address(Some(node));
    let link = focus.clone();
    let write = move |wanted: Wanted| {
        let lines = tree.outline.with_untracked(|outline| {
            outline.as_ref().map(|outline| tree.expansion.with_untracked(|expansion| outline.visible(expansion)))
        });
        let lines = lines.unwrap_or_default();
        if let Some(place) = lines.iter().position(|line| line.id == id) {
            draft::begin(tree, &lines, place, wanted);
        }
    };
    view! {
        <div class="menu-veil" aria-hidden="true" on:click=move |_| close()></div>
        <div class="menu-panel row-menu" role="menu" aria-label="Actions" node_ref=panel on:keydown=on_key>
            <p class="of" aria-hidden="true">
                <bdi>{title}</bdi>
            </p>
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
            <a role="menuitem" tabindex="-1" href=format!("/node/{node}/sight") on:click=move |_| tree.menu.set(None)>
                "Line of sight"
                <kbd aria-hidden="true">"Shift L"</kbd>
            </a>
            <a
                role="menuitem"
                tabindex="-1"
                href=format!("/node/{node}")
                on:click=move |event| {
                    tree.menu.set(None);
                    panel::follow(&event, tree, node);
                }
            >
                "Everything about it"
                <kbd aria-hidden="true">"Shift O"</kbd>
            </a>
            <Act words="Why these numbers" key="Shift W" close act=move || tree.why.set(Some(node)) />
            <Act words="Copy link" close act=move || copy(tree.said, &link) />
            {tree
                .day
                .is_none()
                .then(|| {
                    view! {
                        <Act words="Change the title" key="F2" close act=move || draft::rename(tree, node) />
                        <Act words="New line after it" key="Shift N" close act=move || write(Wanted::Sibling) />
                        <Act words="New objective under it" key="Shift C" close act=move || write(Wanted::Objective) />
                        {node
                            .is_objective()
                            .then(|| {
                                view! {
                                    <Act words="New key result under it" key="Shift K" close act=move || write(Wanted::KeyResult) />
                                }
                            })}
                        <Act words="Move…" key="Shift M" close act=move || tree.moves.set(Some(node)) />
                        <div class="changes" role="group" aria-label="Change">
                            <Act words="Owner" close act=move || change::ask(tree, node, Changed::Field(ChosenField::Owner)) />
                            <Act words="Teams" close act=move || change::ask(tree, node, Changed::Field(ChosenField::Teams)) />
                            {node
                                .is_objective()
                                .then(|| {
                                    view! {
                                        <Act words="State" close act=move || change::ask(tree, node, Changed::Field(ChosenField::State)) />
                                    }
                                })}
                            <Act
                                words=if node.is_objective() { "Weight" } else { "Measure" }
                                close
                                act=move || change::ask(tree, node, Changed::Numbers)
                            />
                        </div>
                    }
                })}
            {is_parent
                .then(|| {
                    [("Expand everything below", "Shift →", true), ("Collapse everything below", "Shift ←", false)]
                        .map(|(words, key, open)| {
                            view! { <Act words key close act=move || tree.turn_branch(id, open) /> }
                        })
                })}
        </div>
    }
}

/// Something that the menu does.
#[component]
fn Act(
    words: &'static str,
    /// The key that does the same, where there is one.
    #[prop(optional)]
    key: &'static str,
    close: impl Fn() + Copy + 'static,
    act: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            class="plain"
            role="menuitem"
            tabindex="-1"
            type="button"
            on:click=move |_| {
                close();
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
