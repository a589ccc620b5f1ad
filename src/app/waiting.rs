//! What is not saved yet, and where it is.

use std::time::Duration;

use leptos::prelude::*;
use leptos::web_sys::Element;
use leptos::web_sys::js_sys::Reflect;

use super::outbox::{Item, Kept, State};
use super::send;
use super::state::{Connection, Memory};
use super::ui::moment::reader_offset;
use crate::domain::day::{day_words, local, time_words};

/// How long something waits before it is listed: what is sent at once would only flicker.
const MOMENT: Duration = Duration::from_millis(300);

/// The connection in words, where there is something to say, and what waits for it.
#[component]
pub fn ConnectionState() -> impl IntoView {
    let memory = expect_context::<Memory>();
    let unsent = Memo::new(move |_| memory.outbox().unsent());
    let is_lost = Memo::new(move |_| {
        let is_lost = |item: &Item| item.is_unsent() && item.kept == Kept::Nowhere;
        memory.outbox().items().with(|items| items.iter().any(is_lost))
    });
    let words = move || {
        let unsent = unsent.get();
        match memory.connection().get() {
            _ if is_lost.get() => "This browser keeps nothing: leave the page open until it is saved".to_owned(),
            Connection::Starting | Connection::Live => String::new(),
            Connection::Reconnecting => kept("Reconnecting…", unsent),
            Connection::Offline => "Offline: what you type is kept and sent when the connection is back".to_owned(),
            Connection::SignedOut => kept("You are signed out", unsent),
        }
    };
    let class = move || match memory.connection().get() {
        Connection::Live if unsent.get() > 0 => "connection live sending",
        Connection::Live => "connection live",
        Connection::Starting => "connection",
        _ => "connection broken",
    };
    view! {
        <p class=class role="status">
            <span>{words}</span>
            {move || {
                (memory.connection().get() == Connection::SignedOut)
                    .then(|| view! { <a href="/sign-in" rel="external">"Sign in"</a> })
            }}
        </p>
        <WaitingList memory />
    }
}

fn kept(words: &str, unsent: usize) -> String {
    match unsent {
        0 => words.to_owned(),
        1 => format!("{words} – one change is kept here until it is sent"),
        more => format!("{words} – {more} changes are kept here until they are sent"),
    }
}

/// How many wait and how many were refused, with the list of them.
#[component]
fn WaitingList(memory: Memory) -> impl IntoView {
    let counts = Memo::new(move |_| {
        let items = memory.outbox().items();
        items.with(|items| {
            let count = |is: fn(&Item) -> bool| items.iter().filter(|item| is(item)).count();
            (count(Item::is_unsent), count(Item::is_refused))
        })
    });
    // While it is read, what is saved stays in it.
    let is_open = RwSignal::new(false);
    let is_late = late(Memo::new(move |_| counts.get().0 > 0));
    let is_shown = Memo::new(move |_| is_late.get() || counts.get().1 > 0 || is_open.get());
    let summary = move || match counts.get() {
        (0, 0) if memory.outbox().items().with(Vec::is_empty) => "Nothing waits".to_owned(),
        (0, 0) => "All saved".to_owned(),
        (waiting, 0) => format!("{waiting} waiting"),
        (0, refused) => format!("{refused} refused"),
        (waiting, refused) => format!("{waiting} waiting, {refused} refused"),
    };
    view! {
        <Show when=move || is_shown.get()>
            <details
                class="menu waiting"
                class:refused=move || { counts.get().1 > 0 }
                on:toggle=move |event| is_open.set(event_target::<Element>(&event).has_attribute("open"))
            >
                <summary>{summary}</summary>
                <div class="menu-panel">
                    <ul>
                        {move || {
                            let items = memory.outbox().items();
                            is_open.get().then(|| items.get().into_iter().map(|item| line(memory, item)).collect_view())
                        }}
                    </ul>
                </div>
            </details>
        </Show>
    }
    .into_any()
}

/// Whether something has been so for more than a moment.
fn late(is_so: Memo<bool>) -> RwSignal<bool> {
    let is_late = RwSignal::new(false);
    Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
        if let Some(timer) = timer.flatten() {
            timer.clear();
        }
        if !is_so.get() {
            is_late.set(false);
            return None;
        }
        // The page may have been left by then.
        set_timeout_with_handle(move || _ = is_late.try_set(true), MOMENT).ok()
    });
    is_late
}

fn line(memory: Memory, item: Item) -> impl IntoView {
    let place = place_words(memory, &item);
    let mutation = item.mutation;
    let actions = item.is_refused().then(|| {
        let mend = item.address().map(|address| view! { <a class="button" href=address>"Mend"</a> });
        view! {
            <p class="actions">
                {mend}
                <button type="button" class="button" on:click=move |_| send::discard(memory, mutation)>
                    "Discard"
                </button>
            </p>
        }
    });
    let class = if item.is_refused() { "place bad" } else { "place" };
    view! {
        <li>
            <p>
                <bdi>{item.words}</bdi>
            </p>
            <p class=class>{place}</p>
            {actions}
        </li>
    }
}

/// Where something is that was done here, as a sentence.
#[must_use]
pub fn place_words(memory: Memory, item: &Item) -> String {
    match (&item.state, item.kept) {
        (State::Waiting | State::Sending, Kept::Nowhere) => "Not saved yet: leave the page open.".to_owned(),
        (State::Sending, _) => "Sending…".to_owned(),
        (State::Waiting, Kept::NotYet) => "Keeping…".to_owned(),
        (State::Waiting, Kept::At(_)) if item.details.is_none() => {
            format!("Kept on this {}. This version cannot show more of it, and sends it all the same.", device())
        }
        (State::Waiting, Kept::At(_)) => format!("Kept on this {}.", device()),
        (State::Refused(why), _) => format!("Refused: {why}"),
        (State::Saved, _) => match newer_words(memory, item) {
            Some(newer) => format!("Saved. {newer}"),
            None => "Saved.".to_owned(),
        },
    }
}

/// What somebody else said of the same key result for a later time, which counts.
fn newer_words(memory: Memory, item: &Item) -> Option<String> {
    let (id, at, _) = item.check_in()?;
    let newer = memory.follow_closely(|workspace, _| workspace.newer_check_in(id, at)).flatten()?;
    let is_from_here = |item: &Item| item.check_in().is_some_and(|(_, _, check_in)| check_in == newer.id);
    if memory.outbox().items().with_untracked(|items| items.iter().any(is_from_here)) {
        return None;
    }
    let when = if newer.is_of_today { time_words(local(newer.at, reader_offset)) } else { day_words(newer.day) };
    Some(format!("Meanwhile {} said {} ({when}), which is newer and counts.", newer.by, newer.value))
}

/// What this is to whoever holds it.
#[must_use]
pub fn device() -> &'static str {
    let width = Reflect::get(&window(), &"innerWidth".into()).ok().and_then(|width| width.as_f64());
    if width.is_some_and(|width| width <= 760.0) { "phone" } else { "device" }
}
