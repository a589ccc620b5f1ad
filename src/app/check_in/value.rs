//! The field for a value, fitted to the measure.

use leptos::html::Input;
use leptos::prelude::*;

use crate::app::form::FormState;
use crate::app::form::field::FieldProblem;
use crate::app::node::StepsField;
use crate::app::state::Memory;
use crate::app::ui::signs::status_sign;
use crate::domain::ids::NodeId;
use crate::domain::measure::{Grade, Measure};
use crate::domain::node_view::NodeView;
use crate::domain::row::Status;

/// A number with its buttons, the steps that are done, or the grade that is reached.
#[component]
pub(super) fn CardValue(
    view: Memo<NodeView>,
    measure: Option<Measure>,
    /// The current value as a form writes it.
    plain: String,
) -> impl IntoView {
    match measure {
        Some(Measure::Milestones { steps }) => {
            view! { <StepsField view steps=steps.into_iter().map(|step| step.title).collect() /> }.into_any()
        }
        Some(Measure::Graded { commit, target, stretch }) => {
            view! { <GradeChoice texts=["nothing yet".to_owned(), commit, target, stretch] /> }.into_any()
        }
        Some(measure) => view! { <NumberField view measure plain /> }.into_any(),
        None => ().into_any(),
    }
}

#[component]
fn GradeChoice(texts: [String; 4]) -> impl IntoView {
    let state = expect_context::<FormState>();
    let choices = Grade::ALL
        .into_iter()
        .zip(texts)
        .map(|(grade, text)| {
            let checked = state.is_chosen("value", grade.name(), false);
            view! {
                <label class="check">
                    <input type="radio" name="value" value=grade.name() required checked=checked />
                    <span>
                        <b>{grade.name()}</b>
                        ": "
                        {text}
                    </span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field checks">
            <legend class="label">"Reached"</legend>
            <div class="options">{choices}</div>
            <FieldProblem name="value" />
        </fieldset>
    }
    .into_any()
}

#[component]
fn NumberField(view: Memo<NodeView>, measure: Measure, plain: String) -> impl IntoView {
    let state = expect_context::<FormState>();
    let is_wrong = state.is_wrong("value");
    let field = NodeRef::<Input>::new();
    let unit = view.with_untracked(|view| view.key_result.as_ref().map(|it| it.unit.clone()).unwrap_or_default());
    let current = measure.parse_value(&plain, &unit, None).ok();
    let keys = if measure.knows_negative(current.as_ref()) { "text" } else { "decimal" };
    let aim = view.with_untracked(|view| view.row.value.as_ref().map(|value| value.aim.clone()).unwrap_or_default());
    let label = if unit.is_empty() { "Now".to_owned() } else { format!("Now, in {unit}") };
    let measure = StoredValue::new((measure, unit, current));
    let typed = RwSignal::new(state.value("value", ""));
    let step = Callback::new(move |by: i32| {
        let Some(field) = field.get_untracked() else { return };
        let stepped =
            measure.with_value(|(measure, unit, current)| measure.stepped(&field.value(), unit, current.as_ref(), by));
        // Where what is typed is no number, Save says so.
        if let Ok(text) = stepped {
            field.set_value(&text);
            typed.set(text);
        }
    });
    view! {
        <div class="field number">
            <label class="label" for="card-value">
                {label}
                <span class="hint">" " {aim}</span>
            </label>
            <div class="stepper">
                <button class="scripted" type="button" aria-label="Less" on:click=move |_| step.run(-1)>
                    "−"
                </button>
                <input
                    id="card-value"
                    name="value"
                    type="text"
                    inputmode=keys
                    maxlength="300"
                    autocomplete="off"
                    enterkeyhint="done"
                    required
                    placeholder=plain
                    value=state.value("value", "")
                    aria-invalid=move || is_wrong.get().then_some("true")
                    aria-describedby=move || is_wrong.get().then_some("card-value-problem")
                    node_ref=field
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button class="scripted" type="button" aria-label="More" on:click=move |_| step.run(1)>
                    "+"
                </button>
            </div>
            <Reading view typed />
            <FieldProblem name="value" id="card-value-problem" />
        </div>
    }
    .into_any()
}

/// What the typed value comes to, once it is one: of a value that shall hold, whether it does.
#[component]
fn Reading(view: Memo<NodeView>, typed: RwSignal<String>) -> impl IntoView {
    let memory = expect_context::<Memory>();
    let reading = move || {
        let NodeId::KeyResult(id) = view.with(|view| view.row.node) else { return None };
        let read = memory.follow(|workspace, _| typed.with(|typed| workspace.read_typed(id, typed)))?.ok()?;
        Some(match read.holds {
            Some(true) => status_sign(Status::Holds).into_any(),
            Some(false) => status_sign(Status::Broken).into_any(),
            None => view! { <span>{format!("{} → {}", read.label, read.percent)}</span> }.into_any(),
        })
    };
    view! {
        <p class="reading" aria-live="polite">
            {reading}
        </p>
    }
}
