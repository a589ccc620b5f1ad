//! What this person does: shown at once, then sent until it is answered.

use std::collections::VecDeque;
use std::time::Duration;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::js_sys::Date;
use uuid::Uuid;

use super::replica::Submission;
use super::state::{Connection, Mark, Memory};
use crate::api::ApiError;
use crate::api::tree::{Submitted, send};
use crate::domain::change::Record;
use crate::domain::command::{Command, Reason, Refusal};
use crate::domain::ids::{CheckInId, KeyResultId, MutationId, NodeId};
use crate::domain::measure::Value;
use crate::domain::okr::CheckIn;

/// The longest that a failed attempt waits for the next one, in milliseconds.
const LONGEST_WAIT: u64 = 30_000;

/// What waits to be sent, in order, and how often the first of it failed in a row.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    pub(super) waiting: VecDeque<Submission>,
    is_sending: bool,
    failures: u32,
}

#[cfg(feature = "hydrate")]
impl Outbox {
    /// Whether the submission still waits for its answer.
    pub(super) fn holds(&self, mutation: MutationId) -> bool {
        self.waiting.iter().any(|submission| submission.mutation == mutation)
    }
}

/// The moment by the server's clock, as far as its answers told.
pub(super) fn now(memory: Memory) -> DateTime<Utc> {
    let millis = Date::now() + memory.clock_offset();
    DateTime::from_timestamp_millis(millis as i64).unwrap_or_default()
}

/// Checks a key result in with a value alone.
pub fn check_in(memory: Memory, key_result: KeyResultId, value: Value) {
    let made = memory
        .read(|workspace, actor| (actor.person(), workspace.today(), workspace.check_in_time(key_result, now(memory))));
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

/// Does something at once and sends it.
///
/// # Errors
/// The refusal, where the rules say no at once; `None` where the workspace is not here yet. Nothing is sent then.
pub fn perform(memory: Memory, mutation: MutationId, commands: Vec<Command>) -> Result<(), Option<Refusal>> {
    let submission = Submission { mutation, at: now(memory), commands };
    memory.submit(submission.clone())?;
    if submission.undoes().is_none() {
        super::undo::tell_done(memory, mutation);
    }
    memory.outbox().update_value(|outbox| outbox.waiting.push_back(submission));
    keep(memory);
    pump(memory);
    Ok(())
}

/// Does something at once that is about a node, and sends it; where the rules say no, its row says why.
pub fn perform_at(memory: Memory, node: NodeId, command: Command) {
    if let Err(Some(refusal)) = perform(memory, MutationId(Uuid::now_v7()), vec![command]) {
        memory.mark(node, Some(Mark::Refused(refusal)));
    }
}

/// Sends what waits, unless that is under way.
pub fn pump(memory: Memory) {
    let next = memory.outbox().try_update_value(|outbox| {
        let next = outbox.waiting.front().filter(|_| !outbox.is_sending).cloned();
        outbox.is_sending |= next.is_some();
        next
    });
    let Some(Some(submission)) = next else { return };
    spawn_local(async move {
        let answer = send(submission.mutation, submission.commands.clone()).await;
        let wait = settle(memory, &submission, answer);
        memory.outbox().update_value(|outbox| outbox.is_sending = false);
        match wait {
            None => pump(memory),
            Some(wait) => set_timeout(move || pump(memory), wait),
        }
    });
}

/// Takes in an answer. Returns how long to wait before the next attempt, where this one failed.
fn settle(memory: Memory, submission: &Submission, answer: Result<Submitted, ApiError>) -> Option<Duration> {
    let refusal = match answer {
        Ok(Submitted::Accepted) => None,
        Ok(Submitted::Refused(refusal)) => Some(refusal),
        // Sent again, it would be rejected again, and whatever waits behind it would wait for ever.
        Err(error @ ApiError::Rejected(_)) => {
            Some(Refusal { reason: Reason::Invalid, field: None, message: error.to_string() })
        }
        Err(error) => return Some(try_again(memory, error)),
    };
    memory.outbox().update_value(|outbox| {
        outbox.waiting.retain(|waiting| waiting.mutation != submission.mutation);
        outbox.failures = 0;
    });
    keep(memory);
    memory.answered(true);
    if let Some(refusal) = refusal {
        memory.refuse(submission, refusal);
    }
    None
}

/// Tells that an attempt failed, and after how long to make the next one.
fn try_again(memory: Memory, error: ApiError) -> Duration {
    let failures = memory.outbox().try_update_value(|outbox| {
        outbox.failures += 1;
        outbox.failures
    });
    if error == ApiError::SignedOut {
        memory.connection().set(Connection::SignedOut);
    } else {
        memory.answered(false);
    }
    let wait = 500_u64 << failures.unwrap_or_default().min(6);
    Duration::from_millis(wait.min(LONGEST_WAIT))
}

/// Counts what waits, and keeps it where it outlives the page.
pub(super) fn keep(memory: Memory) {
    memory.unsent().set(memory.outbox().with_value(|outbox| outbox.waiting.len()));
    #[cfg(feature = "hydrate")]
    super::kept::write(memory);
}
