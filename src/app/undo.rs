//! Undo and redo, and the notice at the bottom of the screen that tells of them and of what was done.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use uuid::Uuid;

use super::send;
use super::state::Memory;
use super::state::notice::{Notice, Noticed, Offer};
use crate::api::tree::{Submitted, submit};
use crate::domain::change::Change;
use crate::domain::command::{Command, Reason, Refusal};
use crate::domain::ids::MutationId;
use crate::domain::undo::Step;
#[cfg(feature = "hydrate")]
use crate::domain::words::checked_in;

/// How long a notice stays.
const STAYS: Duration = Duration::from_secs(8);

/// An undo or redo that waits until it is known what there is to undo.
type Asked = StoredValue<Option<fn(Memory)>>;

/// What a button says that takes something back.
fn label(offer: Offer) -> &'static str {
    match offer {
        Offer::Undo(_) => "Undo",
        Offer::Redo(_) => "Redo",
    }
}

/// Undoes what this person did last.
fn undo(memory: Memory) {
    if memory.is_past() {
        return memory.say("This is a past day: go back to today to undo something.");
    }
    let trail = memory.trail();
    match next(memory, trail.done()) {
        Some(mutation) => take_back(memory, Offer::Undo(mutation)),
        None => memory.say("There is nothing of yours left to undo."),
    }
}

/// Does again what this person undid last.
fn redo(memory: Memory) {
    let trail = memory.trail();
    match next(memory, trail.undone()) {
        Some(mutation) => take_back(memory, Offer::Redo(mutation)),
        None => memory.say("There is nothing to redo."),
    }
}

fn next(memory: Memory, steps: &[Step]) -> Option<MutationId> {
    let is_free = |step: &&Step| !memory.is_passed_over(step.mutation);
    steps.iter().rev().find(is_free).map(|step| step.mutation)
}

/// Takes a submission back: at once where this browser knows enough, else once the server has said so.
fn take_back(memory: Memory, offer: Offer) {
    let Some(step) = memory.trail().step(offer.mutation()).cloned() else {
        return memory.say("This cannot be taken back any more.");
    };
    spawn_local(async move {
        #[cfg(feature = "hydrate")]
        for id in step.changes.iter().filter_map(checked_in) {
            // The value that stood there before may not be here.
            if memory.read(|workspace, _| workspace.key_result(id).is_some_and(|it| it.incomplete)) == Some(true) {
                super::live::fetch_check_ins(memory, id).await;
            }
        }
        let changes: Vec<Change> = step.changes.iter().rev().map(|change| change.clone().inverse()).collect();
        let words = match offer {
            Offer::Undo(_) => memory.read(|workspace, _| workspace.undone_words(&changes)).flatten(),
            Offer::Redo(_) => memory.read(|workspace, _| workspace.words_of_all(&changes)).flatten(),
        }
        .unwrap_or_default();
        let mutation = MutationId(Uuid::now_v7());
        let commands = vec![Command::Undo(step.mutation)];
        let refused = match send::perform(memory, mutation, commands.clone(), None) {
            Ok(()) => None,
            // Only the server knows who is in the way, and whether anybody is.
            Err(local) => match submit(mutation, commands, memory.read(|_, actor| actor.person()).flatten()).await {
                Ok(Submitted::Accepted) => None,
                Ok(Submitted::Refused(refusal)) => Some(refusal),
                Err(error) => Some(local.unwrap_or_else(|| Refusal {
                    reason: Reason::InTheWay,
                    field: None,
                    message: error.to_string(),
                })),
            },
        };
        match refused {
            Some(refusal) => memory.pass_over(offer, &refusal),
            None => {
                let (words, again) = match offer {
                    Offer::Undo(_) => (format!("Undid: {words}"), Offer::Redo(mutation)),
                    Offer::Redo(_) => (format!("Redid: {words}"), Offer::Undo(mutation)),
                };
                memory.tell(Notice { words, offer: Some(again), is_problem: false });
            }
        }
    });
}

