//! The clock of this device, set right by the server's, and the workspace's day where no server tells it.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::Storage;

use super::state::{Connection, Memory};

/// Where the browser keeps how far the server's clock was ahead when it was last heard.
const KEY: &str = "trellis-clock";

/// How often the day is looked at where nobody tells it.
const LOOK: Duration = Duration::from_secs(60);

/// What the browser keeps of small things, where it keeps anything.
pub(super) fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// How far the server's clock was ahead of this device's when it was last heard, in milliseconds.
pub(super) fn last_offset() -> f64 {
    let kept = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    kept.and_then(|text| text.parse().ok()).filter(|offset: &f64| offset.is_finite()).unwrap_or_default()
}

/// The server's clock was heard.
pub(super) fn set(memory: Memory, offset: f64) {
    memory.set_clock_offset(offset);
    if let Some(storage) = storage() {
        // A browser that keeps nothing goes by its own clock until it hears the server's.
        let _ = storage.set_item(KEY, &offset.to_string());
    }
}

/// Goes on to the day that it is by now for the workspace, where the one here is over.
pub(super) fn turn_page(memory: Memory) {
    if let Some(known) = memory.read(|workspace, _| workspace.day()) {
        let today = known.at(memory.now());
        if today != known {
            memory.set_today(today);
        }
    }
}

/// Turns the page also while nobody tells that another day has begun.
pub(super) fn watch(memory: Memory) {
    let look = move || {
        if memory.connection().get_untracked() != Connection::Live {
            turn_page(memory);
        }
    };
    // It lives as long as the page does.
    set_interval(look, LOOK);
}
