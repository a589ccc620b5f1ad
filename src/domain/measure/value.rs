//! What a check-in says, as kept, as typed and as shown.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Bounds, Measure, MeasureError};
use crate::domain::number::{Finite, Typed, parse_typed, short};

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
    /// where the unit is per cent, and otherwise that part of the way from baseline to target (or of the steps).
    pub fn parse_value(&self, text: &str, unit: &str, current: Option<&Value>) -> Result<Value, MeasureError> {
        match self {
            Self::Graded { .. } => {
                Grade::from_name(text.trim().to_lowercase().as_str()).map(Value::Grade).ok_or(MeasureError::NotAGrade)
            }
            Self::Milestones { steps } => {
                let done = match current {
                    Some(Value::Steps(done)) => done.len() as f64,
                    _ => 0.0,
                };
                let count = match parse_typed(text)? {
                    Typed::Absolute(count) => count.get(),
                    Typed::Signed(more) => done + more.get(),
                    Typed::Percent(part) => (part.get() / 100.0 * steps.len() as f64).round(),
                };
                first_steps(count, steps.len())
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
        let value = match parse_typed(text)? {
            Typed::Absolute(value) => return Ok(value),
            Typed::Percent(value) if unit == "%" => return Ok(value),
            Typed::Signed(value) if value.get() < 0.0 && self.goes_below_zero(now) => return Ok(value),
            Typed::Signed(more) => now.map_or(0.0, Finite::get) + more.get(),
            Typed::Percent(part) => match self {
                Self::Reach { baseline: Some(baseline), target: Some(target) } => {
                    baseline.get() + part.get() / 100.0 * (target.get() - baseline.get())
                }
                _ => return Err(MeasureError::NoWayForPercent),
            },
        };
        Ok(Finite::try_from(value)?)
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

/// `count` steps done, from the first on.
pub fn first_steps(count: f64, of: usize) -> Result<Value, MeasureError> {
    if count < 0.0 || count.fract() != 0.0 {
        return Err(MeasureError::NotAStepCount);
    }
    if count > of as f64 {
        return Err(MeasureError::NoSuchStep);
    }
    Ok(Value::Steps((0..count as u16).collect()))
}

#[cfg(test)]
mod tests {
    use super::super::Step;
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
        assert_eq!(steps(4).parse_value("5", "", None), Err(MeasureError::NoSuchStep));
        assert_eq!(steps(4).parse_value("1.5", "", None), Err(MeasureError::NotAStepCount));
        assert_eq!(steps(4).parse_value("-1", "", None), Err(MeasureError::NotAStepCount));
        assert_eq!(measure.parse_value("1e999", "", None), Err(MeasureError::Number(NumberError::TooLarge)));
    }
}
