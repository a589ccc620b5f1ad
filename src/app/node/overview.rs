//! What it is, where it hangs, and how it is going.

use leptos::prelude::*;

use crate::app::past::{node_address, sight_address, tree_address};
use crate::app::ui::avatar::avatar;
use crate::app::ui::meter::{bar, tone};
use crate::app::ui::signs::{confidence_sign, status_sign};
use crate::domain::node_view::NodeView;

/// The head of the page.
#[component]
pub(super) fn Overview(
    view: Memo<NodeView>,
    /// Whether the page is about it, rather than about the tree.
    is_page: bool,
) -> impl IntoView {
    let path = move || {
        view.with(|view| view.path.clone())
            .into_iter()
            .map(|link| {
                view! {
                    <li>
                        <a href=node_address(link.node)><bdi>{link.title}</bdi></a>
                    </li>
                }
            })
            .collect_view()
    };
    let kind = move || view.with(|view| if view.key_result.is_some() { "Key result" } else { "Objective" });
    let row = move || view.with(|view| view.row.clone());
    let value = move || {
        row().value.map(|value| {
            view! {
                <span class="now">{value.current}</span>
                <span class="aim">{value.aim}</span>
            }
        })
    };
    let description = move || {
        let text = view.with(|view| match &view.key_result {
            Some(key_result) => key_result.description.clone(),
            None => view.objective.description.clone(),
        });
        (!text.is_empty()).then(|| view! { <p class="description">{text}</p> })
    };
    view! {
        <header class="node-head">
            <nav aria-label="Way from the root">
                <ol class="path">{path}</ol>
            </nav>
            <p class="kind">{kind}</p>
            <p class="leads">
                <a href=move || sight_address(row().node)>"Line of sight"</a>
                {is_page
                    .then(|| view! { <a href=move || tree_address(Some(row().node))>"Show in the tree"</a> })}
            </p>
            {if is_page {
                view! {
                    <h1>
                        <bdi>{move || row().title}</bdi>
                    </h1>
                }
                    .into_any()
            } else {
                view! {
                    <h2>
                        <bdi>{move || row().title}</bdi>
                    </h2>
                }
                    .into_any()
            }}
            {description}
            <div class=move || format!("numbers {}", tone(row().status))>
                <p class="big">
                    <span class="now">{move || row().percent}</span>
                    {value}
                </p>
                {move || bar(row().progress, row().expected)}
                <p class="signs">
                    {move || status_sign(row().status)}
                    <span class="pair">
                        <span class="hint">"Confidence"</span>
                        {move || confidence_sign(row().confidence)}
                    </span>
                    {move || row().stale.then(|| view! { <span class="sign warn">"a check-in is due"</span> })}
                </p>
            </div>
            <Facts view />
        </header>
    }
    .into_any()
}

#[component]
fn Facts(view: Memo<NodeView>) -> impl IntoView {
    let owner = move || {
        let owner = view.with(|view| view.row.owner.clone());
        let name = owner.as_ref().map_or_else(|| "nobody yet".to_owned(), |owner| owner.name.clone());
        view! {
            {avatar(owner.as_ref())}
            <span aria-hidden="true">{name}</span>
        }
    };
    let teams = move || view.with(|view| view.row.teams.join(", "));
    let cycle = move || {
        view.with(|view| {
            view.cycle.as_ref().map(|cycle| match &cycle.gone {
                Some((gone, _)) => format!("{}, {gone} gone", cycle.name),
                None => cycle.name.clone(),
            })
        })
    };
    let state = move || view.with(|view| format!("{}, {}", view.objective.state.name(), view.objective.stance.name()));
    let weight = move || {
        view.with(|view| view.key_result.as_ref().map_or(view.objective.weight, |key_result| key_result.weight).get())
    };
    view! {
        <dl class="facts">
            <div>
                <dt>"Owner"</dt>
                <dd class="person">{owner}</dd>
            </div>
            <div>
                <dt>"Teams"</dt>
                <dd>{move || Some(teams()).filter(|teams| !teams.is_empty()).unwrap_or_else(|| "none".to_owned())}</dd>
            </div>
            <div>
                <dt>"Cycle"</dt>
                <dd>{move || cycle().unwrap_or_else(|| "none".to_owned())}</dd>
            </div>
            <div>
                <dt>"State"</dt>
                <dd>{state}</dd>
            </div>
            <div>
                <dt>"Weight"</dt>
                <dd>{weight}</dd>
            </div>
        </dl>
    }
    .into_any()
}
