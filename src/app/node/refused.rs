//! What the server did not take after it was shown: its form comes back, or, where there is none, a line says why.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::app::form::{Sent, clashes_of};
use crate::app::outbox::MENDS;
use crate::app::send;
use crate::app::state::{Mark, Memory};
use crate::domain::command::Reason;
use crate::domain::form::{Problem, Returned};
use crate::domain::ids::NodeId;

/// The form that came back with the page, and after it whichever the server refused last.
pub(super) fn returning(
    memory: Memory,
    node: NodeId,
    sent: Sent,
    shipped: Option<Returned>,
) -> RwSignal<Option<Returned>> {
    let returned = RwSignal::new(shipped);
    let waiting = RwSignal::new(None);
    let query = use_query_map();
    Effect::new(move |_| {
        // What was refused some time ago, and is to be mended now.
        let Some(mutation) = query.with(|query| query.get("mend")?.parse().ok()) else { return };
        memory.restored().track();
        if let Some(item) = memory.outbox().find(mutation).filter(|item| item.is_of(node)) {
            returned.set(item.returned());
        }
    });
    Effect::new(move |_| {
        if let Some((mutation, refusal)) = memory.refused().get()
            && let Some(mut fields) = sent.form(mutation)
        {
            memory.refused().set(None);
            fields.0.push((MENDS.to_owned(), mutation.to_string()));
            let is_conflict = matches!(refusal.reason, Reason::Conflict(_));
            waiting.set(is_conflict.then(|| fields.clone()));
            returned.set(Some(Returned { fields, problem: Problem::from(refusal) }));
        }
    });
    // The refusal may be here before the news that it is about: with them, the form shows both versions.
    Effect::new(move |_| {
        let Some(fields) = waiting.get() else { return };
        memory.follow_closely(|_, _| ());
        if let Some(problem) = clashes_of(memory, node, &fields) {
            waiting.set(None);
            returned.set(Some(Returned { fields, problem }));
        }
    });
    returned
}

/// Why what was done to this node is undone, for as long as nobody has understood.
#[component]
pub(super) fn RefusedNote(node: NodeId) -> impl IntoView {
    let memory = expect_context::<Memory>();
    let mark = memory.row(node, None).map(|signals| signals.mark);
    move || {
        let mark = mark.clone()?;
        let Some(Mark::Refused(refusal)) = mark.get() else { return None };
        Some(view! {
            <p class="problem" role="alert">
                {refusal.message} " What counts is shown again. "
                <button type="button" class="plain" on:click=move |_| {
                    mark.set(None);
                    send::understood(memory, node);
                }>
                    "Understood"
                </button>
            </p>
        })
    }
}
