//! The check-ins: as a line beside the expected pace, and one by one.

use std::fmt::Write;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::check_in::{ConfidenceField, ValueField};
use crate::app::form::NodeForm;
use crate::app::form::field::LongField;
use crate::app::ui::avatar::avatar;
use crate::app::ui::meter::tone;
use crate::app::ui::signs::confidence_sign;
use crate::domain::day::day_words;
use crate::domain::form::Returned;
use crate::domain::node_view::{Chart, CheckInLine, NodeView};

/// The size of the drawing, in its own units.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 160.0;

/// Room around the line, so that it is not cut off.
const ROOM: f64 = 6.0;

/// The history of a key result.
#[component]
pub(super) fn History(view: Memo<NodeView>, returned: Option<Returned>, on_done: Callback<()>) -> impl IntoView {
    let node = view.with_untracked(|view| view.row.node);
    let query = use_query_map();
    let corrected = Memo::new(move |_| query.with(|query| query.get("correct").and_then(|id| id.parse().ok())));
    let returned = StoredValue::new(returned);
    let chart = move || {
        let (chart, status) = view.with(|view| (view.chart.clone(), view.row.status));
        chart.filter(|chart| !chart.points.is_empty()).map(|chart| {
            view! {
                <div class=tone(status)>{draw(&chart)}</div>
            }
        })
    };
    let may_correct = Memo::new(move |_| view.with(|view| view.no_check_in.is_none()));
    let lines = move || view.with(|view| view.check_ins.clone());
    // A line that says the same stays, with whatever is being typed into its correction.
    let key = |line: &CheckInLine| (line.id, line.corrected.clone(), line.age);
    let line = move |line: CheckInLine| {
        let (id, stands) = (line.id, line.corrected.is_none());
        let shown = line.clone();
        let is_corrected = Memo::new(move |_| corrected.get() == Some(id));
        let correction = move || match (stands && may_correct.get(), is_corrected.get()) {
            (false, _) => ().into_any(),
            (true, false) => {
                let address = format!("/node/{node}?correct={id}");
                view! { <a class="correct" href=address>"Correct"</a> }.into_any()
            }
            (true, true) => {
                let line = line.clone();
                view! { <Correction view line returned=returned.get_value() on_done /> }.into_any()
            }
        };
        check_in(shown, correction.into_any())
    };
    let is_empty = move || view.with(|view| view.check_ins.is_empty());
    view! {
        <section class="card history">
            <h2>"Check-ins"</h2>
            {chart}
            <Show when=is_empty>
                <p class="hint">"Nobody has checked it in yet."</p>
            </Show>
            <ol class="check-ins">
                <For each=lines key=key children=line />
            </ol>
        </section>
    }
    .into_any()
}

fn check_in(line: CheckInLine, correction: AnyView) -> impl IntoView {
    let CheckInLine { value, confidence, note, by, day, age, corrected, .. } = line;
    let name = by.as_ref().map_or_else(|| "a table".to_owned(), |by| by.name.clone());
    let is_replaced = corrected.is_some();
    view! {
        <li class:replaced=is_replaced>
            {avatar(by.as_ref())}
            <div>
                <p class="said">
                    <b>{value}</b>
                    {confidence.map(|confidence| confidence_sign(Some(confidence)))}
                    <span class="hint">{name} ", " <time datetime=day.to_string()>{age.short()}</time></span>
                    {corrected.map(|words| view! { <span class="hint">{words}</span> })}
                </p>
                {(!note.is_empty()).then(|| view! { <p class="note">{note}</p> })}
                {correction}
            </div>
        </li>
    }
}

/// The form that says what should have been said. What was said stays in the list.
#[component]
fn Correction(
    view: Memo<NodeView>,
    line: CheckInLine,
    returned: Option<Returned>,
    on_done: Callback<()>,
) -> impl IntoView {
    let node = view.with_untracked(|view| view.row.node);
    let measure = view.with_untracked(|view| view.key_result.as_ref().map(|it| it.measure.clone()));
    let action = format!("/node/{node}?correct={}", line.id);
    view! {
        <NodeForm kind="correct" node returned action fields=&["value", "confidence", "note"] on_done>
            <input type="hidden" name="replaces" value=line.id.to_string() />
            <p class="hint">
                {format!("It says {} for {}. Both stay in the list, and the correction counts.", line.value, day_words(line.day))}
            </p>
            <ValueField view measure form="correct" />
            <ConfidenceField chosen=line.confidence />
            <LongField name="note" form="correct" label="Note" value=line.note />
            <p class="actions">
                <button class="primary">"Correct it"</button>
                <a class="button" href=format!("/node/{node}")>
                    "Leave it"
                </a>
            </p>
        </NodeForm>
    }
    .into_any()
}

fn place((x, y): (f64, f64)) -> (f64, f64) {
    (ROOM + x * (WIDTH - 2.0 * ROOM), HEIGHT - ROOM - y * (HEIGHT - 2.0 * ROOM))
}

fn draw(chart: &Chart) -> impl IntoView + use<> {
    let mut line = String::new();
    for (place_of, point) in chart.points.iter().enumerate() {
        let (x, y) = place(*point);
        let pen = if place_of == 0 { 'M' } else { 'L' };
        // Writing to a string cannot fail.
        let _ = write!(line, "{pen}{x:.1} {y:.1}");
    }
    let straight = |from: (f64, f64), to: (f64, f64)| {
        let ((x1, y1), (x2, y2)) = (place(from), place(to));
        format!("M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}")
    };
    let pace = chart.has_pace.then(|| view! { <path class="chart-pace" d=straight((0.0, 0.0), (1.0, 1.0))></path> });
    let bounds = chart
        .bounds
        .iter()
        .map(|y| view! { <path class="chart-pace" d=straight((0.0, *y), (1.0, *y))></path> })
        .collect_view();
    let today = chart.today.map(|x| view! { <path class="chart-today" d=straight((x, 0.0), (x, 1.0))></path> });
    let last = chart.points.last().map(|last| {
        let (x, y) = place(*last);
        view! { <circle class="chart-last" cx=format!("{x:.1}") cy=format!("{y:.1}") r="4.5"></circle> }
    });
    let (first_day, last_day) = chart.days;
    view! {
        <figure class="chart">
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label="Check-ins over time; each one is listed below">
                <path class="chart-ground" d=straight((0.0, 0.0), (1.0, 0.0))></path>
                {today}
                {pace}
                {bounds}
                <path class="chart-line" d=line></path>
                {last}
            </svg>
            <figcaption>
                <span>{first_day.to_string()}</span>
                <span>{if chart.has_pace { "dashed: expected pace" } else { "dashed: what shall hold" }}</span>
                <span>{last_day.to_string()}</span>
            </figcaption>
        </figure>
    }
}
