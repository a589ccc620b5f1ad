//! What a check-in says, as kept, as typed and as shown.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Bounds, Measure, MeasureError, Step};
use crate::domain::number::{Finite, Typed, decimals, parse_typed, short, with_decimals};

/// The grades of a `graded` measure, from nothing to all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Nothing reached: 0.
    None,
    /// 0.3.
    Commit,
    /// 0.7.
    Target,
    /// 1.0.
    Stretch,
}

impl Grade {
    /// All, from nothing to all.
    pub const ALL: [Self; 4] = [Self::None, Self::Commit, Self::Target, Self::Stretch];

    /// As tables and forms write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Commit => "commit",
            Self::Target => "target",
            Self::Stretch => "stretch",
        }
    }

    /// The grade of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.name() == name)
    }

    /// The raw progress that it is.
    #[must_use]
    pub fn raw(self) -> f64 {
        match self {
            Self::None => 0.0,
            Self::Commit => 0.3,
            Self::Target => 0.7,
            Self::Stretch => 1.0,
        }
    }
}

/// What a check-in says of a key result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// For `reach` and the hold measures.
    Number(Finite),
    /// For `milestones`: the places of the steps that are done, from 0.
    Steps(BTreeSet<u16>),
    /// For `graded`.
    Grade(Grade),
}

impl Value {
    /// To be read at a glance, without the unit: `11.4`, `3 of 6`, `target`.
    #[must_use]
    pub fn short(&self, measure: &Measure) -> String {
        match (self, measure) {
            (Self::Number(value), _) => short(*value),
            (Self::Steps(done), Measure::Milestones { steps }) => format!("{} of {}", done.len(), steps.len()),
            (Self::Steps(done), _) => done.len().to_string(),
            (Self::Grade(grade), _) => grade.name().to_owned(),
        }
    }

    /// As a table or a form writes it: a number that reads back the same, the number of steps, the name of a grade.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Number(value) => value.to_string(),
            Self::Steps(done) => done.len().to_string(),
            Self::Grade(grade) => grade.name().to_owned(),
        }
    }
}

impl Measure {
    /// Reads what a person types into a row, given the value that stands there.
    ///
    /// `+3` adds. `-3` takes away, unless the measure knows values below zero: then it is the value. `50%` is a value
    /// where the unit is per cent, and otherwise that part of the way from baseline to target (or of the steps). Of steps,
    /// those that are done stay so as long as as many are.
    pub fn parse_value(&self, text: &str, unit: &str, current: Option<&Value>) -> Result<Value, MeasureError> {
        match self {
            Self::Graded { .. } => {
                Grade::from_name(text.trim().to_lowercase().as_str()).map(Value::Grade).ok_or(MeasureError::NotAGrade)
            }
            Self::Milestones { steps } => {
                let done: BTreeSet<u16> = match current {
                    Some(Value::Steps(done)) => {
                        done.iter().copied().filter(|step| usize::from(*step) < steps.len()).collect()
                    }
                    _ => BTreeSet::new(),
                };
                let part = |part: Finite| (part.get() / 100.0 * steps.len() as f64).round();
                let count = match parse_typed(text)? {
                    Typed::Absolute(count) => count.get(),
                    Typed::Signed(more) => done.len() as f64 + more.get(),
                    Typed::Percent(percent) => part(percent),
                    Typed::SignedPercent(percent) => done.len() as f64 + part(percent),
                };
                so_many_steps(&done, count, steps.len())
            }
            Self::Reach { .. } | Self::Hold { .. } => self.parse_number(text, unit, current).map(Value::Number),
        }
    }

    fn parse_number(&self, text: &str, unit: &str, current: Option<&Value>) -> Result<Finite, MeasureError> {
        let now = match (current, self) {
            (Some(Value::Number(now)), _) => Some(*now),
            (_, Self::Reach { baseline, .. }) => *baseline,
            _ => None,
        };
        let before = now.map_or(0.0, Finite::get);
        let typed = match parse_typed(text)? {
            // Of a unit of per cent, the sign says nothing more.
            Typed::Percent(value) if unit == "%" => Typed::Absolute(value),
            Typed::SignedPercent(more) if unit == "%" => Typed::Signed(more),
            typed => typed,
        };
        let value = match typed {
            Typed::Absolute(value) => return Ok(value),
            Typed::Signed(value) if value.get() < 0.0 && self.goes_below_zero(now) => return Ok(value),
            Typed::Signed(more) => with_decimals(before + more.get(), decimals(before).max(decimals(more.get()))),
            Typed::Percent(part) => {
                let (baseline, way) = self.way()?;
                baseline + part.get() * way / 100.0
            }
            Typed::SignedPercent(part) => before + part.get() * self.way()?.1 / 100.0,
        };
        Ok(Finite::try_from(value)?)
    }

