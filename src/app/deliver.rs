//! Keeps what was done and sends it: in order, one page at a time, until it is answered.

mod turn;

use std::cell::RefCell;
use std::time::Duration;

use futures::future::join;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{BeforeUnloadEvent, BroadcastChannel};

use super::outbox::{Item, Kept, Merged, Record, State};
use super::replica::Submission;
use super::state::{Connection, Memory};
use super::{covered, kept, worker};
use crate::api::ApiError;
use crate::api::tree::{Submitted, send};
use crate::domain::command::{Reason, Refusal};
use crate::domain::ids::MutationId;

/// Pages tell each other by this name that what is kept has changed.
const CHANNEL: &str = "trellis-outbox";

/// The longest that a failed attempt waits for the next one, in milliseconds.
const LONGEST_WAIT: u64 = 30_000;

thread_local! {
    static OTHERS: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// Keeps something new where it outlives the page, and sends it: at the same time where nothing waits before it, since it
/// counts once, however often it is sent.
pub(super) fn take(memory: Memory, mutation: MutationId) {
    covered::note(memory);
    let outbox = memory.outbox();
    let Some(item) = outbox.find(mutation) else { return };
    // On its way before anything is drawn.
    let kept = kept::add(Record::from(&item));
    let keep = async move {
        let kept = kept.await.map_or(Kept::Nowhere, Kept::At);
        outbox.change(mutation, |item| item.kept = kept);
        tell_others();
    };
    if outbox.is_alone(mutation) && outbox.begin() {
        outbox.change(mutation, |item| item.state = State::Sending);
        let both = async move {
            let (answer, ()) = join(send(item.body.clone()), keep).await;
            let item = outbox.find(mutation).unwrap_or(item);
            match settle(memory, item, answer).await {
                Some(wait) => Some(wait),
                None => send_all(memory).await,
            }
        };
        spawn_local(async move { rest(memory, turn::hold(both).await) });
    } else {
        spawn_local(async move {
            keep.await;
            pump(memory);
        });
    }
}

/// Lets something go that was refused.
pub(super) fn discard(memory: Memory, mutation: MutationId) {
    let Some(item) = memory.outbox().find(mutation) else { return };
    memory.outbox().drop(mutation);
    spawn_local(async move {
        if let Kept::At(place) = item.kept {
            // Where it fails, it is offered again.
            let _ = kept::remove(place).await;
            tell_others();
        }
    });
}

/// Reads what this person did that is not known to be saved, from this page or any other, before the workspace is here.
pub(super) async fn restore(memory: Memory) {
    take_in(memory).await;
}

/// Does again what the workspace that has just come does not hold. What has become so in the meantime is only sent.
pub(super) fn do_again(memory: Memory, is_old: bool) {
    let items = memory.outbox().items().get_untracked();
    for item in items.iter().filter(|item| item.is_unsent() || (is_old && item.state == State::Saved)) {
        if let Some(submission) = item.submission() {
            // The server has the last word.
            let _ = memory.submit(submission.clone());
        }
    }
    pump(memory);
}

/// What is saved and was so before the workspace was asked for: once that is here, it need not be done again.
pub(super) fn saved(memory: Memory) -> Vec<f64> {
    memory.outbox().places(|item| item.state == State::Saved)
}

/// Forgets what is saved, and in the workspace.
pub(super) fn forget(memory: Memory, saved: Vec<f64>) {
    let items = memory.outbox().items().get_untracked();
    for item in items.iter().filter(|item| matches!(item.kept, Kept::At(place) if saved.contains(&place))) {
        memory.outbox().change(item.mutation, |item| item.kept = Kept::Nowhere);
    }
    spawn_local(async move {
        for place in saved {
            // What stays is done again in vain, once.
            let _ = kept::remove(place).await;
        }
    });
}

/// Follows what other pages do, and warns whoever leaves with something that is kept nowhere else.
pub(super) fn watch(memory: Memory) {
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        let hear = Closure::<dyn Fn()>::new(move || {
            spawn_local(async move {
                take_in(memory).await;
                pump(memory);
            });
        });
        channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        // It lives as long as the page does.
        hear.forget();
        OTHERS.set(Some(channel));
    }
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event: BeforeUnloadEvent| {
        let is_lost = |item: &Item| item.is_unsent() && !matches!(item.kept, Kept::At(_));
        if memory.outbox().items().with_untracked(|items| items.iter().any(is_lost)) {
            event.prevent_default();
        }
    });
    std::mem::forget(leaving);
}

fn tell_others() {
    OTHERS.with_borrow(|others| {
        // Fails for nothing that is plain text.
        let _ = others.as_ref().map(|others| others.post_message(&"changed".into()));
    });
}

