//! Trellis keeps an organisation's objectives and key results alive: one alignment tree, rendered on the server,
//! edited in the browser, stored in SQLite or PostgreSQL.
//!
//! Dependencies point downward only: [`app`] shows, the server carries, and what they share decides.

// The type of a view holds the types of all that is in it.
#![recursion_limit = "256"]

pub mod api;
pub mod app;
pub mod domain;
#[cfg(feature = "ssr")]
pub mod server;

/// Starts the client on the page that the server has rendered.
///
/// Sets `data-hydrated` on the root element once every handler is in place.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::covered::cover();
    leptos::mount::hydrate_body(app::App);
    if let Some(root) = leptos::prelude::document().document_element() {
        // Fails only for a malformed attribute name.
        let _ = root.set_attribute("data-hydrated", "");
    }
}
