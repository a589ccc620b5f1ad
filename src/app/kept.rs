//! What outlives the page: a store of IndexedDB, which all pages of this browser share.
//!
//! Written against the browser itself: a store, and four things to do with it. What goes wrong is told in one way, since
//! it comes to the same: the browser keeps nothing.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::{set_timeout, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use web_sys::{
    IdbDatabase, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest, IdbTransactionMode,
};

use super::outbox::Record;

const DATABASE: &str = "trellis";
const STORE: &str = "outbox";

/// How long a browser may take for anything: some never answer.
const PATIENCE: Duration = Duration::from_secs(5);

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// The browser keeps nothing: it cannot, may not, or has no room.
pub(super) struct NotKept;

impl From<JsValue> for NotKept {
    fn from(_: JsValue) -> Self {
        Self
    }
}

/// Writes a new record, beginning at once where the store is open. Returns its number; later ones have greater ones.
pub(super) fn add(record: Record) -> impl Future<Output = Result<f64, NotKept>> {
    let begun = OPEN.with_borrow(|open| open.as_ref().map(|database| begin_to_add(database, &record)));
    async move {
        let Adding { request, done } = match begun {
            Some(begun) => begun?,
            None => begin_to_add(&database().await?, &record)?,
        };
        JsFuture::from(done).await?;
        request.result()?.as_f64().ok_or(NotKept)
    }
}

/// A record on its way into the store.
struct Adding {
    request: IdbRequest,
    /// Only what is committed is kept: there may be no room for what was taken.
    done: Promise,
}

fn begin_to_add(database: &IdbDatabase, record: &Record) -> Result<Adding, NotKept> {
    let transaction = database.transaction_with_str_and_mode(STORE, IdbTransactionMode::Readwrite)?;
    let request = transaction.object_store(STORE)?.add(&to_js(record)?)?;
    let done = settled(transaction.unchecked_ref(), "complete", &["abort", "error"]);
    Ok(Adding { request, done })
}

/// Writes over a record.
pub(super) async fn put(place: f64, record: &Record) -> Result<(), NotKept> {
    let request = store(IdbTransactionMode::Readwrite).await?.put_with_key(&to_js(record)?, &place.into())?;
    answer(&request).await.map(drop)
}

/// Removes a record.
pub(super) async fn remove(place: f64) -> Result<(), NotKept> {
    let request = store(IdbTransactionMode::Readwrite).await?.delete(&place.into())?;
    answer(&request).await.map(drop)
}

/// All records with their numbers, in the order of their numbers.
pub(super) async fn all() -> Result<Vec<(f64, Record)>, NotKept> {
    let store = store(IdbTransactionMode::Readonly).await?;
    let (keys, values) = (store.get_all_keys()?, store.get_all()?);
    // Both are asked for in one transaction, so they belong together.
    let (keys, values) = (settled_request(&keys), settled_request(&values));
    let keys: Array = JsFuture::from(keys).await?.dyn_into()?;
    let values: Array = JsFuture::from(values).await?.dyn_into()?;
    let pairs = keys.iter().zip(values.iter());
    Ok(pairs.filter_map(|(key, value)| Some((key.as_f64()?, from_js(&value)))).collect())
}

async fn store(mode: IdbTransactionMode) -> Result<IdbObjectStore, NotKept> {
    let transaction = database().await?.transaction_with_str_and_mode(STORE, mode)?;
    Ok(transaction.object_store(STORE)?)
}

async fn database() -> Result<IdbDatabase, NotKept> {
    if let Some(open) = OPEN.with_borrow(Clone::clone) {
        return Ok(open);
    }
    let request = window().indexed_db()?.ok_or(NotKept)?.open_with_u32(DATABASE, 1)?;
    let upgrade = Closure::once_into_js({
        let request = request.clone();
        move || make_store(&request)
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let database: IdbDatabase = answer(&request).await?.dyn_into().map_err(|_| NotKept)?;
    // A later version of Trellis may want to make it anew.
    let give_way = Closure::<dyn Fn()>::new({
        let database = database.clone();
        move || {
            database.close();
            OPEN.set(None);
        }
    });
    for lost in ["versionchange", "close"] {
        database.add_event_listener_with_callback(lost, give_way.as_ref().unchecked_ref())?;
    }
    give_way.forget();
    OPEN.set(Some(database.clone()));
    Ok(database)
}

fn make_store(request: &IdbOpenDbRequest) {
    let Ok(Ok(database)) = request.result().map(JsCast::dyn_into::<IdbDatabase>) else { return };
    let parameters = IdbObjectStoreParameters::new();
    parameters.set_auto_increment(true);
    // Where it fails, so does whatever is done with the store.
    let _ = database.create_object_store_with_optional_parameters(STORE, &parameters);
}

async fn answer(request: &IdbRequest) -> Result<JsValue, NotKept> {
    Ok(JsFuture::from(settled_request(request)).await?)
}

/// Becomes the result of a request.
fn settled_request(request: &IdbRequest) -> Promise {
    settled(request.unchecked_ref(), "success", &["error", "blocked"])
}

/// Becomes the result of what is listened to once it tells of `success`; fails on any of `failures`, and with time.
fn settled(target: &web_sys::EventTarget, success: &str, failures: &[&str]) -> Promise {
    Promise::new(&mut |resolve: Function, reject: Function| {
        let on_success = Closure::once_into_js({
            let target = target.clone();
            move || {
                let result = Reflect::get(&target, &"result".into()).unwrap_or(JsValue::UNDEFINED);
                let _ = resolve.call1(&JsValue::UNDEFINED, &result);
            }
        });
        let on_failure = Closure::<dyn Fn(web_sys::Event)>::new({
            let reject = reject.clone();
            move |event: web_sys::Event| {
                // It is told on the page.
                event.prevent_default();
                let _ = reject.call0(&JsValue::UNDEFINED);
            }
        });
        let on_failure = on_failure.into_js_value();
        // Fails for nothing but an object that takes no listeners.
        let _ = target.add_event_listener_with_callback(success, on_success.unchecked_ref());
        for failure in failures {
            let _ = target.add_event_listener_with_callback(failure, on_failure.unchecked_ref());
        }
        set_timeout(
            move || {
                let _ = reject.call0(&JsValue::UNDEFINED);
            },
            PATIENCE,
        );
    })
}

fn to_js(record: &Record) -> Result<JsValue, NotKept> {
    let object = Object::new();
    let set = |name: &str, value: &JsValue| Reflect::set(&object, &name.into(), value).map(drop);
    set("person", &record.person.as_str().into())?;
    set("mutation", &record.mutation.as_str().into())?;
    set("words", &record.words.as_str().into())?;
    set("body", &record.body.as_str().into())?;
    set("state", &record.state.as_str().into())?;
    set("refused", &record.refused.as_str().into())?;
    set("details", &Uint8Array::from(&record.details[..]))?;
    Ok(object.into())
}

/// What is missing is left empty: a record that says too little is never thrown away for it.
fn from_js(value: &JsValue) -> Record {
    let get = |name: &str| Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let text = |name: &str| get(name).as_string().unwrap_or_default();
    Record {
        person: text("person"),
        mutation: text("mutation"),
        words: text("words"),
        body: text("body"),
        state: text("state"),
        refused: text("refused"),
        details: get("details").dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default(),
    }
}