async fn take_in(memory: Memory) {
    let known = memory.outbox().places(|_| true);
    let Some(viewer) = memory.viewer().with_untracked(|viewer| viewer.as_ref().map(|viewer| viewer.id())) else {
        return;
    };
    let Ok(records) = kept::all().await else { return };
    let items = records.into_iter().filter_map(|(place, record)| record.read(place));
    let own = items.filter(|item| item.person == viewer).collect();
    let Merged { arrived, refused } = memory.outbox().take_in(own, &known);
    for submission in arrived {
        // It may be here already with the news; until the workspace is, it waits.
        let _ = memory.submit(submission);
    }
    for (submission, message) in refused {
        memory.refuse(&submission, Refusal { reason: Reason::Invalid, field: None, message });
    }
}

/// Sends what waits, unless that is under way.
pub(super) fn pump(memory: Memory) {
    let outbox = memory.outbox();
    if outbox.next().is_some() && outbox.begin() {
        spawn_local(async move { rest(memory, turn::take(send_all(memory)).await) });
    }
}

/// Sending is over: for now, or until the next attempt where one failed. `None` where the turn of this page never came.
fn rest(memory: Memory, failed: Option<Option<Duration>>) {
    memory.outbox().end();
    match failed.unwrap_or(Some(Duration::from_secs(1))) {
        None => pump(memory),
        Some(wait) => set_timeout(move || pump(memory), wait),
    }
}

/// Sends one after the other. Returns how long to wait before the next attempt, where one failed.
async fn send_all(memory: Memory) -> Option<Duration> {
    loop {
        // Another page may have sent it by now, or have done something before it.
        take_in(memory).await;
        let item = memory.outbox().next()?;
        memory.outbox().change(item.mutation, |item| item.state = State::Sending);
        let answer = send(item.body.clone()).await;
        if let Some(wait) = settle(memory, item, answer).await {
            return Some(wait);
        }
    }
}

/// Takes in an answer. Returns how long to wait before the next attempt, where this one failed.
async fn settle(memory: Memory, item: Item, answer: Result<Submitted, ApiError>) -> Option<Duration> {
    let refusal = match answer {
        Ok(Submitted::Accepted) => None,
        Ok(Submitted::Refused(refusal)) => Some(refusal),
        // Sent again, it would be rejected again, and whatever waits behind it would wait for ever.
        Err(error @ ApiError::Rejected(_)) => {
            Some(Refusal { reason: Reason::Invalid, field: None, message: error.to_string() })
        }
        Err(error) => {
            memory.outbox().change(item.mutation, |item| item.state = State::Waiting);
            return Some(try_again(memory, error));
        }
    };
    memory.outbox().answered();
    memory.answered(true);
    match refusal {
        None => now(memory, &item, State::Saved).await,
        Some(refusal) => refuse(memory, item, refusal).await,
    }
    None
}

/// Shows why something is undone, and keeps it to be mended. An undo that is not possible is told, and that is that.
async fn refuse(memory: Memory, item: Item, refusal: Refusal) {
    if item.submission().is_some_and(|submission| submission.undoes().is_some()) {
        discard(memory, item.mutation);
    } else {
        now(memory, &item, State::Refused(refusal.message.clone())).await;
    }
    if let Some(submission) = item.submission() {
        memory.refuse(submission, refusal);
    }
}

/// Notes how far an item is, also where it outlives the page.
async fn now(memory: Memory, item: &Item, state: State) {
    memory.outbox().change(item.mutation, |item| item.state = state.clone());
    if let Kept::At(place) = item.kept {
        // Where it fails, it is sent again, and counts once.
        let _ = kept::put(place, &Record::from(&Item { state, ..item.clone() })).await;
        tell_others();
    }
}

/// Tells that an attempt failed, and after how long to make the next one.
fn try_again(memory: Memory, error: ApiError) -> Duration {
    let failures = memory.outbox().failed();
    if error == ApiError::SignedOut {
        worker::forget();
        memory.connection().set(Connection::SignedOut);
    } else {
        memory.answered(false);
    }
    let wait = 500_u64 << failures.min(6);
    Duration::from_millis(wait.min(LONGEST_WAIT))
}

/// Lets go of what was refused of a submission about a node, once somebody has read why.
pub(super) fn understood(memory: Memory, is_read: impl Fn(&Submission) -> bool) {
    let items = memory.outbox().items().get_untracked();
    for item in items.iter().filter(|item| item.is_refused() && item.submission().is_some_and(&is_read)) {
        discard(memory, item.mutation);
    }
}
