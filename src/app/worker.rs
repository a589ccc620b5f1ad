//! The service worker, which lets pages open without a network. A browser that has none, or refuses it, needs one.

use std::cell::Cell;

use leptos::prelude::window;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::Reflect;
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration};

const SCRIPT: &str = "/service-worker.js";

thread_local! {
    static IS_STARTED: Cell<bool> = const { Cell::new(false) };
}

/// Starts it, and has it keep what opens without a network. Nothing depends on it.
pub(super) fn start() {
    if IS_STARTED.replace(true) {
        return;
    }
    spawn_local(async {
        let _ = install().await;
    });
}

/// Has it forget what it keeps of pages: nobody is signed in any more.
pub(super) fn forget() {
    if let Some(worker) = container().and_then(|container| container.controller()) {
        let _ = worker.post_message(&"forget".into());
    }
}

/// The browser's side of it; none where the page did not come by a connection that can be trusted.
fn container() -> Option<ServiceWorkerContainer> {
    let container = Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?;
    container.is_object().then(|| container.unchecked_into())
}

async fn install() -> Result<(), JsValue> {
    let Some(container) = container() else { return Ok(()) };
    if JsFuture::from(container.register(SCRIPT)).await?.is_undefined() {
        return Ok(());
    }
    let registration: ServiceWorkerRegistration = JsFuture::from(container.ready()?).await?.unchecked_into();
    match registration.active() {
        Some(worker) => worker.post_message(&"keep".into()),
        None => Ok(()),
    }
}
