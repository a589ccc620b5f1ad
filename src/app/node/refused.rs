//! What the server did not take after it was shown: its form comes back, or, where there is none, a line says why.

use leptos::prelude::*;

use crate::app::form::{Sent, clashes_of};
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
    Effect::new(move |_| {
        if let Some((mutation, refusal)) = memory.refused().get()
            && let Some(fields) = sent.form(mutation)
        {
            memory.refused().set(None);
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
                <button type="button" class="plain" on:click=move |_| mark.set(None)>
                    "Understood"
                </button>
            </p>
        })
    }
}
