//! A page that may be older than what was said here: its card is covered until that is known, so that nobody is asked twice.

use leptos::prelude::*;

use super::clock::storage;
use super::state::Memory;

/// The attribute of the root element that the style sheet goes by. The service worker sets it in a page that it kept.
const ATTRIBUTE: &str = "data-kept";

/// Where the browser keeps that something was said which the server may not know when it makes the next page.
const KEY: &str = "trellis-said";

/// Covers the card where something is not sent yet.
pub(crate) fn cover() {
    let was_said = storage().and_then(|storage| storage.get_item(KEY).ok().flatten()).is_some();
    if let Some(root) = document().document_element().filter(|_| was_said) {
        // Fails for nothing but a name that is no attribute's.
        let _ = root.set_attribute(ATTRIBUTE, "");
    }
}

/// Shows the card: it is the one that is really next, or nobody knows better.
pub(super) fn uncover() {
    if let Some(root) = document().document_element() {
        let _ = root.remove_attribute(ATTRIBUTE);
    }
}

/// Notes whether the server knows everything that was said here.
pub(super) fn note(memory: Memory) {
    let Some(storage) = storage() else { return };
    // A browser that keeps nothing has nothing to be covered.
    let _ = match untrack(|| memory.outbox().unsent()) {
        0 => storage.remove_item(KEY),
        _ => storage.set_item(KEY, ""),
    };
}
