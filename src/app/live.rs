//! The connection to the server: the workspace at first, then whatever changes.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use chrono::NaiveDate;
use gloo_net::http::{Request, Response};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::js_sys::Date;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, MessageEvent};

use super::state::{Connection, Memory};
use super::{clock, covered, deliver, send, worker};
use crate::api::viewer::Viewer;
use crate::domain::compare::Baseline;
use crate::domain::encoded::from_text;
use crate::domain::ids::KeyResultId;
use crate::domain::log::LogEntry;
use crate::domain::okr::CheckIn;
use crate::domain::workspace::Snapshot;

/// How long to wait before the workspace is asked for again.
const PAUSE: Duration = Duration::from_secs(2);

/// What is listened to at the moment.
type Listening = Rc<RefCell<Option<EventSource>>>;

/// Why the workspace did not arrive.
enum Missing {
    SignedOut,
    Unreachable,
}

/// Fetches the workspace and listens from then on, for as long as the page lives.
pub fn start(memory: Memory, viewer: Viewer) {
    let listening = Listening::default();
    memory.set_clock_offset(clock::last_offset());
    watch_network(memory, viewer.clone(), listening.clone());
    deliver::watch(memory);
    clock::watch(memory);
    load(memory, viewer, listening);
}

fn load(memory: Memory, viewer: Viewer, listening: Listening) {
    spawn_local(async move {
        let is_first = !memory.is_loaded().get_untracked();
        if is_first {
            deliver::restore(memory).await;
        }
        // Whatever is saved by now, a workspace that is asked for from now on holds.
        let saved = deliver::saved(memory);
        match fetch(memory, is_first).await {
            Ok(Fetched { seq, snapshot, is_kept }) => {
                let answered = move |mutation| memory.outbox().find(mutation).is_none_or(|item| !item.is_unsent());
                memory.load(viewer.clone(), snapshot, seq, answered);
                if is_kept {
                    clock::turn_page(memory);
                } else {
                    deliver::forget(memory, saved);
                    covered::note(memory);
                    worker::start();
                }
                if is_first {
                    deliver::do_again(memory, is_kept);
                    send::catch_up(memory);
                    memory.restored().notify();
                }
                listen(memory, viewer, seq, listening);
                know_own(memory).await;
            }
            Err(Missing::SignedOut) => {
                covered::uncover();
                worker::forget();
                memory.connection().set(Connection::SignedOut);
            }
            Err(Missing::Unreachable) => {
                covered::uncover();
                memory.answered(false);
                set_timeout(move || load(memory, viewer, listening), PAUSE);
            }
        }
    });
}

/// The workspace as it was fetched.
struct Fetched {
    seq: u64,
    snapshot: Snapshot,
    /// Whether it is what this browser kept of an earlier time, since there is no network.
    is_kept: bool,
}

async fn fetch(memory: Memory, is_first: bool) -> Result<Fetched, Missing> {
    let answer = Request::get("/api/snapshot").send().await.map_err(|_| Missing::Unreachable)?;
    if answer.status() == 401 {
        return Err(Missing::SignedOut);
    }
    if !answer.ok() {
        return Err(Missing::Unreachable);
    }
    let is_kept = answer.headers().has("x-trellis-kept");
    if is_kept && !is_first {
        // What is here is newer.
        return Err(Missing::Unreachable);
    }
    let date = answer.headers().get("date").map(|date| Date::parse(&date)).filter(|date| date.is_finite());
    if let Some(date) = date.filter(|_| !is_kept) {
        clock::set(memory, date - Date::now());
    }
    let body = answer.binary().await.map_err(|_| Missing::Unreachable)?;
    let (seq, snapshot) = postcard::from_bytes(&body).map_err(|_| Missing::Unreachable)?;
    Ok(Fetched { seq, snapshot, is_kept })
}

/// Fetches all of a past day. Without it, the rows that came with the page are all there are.
pub fn load_past(memory: Memory, viewer: Viewer, day: NaiveDate) {
    spawn_local(async move {
        let address = format!("/api/snapshot?on={day}");
        match get::<(u64, Snapshot)>(&address).await {
            // What it is for may have been left.
            _ if memory.is_loaded().is_disposed() => {}
            Some((seq, snapshot)) => memory.load(viewer, snapshot, seq, |_| true),
            None => set_timeout(move || load_past(memory, viewer, day), PAUSE),
        }
    });
}

