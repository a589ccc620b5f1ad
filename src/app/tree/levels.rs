//! How many levels show.

use leptos::prelude::*;

use super::Tree;
use super::link::wants_more;
use crate::domain::expansion::Expansion;
use crate::domain::tree_view::TreeHead;

/// The most levels that have a link of their own.
const MOST: u16 = 5;

/// A link for each number of levels, and for all.
#[component]
pub(super) fn Levels(head: Memo<TreeHead>) -> impl IntoView {
    let count = Memo::new(move |_| head.with(|head| head.levels));
    let links = move || {
        let count = count.get();
        let some = (1..count.min(MOST + 1)).map(|levels| {
            let words = match levels {
                1 => "1 level: collapse all".to_owned(),
                levels => format!("{levels} levels"),
            };
            view! { <Level words text=levels.to_string() shows=levels count wanted=Expansion::of_levels(levels - 1) /> }
                .into_any()
        });
        let all = view! { <Level words="All levels: expand all".to_owned() text="All".to_owned() shows=count count wanted=Expansion::all() /> };
        (count > 1).then(|| view! { <>{some.collect_view()} {all}</> })
    };
    view! {
        <nav class="levels" aria-label="Levels">
            <span class="caption" aria-hidden="true">"Levels"</span>
            {links}
        </nav>
    }
}

#[component]
fn Level(words: String, text: String, shows: u16, count: u16, wanted: Expansion) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let address = tree.asked().opened(&wanted).address();
    let is_current = Memo::new(move |_| tree.expansion.with(|expansion| expansion.levels_shown(count) == Some(shows)));
    view! {
        <a
            href=address
            aria-label=words.clone()
            title=words
            aria-current=move || is_current.get().then_some("true")
            on:click=move |event| {
                if !wants_more(&event) {
                    event.prevent_default();
                    tree.expansion.set(wanted.clone());
                }
            }
        >
            {text}
        </a>
    }
}