/// The notice, and the keys that undo and redo.
#[component]
pub fn Notices() -> impl IntoView {
    let memory = expect_context::<Memory>();
    let notice = memory.notice();
    let element = NodeRef::<Div>::new();
    let is_above = RwSignal::new(false);
    let asked = Asked::default();
    Effect::new(move |_| {
        if memory.knows_own().get()
            && let Some(go) = asked.try_update_value(Option::take).flatten()
        {
            go(memory);
        }
    });
    Effect::new(move |_| {
        let keys = window_event_listener(leptos::ev::keydown, move |event| press(memory, asked, &event));
        let focus = window_event_listener(leptos::ev::focusin, move |_| {
            request_animation_frame(move || make_way(element, is_above));
        });
        on_cleanup(move || {
            keys.remove();
            focus.remove();
        });
    });
    Effect::new(move |_| {
        if let Some(Noticed { number, .. }) = notice.get() {
            // Where everything stands is known once the browser has laid it out, which it does after this.
            request_animation_frame(move || make_way(element, is_above));
            fade(memory, element, number);
        }
    });
    let is_problem = move || notice.with(|noticed| noticed.as_ref().is_some_and(|it| it.notice.is_problem));
    let offer = move || notice.with(|noticed| noticed.as_ref().and_then(|it| it.notice.offer));
    view! {
        <div
            class="bottom-notice"
            class:problem=is_problem
            class:above=is_above
            class:empty=move || notice.with(Option::is_none)
            node_ref=element
        >
            <p role="status" aria-live="polite">
                // An element for each, since what is told twice shall be heard twice.
                <For each=move || notice.get() key=|noticed| noticed.number let:noticed>
                    <span>{noticed.notice.words}</span>
                </For>
            </p>
            {move || {
                offer()
                    .map(|offer| {
                        view! {
                            <button class="plain" type="button" on:click=move |_| take_back(memory, offer)>
                                {label(offer)}
                            </button>
                        }
                    })
            }}
            <Show when=move || notice.with(Option::is_some)>
                <button class="plain close" type="button" aria-label="Dismiss" on:click=move |_| notice.set(None)>
                    "×"
                </button>
            </Show>
        </div>
    }
    .into_any()
}

/// Takes a notice away after a while, unless somebody is about to use it.
fn fade(memory: Memory, element: NodeRef<Div>, number: u32) {
    set_timeout(
        move || {
            let notice = memory.notice();
            if notice.try_with_untracked(|now| now.as_ref().map(|it| it.number)) != Some(Some(number)) {
                return;
            }
            // The page that showed it may have been left; the next one shows and fades it anew.
            let Some(shown) = element.try_get_untracked() else { return };
            let is_used = shown.is_some_and(|element| {
                element.matches(":hover").unwrap_or(false) || element.matches(":focus-within").unwrap_or(false)
            });
            if is_used {
                fade(memory, element, number);
            } else {
                notice.set(None);
            }
        },
        STAYS,
    );
}

#[cfg(not(feature = "hydrate"))]
fn make_way(_: NodeRef<Div>, _: RwSignal<bool>) {}

/// Puts the notice to the other end of the screen where it would cover what has the focus.
#[cfg(feature = "hydrate")]
fn make_way(element: NodeRef<Div>, is_above: RwSignal<bool>) {
    // The page may have been left since.
    let Some(element) = element.try_get_untracked().flatten() else { return };
    let covers = || {
        let focused = document().active_element()?;
        if element.contains(Some(&focused)) {
            // It must not jump away from under the finger.
            return Some(is_above.get_untracked());
        }
        let row = focused.closest(".row, form").ok().flatten().unwrap_or(focused);
        let screen = window().inner_height().ok()?.as_f64()?;
        let height = element.get_bounding_client_rect().height();
        let is_page = matches!(row.tag_name().as_str(), "BODY" | "HTML");
        Some(!is_page && row.get_bounding_client_rect().bottom() > screen - height - 24.0)
    };
    let is_in_the_way = covers().unwrap_or(false);
    if is_above.get_untracked() != is_in_the_way {
        is_above.set(is_in_the_way);
    }
}

fn press(memory: Memory, asked: Asked, event: &KeyboardEvent) {
    if event.default_prevented() || event.alt_key() || is_typing(event) || is_dialog_open() {
        return;
    }
    if event.key() == "Escape" && memory.notice().with_untracked(Option::is_some) {
        memory.notice().set(None);
        return;
    }
    if !(event.ctrl_key() || event.meta_key()) {
        return;
    }
    match event.key().as_str() {
        "z" | "Z" if event.shift_key() => once_known(memory, asked, redo),
        "z" => once_known(memory, asked, undo),
        "y" if event.ctrl_key() => once_known(memory, asked, redo),
        _ => return,
    }
    event.prevent_default();
}

/// Undoes or redoes now, or as soon as it is known what was done before the page was opened.
fn once_known(memory: Memory, asked: Asked, go: fn(Memory)) {
    if memory.is_past() || memory.knows_own().get_untracked() {
        go(memory);
    } else {
        asked.set_value(Some(go));
    }
}

/// Whether something lies over what would be undone.
fn is_dialog_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}

/// Whether the key goes into a field, where the browser has an undo of its own.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        target
            .closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])")
            .is_ok_and(|field| field.is_some())
    })
}
