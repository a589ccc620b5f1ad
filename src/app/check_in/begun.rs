//! What was typed into a card and not sent: this browser keeps it, so that neither a reload nor a tap beside it loses it.

use leptos::html::Article;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};

use crate::app::clock::storage;
use crate::app::form::read;
use crate::app::state::Memory;
use crate::domain::encoded::{from_text, to_text};
use crate::domain::form::Fields;
use crate::domain::ids::NodeId;

/// Notes how the form of a card stands.
pub(super) fn keep(memory: Memory, node: NodeId, card: NodeRef<Article>) {
    let (Some(storage), Some(key), Some(form)) = (storage(), key(memory, node), form_of(card.get_untracked())) else {
        return;
    };
    let begun = fields(&form).any(|field| is_changed(&field)).then(|| to_text(&read(&form, None)).ok()).flatten();
    // A browser that keeps nothing loses it with the page.
    let _ = match begun {
        Some(text) => storage.set_item(&key, &text),
        None => storage.remove_item(&key),
    };
}

/// Forgets it: it was sent.
pub(super) fn forget(memory: Memory, node: NodeId) {
    if let (Some(storage), Some(key)) = (storage(), key(memory, node)) {
        // Where it fails, it comes back once more with its note alone.
        let _ = storage.remove_item(&key);
    }
}

/// Puts back what was typed, once the card is here, but for what somebody has filled in anew before the client was. A value
/// and a confidence are of what was known then: after another check-in, only the note comes back.
pub(super) fn put_back(memory: Memory, node: NodeId, card: NodeRef<Article>) {
    // Now: clicks from before the client was here are done again before any effect runs, and would keep what is not put back.
    let begun = begun(memory, node);
    Effect::new(move |_| {
        let (Some(form), Some(begun)) = (form_of(card.get()), begun.as_ref()) else { return };
        let is_current = begun.get("seen") == read(&form, None).get("seen");
        let anew: Vec<String> = fields(&form).filter(is_changed).map(|field| name(&field)).collect();
        fields(&form)
            .filter(|field| is_current || field.is_instance_of::<HtmlTextAreaElement>())
            .filter(|field| !anew.contains(&name(field)))
            .for_each(|field| fill(&field, begun));
        keep(memory, node, card);
    });
}

fn begun(memory: Memory, node: NodeId) -> Option<Fields> {
    from_text(&storage()?.get_item(&key(memory, node)?).ok()??)
}

/// Where the browser keeps it: others may use the same browser.
fn key(memory: Memory, node: NodeId) -> Option<String> {
    let person = memory.viewer().with_untracked(|viewer| viewer.as_ref().map(|viewer| viewer.id()))?;
    Some(format!("trellis-begun-{person}-{node}"))
}

/// The form of a card that checks in, which is its first.
fn form_of(card: Option<impl AsRef<Element>>) -> Option<HtmlFormElement> {
    card?.as_ref().query_selector("form").ok()??.dyn_into().ok()
}

/// The fields that a person fills in.
fn fields(form: &HtmlFormElement) -> impl Iterator<Item = Element> {
    let found = form.query_selector_all("input:not([type=hidden]), textarea").ok();
    let count = found.as_ref().map_or(0, |found| found.length());
    (0..count).filter_map(move |place| found.as_ref()?.item(place)?.dyn_into().ok())
}

fn name(field: &Element) -> String {
    field.get_attribute("name").unwrap_or_default()
}

fn is_choice(input: &HtmlInputElement) -> bool {
    matches!(input.type_().as_str(), "radio" | "checkbox")
}

/// Whether a field is not as the page brought it.
fn is_changed(field: &Element) -> bool {
    if let Some(text) = field.dyn_ref::<HtmlTextAreaElement>() {
        return text.default_value().is_ok_and(|brought| brought != text.value());
    }
    field.dyn_ref::<HtmlInputElement>().is_some_and(|input| {
        if is_choice(input) {
            input.checked() != input.default_checked()
        } else {
            input.value() != input.default_value()
        }
    })
}

fn fill(field: &Element, begun: &Fields) {
    let name = name(field);
    if let Some(text) = field.dyn_ref::<HtmlTextAreaElement>() {
        text.set_value(&begun.get(&name));
    } else if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        if is_choice(input) {
            input.set_checked(begun.all(&name).any(|chosen| chosen == input.value()));
        } else {
            input.set_value(&begun.get(&name));
        }
    }
    if !is_changed(field) {
        return;
    }
    if let Some(folded) = field.closest("details").ok().flatten() {
        // Fails for nothing but a name that is no attribute's.
        let _ = folded.set_attribute("open", "");
    }
    // What follows the field hears of it as if it were typed.
    if let Ok(event) = Event::new("input") {
        let _ = field.dispatch_event(&event);
    }
}
