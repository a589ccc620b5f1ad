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
    let (done, result) = promised(work);
    let in_turn = Closure::once_into_js(done);
    let released: Promise = request.call2(&locks, &LOCK.into(), &in_turn).ok()?.dyn_into().ok()?;
    // Fails where the page is on its way out.
    let _ = JsFuture::from(released).await;
    result.take()
}

/// Does something at once, and has other pages wait until it is done. Returns what came of it.
pub(super) async fn hold<T: 'static>(work: impl Future<Output = T> + 'static) -> Option<T> {
    let (done, result) = promised(work);
    let done = done();
    if let Some((locks, request)) = locks() {
        let turn = done.clone();
        let in_turn = Closure::once_into_js(move || turn);
        // Where it fails, another page may send the same once more.
        let _ = request.call2(&locks, &LOCK.into(), &in_turn);
    }
    let _ = JsFuture::from(done).await;
    result.take()
}

/// Some work as a promise, once it is begun, and where its result will be.
fn promised<T: 'static>(work: impl Future<Output = T> + 'static) -> (impl FnOnce() -> Promise, Rc<Cell<Option<T>>>) {
    let result = Rc::new(Cell::new(None));
    let done = result.clone();
    let begin = move || {
        future_to_promise(async move {
            done.set(Some(work.await));
            Ok(JsValue::UNDEFINED)
        })
    };
    (begin, result)
}

/// The locks of this browser, and how one is asked for.
fn locks() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok().filter(JsValue::is_object)?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
