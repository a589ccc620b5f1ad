//! The fields that say how a key result is measured.

use super::fields::{Fields, Problem};
use crate::domain::command::sentence;
use crate::domain::measure::{Bounds, HoldCounting, Measure, Step};
use crate::domain::number::{Finite, Typed, parse_typed};
use crate::domain::progress::Weight;

pub(super) fn measure(fields: &Fields) -> Result<Measure, Problem> {
    let counting = if fields.get("counting") == "share" { HoldCounting::Share } else { HoldCounting::Latest };
    let hold = |bounds| Measure::Hold { bounds, counting };
    let measure = match fields.get("measure").as_str() {
        "reach" => Measure::Reach { baseline: number(fields, "baseline")?, target: number(fields, "target")? },
        "at_least" => hold(Bounds::AtLeast(number(fields, "target")?)),
        "at_most" => hold(Bounds::AtMost(number(fields, "target")?)),
        "between" => hold(Bounds::Between(number(fields, "baseline")?, number(fields, "target")?)),
        "milestones" => Measure::Milestones { steps: steps(&fields.get("steps")) },
        "graded" => Measure::Graded {
            commit: fields.get("grade-commit"),
            target: fields.get("grade-target"),
            stretch: fields.get("grade-stretch"),
        },
        _ => return Err(Problem::at("measure", "Choose how this is measured.")),
    };
    let field = match measure {
        Measure::Reach { .. } | Measure::Hold { .. } => "target",
        Measure::Milestones { .. } => "steps",
        Measure::Graded { .. } => "measure",
    };
    measure.check().map_err(|problem| Problem::at(field, sentence(&problem.to_string())))?;
    Ok(measure)
}

/// A number that may be left open.
fn number(fields: &Fields, name: &str) -> Result<Option<Finite>, Problem> {
    let text = fields.get(name);
    if text.trim().is_empty() {
        return Ok(None);
    }
    match parse_typed(&text) {
        Ok(Typed::Absolute(value) | Typed::Signed(value) | Typed::Percent(value) | Typed::SignedPercent(value)) => {
            Ok(Some(value))
        }
        Err(problem) => Err(Problem::at(name, sentence(&problem.to_string()))),
    }
}

/// How a form writes steps: one a line, and what weighs 2 as `2 × Title`. Steps without titles cannot be told.
#[must_use]
pub fn step_lines(steps: &[Step]) -> String {
    let line = |step: &Step| match step.weight.get() {
        1 => step.title.clone(),
        weight => format!("{weight} × {}", step.title),
    };
    steps.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Whether a form that shows some steps and is sent as it was asks for others.
pub(super) fn are_as_shown(steps: &[Step], asked: &[Step]) -> bool {
    self::steps(&step_lines(steps)) == asked
}

/// One step a line; `2 × Title` makes it weigh 2.
fn steps(text: &str) -> Vec<Step> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let weighed = line
                .split_once(['×', '*'])
                .and_then(|(weight, title)| Some((Weight::new(weight.trim().parse().ok()?)?, title.trim())));
            let (weight, title) = weighed.unwrap_or((Weight::default(), line));
            Step { title: title.to_owned(), weight }
        })
        .collect()
}
