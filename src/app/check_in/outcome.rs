//! What came of today's check-ins, once no card is left.

use leptos::prelude::*;

use crate::app::state::Memory;
use crate::domain::check_in_view::{Above, Outcome};
use crate::domain::day::day_words;
use crate::domain::ids::PersonId;

/// What the check-ins did to the objectives above, what is still due, and when the next is.
#[component]
pub(super) fn OutcomeOf(
    /// What the page said.
    shipped: Outcome,
    /// How many cards are still due.
    due: usize,
    person: PersonId,
    memory: Memory,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        // What a number was before needs what was said before.
        let missing = memory.follow(|workspace, _| {
            let incomplete = |id: &_| workspace.key_result(*id).is_some_and(|node| node.incomplete);
            workspace.checked_in_today(person).filter(incomplete).collect::<Vec<_>>()
        });
        missing.into_iter().flatten().for_each(|id| crate::app::live::complete(memory, id));
    });
    let outcome = Memo::new(move |_| {
        let now = memory.follow_closely(|workspace, _| {
            let is_whole = workspace.checked_in_today(person).all(|id| workspace.is_whole(id.into()));
            is_whole.then(|| (workspace.outcome_of_today(person), workspace.count_due(person)))
        });
        now.flatten().unwrap_or_else(|| (shipped.clone(), due))
    });
    let title = move || match outcome.with(|(outcome, due)| (outcome.check_ins, *due)) {
        (0, 0) => "Nothing is due".to_owned(),
        (_, 0) => "All checked in".to_owned(),
        (_, 1) => "One is still due".to_owned(),
        (_, due) => format!("{due} are still due"),
    };
    let again = move || {
        outcome.with(|(_, due)| *due > 0).then(|| {
            view! {
                <p>
                    <a class="button primary" href="/check-in">
                        "Go over what is due"
                    </a>
                </p>
            }
        })
    };
    let moved = move || {
        let Outcome { check_ins, moved, .. } = outcome.with(|(outcome, _)| outcome.clone());
        let lead = match (check_ins, moved.is_empty()) {
            (0, _) => return None,
            (_, true) => "Today’s check-ins moved nothing above them.",
            (1, false) => "What your check-in of today moved:",
            (_, false) => "What your check-ins of today moved:",
        };
        let rows = moved.into_iter().map(|Above { node, title, was, is }| {
            view! {
                <li>
                    <a href=format!("/node/{node}")><bdi>{title}</bdi></a>
                    <span class="change">
                        {was}
                        <span aria-hidden="true">" → "</span>
                        <span class="visually-hidden">" before, now "</span>
                        <b>{is}</b>
                    </span>
                </li>
            }
        });
        Some(view! {
            <p>{lead}</p>
            <ol class="moved-above">{rows.collect_view()}</ol>
        })
    };
    let next = move || {
        outcome.with(|(outcome, _)| match outcome.next {
            Some(next) => format!("The next is due on {}.", day_words(next)),
            None => "Nothing else falls due.".to_owned(),
        })
    };
    view! {
        <section class="check-in-card outcome-of-today">
            <h1>{title}</h1>
            {moved}
            <p class="hint">{next}</p>
            {again}
            <p>
                <a class="button" href="/tree">
                    "Show the tree"
                </a>
            </p>
        </section>
    }
    .into_any()
}
