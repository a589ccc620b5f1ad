//! The cells of the line of an objective or a key result.

use std::sync::Arc;

use leptos::prelude::*;

use super::Tree;
use super::act::{Act, Changed, asked, changeable};
use super::draft::TitleEditor;
use super::guides::indent;
use super::refused::Refused;
use super::shown::Shown;
use super::value::Current;
use crate::app::past::{Since, node_address};
use crate::app::state::Mark;
use crate::app::ui::avatar::Avatar;
use crate::app::ui::icon::{Icon, Shape};
use crate::app::ui::marked::marked;
use crate::app::ui::meter::{Bar, Ring};
use crate::app::ui::signs::{ConfidenceSign, StatusSign};
use crate::domain::filter::Words;
use crate::domain::ids::NodeId;
use crate::domain::okr::Confidence;
use crate::domain::outline::Line;
use crate::domain::possibility::ChosenField;
use crate::domain::row::{Age, Row, Status};

/// The cells. Each part is drawn anew where what is shown changes, except for what is being typed.
#[component]
pub(super) fn Cells(
    line: Memo<Line>,
    is_open: Memo<bool>,
    row: Signal<Arc<Row>>,
    mark: RwSignal<Option<Mark>>,
) -> impl IntoView {
    let tree = expect_context::<Tree>();
    let since = use_context::<Since>();
    let node = row.with_untracked(|row| row.node);
    let shown = Memo::new(move |_| Shown { row: row.get(), line: line.get(), is_live: tree.is_live.get_untracked() });
    // Drawing a part anew writes each of its attributes, and numbers move on every row up to the root.
    let still = Memo::new_with_compare(
        move |_| shown.get(),
        |before, now| before.zip(now).is_none_or(|(before, now)| !now.is_same_but_for_numbers(before)),
    );
    let renaming = Memo::new(move |_| tree.renaming.with(|renaming| renaming.clone().filter(|it| it.node == node)));
    let title = move || match renaming.get() {
        Some(renaming) => view! { <TitleEditor renaming /> }.into_any(),
        None => tree.finding.words.with(|words| still.with(|shown| title(shown, words))),
    };
    let by = Memo::new(move |_| {
        mark.with(|mark| match mark {
            Some(Mark::Changed(by, _)) => by.clone(),
            _ => None,
        })
    });
    let would_be = Memo::new(move |_| tree.preview.with(|preview| preview.as_ref()?.number(node)));
    let progress = move || row.with(|row| progress(row, would_be.get()));
    let is_live = move || tree.is_live.get_untracked();
    let told = Memo::new(move |_| row.with(|row| Signs::from(&**row)));
    view! {
        <div class="cell name" role="gridcell">
            {move || still.with(|shown| lead(shown, is_open.get()))}
            <span class="grip">{sign(node, row)}</span>
            {title}
            {move || still.with(|shown| badges(shown, by.get()))}
        </div>
        <div class="cell progress" role="gridcell">
            {asked(node, is_live(), progress.into_any())}
            {move || row.with(|row| since.and_then(|since| since.mark(row)))}
        </div>
        <div class="cell value" role="gridcell">
            <Current shown />
            {move || still.with(aim)}
            <Refused node mark />
        </div>
        {move || signs(node, told.get(), is_live())}
        <div class="cell owner" role="gridcell">
            {move || still.with(owner)}
        </div>
    }
}

/// The way in.
fn lead(Shown { line, is_live, .. }: &Shown, is_open: bool) -> AnyView {
    view! {
        {indent(line)}
        {toggle(*line, is_open, *is_live)}
    }
    .into_any()
}

/// What it is: a ring that fills, or a diamond.
fn sign(node: NodeId, row: Signal<Arc<Row>>) -> AnyView {
    match node {
        NodeId::Objective(_) => (move || row.with(|row| view! { <Ring progress=row.progress /> })).into_any(),
        NodeId::KeyResult(_) => view! {
            <svg class="ring" viewBox="0 0 16 16" aria-hidden="true">
                <path class="diamond" d="M8 5 11 8 8 11 5 8z"></path>
            </svg>
        }
        .into_any(),
    }
}

/// Opens and closes what hangs under a line.
pub(super) fn toggle(line: Line, is_open: bool, is_live: bool) -> AnyView {
    if line.below == 0 {
        return view! { <span class="toggle"></span> }.into_any();
    }
    view! {
        <button
            class="toggle"
            type="button"
            data-act=Act::Toggle.name()
            tabindex=is_live.then_some("-1")
            aria-label=if is_open { "Collapse" } else { "Expand" }
        >
            <Icon shape=Shape::CHEVRON />
        </button>
    }
    .into_any()
}

