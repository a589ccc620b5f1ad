//! How a key result is measured, and what its value says about progress.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::number::{Finite, NumberError};
use super::progress::Weight;

mod step;
mod value;

pub use value::{Grade, Value, carried_over, first_steps};

/// The most steps that a key result may have.
pub const MAX_STEPS: usize = 1_000;

/// How a key result is measured. A missing number makes progress unknown, which is not zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// From a baseline to a target; the direction is the sign of target − baseline.
    Reach {
        /// Where it started.
        baseline: Option<Finite>,
        /// Where it shall be. Never equal to the baseline.
        target: Option<Finite>,
    },
    /// A value that shall stay within bounds.
    Hold {
        /// The bounds, themselves included.
        bounds: Bounds,
        /// Whether the latest value alone counts, or the share of check-ins that held.
        counting: HoldCounting,
    },
    /// Steps in order, each done or not.
    Milestones {
        /// At most [`MAX_STEPS`]; none makes progress unknown.
        steps: Vec<Step>,
    },
    /// A sentence for each of three grades.
    Graded {
        /// What reaching `commit` (0.3) means.
        commit: String,
        /// What reaching `target` (0.7) means.
        target: String,
        /// What reaching `stretch` (1.0) means.
        stretch: String,
    },
}

/// The bounds of a hold measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bounds {
    /// At least this.
    AtLeast(Option<Finite>),
    /// At most this.
    AtMost(Option<Finite>),
    /// From low to high; low ≤ high.
    Between(Option<Finite>, Option<Finite>),
}

impl Bounds {
    /// Whether the value holds; `None` while a bound is missing.
    #[must_use]
    pub fn holds(self, value: Finite) -> Option<bool> {
        match self {
            Self::AtLeast(bound) => bound.map(|bound| value >= bound),
            Self::AtMost(bound) => bound.map(|bound| value <= bound),
            Self::Between(low, high) => Some(low? <= value && value <= high?),
        }
    }

    fn known(self) -> bool {
        match self {
            Self::AtLeast(bound) | Self::AtMost(bound) => bound.is_some(),
            Self::Between(low, high) => low.is_some() && high.is_some(),
        }
    }
}

/// What counts for a hold measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldCounting {
    /// The latest value alone.
    #[default]
    Latest,
    /// The check-ins that held, divided by those that fell due so far.
    Share,
}

/// A step of a `milestones` measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is done then; may be empty in imported tables, which only count steps.
    pub title: String,
    /// How much of the whole it is.
    pub weight: Weight,
}

/// Check-ins that held and check-ins that fell due so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Due dates whose check-in held.
    pub held: u32,
    /// Due dates so far.
    pub due: u32,
}

/// Why a measure, or a value for it, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MeasureError {
    /// Baseline and target are the same double.
    #[error("baseline and target are the same, so there is no way to go")]
    NoWay,
    /// The low bound lies above the high one.
    #[error("the low bound lies above the high one")]
    LowAboveHigh,
    /// More steps than [`MAX_STEPS`].
    #[error("a key result has at most 1000 steps")]
    TooManySteps,
    /// A step that the measure does not have.
    #[error("more steps are done than there are")]
    NoSuchStep,
    /// A number for grades, a grade for numbers, or the like.
    #[error("that value does not fit how this key result is measured")]
    OtherKind,
    /// Steps are counted in whole numbers.
    #[error("the steps done are a whole number from 0")]
    NotAStepCount,
    /// Not one of the four names.
    #[error("a grade is none, commit, target or stretch")]
    NotAGrade,
    /// Not a number.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// `50%` where no way from a baseline to a target is known.
    #[error("per cent needs a baseline and a target")]
    NoWayForPercent,
}

