//! The line of sight: how an objective or a key result leads to the top.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::failure::Failure;
use super::frame::TopBar;
use super::past::{PastBanner, look_at, node_address, tree_address};
use super::query::query_value;
use super::state::Memory;
use super::ui::icon::{Shape, icon};
use super::ui::meter::{bar, tone};
use super::ui::signs::{confidence_sign, status_sign};
use crate::api::sight::{SightPage, read_sight};
use crate::api::wire::Postcard;
use crate::domain::ids::NodeId;
use crate::domain::progress::percent_of;
use crate::domain::sight::{Gift, Reach, Rung, Sight};

/// The page of a line of sight.
#[component]
pub fn SightScreen() -> impl IntoView {
    let address = use_params_map();
    let name = Memo::new(move |_| address.with(|address| address.get("id").unwrap_or_default()));
    let on = query_value("on");
    let memory = expect_context::<Memory>();
    let page = Resource::<_, Postcard>::new_with_options(
        move || (name.get(), on.get()),
        // What is here needs no server, which may not know yet what was just made.
        move |(name, on)| async move {
            match memory.sight_page(&name).filter(|_| on.is_none()) {
                Some(page) => Ok(page),
                None => read_sight(name, on).await,
            }
        },
        false,
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <SightOf page memory /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// The line as the server told it until the workspace is here, and live from then on.
fn live(memory: Memory, shipped: Sight) -> Memo<Sight> {
    let node = shipped.rungs.last().map(|rung| rung.row.node);
    let rows: Vec<_> = shipped.rungs.iter().filter_map(|rung| memory.row(rung.row.node, Some(&rung.row))).collect();
    Memo::new(move |_| {
        rows.iter().for_each(|row| row.touched.track());
        let now = memory.follow(|workspace, actor| workspace.sight(node?, actor)).flatten();
        now.unwrap_or_else(|| shipped.clone())
    })
}

#[component]
fn SightOf(page: SightPage, memory: Memory) -> impl IntoView {
    let SightPage { viewer, view: shipped, day } = page;
    let memory = look_at(day, memory, &viewer);
    let workspace = shipped.workspace.clone();
    let view = live(memory, shipped);
    let last =
        Memo::new(move |_| view.with(|view| view.rungs.last().map(|rung| (rung.row.node, rung.row.title.clone()))));
    let title = move || last.get().map(|(_, title)| title).unwrap_or_default();
    let lead = move || {
        view.with(|view| match view.rungs.as_slice() {
            [] | [_] => "It hangs under nothing: nothing above it counts on it.".to_owned(),
            [first, ..] => format!("From “{}” down to it, and what each step gives to the one above.", first.row.title),
        })
    };
    let rungs = move || {
        let Sight { rungs, .. } = view.get();
        let progress: Vec<_> = rungs.iter().map(|rung| rung.row.progress).collect();
        let above = std::iter::once(None).chain(progress);
        let own = title();
        rungs
            .into_iter()
            .zip(above)
            .map(|(rung, above)| {
                let gift = rung.gift.as_ref().map(|gift| (gift.label(rung.row.progress, above), gift.clone()));
                view! { <RungOf rung gift title=own.clone() /> }
            })
            .collect_view()
    };
    view! {
        <Title text=move || format!("Line of sight: {} – Trellis", title()) />
        <TopBar viewer workspace=Signal::stored(workspace)>
            <a class="button back" href=move || last.get().map(|(node, _)| tree_address(Some(node)))>
                "Tree"
            </a>
        </TopBar>
        <main class="sight">
            <PastBanner day since=None />
            <p class="kind">"Line of sight"</p>
            <h1>
                <bdi>{title}</bdi>
            </h1>
            <p class="lead">{lead}</p>
            <ol class="rungs">{rungs}</ol>
        </main>
    }
    .into_any()
}

#[component]
fn RungOf(rung: Rung, gift: Option<(String, Gift)>, title: String) -> impl IntoView {
    let Rung { row, reach, .. } = rung;
    let kind = match row.node {
        NodeId::Objective(_) => "Objective",
        NodeId::KeyResult(_) => "Key result",
    };
    let is_own = reach.is_none();
    let full = match reach {
        Some(Reach::Would(full)) => Some(format!("Would be {} with “{title}” at 100\u{a0}%.", percent_of(Some(full)))),
        // The step where it is cut says why.
        Some(Reach::Cut) | None => None,
    };
    let counts = matches!(gift, Some((_, Gift::Counts { .. })));
    let (status, confidence, progress, expected) = (row.status, row.confidence, row.progress, row.expected);
    view! {
        <li class=format!("rung {}", tone(status)) class:own=is_own>
            {gift
                .map(|(words, _)| {
                    view! {
                        <p class="gift" class:counts=counts>
                            {icon(Shape::UP)}
                            <span>{words}</span>
                        </p>
                    }
                })}
            <div class="card">
                <p class="kind">
                    {kind} {(!row.teams.is_empty()).then(|| view! { <span dir="auto">{row.teams.join(", ")}</span> })}
                </p>
                <h2>
                    <a href=node_address(row.node)>
                        <bdi>{row.title}</bdi>
                    </a>
                </h2>
                <div class="numbers">
                    <b class="percent">{row.percent}</b>
                    {bar(progress, expected)}
                    {status_sign(status)}
                    {confidence_sign(confidence)}
                </div>
                {full.map(|words| view! { <p class="reach">{words}</p> })}
            </div>
        </li>
    }
    .into_any()
}