fn title(Shown { row, is_live, .. }: &Shown, words: &Words) -> AnyView {
    let kind = match row.node {
        NodeId::Objective(_) => "Objective: ",
        NodeId::KeyResult(_) => "Key result: ",
    };
    view! {
        <a
            class="title"
            href=node_address(row.node)
            title=row.title.clone()
            data-act=Act::Open.name()
            tabindex=is_live.then_some("-1")
        >
            <span class="visually-hidden">{kind}</span>
            <bdi>{marked(words, &row.title)}</bdi>
        </a>
    }
    .into_any()
}

/// What stands beside the title: the state, the weight, how much it supports, who changed it just now, and the teams.
fn badges(shown: &Shown, by: Option<String>) -> AnyView {
    let row = &shown.row;
    let state = row.state.map(|state| {
        let state = view! { <span class="state">{state.name()}</span> };
        changeable(shown, Changed::Field(ChosenField::State), state.into_any())
    });
    let weight = row.weight.map(|weight| {
        let weight = view! {
            <span class="state">
                <span aria-hidden="true">{format!("×\u{2009}{weight}")}</span>
                <span class="visually-hidden">{format!("weight {weight}")}</span>
            </span>
        };
        changeable(shown, Changed::Numbers, weight.into_any())
    });
    let teams = match row.teams.as_slice() {
        [] => None,
        [team] => Some(team.clone()),
        [team, others @ ..] => Some(format!("{team} +{}", others.len())),
    };
    let teams = teams.map(|teams| {
        let teams = view! {
            <span class="team" dir="auto" title=row.teams.join(", ")>
                <span>{teams}</span>
            </span>
        };
        changeable(shown, Changed::Field(ChosenField::Teams), teams.into_any())
    });
    view! {
        {state}
        {weight}
        {supports(row.supports)}
        {by.map(|by| view! { <span class="by">{by} ", just now"</span> })}
        {teams}
        <button
            class="more scripted"
            type="button"
            data-act=Act::Menu.name()
            tabindex="-1"
            aria-label="Actions"
            aria-haspopup="menu"
        ></button>
    }
    .into_any()
}

fn supports(count: u32) -> Option<AnyView> {
    let words = match count {
        0 => return None,
        1 => "Supports an objective elsewhere".to_owned(),
        count => format!("Supports {count} objectives elsewhere"),
    };
    let title = words.clone();
    let sign = view! {
        <span class="supports" title=title>
            <Icon shape=Shape::SUPPORT />
            <span class="visually-hidden">{words}</span>
            <span aria-hidden="true">{count}</span>
        </span>
    };
    Some(sign.into_any())
}

/// How far it is, or would be after a move: the bar and the number.
fn progress(row: &Row, would_be: Option<String>) -> AnyView {
    let class = if would_be.is_some() { "percent would-be" } else { "percent" };
    view! {
        <Bar progress=row.progress expected=row.expected />
        <span class=class>{would_be.unwrap_or_else(|| row.percent.clone())}</span>
    }
    .into_any()
}

/// Where a value shall be.
fn aim(shown: &Shown) -> Option<AnyView> {
    let aim = shown.row.value.as_ref()?.aim.clone();
    let aim = view! { <span class="aim">{aim}</span> };
    Some(changeable(shown, Changed::Numbers, aim.into_any()))
}

/// What is told of a row besides its progress. Higher up, that seldom changes with a check-in.
#[derive(Clone, Copy, PartialEq)]
struct Signs {
    status: Status,
    confidence: Option<Confidence>,
    checked: Option<Age>,
    stale: bool,
}

impl From<&Row> for Signs {
    fn from(row: &Row) -> Self {
        Self { status: row.status, confidence: row.confidence, checked: row.checked, stale: row.stale }
    }
}

/// Pace, confidence and the last check-in.
fn signs(node: NodeId, Signs { status, confidence, checked, stale }: Signs, is_live: bool) -> AnyView {
    let pace = view! { <StatusSign status /> };
    let confidence = view! { <ConfidenceSign confidence /> };
    let (class, title) = match stale {
        true => ("cell checked stale", Some("A check-in is due")),
        false => ("cell checked", None),
    };
    let due = stale.then(|| view! { <span class="visually-hidden">"a check-in is due"</span> });
    let age = checked.map(|age| age.short()).or_else(|| stale.then(|| "due".to_owned()));
    view! {
        <div class="cell pace" role="gridcell">
            {asked(node, is_live, pace.into_any())}
        </div>
        <div class="cell confidence" role="gridcell">
            {asked(node, is_live, confidence.into_any())}
        </div>
        <div class=class role="gridcell" title=title>
            <span>{age}</span>
            {due}
        </div>
    }
    .into_any()
}

fn owner(shown: &Shown) -> AnyView {
    let owner = view! { <Avatar person=shown.row.owner.clone() /> };
    changeable(shown, Changed::Field(ChosenField::Owner), owner.into_any())
}
