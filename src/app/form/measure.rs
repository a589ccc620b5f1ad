//! The fields that say how a key result is measured. Style alone shows those that the chosen measure needs, so that
//! they work without script.

use leptos::prelude::*;

use super::FormState;
use super::field::{FieldClash, FieldProblem, LongField, SelectField, TextField};
use crate::domain::form::step_lines;
use crate::domain::measure::{Bounds, HoldCounting, Measure};
use crate::domain::number::Finite;

/// The measures, in words.
const MEASURES: [(&str, &str, &str); 6] = [
    ("reach", "Reach a value", "from a baseline to a target"),
    ("at_least", "Stay above", "at least a value"),
    ("at_most", "Stay below", "at most a value"),
    ("between", "Stay between", "two values"),
    ("milestones", "Milestones", "steps, done or not"),
    ("graded", "Graded", "a sentence for each grade"),
];

/// How a key result is measured.
#[component]
pub fn MeasureFields(
    /// The form that they stand in.
    form: &'static str,
    /// What stands in them at first; `None` for a new key result.
    #[prop(optional_no_strip)]
    measure: Option<Measure>,
    /// Its unit.
    #[prop(optional, into)]
    unit: String,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let chosen = state.value("measure", measure.as_ref().map_or("reach", Measure::name));
    let kinds = MEASURES
        .into_iter()
        .map(|(value, label, hint)| {
            let checked = chosen == value;
            view! {
                <label class="check">
                    <input type="radio" name="measure" value=value checked=checked />
                    <span>{label} " " <span class="hint">{hint}</span></span>
                </label>
            }
        })
        .collect_view();
    let plain = |value: Option<Finite>| value.map(|value| value.to_string()).unwrap_or_default();
    let (baseline, target) = match &measure {
        Some(Measure::Reach { baseline, target }) => (plain(*baseline), plain(*target)),
        Some(Measure::Hold { bounds: Bounds::Between(low, high), .. }) => (plain(*low), plain(*high)),
        Some(Measure::Hold { bounds: Bounds::AtLeast(bound) | Bounds::AtMost(bound), .. }) => {
            (String::new(), plain(*bound))
        }
        _ => (String::new(), String::new()),
    };
    let share = matches!(&measure, Some(Measure::Hold { counting: HoldCounting::Share, .. }));
    let steps = match &measure {
        Some(Measure::Milestones { steps }) => step_lines(steps),
        _ => String::new(),
    };
    let (commit, aimed, stretch) = match measure {
        Some(Measure::Graded { commit, target, stretch }) => (commit, target, stretch),
        _ => Default::default(),
    };
    let countings = vec![
        ("latest".to_owned(), "The latest value".to_owned()),
        ("share".to_owned(), "The share of check-ins that held".to_owned()),
    ];
    view! {
        <fieldset class="measure">
            <legend class="label">"How it is measured"</legend>
            <div class="options">{kinds}</div>
            <FieldProblem name="measure" />
            <FieldClash name="measure" />
            <div class="for-number pair">
                <div class="for-baseline">
                    <TextField name="baseline" form label="Baseline, or low bound" value=baseline />
                </div>
                <TextField name="target" form label="Target, or bound" value=target />
                <TextField name="unit" form label="Unit" value=unit hint="%, EUR, homes…" />
            </div>
            <div class="for-hold">
                <SelectField
                    name="counting"
                    form
                    label="What counts"
                    options=countings
                    value=if share { "share" } else { "latest" }
                />
            </div>
            <div class="for-steps">
                <LongField name="steps" form label="Steps, one a line" value=steps hint="“2 × Title” makes a step weigh two." />
            </div>
            <div class="for-grades">
                <TextField name="grade-commit" form label="Commit (0.3)" value=commit />
                <TextField name="grade-target" form label="Target (0.7)" value=aimed />
                <TextField name="grade-stretch" form label="Stretch (1.0)" value=stretch />
            </div>
        </fieldset>
    }
    .into_any()
}
