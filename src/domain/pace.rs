//! Pace: how progress compares with the days gone by.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cycle::Span;
use super::progress::Ppm;

/// How progress compares with the days gone by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// The gap is small.
    OnTrack,
    /// The gap is notable.
    Behind,
    /// The gap is large.
    AtRisk,
}

impl Pace {
    /// As a person reads it: `on track`, `behind`, `at risk`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::OnTrack => "on track",
            Self::Behind => "behind",
            Self::AtRisk => "at risk",
        }
    }
}

/// The largest gaps, in percentage points, that are still `on track` and still `behind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaceBounds {
    /// Up to here it is `on track`; 0 to 100.
    pub on_track: u8,
    /// Up to here it is `behind`; from `on_track` to 100.
    pub behind: u8,
}

impl Default for PaceBounds {
    fn default() -> Self {
        Self { on_track: 10, behind: 25 }
    }
}

impl PaceBounds {
    /// The pace of progress in a span: gap = expected − progress, compared exactly.
    #[must_use]
    pub fn pace(self, progress: Ppm, span: Span, today: NaiveDate) -> Pace {
        if progress == Ppm::ONE {
            return Pace::OnTrack;
        }
        let gap = gap(progress, span, today);
        let within = |points: u8| gap <= i64::from(points) * 10_000 * span.days();
        if within(self.on_track) {
            Pace::OnTrack
        } else if within(self.behind) {
            Pace::Behind
        } else {
            Pace::AtRisk
        }
    }
}

/// What is missing of the expected progress, in parts per million times the days of the span, so that nothing is divided.
pub(super) fn gap(progress: Ppm, span: Span, today: NaiveDate) -> i64 {
    span.days_gone(today) * 1_000_000 - i64::from(progress.get()) * span.days()
}

/// The progress that the days gone by would have, rounded half up: the mark on a progress bar.
#[must_use]
pub fn expected(span: Span, today: NaiveDate) -> Ppm {
    Ppm::from_raw(span.days_gone(today) as f64 / span.days() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_exact() {
        let april = Span::from_name("2026-04").unwrap();
        let today = "2026-04-15".parse().unwrap();
        assert_eq!(expected(april, today).get(), 500_000);
        let pace = |ppm| PaceBounds::default().pace(Ppm::new(ppm).unwrap(), april, today);
        assert_eq!(pace(400_000), Pace::OnTrack);
        assert_eq!(pace(399_999), Pace::Behind);
        assert_eq!(pace(250_000), Pace::Behind);
        assert_eq!(pace(249_999), Pace::AtRisk);
        let strict = PaceBounds { on_track: 0, behind: 25 };
        assert_eq!(strict.pace(Ppm::new(499_999).unwrap(), april, today), Pace::Behind);
        assert_eq!(strict.pace(Ppm::ONE, april, "2027-01-01".parse().unwrap()), Pace::OnTrack);
    }
}