    /// The baseline, and how far it is from there to the target.
    fn way(&self) -> Result<(f64, f64), MeasureError> {
        match self {
            Self::Reach { baseline: Some(baseline), target: Some(target) } => {
                Ok((baseline.get(), target.get() - baseline.get()))
            }
            _ => Err(MeasureError::NoWayForPercent),
        }
    }

    pub(super) fn goes_below_zero(&self, now: Option<Finite>) -> bool {
        let known = match self {
            Self::Reach { baseline, target } => [*baseline, *target],
            Self::Hold { bounds: Bounds::AtLeast(bound) | Bounds::AtMost(bound), .. } => [*bound, None],
            Self::Hold { bounds: Bounds::Between(low, high), .. } => [*low, *high],
            Self::Milestones { .. } | Self::Graded { .. } => [None, None],
        };
        known.into_iter().chain([now]).flatten().any(|value| value.get() < 0.0)
    }
}

/// Which steps of a rewritten list are done, given those of the old one: the ones with the same titles, those that had none, and
/// where the lists are equally long, those whose title alone was rewritten.
#[must_use]
pub fn carried_over(was: &[Step], is: &[Step], done: &BTreeSet<u16>) -> BTreeSet<u16> {
    let place = |place: u16| {
        let title = &was.get(usize::from(place))?.title;
        let same = |steps: &[Step]| steps.iter().filter(|step| step.title == *title).count();
        let nth = same(&was[..usize::from(place)]);
        let found = is.iter().enumerate().filter(|(_, step)| step.title == *title).nth(nth).map(|(found, _)| found);
        let renamed = || {
            let step = is.get(usize::from(place)).filter(|_| was.len() == is.len() || title.is_empty())?;
            was.iter().all(|known| known.title != step.title).then_some(usize::from(place))
        };
        u16::try_from(found.or_else(renamed)?).ok()
    };
    done.iter().filter_map(|done| place(*done)).collect()
}

/// `count` steps done, from the first on.
pub fn first_steps(count: f64, of: usize) -> Result<Value, MeasureError> {
    so_many_steps(&BTreeSet::new(), count, of)
}

