//! What this person does: shown at once, then kept, and sent until it is answered.

use leptos::prelude::*;
use uuid::Uuid;

use super::outbox::{Details, Item, Kept, State};
use super::replica::Submission;
use super::state::{Mark, Memory};
use crate::api::tree::body;
use crate::domain::change::Record;
use crate::domain::command::{Command, Reason, Refusal};
use crate::domain::form::Fields;
use crate::domain::ids::{CheckInId, KeyResultId, MutationId, NodeId};
use crate::domain::measure::Value;
use crate::domain::okr::CheckIn;

/// Checks a key result in with a value alone.
pub fn check_in(memory: Memory, key_result: KeyResultId, value: Value) {
    let made = memory.read(|workspace, actor| {
        (actor.person(), workspace.today(), workspace.check_in_time(key_result, memory.now()))
    });
    let Some((by, day, at)) = made else { return };
    let record = Record::CheckIn(CheckIn {
        id: CheckInId(Uuid::now_v7()),
        table_id: None,
        key_result,
        value,
        confidence: None,
        note: String::new(),
        by,
        at,
        day,
        replaces: None,
    });
    perform_at(memory, key_result.into(), Command::Add(record));
}

/// Checks a key result in with what was typed, as soon as the workspace is here to read it.
pub fn check_in_later(memory: Memory, key_result: KeyResultId, text: String) {
    memory.typed().update_value(|typed| typed.push((key_result, text)));
}

/// Checks in what was typed before the workspace was here. What cannot be a value is told at its row.
#[cfg(feature = "hydrate")]
pub(super) fn catch_up(memory: Memory) {
    for (key_result, text) in memory.typed().try_update_value(std::mem::take).unwrap_or_default() {
        match memory.read(|workspace, _| workspace.read_typed(key_result, &text)) {
            Some(Ok(typed)) => check_in(memory, key_result, typed.value),
            Some(Err(message)) => {
                let refusal =
                    Refusal { reason: Reason::Invalid, field: None, message: format!("“{text}”: {message}") };
                memory.mark(key_result.into(), Some(Mark::Refused(refusal)));
            }
            None => {}
        }
    }
}

/// Does something at once, then keeps and sends it, with the form that it was typed into.
///
/// # Errors
/// The refusal, where the rules say no at once; `None` where the workspace is not here yet. Nothing is sent then.
pub fn perform(
    memory: Memory,
    mutation: MutationId,
    commands: Vec<Command>,
    form: Option<Fields>,
) -> Result<(), Option<Refusal>> {
    let submission = Submission { mutation, at: memory.now(), commands };
    let person = memory.read(|_, actor| actor.person()).flatten().ok_or(None)?;
    let body = body(person, mutation, &submission.commands).map_err(|error| Some(unwritable(&error)))?;
    memory.submit(submission.clone())?;
    if submission.undoes().is_none() {
        memory.tell_done(mutation);
    }
    let words = memory.done_words(mutation).unwrap_or_else(|| "A change".to_owned());
    let details = Some(Details { submission, form });
    let (state, kept) = (State::Waiting, Kept::NotYet);
    memory.outbox().push(Item { mutation, person, words, body, details, state, kept });
    #[cfg(feature = "hydrate")]
    super::deliver::take(memory, mutation);
    Ok(())
}

fn unwritable(error: &serde_json::Error) -> Refusal {
    Refusal { reason: Reason::Invalid, field: None, message: error.to_string() }
}

/// Does something at once that is about a node, and sends it; where the rules say no, its row says why.
pub fn perform_at(memory: Memory, node: NodeId, command: Command) {
    if let Err(Some(refusal)) = perform(memory, MutationId(Uuid::now_v7()), vec![command], None) {
        memory.mark(node, Some(Mark::Refused(refusal)));
    }
}

/// Lets go of what was refused at a node and has no form to be mended in: somebody has read why.
pub fn understood(memory: Memory, node: NodeId) {
    #[cfg(feature = "hydrate")]
    super::deliver::understood(memory, |submission| submission.node() == Some(node));
    #[cfg(not(feature = "hydrate"))]
    let _ = (memory, node);
}

/// Lets go of what was refused, for good.
pub fn discard(memory: Memory, mutation: MutationId) {
    #[cfg(feature = "hydrate")]
    super::deliver::discard(memory, mutation);
    #[cfg(not(feature = "hydrate"))]
    memory.outbox().drop(mutation);
}
