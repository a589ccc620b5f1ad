//! The keys, as data: what a page does with them, and what the list of keys says.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

use super::overlay::Overlays;
use super::ui::dialog::Dialog;
use super::ui::icon::{Shape, icon};

/// A key, or several that do the same, and what it does.
pub struct Key {
    /// As they stand on the keyboard; those pressed together are joined by `+`.
    pub keys: &'static [&'static str],
    /// What it does.
    pub does: &'static str,
}

/// Keys that belong together.
pub struct KeyGroup {
    /// Where they hold.
    pub title: &'static str,
    /// The keys.
    pub keys: &'static [Key],
}

/// The keys that hold on every page.
const EVERYWHERE: KeyGroup = KeyGroup {
    title: "Everywhere",
    keys: &[
        Key { keys: &["Ctrl+K", "⌘+K"], does: "Find or do anything" },
        Key { keys: &["/"], does: "Search in the tree" },
        Key { keys: &["?"], does: "Show the keys" },
        Key { keys: &["Esc"], does: "Close what is open; empty the search field" },
    ],
};

/// The keys of the rows of the tree.
const TREE: KeyGroup = KeyGroup {
    title: "In the tree",
    keys: &[
        Key { keys: &["↑", "↓"], does: "Go to the row above or below" },
        Key { keys: &["→"], does: "Open the row, or go into it" },
        Key { keys: &["←"], does: "Close the row, or go to the one it hangs under" },
        Key { keys: &["Home", "End"], does: "Go to the first or the last row" },
        Key { keys: &["Enter"], does: "Type a new value, or open the page of the row" },
    ],
};

/// All keys, in the order in which they are told.
pub const GROUPS: [&KeyGroup; 2] = [&EVERYWHERE, &TREE];

/// Where the browser keeps that single keys are not wanted.
#[cfg(feature = "hydrate")]
const UNWANTED: &str = "trellis-single-keys-off";

/// The keys, told.
#[component]
pub fn KeysDialog() -> impl IntoView {
    let is_open = expect_context::<Overlays>().keys;
    view! {
        <Dialog is_open label="Keys" class="keys-dialog">
            <div class="dialog-head">
                <h2>"Keys"</h2>
                <button class="close" type="button" aria-label="Close" on:click=move |_| is_open.set(false)>
                    {icon(Shape::CLOSE)}
                </button>
            </div>
            <div class="key-groups">
                {GROUPS
                    .map(|group| {
                        view! {
                            <section>
                                <h3>{group.title}</h3>
                                <dl>{group.keys.iter().map(key).collect_view()}</dl>
                            </section>
                        }
                    })
                    .into_iter()
                    .collect_view()}
            </div>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=are_single_keys_wanted
                    on:change=move |event| want_single_keys(event_target_checked(&event))
                />
                "Use the single keys / and ? outside of fields"
            </label>
        </Dialog>
    }
}

fn key(key: &'static Key) -> impl IntoView {
    let one = |combination: &'static str| combination.split('+').map(|name| view! { <kbd>{name}</kbd> }).collect_view();
    view! {
        <div>
            <dt>{key.keys.iter().map(|keys| view! { <span>{one(keys)}</span> }).collect_view()}</dt>
            <dd>{key.does}</dd>
        </div>
    }
}

fn are_single_keys_wanted() -> bool {
    #[cfg(feature = "hydrate")]
    return super::clock::storage().is_none_or(|storage| storage.get_item(UNWANTED).ok().flatten().is_none());
    #[cfg(not(feature = "hydrate"))]
    true
}

#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only browsers keep it"))]
fn want_single_keys(wanted: bool) {
    #[cfg(feature = "hydrate")]
    if let Some(storage) = super::clock::storage() {
        // A browser that keeps nothing asks again on the next page.
        let _ = if wanted { storage.remove_item(UNWANTED) } else { storage.set_item(UNWANTED, "off") };
    }
}

/// Answers the keys that hold on every page.
pub fn press(event: &KeyboardEvent, overlays: Overlays) {
    if event.is_composing() {
        return;
    }
    let with_control = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
    if with_control && event.key().eq_ignore_ascii_case("k") {
        event.prevent_default();
        overlays.keys.set(false);
        overlays.palette.update(|is_open| *is_open = !*is_open);
        return;
    }
    if event.key() == "Escape" {
        close_menus(None);
        return;
    }
    let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    if !is_plain || is_typing(event) || overlays.is_any_open() || !are_single_keys_wanted() {
        return;
    }
    match event.key().as_str() {
        "?" => overlays.keys.set(true),
        "/" => overlays.search(),
        _ => return,
    }
    event.prevent_default();
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| {
        element.is_content_editable()
            || matches!(element.tag_name().to_ascii_uppercase().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    })
}

/// Closes the menus that are open, except the one that holds `inside`, unless that is a link, which leads away.
pub fn close_menus(inside: Option<&Element>) {
    let menus = document().get_elements_by_class_name("menu");
    for menu in (0..menus.length()).filter_map(|place| menus.item(place)).filter(|menu| menu.has_attribute("open")) {
        let is_link = |inside: &Element| inside.closest("a").is_ok_and(|link| link.is_some());
        if inside.is_some_and(|inside| menu.contains(Some(inside)) && !is_link(inside)) {
            continue;
        }
        let holds_focus = document().active_element().is_some_and(|focused| menu.contains(Some(&focused)));
        // What is not there cannot be closed.
        let _ = menu.remove_attribute("open");
        let summary = menu.query_selector(":scope > summary").ok().flatten();
        if let Some(summary) = summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok())
            && holds_focus
        {
            let _ = summary.focus();
        }
    }
}
