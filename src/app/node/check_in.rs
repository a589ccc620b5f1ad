//! The form that checks a key result in.

use leptos::prelude::*;

use crate::app::form::field::{FieldProblem, LongField, SelectField, TextField};
use crate::app::form::{FormState, NodeForm};
use crate::domain::form::Returned;
use crate::domain::measure::{Grade, Measure, Value};
use crate::domain::node_view::NodeView;
use crate::domain::okr::Confidence;

/// The form, or why there is none. What somebody has begun to fill in stays, with the reason above it, so that nothing
/// typed is lost where an objective closes meanwhile.
#[component]
pub(super) fn CheckInSection(view: Memo<NodeView>, returned: Option<Returned>, on_done: Callback<()>) -> impl IntoView {
    let obstacle = Memo::new(move |_| view.with(|view| view.no_check_in.clone()));
    let is_begun = RwSignal::new(returned.as_ref().is_some_and(|returned| returned.fields.get("form") == "check-in"));
    let is_shown = Memo::new(move |_| obstacle.with(Option::is_none) || is_begun.get());
    let on_checked_in = Callback::new(move |()| {
        is_begun.set(false);
        on_done.run(());
    });
    let returned = StoredValue::new(returned);
    // Another measure asks for another field.
    let measure = Memo::new(move |_| view.with(|view| view.key_result.as_ref().map(|it| it.measure.clone())));
    view! {
        <section class="card" id="check-in" on:input=move |_| is_begun.set(true)>
            <h2>"Check in"</h2>
            {move || obstacle.get().map(|why| view! { <p class="hint">{why}</p> })}
            {move || {
                is_shown.get().then(|| {
                    view! { <CheckInForm view measure=measure.get() returned=returned.get_value() on_done=on_checked_in /> }
                })
            }}
        </section>
    }
    .into_any()
}

#[component]
fn CheckInForm(
    view: Memo<NodeView>,
    measure: Option<Measure>,
    returned: Option<Returned>,
    on_done: Callback<()>,
) -> impl IntoView {
    let node = view.with_untracked(|view| view.row.node);
    view! {
        <NodeForm kind="check-in" node returned fields=&["value", "confidence", "note"] on_done>
            <ValueField view measure form="check-in" />
            <ConfidenceField chosen=None />
            <LongField name="note" form="check-in" label="Note" hint="Why, what helps, what is in the way." />
            <LastNote view />
            <p class="actions">
                <button class="primary">"Check in"</button>
            </p>
        </NodeForm>
    }
    .into_any()
}

#[component]
pub(super) fn ValueField(view: Memo<NodeView>, measure: Option<Measure>, form: &'static str) -> impl IntoView {
    let (current, aim) = view.with_untracked(|view| {
        let value = view.row.value.as_ref();
        (
            value.map(|value| value.current.clone()).unwrap_or_default(),
            value.map(|value| value.aim.clone()).unwrap_or_default(),
        )
    });
    match measure {
        Some(Measure::Graded { commit, target, stretch }) => {
            let texts = ["nothing yet".to_owned(), commit, target, stretch];
            let option =
                |(grade, text): (Grade, String)| (grade.name().to_owned(), format!("{}: {text}", grade.name()));
            let mut options = vec![(String::new(), "choose what is reached".to_owned())];
            options.extend(Grade::ALL.into_iter().zip(texts).map(option));
            view! { <SelectField name="value" form label="Reached" options /> }.into_any()
        }
        Some(Measure::Milestones { steps }) => {
            view! { <StepsField view steps=steps.into_iter().map(|step| step.title).collect() /> }.into_any()
        }
        _ => {
            let hint = format!("Now {current} {aim}. 42, +3, 1.2m or 50% all work.");
            view! { <TextField name="value" form label="Value" hint required=true /> }.into_any()
        }
    }
}

/// The steps of milestones, with those that are done.
#[component]
pub fn StepsField(
    /// The key result.
    view: Memo<NodeView>,
    /// The titles of its steps.
    steps: Vec<String>,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let done = view.with_untracked(|view| view.steps_done.clone());
    let is_done = |place: u16| matches!(&done, Some(Value::Steps(done)) if done.contains(&place));
    let boxes = steps
        .into_iter()
        .zip(0_u16..)
        .map(|(title, place)| {
            let title = if title.is_empty() { format!("Step {}", place + 1) } else { title };
            let checked = state.is_chosen("step", &place.to_string(), is_done(place));
            view! {
                <label class="check">
                    <input type="checkbox" name="step" value=place.to_string() checked=checked />
                    <span>{title}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field checks">
            <legend class="label">"Steps done"</legend>
            <input type="hidden" name="step-form" value="1" />
            <div class="options">{boxes}</div>
            <FieldProblem name="value" />
        </fieldset>
    }
    .into_any()
}

/// From 0 to 10, and none chosen before somebody does, but in a correction what they chose then.
#[component]
pub(super) fn ConfidenceField(chosen: Option<Confidence>) -> impl IntoView {
    let state = expect_context::<FormState>();
    let choices = (0..=10)
        .map(|number: u8| {
            let checked =
                state.is_chosen("confidence", &number.to_string(), chosen.is_some_and(|it| it.get() == number));
            let band = match number {
                8.. => "good",
                4..=7 => "warn",
                _ => "bad",
            };
            view! {
                <label class=format!("grade {band}")>
                    <input type="radio" name="confidence" value=number.to_string() checked=checked />
                    <span>{number.to_string()}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field confidence-field">
            <legend class="label">"Confidence: will it be reached?"</legend>
            <div class="grades">{choices}</div>
            <p class="hint ends">
                <span>"0 it will not"</span>
                <span>"10 it will"</span>
            </p>
            <FieldProblem name="confidence" />
        </fieldset>
    }
    .into_any()
}

#[component]
fn LastNote(view: Memo<NodeView>) -> impl IntoView {
    let last =
        move || view.with(|view| view.check_ins.first().map(|last| last.note.clone())).filter(|note| !note.is_empty());
    move || last().map(|note| view! { <p class="hint last-note">"Last time: " <q>{note}</q></p> })
}