/// `count` steps done: those that are already and then the next ones. Where fewer are done than before, the last ones go.
fn so_many_steps(done: &BTreeSet<u16>, count: f64, of: usize) -> Result<Value, MeasureError> {
    if count < 0.0 || count.fract() != 0.0 {
        return Err(MeasureError::NotAStepCount);
    }
    if count > of as f64 {
        return Err(MeasureError::NoSuchStep);
    }
    let all = 0..u16::try_from(of).map_err(|_| MeasureError::TooManySteps)?;
    let (known, next): (Vec<u16>, Vec<u16>) = all.partition(|step| done.contains(step));
    Ok(Value::Steps(known.into_iter().chain(next).take(count as usize).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::number::NumberError;
    use crate::domain::progress::Weight;

    fn number(value: f64) -> Value {
        Value::Number(Finite::new(value).unwrap())
    }

    fn reach(baseline: f64, target: f64) -> Measure {
        Measure::Reach { baseline: Finite::new(baseline), target: Finite::new(target) }
    }

    fn steps(count: usize) -> Measure {
        Measure::Milestones { steps: vec![Step { title: String::new(), weight: Weight::default() }; count] }
    }

    #[test]
    fn reads_values_as_typed_into_a_row() {
        let measure = reach(0.0, 200.0);
        let typed = |text| measure.parse_value(text, "rides", Some(&number(40.0)));
        assert_eq!(typed("42"), Ok(number(42.0)));
        assert_eq!(typed("+3"), Ok(number(43.0)));
        assert_eq!(typed("-3"), Ok(number(37.0)));
        assert_eq!(typed("50%"), Ok(number(100.0)));
        assert_eq!(measure.parse_value("50%", "%", None), Ok(number(50.0)));
        assert_eq!(reach(-90.0, 0.0).parse_value("-3", "", None), Ok(number(-3.0)));
        assert_eq!(reach(0.0, 9.0).parse_value("+1", "", None), Ok(number(1.0)));
        assert_eq!(steps(4).parse_value("50%", "", None), first_steps(2.0, 4));
        assert_eq!(steps(4).parse_value("+1", "", first_steps(2.0, 4).ok().as_ref()), first_steps(3.0, 4));
        assert_eq!(steps(4).parse_value("+25%", "", first_steps(2.0, 4).ok().as_ref()), first_steps(3.0, 4));
        assert_eq!(steps(4).parse_value("5", "", None), Err(MeasureError::NoSuchStep));
        assert_eq!(steps(4).parse_value("1.5", "", None), Err(MeasureError::NotAStepCount));
        assert_eq!(steps(4).parse_value("-1", "", None), Err(MeasureError::NotAStepCount));
        assert_eq!(measure.parse_value("1e999", "", None), Err(MeasureError::Number(NumberError::TooLarge)));
    }

    #[test]
    fn a_sign_before_per_cent_adds() {
        let now = number(40.0);
        assert_eq!(reach(0.0, 100.0).parse_value("29%", "rides", None), Ok(number(29.0)));
        assert_eq!(reach(0.0, 100.0).parse_value("+5%", "%", Some(&now)), Ok(number(45.0)));
        assert_eq!(reach(0.0, 100.0).parse_value("-5%", "%", Some(&now)), Ok(number(35.0)));
        assert_eq!(reach(-9.0, 100.0).parse_value("-5%", "%", Some(&now)), Ok(number(-5.0)));
        assert_eq!(reach(0.0, 200.0).parse_value("+5%", "rides", Some(&now)), Ok(number(50.0)));
        assert_eq!(
            reach(200.0, 0.0).parse_value("-5%", "faults", Some(&now)),
            Ok(number(50.0)),
            "back on the way down"
        );
    }

    #[test]
    fn tenths_add_up_to_tenths() {
        let sum = |now, text| reach(0.0, 1.0).parse_value(text, "", Some(&number(now)));
        assert_eq!(sum(0.1, "+0.2"), Ok(number(0.3)));
        assert_eq!(sum(0.3, "-0.1"), Ok(number(0.2)));
        assert_eq!(sum(1.5e-7, "+1e-7"), Ok(number(2.5e-7)));
        assert_eq!(sum(1e300, "+1"), Ok(number(1e300)));
    }

    #[test]
    fn what_is_done_stays_done_in_a_rewritten_list() {
        let list = |titles: &[&str]| -> Vec<Step> {
            titles.iter().map(|title| Step { title: (*title).to_owned(), weight: Weight::default() }).collect()
        };
        let carried = |is: &[&str], done: &[u16]| -> Vec<u16> {
            carried_over(&list(&["a", "b", "c"]), &list(is), &done.iter().copied().collect()).into_iter().collect()
        };
        assert_eq!(carried(&["b", "c"], &[0]), [0; 0]);
        assert_eq!(carried(&["b", "c"], &[0, 2]), [1]);
        assert_eq!(carried(&["new", "a", "b", "c"], &[0]), [1]);
        assert_eq!(carried(&["c", "b", "a"], &[0, 1]), [1, 2]);
        assert_eq!(carried(&["a, renamed", "b", "c"], &[0, 1]), [0, 1]);
        assert_eq!(carried(&["b", "a", "d"], &[2]), [2]);
        assert_eq!(carried(&["a", "b", "c"], &[7]), [0; 0]);
        let untitled = carried_over(&list(&["", "", ""]), &list(&["a", "b", "c", "d"]), &[0, 1].into());
        assert_eq!(untitled, [0, 1].into());
        let twice = list(&["x", "x", "y"]);
        assert_eq!(carried_over(&twice, &list(&["y", "x", "x"]), &[1].into()), [2].into());
    }

    #[test]
    fn which_steps_are_done_stays_as_long_as_as_many_are() {
        let done = |places: &[u16]| Value::Steps(places.iter().copied().collect());
        let typed = |text| steps(4).parse_value(text, "", Some(&done(&[1, 3])));
        assert_eq!(typed("2"), Ok(done(&[1, 3])));
        assert_eq!(typed("+0"), Ok(done(&[1, 3])));
        assert_eq!(typed("+1"), Ok(done(&[0, 1, 3])));
        assert_eq!(typed("1"), Ok(done(&[1])));
        assert_eq!(typed("0"), Ok(done(&[])));
        assert_eq!(
            steps(2).parse_value("1", "", Some(&done(&[5]))),
            Ok(done(&[0])),
            "a step that is gone counts nothing"
        );
        assert_eq!(steps(2).parse_value("+1", "", Some(&done(&[5]))), Ok(done(&[0])));
    }
}
