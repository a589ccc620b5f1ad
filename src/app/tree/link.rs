//! The links of the tree: what they do where the script runs, and copying one to be sent to somebody.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::Tree;

/// A link in a cell, which does something at once where the workspace is here, and leads to a page where it is not.
#[component]
pub(super) fn CellLink(
    class: &'static str,
    /// The page that serves the same purpose.
    href: String,
    /// What it does.
    title: &'static str,
    act: Callback<()>,
    children: Children,
) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let on_click = move |event: MouseEvent| {
        if !wants_more(&event) && tree.memory.seq().is_some() {
            event.prevent_default();
            act.run(());
        }
    };
    view! {
        <a
            class=class
            href=href
            title=title
            draggable="false"
            tabindex=move || tree.is_live.get().then_some("-1")
            on:click=on_click
        >
            {children()}
        </a>
    }
    .into_any()
}

/// Whether a click asks for a window or a tab of its own.
pub(super) fn wants_more(event: &MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0
}

/// Copies the whole address of a path, and says so, or says the address where the browser does not let it be copied.
#[cfg(feature = "hydrate")]
pub(super) fn copy(said: RwSignal<String>, path: &str) {
    let address = window().location().origin().unwrap_or_default() + path;
    leptos::task::spawn_local(async move {
        let words = match clipboard::write_text(&address).await {
            Ok(_) => "Link copied.".to_owned(),
            Err(_) => format!("The browser does not let Trellis copy. This is the link: {address}"),
        };
        said.set(words);
    });
}

/// Nothing is copied on the server.
#[cfg(not(feature = "hydrate"))]
pub(super) fn copy(_said: RwSignal<String>, _path: &str) {}

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
