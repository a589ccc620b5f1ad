//! What stands above the rows.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::Tree;
use super::levels::Levels;
use crate::app::ui::icon::{Shape, icon};
use crate::domain::day::day_words;
use crate::domain::tree_view::{CycleLabel, TreeHead};

/// The chosen cycle, with the days gone, and the others to choose.
#[component]
pub(super) fn CycleChooser(head: Memo<TreeHead>) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let name = move || head.with(|head| head.cycle_name().to_owned());
    let gone = move || {
        let gone = head.with(|head| head.cycle.as_ref().and_then(|cycle| cycle.gone.clone()));
        gone.map(|(gone, _)| format!("{gone} gone"))
    };
    let choices = move || {
        let cycles = head.with(|head| head.cycles.clone());
        cycles.into_iter().map(|cycle| choice(tree, cycle)).collect_view()
    };
    view! {
        <details class="menu cycle">
            <summary>
                <b>{name}</b>
                <span class="gone">{gone}</span>
                {icon(Shape::DOWN)}
            </summary>
            <ul class="menu-panel" aria-label="Cycles">
                {choices}
                <li>
                    <a href=tree.cycle_address(None)>"All cycles"</a>
                </li>
            </ul>
        </details>
    }
}

fn choice(tree: Tree, cycle: CycleLabel) -> impl IntoView {
    let words = match &cycle.gone {
        Some((_, part)) if part.get() == 0 => "not begun".to_owned(),
        Some((_, part)) if part.get() == 1_000_000 => "over".to_owned(),
        Some((gone, _)) => format!("{gone} gone"),
        None => String::new(),
    };
    let address = tree.cycle_address(Some(&cycle.name));
    view! {
        <li>
            <a href=address>{cycle.name} <span class="gone">{words}</span></a>
        </li>
    }
}

/// What a sheet of paper says of itself: whose tree it is of, of which cycle and which day.
#[component]
pub(super) fn PaperHeading(head: Memo<TreeHead>, day: NaiveDate) -> impl IntoView {
    let words = move || head.with(|head| [head.workspace.as_str(), head.cycle_name(), &day_words(day)].join(" · "));
    view! { <p class="on-paper">{words}</p> }
}

/// How much there is, and what can be done with all of it.
#[component]
pub(super) fn Toolbar(head: Memo<TreeHead>) -> impl IntoView {
    let count =
        |count: u32, one: &str, more: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {more}") };
    let sum = move || {
        head.with(|head| {
            let objectives = count(head.objectives, "objective", "objectives");
            format!("{objectives} · {}", count(head.key_results, "key result", "key results"))
        })
    };
    let may_write = move || head.with(|head| head.may_write);
    view! {
        <div class="toolbar">
            <Levels head />
            <span class="sum">{sum}</span>
            <Show when=may_write>
                <a class="button quiet add" href="/new-objective">
                    {icon(Shape::ADD)}
                    "Objective"
                </a>
            </Show>
        </div>
    }
}
