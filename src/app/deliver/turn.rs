//! One page at a time: by a lock that all pages of this browser share. A browser without such locks lets them send at
//! once; what is sent twice counts once.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::js_sys::{Function, Promise, Reflect};

const LOCK: &str = "trellis-send";

/// Does something once it is this page's turn. Returns what came of it; `None` where the turn never came.
pub(super) async fn take<T: 'static>(work: impl Future<Output = T> + 'static) -> Option<T> {
    let Some((locks, request)) = locks() else { return Some(work.await) };
    let result = Rc::new(Cell::new(None));
    let done = result.clone();
    let in_turn = Closure::once_into_js(move || -> Promise {
        future_to_promise(async move {
            done.set(Some(work.await));
            Ok(JsValue::UNDEFINED)
        })
    });
    let released: Promise = request.call2(&locks, &LOCK.into(), &in_turn).ok()?.dyn_into().ok()?;
    // Fails where the page is on its way out.
    let _ = JsFuture::from(released).await;
    result.take()
}

/// The locks of this browser, and how one is asked for.
fn locks() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok().filter(JsValue::is_object)?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
