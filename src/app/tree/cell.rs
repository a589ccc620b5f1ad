//! The cells of a row that only show.

use leptos::either::Either;
use leptos::prelude::*;

use super::change::{Changeable, Changed};
use super::draft::TitleEditor;
use super::guides::Indent;
use super::menu::MoreButton;
use super::row_context::RowContext;
use super::toggle::Toggle;
use super::why::Asked;
use super::{Tree, panel};
use crate::app::past::{MovementMark, node_address};
use crate::app::state::Mark;
use crate::app::ui::icon::Icon;
use crate::app::ui::marked::marked;
use crate::app::ui::meter::{Bar, Ring};
use crate::domain::ids::NodeId;
use crate::domain::outline::{Line, LineId};
use crate::domain::possibility::ChosenField;

/// What it is: the way in, the title, the teams, and who changed it just now.
#[component]
pub(super) fn Name(
    context: RowContext,
    line: Memo<Option<Line>>,
    id: LineId,
    is_parent: Memo<bool>,
    is_open: Memo<bool>,
) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let RowContext { row, mark } = context;
    let node = row.with_untracked(|row| row.node);
    let sign = match node {
        NodeId::Objective(_) => {
            Either::Left(view! { <Ring progress=Signal::derive(move || row.with(|row| row.progress)) /> })
        }
        NodeId::KeyResult(_) => Either::Right(view! {
            <svg class="ring" viewBox="0 0 16 16" aria-hidden="true">
                <path class="diamond" d="M8 5 11 8 8 11 5 8z"></path>
            </svg>
        }),
    };
    let kind = match node {
        NodeId::Objective(_) => "Objective: ",
        NodeId::KeyResult(_) => "Key result: ",
    };
    let renaming = Memo::new(move |_| tree.renaming.with(|renaming| renaming.clone().filter(|it| it.node == node)));
    let teams = move || {
        row.with(|row| match row.teams.as_slice() {
            [] => String::new(),
            [team] => team.clone(),
            [team, others @ ..] => format!("{team} +{}", others.len()),
        })
    };
    let state = Memo::new(move |_| row.with(|row| row.state));
    let state = move || {
        let state = state.get()?;
        Some(view! {
            <Changeable row what=Changed::Field(ChosenField::State)>
                <span class="state">{state.name()}</span>
            </Changeable>
        })
    };
    let weight = Memo::new(move |_| row.with(|row| row.weight));
    let weight = move || {
        let weight = weight.get()?;
        Some(view! {
            <Changeable row what=Changed::Numbers>
                <span class="state">
                    <span aria-hidden="true">{format!("×\u{2009}{weight}")}</span>
                    <span class="visually-hidden">{format!("weight {weight}")}</span>
                </span>
            </Changeable>
        })
    };
    let supports = move || {
        let count = row.with(|row| row.supports);
        let words = match count {
            0 => return None,
            1 => "Supports an objective elsewhere".to_owned(),
            count => format!("Supports {count} objectives elsewhere"),
        };
        let title = words.clone();
        Some(view! {
            <span class="supports" title=title>
                <Icon name="support" />
                <span class="visually-hidden">{words}</span>
                <span aria-hidden="true">{count}</span>
            </span>
        })
    };
    let by = move || match mark.get() {
        Some(Mark::Changed(Some(by), _)) => Some(view! { <span class="by">{by} ", just now"</span> }),
        _ => None,
    };
    view! {
        <div class="cell name" role="gridcell">
            <Indent line />
            <Toggle id is_parent is_open />
            <span class="grip">{sign}</span>
            {move || match renaming.get() {
                Some(renaming) => view! { <TitleEditor renaming /> }.into_any(),
                None => view! {
            <a
                class="title"
                href=node_address(node)
                draggable="false"
                on:click=move |event| panel::follow(&event, tree, node)
                tabindex=move || tree.is_live.get().then_some("-1")
                title=move || row.with(|row| row.title.clone())
            >
                <span class="visually-hidden">{kind}</span>
                <bdi>{move || row.with(|row| tree.finding.words.with(|words| marked(words, &row.title)))}</bdi>
            </a>
                }
                .into_any(),
            }}
            {state}
            {weight}
            {supports}
            {by}
            <Changeable row what=Changed::Field(ChosenField::Teams)>
                <span class="team" dir="auto" title=move || row.with(|row| row.teams.join(", "))>
                    {teams}
                </span>
            </Changeable>
            <MoreButton id />
        </div>
    }
}

/// How far it is: the bar and the number.
#[component]
pub(super) fn Progress(context: RowContext) -> impl IntoView {
    let RowContext { row, .. } = context;
    let tree = expect_context::<Tree>();
    let node = row.with_untracked(|row| row.node);
    let would_be = Memo::new(move |_| tree.preview.with(|preview| preview.as_ref()?.number(node)));
    view! {
        <div class="cell progress" role="gridcell">
            <Asked node>
                <Bar
                    progress=Signal::derive(move || row.with(|row| row.progress))
                    expected=Signal::derive(move || row.with(|row| row.expected))
                />
                <span class="percent" class:would-be=move || would_be.with(Option::is_some)>
                    {move || would_be.get().unwrap_or_else(|| row.with(|row| row.percent.clone()))}
                </span>
            </Asked>
            <MovementMark row />
        </div>
    }
}

/// When it was last checked in.
#[component]
pub(super) fn Checked(context: RowContext) -> impl IntoView {
    let RowContext { row, .. } = context;
    let is_stale = move || row.with(|row| row.stale);
    let age = move || row.with(|row| row.checked).map(|age| age.short());
    let title = move || is_stale().then_some("A check-in is due");
    view! {
        <div class="cell checked" class:stale=is_stale role="gridcell" title=title>
            <span>{move || age().or_else(|| is_stale().then(|| "due".to_owned()))}</span>
            <span class="visually-hidden">{move || is_stale().then_some("a check-in is due")}</span>
        </div>
    }
}
