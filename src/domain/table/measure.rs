//! How a key result is measured, in the cells of a table.

use std::collections::BTreeSet;

use super::Column;
use super::cell::{lines, number, quoted, text_problem, whole, word};
use crate::domain::measure::{Bounds, Grade, HoldCounting, MAX_STEPS, Measure, MeasureError, Step, Value};
use crate::domain::number::Finite;
use crate::domain::progress::Weight;
use crate::domain::text::check_line;

/// All measures, as the column names them.
pub(super) const NAMES: [&str; 6] = ["reach", "at_least", "at_most", "between", "milestones", "graded"];

/// What is wrong, and in which column.
pub(super) type Problem = (Column, String);

/// The cells that make a measure. `None` is a column that the table does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MeasureCells {
    pub measure: Option<&'static str>,
    pub baseline: Option<Option<Finite>>,
    pub target: Option<Option<Finite>>,
    pub grades: Option<String>,
    pub hold: Option<HoldCounting>,
    pub steps: Option<String>,
}

impl MeasureCells {
    /// The cells of a measure.
    pub(super) fn of(measure: &Measure) -> Self {
        let mut cells = Self { measure: Some(measure.name()), ..Self::default() };
        match measure {
            Measure::Reach { baseline, target } => (cells.baseline, cells.target) = (Some(*baseline), Some(*target)),
            Measure::Hold { bounds, counting } => {
                cells.hold = Some(*counting);
                let (low, high) = match *bounds {
                    Bounds::AtLeast(bound) | Bounds::AtMost(bound) => (None, bound),
                    Bounds::Between(low, high) => (low, high),
                };
                (cells.baseline, cells.target) = (Some(low), Some(high));
            }
            Measure::Milestones { steps } => {
                let count = u16::try_from(steps.len()).unwrap_or(u16::MAX);
                cells.target = Some((count > 0).then(|| Finite::from(i32::from(count))));
                let plain = steps.iter().all(|step| step.title.is_empty() && step.weight == Weight::default());
                cells.steps = Some(if plain { String::new() } else { write_steps(steps) });
            }
            Measure::Graded { commit, target, stretch } => {
                let empty = commit.is_empty() && target.is_empty() && stretch.is_empty();
                cells.grades = Some(if empty { String::new() } else { format!("{commit}\n{target}\n{stretch}") });
            }
        }
        cells
    }

    /// The measure that the cells make; columns that the table does not have keep what is known of the same measure.
    pub(super) fn build(self, known: Option<&Measure>) -> Result<Measure, Problem> {
        let name = self.measure.or_else(|| known.map(Measure::name));
        let name = name.ok_or_else(|| (Column::Measure, missing_measure()))?;
        let known = known.filter(|known| known.name() == name).map(Self::of).unwrap_or_default();
        let baseline = self.baseline.or(known.baseline).flatten();
        let target = self.target.or(known.target).flatten();
        let counting = self.hold.or(known.hold).unwrap_or_default();
        let hold = |bounds| Measure::Hold { bounds, counting };
        let measure = match name {
            "reach" => Measure::Reach { baseline, target },
            "at_least" => hold(Bounds::AtLeast(target)),
            "at_most" => hold(Bounds::AtMost(target)),
            "between" => hold(Bounds::Between(baseline, target)),
            "milestones" => {
                let own = self.steps.filter(|steps| !steps.is_empty());
                Measure::Milestones { steps: steps(target, own.as_deref(), known.steps.as_deref())? }
            }
            _ => graded(self.grades.or(known.grades).as_deref().unwrap_or_default())?,
        };
        match measure.check() {
            Ok(()) => Ok(measure),
            Err(problem @ (MeasureError::NoWay | MeasureError::LowAboveHigh)) => {
                let (low, high) = (shown(baseline), shown(target));
                Err((Column::Target, format!("{problem} (baseline {low}, target {high})")))
            }
            Err(problem) => Err((Column::Target, problem.to_string())),
        }
    }
}

/// What to say where no measure is given.
pub(super) fn missing_measure() -> String {
    format!("this is empty; a key result is measured by one of {}", NAMES.join(", "))
}

