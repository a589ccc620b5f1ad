//! Keeping the focus where what had it goes away.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// Gives the focus to something else once the page shows what was just changed, if what had the focus went with that.
pub fn keep_focus(instead: impl Fn() -> Option<HtmlElement> + 'static) {
    request_animation_frame(move || {
        let focused = document().active_element().and_then(|focused| focused.dyn_into::<HtmlElement>().ok());
        // Neither the body, which has the focus where nothing has it, nor what does not show is laid out in anything.
        let is_lost = focused.is_none_or(|focused| focused.offset_parent().is_none());
        if let Some(element) = instead().filter(|_| is_lost) {
            // An element that cannot take the focus leaves it where it is.
            let _ = element.focus();
        }
    });
}

/// The first element that a selector finds.
pub fn found(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}
