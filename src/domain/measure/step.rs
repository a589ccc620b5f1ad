//! By how much a value goes up or down at the press of a button.

use super::{Bounds, Measure, MeasureError, Value};
use crate::domain::number::{Finite, decimals, with_decimals};

/// The most decimals that a step has.
const MOST_DECIMALS: usize = 6;

impl Measure {
    /// A sensible step for a value: about a hundredth of the way, and no finer than the numbers that the measure is written
    /// with. `None` for steps and grades, which are chosen.
    #[must_use]
    pub fn step(&self) -> Option<f64> {
        let (known, way) = match self {
            Self::Reach { baseline, target } => {
                ([*baseline, *target], target.zip(*baseline).map(|(target, baseline)| target.get() - baseline.get()))
            }
            Self::Hold { bounds: Bounds::AtLeast(bound) | Bounds::AtMost(bound), .. } => ([*bound, None], None),
            Self::Hold { bounds: Bounds::Between(low, high), .. } => {
                ([*low, *high], high.zip(*low).map(|(high, low)| high.get() - low.get()))
            }
            Self::Milestones { .. } | Self::Graded { .. } => return None,
        };
        let written = known.into_iter().flatten().map(|known| decimals(known.get()));
        let finest = written.max().unwrap_or_default().min(MOST_DECIMALS);
        let hundredth = way.filter(|way| way.is_finite()).map_or(0.0, |way| nice(way.abs() / 100.0));
        Some(hundredth.max(unit(finest)))
    }

    /// What stands in a field once what is typed there has gone up or down by that many steps; empty counts as the current
    /// value.
    ///
    /// # Errors
    /// Where what is typed is no value, or there is nothing to step.
    pub fn stepped(&self, text: &str, unit: &str, current: Option<&Value>, by: i32) -> Result<String, MeasureError> {
        let step = self.step().ok_or(MeasureError::OtherKind)?;
        let typed = if text.trim().is_empty() { "+0" } else { text };
        let Value::Number(value) = self.parse_value(typed, unit, current)? else {
            return Err(MeasureError::OtherKind);
        };
        let places = decimals(value.get()).max(decimals(step));
        let sum = Finite::try_from(with_decimals(value.get() + f64::from(by) * step, places))?;
        if sum.get() < 0.0 && !self.knows_negative(current) {
            // A minus would take away from the current value there.
            return Ok(if value.get() < 0.0 { text.to_owned() } else { "0".to_owned() });
        }
        Ok(sum.to_string())
    }

    /// Whether its values may lie below zero, so that whoever types one needs a minus.
    #[must_use]
    pub fn knows_negative(&self, current: Option<&Value>) -> bool {
        let now = current.and_then(|value| match value {
            Value::Number(now) => Some(*now),
            Value::Steps(_) | Value::Grade(_) => None,
        });
        self.goes_below_zero(now)
    }
}

/// One of the last of so many decimals.
fn unit(decimals: usize) -> f64 {
    10.0_f64.powi(-(decimals as i32))
}

/// The next of 1, 2, 5, 10, 20, 50 and so on that is not larger.
fn nice(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let power = 10.0_f64.powf(value.log10().floor());
    let leading = if value >= 5.0 * power {
        5.0
    } else if value >= 2.0 * power {
        2.0
    } else {
        1.0
    };
    leading * power
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{graded, hold, number, reach, steps};

    #[test]
    fn about_a_hundredth_and_no_finer_than_it_is_written() {
        let step = |baseline, target| reach(baseline, target).step();
        assert_eq!(step(0.0, 100.0), Some(1.0));
        assert_eq!(step(0.0, 200.0), Some(2.0));
        assert_eq!(step(0.0, 25.0), Some(1.0), "rides are whole");
        assert_eq!(step(20.0, 10.0), Some(1.0));
        assert_eq!(step(19.8, 8.0), Some(0.1));
        assert_eq!(step(3.5, 4.5), Some(0.1));
        assert_eq!(step(0.0, 2_000_000.0), Some(20_000.0));
        assert_eq!(step(f64::MIN, f64::MAX), Some(1.0));
        assert_eq!(hold(Bounds::AtLeast(Finite::new(99.95))).step(), Some(0.01));
        assert_eq!(hold(Bounds::AtMost(None)).step(), Some(1.0));
        assert_eq!(hold(Bounds::Between(Finite::new(2.0), Finite::new(2.0))).step(), Some(1.0));
        assert_eq!((steps(3).step(), graded().step()), (None, None));
    }

    #[test]
    fn goes_up_and_down_without_crumbs() {
        let measure = reach(19.8, 8.0);
        let now = number(12.1);
        let stepped = |text, by| measure.stepped(text, "s", Some(&now), by);
        assert_eq!(stepped("", -1).as_deref(), Ok("12"));
        assert_eq!(stepped("0.2", 1).as_deref(), Ok("0.3"));
        assert_eq!(stepped("11.45", 2).as_deref(), Ok("11.65"));
        assert_eq!(stepped("0.05", -1).as_deref(), Ok("0"), "below zero, a minus would take away");
        assert_eq!(stepped("-13", -1).as_deref(), Ok("-13"));
        assert_eq!(reach(-5.0, 5.0).stepped("0", "", None, -1).as_deref(), Ok("-1"));
        assert!(stepped("soon", 1).is_err());
        assert!(graded().stepped("none", "", None, 1).is_err());
        assert_eq!(reach(0.0, 10.0).stepped("", "", None, 1).as_deref(), Ok("1"));
        assert_eq!(reach(0.0, f64::MAX).stepped("", "", Some(&number(f64::MAX)), 1_000_000), Err(too_large()));
    }

    fn too_large() -> MeasureError {
        MeasureError::Number(crate::domain::number::NumberError::TooLarge)
    }
}
