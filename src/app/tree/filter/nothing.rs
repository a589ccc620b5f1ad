//! What stands in place of the rows where nothing was found.

use leptos::prelude::*;

use super::Finding;
use super::bar::keep_focus_of;
use crate::domain::filter::{Filter, FilterView, Loosened};
use crate::domain::tree_view::TreeQuery;

/// Says that nothing was found, and what to leave out to find something.
#[component]
pub(in crate::app::tree) fn NothingFound(finding: Finding, found: Memo<FilterView>) -> impl IntoView {
    let ways = move || {
        found.with(|found| found.loosened.clone()).into_iter().map(move |way| loosened(finding, way)).collect_view()
    };
    let everywhere = move || {
        let TreeQuery { focus, on, since, .. } = finding.address.with(|address| TreeQuery::read(address));
        let filter = finding.filter.with(Filter::query);
        TreeQuery { focus, on, since, filter, ..TreeQuery::of_cycle(None) }.address()
    };
    let has_ways = move || found.with(|found| !found.loosened.is_empty());
    view! {
        <section class="nothing">
            <h2>"Nothing matches all of that"</h2>
            <Show when=has_ways>
                <p>"Leave something out to find more:"</p>
                <ul>{ways}</ul>
            </Show>
            <p class="ways-out">
                <Show when=move || !finding.is_of_all_cycles()>
                    <a class="button" href=everywhere>
                        "Look in all cycles"
                    </a>
                </Show>
                <a
                    class="button"
                    href=move || finding.address_of(&Filter::default())
                    data-noscroll=""
                    on:click=move |event| {
                        finding.follow(&event, Filter::default());
                        keep_focus_of(&event, 0);
                    }
                >
                    "Show everything"
                </a>
            </p>
        </section>
    }
}

fn loosened(finding: Finding, way: Loosened) -> impl IntoView {
    let Loosened { without, filter, matches } = way;
    let what =
        without.map_or_else(|| "Without the text".to_owned(), |choice| format!("Without “{}”", choice.in_words()));
    let count = if matches == 1 { "1 match".to_owned() } else { format!("{matches} matches") };
    let address = {
        let filter = filter.clone();
        move || finding.address_of(&filter)
    };
    view! {
        <li>
            <a
                href=address
                data-noscroll=""
                on:click=move |event| {
                    finding.follow(&event, filter.clone());
                    keep_focus_of(&event, 0);
                }
            >
                {what}
            </a>
            <span class="gone">{count}</span>
        </li>
    }
}