fn shown(number: Option<Finite>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// As many steps as the target says, with the titles that are given or known.
fn steps(target: Option<Finite>, own: Option<&str>, known: Option<&str>) -> Result<Vec<Step>, Problem> {
    let listed = read_steps(own.or(known).unwrap_or_default())?;
    let Some(target) = target else {
        return Ok(if own.is_some() { listed } else { Vec::new() });
    };
    let count = whole(&target.to_string(), MAX_STEPS as u16)
        .map_err(|problem| (Column::Target, format!("the number of steps: {problem}")))?;
    match (listed.len() == usize::from(count), own) {
        (true, _) => Ok(listed),
        (false, None) => Ok(vec![Step { title: String::new(), weight: Weight::default() }; usize::from(count)]),
        (false, Some(_)) => {
            Err((Column::Steps, format!("{} steps are named, and the target is {count}", listed.len())))
        }
    }
}

const WEIGHT_MARK: &str = " (weight ";

fn write_steps(steps: &[Step]) -> String {
    let line = |step: &Step| {
        if step.weight == Weight::default() && weight_mark(&step.title).is_none() {
            step.title.clone()
        } else {
            format!("{}{WEIGHT_MARK}{})", step.title, step.weight.get())
        }
    };
    steps.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Splits `Sign the lease (weight 2)`.
fn weight_mark(line: &str) -> Option<(&str, &str)> {
    line.strip_suffix(')')?.rsplit_once(WEIGHT_MARK)
}

fn read_steps(text: &str) -> Result<Vec<Step>, Problem> {
    lines(text)
        .map(|line| {
            let (title, weight) = match weight_mark(line) {
                Some((title, weight)) => (title, whole(weight, 1000)?),
                None => (line, 1),
            };
            check_line(title).map_err(text_problem)?;
            Ok(Step { title: title.to_owned(), weight: Weight::new(weight).unwrap_or_default() })
        })
        .collect::<Result<_, String>>()
        .map_err(|problem| (Column::Steps, problem))
}

fn graded(text: &str) -> Result<Measure, Problem> {
    let mut grades: Vec<&str> = lines(text).collect();
    if grades.len() == 4 && grades.last() == Some(&"") {
        grades.pop();
    }
    let [commit, target, stretch] = match grades[..] {
        [] => [""; 3],
        [commit, target, stretch] => [commit, target, stretch],
        _ => {
            let count = grades.len();
            return Err((Column::Grades, format!("three sentences belong here, one a line, and there are {count}")));
        }
    };
    for grade in [commit, target, stretch] {
        check_line(grade).map_err(|problem| (Column::Grades, text_problem(problem)))?;
    }
    Ok(Measure::Graded { commit: commit.to_owned(), target: target.to_owned(), stretch: stretch.to_owned() })
}

/// The value that `current` (and `steps`, where other steps than the first are done) gives to a measure.
pub(super) fn read_value(measure: &Measure, current: &str, steps: Option<&str>) -> Result<Value, Problem> {
    let on = |column| move |problem| (column, problem);
    match measure {
        Measure::Reach { .. } | Measure::Hold { .. } => number(current).map(Value::Number).map_err(on(Column::Current)),
        Measure::Graded { .. } => {
            word(current, &Grade::ALL, |grade| grade.name()).map(Value::Grade).map_err(on(Column::Current))
        }
        Measure::Milestones { steps: all } => {
            let count = whole(current, u16::MAX).map_err(on(Column::Current))?;
            if usize::from(count) > all.len() {
                let message = format!("{} ({count} of {})", MeasureError::NoSuchStep, all.len());
                return Err((Column::Current, message));
            }
            let Some(places) = steps.filter(|places| !places.is_empty()) else {
                return Ok(Value::Steps((0..count).collect()));
            };
            let done = read_places(places, all.len()).map_err(on(Column::Steps))?;
            if done.len() == usize::from(count) {
                Ok(Value::Steps(done))
            } else {
                Err((Column::Steps, format!("{} steps are listed, and current is {count}", done.len())))
            }
        }
    }
}

fn read_places(text: &str, count: usize) -> Result<BTreeSet<u16>, String> {
    let place = |line: &str| match whole(line.trim(), u16::MAX)?.checked_sub(1) {
        Some(place) if usize::from(place) < count => Ok(place),
        _ => Err(format!("{} is not the place of a step, from 1 to {count}", quoted(line))),
    };
    lines(text).map(place).collect()
}

/// `current` and `steps` of a value; `None` where it does not fit the measure (any more) and so counts nowhere.
pub(super) fn write_value(measure: &Measure, value: &Value) -> Option<(String, String)> {
    match (measure, value) {
        (Measure::Reach { .. } | Measure::Hold { .. }, Value::Number(number)) => {
            Some((number.to_string(), String::new()))
        }
        (Measure::Graded { .. }, Value::Grade(grade)) => Some((grade.name().to_owned(), String::new())),
        (Measure::Milestones { steps }, Value::Steps(done)) => {
            let done: Vec<_> = done.iter().copied().filter(|place| usize::from(*place) < steps.len()).collect();
            let first = done.iter().enumerate().all(|(place, step)| place == usize::from(*step));
            let places = || done.iter().map(|place| (place + 1).to_string()).collect::<Vec<_>>().join("\n");
            Some((done.len().to_string(), if first { String::new() } else { places() }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(title: &str, weight: u16) -> Step {
        Step { title: title.to_owned(), weight: Weight::new(weight).unwrap() }
    }

    #[test]
    fn every_measure_comes_back_from_its_cells() {
        let number = |value| Finite::new(value);
        let hold = |bounds, counting| Measure::Hold { bounds, counting };
        let graded =
            |text: &str| Measure::Graded { commit: text.to_owned(), target: "half".to_owned(), stretch: String::new() };
        let measures = [
            Measure::Reach { baseline: number(0.1), target: None },
            hold(Bounds::AtLeast(number(99.5)), HoldCounting::Share),
            hold(Bounds::AtMost(None), HoldCounting::Latest),
            hold(Bounds::Between(number(4.0), number(4.0)), HoldCounting::Latest),
            Measure::Milestones { steps: Vec::new() },
            Measure::Milestones { steps: vec![step("", 1); 3] },
            Measure::Milestones { steps: vec![step("a", 1), step("b (weight 2)", 1), step("", 0)] },
            graded("some"),
            Measure::Graded { commit: String::new(), target: String::new(), stretch: String::new() },
        ];
        for measure in measures {
            assert_eq!(MeasureCells::of(&measure).build(None), Ok(measure));
        }
    }

    #[test]
    fn missing_columns_keep_what_is_known() {
        let known = Measure::Milestones { steps: vec![step("a", 1), step("b", 2)] };
        let cells = |target: Option<i32>| MeasureCells {
            measure: Some("milestones"),
            target: Some(target.map(Finite::from)),
            ..MeasureCells::default()
        };
        assert_eq!(cells(Some(2)).build(Some(&known)), Ok(known.clone()));
        assert_eq!(cells(Some(1)).build(Some(&known)), Ok(Measure::Milestones { steps: vec![step("", 1)] }));
        assert_eq!(cells(None).build(Some(&known)), Ok(Measure::Milestones { steps: Vec::new() }));
        assert_eq!(MeasureCells::default().build(Some(&known)), Ok(known));
    }

    #[test]
    fn steps_done_out_of_order_are_listed() {
        let measure = Measure::Milestones { steps: vec![step("", 1); 3] };
        for done in [vec![], vec![0], vec![0, 1, 2], vec![2], vec![0, 2]] {
            let value = Value::Steps(done.into_iter().collect());
            let (current, steps) = write_value(&measure, &value).unwrap();
            assert_eq!(read_value(&measure, &current, Some(&steps)), Ok(value));
        }
        let too_many = read_value(&measure, "4", None).unwrap_err();
        assert_eq!(too_many, (Column::Current, "more steps are done than there are (4 of 3)".to_owned()));
        assert_eq!(read_value(&measure, "1", Some("4")).unwrap_err().0, Column::Steps);
        assert_eq!(read_value(&measure, "2", Some("1")).unwrap_err().0, Column::Steps);
    }
}
