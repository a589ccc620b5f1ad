//! Links: whether a click on one asks for more, and copying one to be sent to somebody.

use leptos::ev::MouseEvent;
#[cfg(feature = "hydrate")]
use leptos::prelude::*;

use crate::app::state::Memory;

/// Whether a click asks for a window or a tab of its own.
pub(super) fn wants_more(event: &MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0
}

/// Copies the whole address of a path, and says so, or says the address where the browser does not let it be copied.
#[cfg(feature = "hydrate")]
pub(super) fn copy(memory: Memory, path: &str) {
    let address = window().location().origin().unwrap_or_default() + path;
    leptos::task::spawn_local(async move {
        let words = match clipboard::write_text(&address).await {
            Ok(_) => "Link copied.".to_owned(),
            Err(_) => format!("The browser does not let Trellis copy. This is the link: {address}"),
        };
        memory.say(words);
    });
}

/// Nothing is copied on the server.
#[cfg(not(feature = "hydrate"))]
pub(super) fn copy(_memory: Memory, _path: &str) {}

#[cfg(feature = "hydrate")]
mod clipboard {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        /// Exists on pages served over HTTPS or from this machine only, and throws elsewhere.
        #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
        pub async fn write_text(text: &str) -> Result<JsValue, JsValue>;
    }
}