/// Fetches how everything stood on a day.
pub fn load_baseline(day: NaiveDate, into: RwSignal<Option<Baseline>>) {
    spawn_local(async move {
        if let Some(baseline) = get::<Baseline>(&format!("/api/baseline?on={day}")).await {
            // The page may have been left.
            let _ = into.try_set(Some(baseline));
        }
    });
}

async fn get<T: DeserializeOwned>(address: &str) -> Option<T> {
    let answer = Request::get(address).send().await.ok().filter(Response::ok)?;
    postcard::from_bytes(&answer.binary().await.ok()?).ok()
}

/// Fetches what this person changed last. Without it, only what they do from now on can be undone.
async fn know_own(memory: Memory) {
    memory.know_own(get("/api/own-changes").await.unwrap_or_default());
}

/// Listens to what changes after `seq`. The browser connects again by itself, from where it was.
fn listen(memory: Memory, viewer: Viewer, seq: u64, listening: Listening) {
    let Ok(source) = EventSource::new(&format!("/api/live?after={seq}")) else {
        return;
    };
    if let Some(old) = listening.replace(Some(source.clone())) {
        old.close();
    }
    let start_over = {
        let source = source.clone();
        move || {
            source.close();
            load(memory, viewer.clone(), listening.clone());
        }
    };
    on(&source, "open", move |_| {
        memory.set_listening(true);
        deliver::pump(memory);
    });
    on(&source, "changes", {
        let start_over = start_over.clone();
        move |event| {
            let entries = event.data().as_string().and_then(|text| from_text::<Vec<LogEntry>>(&text));
            match entries.map(|entries| memory.hear(&entries)) {
                Some(Ok(news)) => news.effects.incomplete.into_iter().for_each(|id| complete(memory, id)),
                // News that cannot be read come from a newer server.
                Some(Err(_)) | None => start_over(),
            }
        }
    });
    on(&source, "today", move |event| {
        let told = event.data().as_string().and_then(|text| from_text(&text));
        if let Some(today) = told.filter(|told| memory.read(|workspace, _| workspace.day()) != Some(*told)) {
            memory.set_today(today);
        }
    });
    on(&source, "resync", {
        let start_over = start_over.clone();
        move |_| start_over()
    });
    on(&source.clone(), "error", move |_| {
        memory.set_listening(false);
        if source.ready_state() == EventSource::CLOSED {
            let start_over = start_over.clone();
            set_timeout(start_over, PAUSE);
        }
    });
}

/// Hears events of a kind for as long as the page lives.
fn on(source: &EventSource, kind: &str, hear: impl Fn(MessageEvent) + 'static) {
    let hear = Closure::<dyn Fn(MessageEvent)>::new(hear);
    // Fails for nothing but an object that takes no listeners.
    let _ = source.add_event_listener_with_callback(kind, hear.as_ref().unchecked_ref());
    hear.forget();
}

/// Fetches the check-ins of a key result whose number needs those that are not here.
pub fn complete(memory: Memory, id: KeyResultId) {
    spawn_local(fetch_check_ins(memory, id));
}

/// Fetches all check-ins of a key result.
pub async fn fetch_check_ins(memory: Memory, id: KeyResultId) {
    let Ok(answer) = Request::get(&format!("/api/key-result/{id}/check-ins")).send().await else { return };
    let Ok(body) = answer.binary().await else { return };
    if let Ok(check_ins) = postcard::from_bytes::<Vec<CheckIn>>(&body) {
        memory.complete(id, check_ins);
    }
}

fn watch_network(memory: Memory, viewer: Viewer, listening: Listening) {
    let connection = memory.connection();
    let offline = window_event_listener_untyped("offline", move |_| connection.set(Connection::Offline));
    let online = window_event_listener_untyped("online", move |_| {
        memory.answered(true);
        deliver::pump(memory);
        // What was listened to may be dead without knowing it, or alive without an event that would say so.
        load(memory, viewer.clone(), listening.clone());
    });
    // They live as long as the page does.
    std::mem::forget((offline, online));
    if !window().navigator().on_line() {
        connection.set(Connection::Offline);
    }
}