impl Measure {
    /// The name in tables: `reach`, `at_least`, `at_most`, `between`, `milestones`, `graded`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Reach { .. } => "reach",
            Self::Hold { bounds: Bounds::AtLeast(_), .. } => "at_least",
            Self::Hold { bounds: Bounds::AtMost(_), .. } => "at_most",
            Self::Hold { bounds: Bounds::Between(..), .. } => "between",
            Self::Milestones { .. } => "milestones",
            Self::Graded { .. } => "graded",
        }
    }

    /// Refuses what has no meaning.
    pub fn check(&self) -> Result<(), MeasureError> {
        match self {
            Self::Reach { baseline: Some(baseline), target: Some(target) } if baseline == target => {
                Err(MeasureError::NoWay)
            }
            Self::Hold { bounds: Bounds::Between(Some(low), Some(high)), .. } if low > high => {
                Err(MeasureError::LowAboveHigh)
            }
            Self::Milestones { steps } if steps.len() > MAX_STEPS => Err(MeasureError::TooManySteps),
            _ => Ok(()),
        }
    }

    /// The lines of text that it holds.
    pub(super) fn texts(&self) -> impl Iterator<Item = &String> {
        let (grades, steps): (Vec<&String>, &[Step]) = match self {
            Self::Graded { commit, target, stretch } => (vec![commit, target, stretch], &[]),
            Self::Milestones { steps } => (Vec::new(), steps),
            Self::Reach { .. } | Self::Hold { .. } => (Vec::new(), &[]),
        };
        grades.into_iter().chain(steps.iter().map(|step| &step.title))
    }

    /// Refuses a value that does not fit.
    pub fn check_value(&self, value: &Value) -> Result<(), MeasureError> {
        match (self, value) {
            (Self::Reach { .. } | Self::Hold { .. }, Value::Number(_)) | (Self::Graded { .. }, Value::Grade(_)) => {
                Ok(())
            }
            (Self::Milestones { steps }, Value::Steps(done)) => match done.last() {
                Some(last) if usize::from(*last) >= steps.len() => Err(MeasureError::NoSuchStep),
                _ => Ok(()),
            },
            _ => Err(MeasureError::OtherKind),
        }
    }

    /// Whether progress can be told at all, with or without a check-in.
    #[must_use]
    pub fn is_measurable(&self) -> bool {
        match self {
            Self::Reach { baseline, target } => baseline.is_some() && target.is_some(),
            Self::Hold { bounds, .. } => bounds.known(),
            Self::Milestones { steps } => steps.iter().any(|step| step.weight.get() > 0),
            Self::Graded { .. } => true,
        }
    }

    /// Whether the share of check-ins counts, so that progress depends on the day.
    #[must_use]
    pub fn counts_share(&self) -> bool {
        matches!(self, Self::Hold { counting: HoldCounting::Share, .. })
    }

    /// Whether pace has a meaning: bounds hold or they do not.
    #[must_use]
    pub fn has_pace(&self) -> bool {
        !matches!(self, Self::Hold { .. })
    }

    /// Raw progress: 0.0 at the start, 1.0 at the target, and beyond on both sides. `None` is unknown; measurable
    /// without a value is 0. Always finite.
    #[must_use]
    pub fn raw_progress(&self, current: Option<&Value>, share: Share) -> Option<f64> {
        if !self.is_measurable() {
            return None;
        }
        Some(match (self, current) {
            (Self::Reach { baseline, target }, Some(Value::Number(current))) => {
                part_of_the_way(*baseline.as_ref()?, *target.as_ref()?, *current)
            }
            (Self::Hold { counting: HoldCounting::Share, .. }, _) if share.due == 0 => 0.0,
            (Self::Hold { counting: HoldCounting::Share, .. }, _) => f64::from(share.held) / f64::from(share.due),
            (Self::Hold { bounds, .. }, Some(Value::Number(current))) => f64::from(u8::from(bounds.holds(*current)?)),
            (Self::Milestones { steps }, Some(Value::Steps(done))) => {
                let (reached, all) = weight_done(steps, done);
                f64::from(reached) / f64::from(all)
            }
            (Self::Graded { .. }, Some(Value::Grade(grade))) => grade.raw(),
            _ => 0.0,
        })
    }
}

/// (current − baseline) / (target − baseline), for the whole range of doubles.
fn part_of_the_way(baseline: Finite, target: Finite, current: Finite) -> f64 {
    let (baseline, target, current) = (baseline.get(), target.get(), current.get());
    let raw = (current - baseline) / (target - baseline);
    // Differences of the largest doubles overflow; halves do not.
    let raw = if raw.is_finite() && (target - baseline).is_finite() {
        raw
    } else {
        (current / 2.0 - baseline / 2.0) / (target / 2.0 - baseline / 2.0)
    };
    raw.clamp(f64::MIN, f64::MAX)
}

/// The weight of the steps that are done, and that of all.
pub(super) fn weight_done(steps: &[Step], done: &BTreeSet<u16>) -> (u32, u32) {
    let weight = |step: &Step| u32::from(step.weight.get());
    let reached = done.iter().filter_map(|place| steps.get(usize::from(*place))).map(weight).sum();
    (reached, steps.iter().map(weight).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn whole_range_of_doubles() {
        let measure = reach(f64::MIN, f64::MAX);
        assert_eq!(measure.raw_progress(Some(&number(0.0)), Share::default()), Some(0.5));
        assert_eq!(measure.raw_progress(Some(&number(f64::MAX)), Share::default()), Some(1.0));
        let tiny = reach(0.0, f64::from_bits(1));
        assert_eq!(tiny.raw_progress(Some(&number(f64::MAX)), Share::default()), Some(f64::MAX));
    }

    #[test]
    fn refuses_measures_without_meaning() {
        assert_eq!(reach(3.0, 3.0).check(), Err(MeasureError::NoWay));
        assert_eq!(reach(0.0, -0.0).check(), Err(MeasureError::NoWay));
        let upside_down = Bounds::Between(Finite::new(5.0), Finite::new(4.0));
        assert_eq!(
            Measure::Hold { bounds: upside_down, counting: HoldCounting::Latest }.check(),
            Err(MeasureError::LowAboveHigh)
        );
        assert_eq!(steps(1001).check(), Err(MeasureError::TooManySteps));
    }
}
