//! What waits to be sent, kept where it outlives the page.

use std::collections::VecDeque;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use web_sys::Storage;

use super::replica::Submission;
use super::send::{keep, pump};
use super::state::Memory;
use crate::domain::command::{Reason, Refusal};
use crate::domain::ids::PersonId;

/// Where the browser keeps it.
const KEY: &str = "trellis-unsent";

#[derive(Serialize, Deserialize)]
struct Kept {
    person: PersonId,
    submissions: VecDeque<Submission>,
}

/// What the browser keeps, where it keeps anything.
pub(super) fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn viewer(memory: Memory) -> Option<PersonId> {
    memory.viewer().with_untracked(|viewer| viewer.as_ref().map(|viewer| viewer.id()))
}

/// Writes what waits. A browser that keeps nothing still sends everything while the page is open.
pub(super) fn write(memory: Memory) {
    let (Some(person), Some(storage)) = (viewer(memory), storage()) else { return };
    let submissions = memory.outbox().with_value(|outbox| outbox.waiting.clone());
    let _ = if submissions.is_empty() {
        storage.remove_item(KEY)
    } else {
        match serde_json::to_string(&Kept { person, submissions }) {
            Ok(text) => storage.set_item(KEY, &text),
            Err(_) => Ok(()),
        }
    };
}

/// Does again what was not sent when the page was last closed. What has become so in the meantime is only sent.
pub(super) fn resume(memory: Memory) {
    let kept = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    let Some(kept) = kept.and_then(|text| serde_json::from_str::<Kept>(&text).ok()) else { return };
    if viewer(memory) != Some(kept.person) {
        return;
    }
    for submission in kept.submissions {
        if memory.outbox().with_value(|outbox| outbox.holds(submission.mutation)) {
            continue;
        }
        if submission.undoes().is_some() {
            // Whether it is possible, only the server knows this early.
            memory.outbox().update_value(|outbox| outbox.waiting.push_back(submission));
            continue;
        }
        match memory.submit(submission.clone()) {
            Ok(()) | Err(Some(Refusal { reason: Reason::AlreadyThere, .. })) => {
                memory.outbox().update_value(|outbox| outbox.waiting.push_back(submission));
            }
            Err(Some(refusal)) => memory.refuse(&submission, refusal),
            Err(None) => {}
        }
    }
    keep(memory);
    pump(memory);
}
