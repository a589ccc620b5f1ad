//! Cycles: named spans of days.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::ids::CycleId;

/// A named span of days, such as a quarter. One may lie inside another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// Its id.
    pub id: CycleId,
    /// Its name, unique in the workspace: `2026-Q1`.
    pub name: String,
    /// Its days; `None` until somebody says them (an imported name may not tell), and then nothing has a pace.
    pub span: Option<Span>,
    /// How far it has come.
    pub phase: Phase,
}

/// What can be edited of a cycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CycleField {
    /// Its name.
    Name(String),
    /// Its days.
    Span(Option<Span>),
    /// How far it has come.
    Phase(Phase),
}

/// How far a cycle has come, in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Being written.
    #[default]
    Draft,
    /// Under way.
    Active,
    /// Over, and being talked about.
    Review,
    /// Done.
    Closed,
}

impl Phase {
    /// Whether a cycle may go from here to there: one phase on, or one back.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        (self as u8).abs_diff(next as u8) == 1
    }
}

/// A span of days, first and last both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(NaiveDate, NaiveDate)", into = "(NaiveDate, NaiveDate)")]
pub struct Span {
    first: NaiveDate,
    last: NaiveDate,
}

impl TryFrom<(NaiveDate, NaiveDate)> for Span {
    type Error = &'static str;

    fn try_from((first, last): (NaiveDate, NaiveDate)) -> Result<Self, Self::Error> {
        Self::new(first, last).ok_or("a cycle ends on or after the day it begins, within the years 1 to 9999")
    }
}

impl From<Span> for (NaiveDate, NaiveDate) {
    fn from(span: Span) -> Self {
        (span.first, span.last)
    }
}

impl Span {
    /// `None` where the last day lies before the first, or one of them outside the years 1 to 9999.
    #[must_use]
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        (first <= last && first.year() >= 1 && last.year() <= 9999).then_some(Self { first, last })
    }

    /// The first day.
    #[must_use]
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day, included.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        self.last
    }

    /// How many days there are; at least 1.
    #[must_use]
    pub fn days(self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// Days gone by, today counted as gone by: 0 before the span, all of them after it.
    #[must_use]
    pub fn days_gone(self, today: NaiveDate) -> i64 {
        ((today - self.first).num_days() + 1).clamp(0, self.days())
    }

    /// Whether the day lies inside.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether the other lies inside this one.
    #[must_use]
    pub fn encloses(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// The days that a name tells: `2026`, `2026-H1`, `2026-Q1`, `2026-03`. Fiscal names such as `FY20-Q4` tell nothing,
    /// since every organisation starts its year elsewhere.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let (year, part) = match name.trim().split_once(['-', ' ']) {
            Some((year, part)) => (year, Some(part)),
            None => (name.trim(), None),
        };
        let year: i32 = (year.len() == 4).then(|| year.parse().ok())??;
        let (first_month, months) = match part.map(str::to_ascii_uppercase).as_deref() {
            None => (1, 12),
            Some("H1") => (1, 6),
            Some("H2") => (7, 6),
            Some("Q1") => (1, 3),
            Some("Q2") => (4, 3),
            Some("Q3") => (7, 3),
            Some("Q4") => (10, 3),
            Some(month) if month.len() == 2 => (month.parse().ok()?, 1),
            Some(_) => return None,
        };
        let first = NaiveDate::from_ymd_opt(year, first_month, 1)?;
        Self::new(first, first.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))?)
    }

    /// The calendar quarter that the day lies in, and its name (`2026-Q1`).
    #[must_use]
    pub fn quarter_of(day: NaiveDate) -> Option<(String, Self)> {
        let name = format!("{:04}-Q{}", day.year(), day.month0() / 3 + 1);
        Self::from_name(&name).map(|span| (name, span))
    }
}

impl Cycle {
    pub(super) fn set(&mut self, field: &CycleField) {
        match field.clone() {
            CycleField::Name(name) => self.name = name,
            CycleField::Span(span) => self.span = span,
            CycleField::Phase(phase) => self.phase = phase,
        }
    }

    pub(super) fn get(&self, like: &CycleField) -> CycleField {
        match like {
            CycleField::Name(_) => CycleField::Name(self.name.clone()),
            CycleField::Span(_) => CycleField::Span(self.span),
            CycleField::Phase(_) => CycleField::Phase(self.phase),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn names_tell_days() {
        let span = |name| Span::from_name(name).map(|span| (span.first().to_string(), span.last().to_string()));
        let days = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        assert_eq!(span("2026-Q1"), days("2026-01-01", "2026-03-31"));
        assert_eq!(span("2024-02"), days("2024-02-01", "2024-02-29"));
        assert_eq!(span("2026 h2"), days("2026-07-01", "2026-12-31"));
        assert_eq!(span("2026"), days("2026-01-01", "2026-12-31"));
        for name in ["FY20-Q4", "2026-Q5", "2026-13", "26-Q1", "", "Q1", "2026-Q1-x"] {
            assert_eq!(span(name), None, "{name}");
        }
    }

    #[test]
    fn today_is_gone_by() {
        let april = Span::new(day("2026-04-01"), day("2026-04-30")).unwrap();
        assert_eq!(april.days_gone(day("2026-04-15")), 15);
        assert_eq!(april.days_gone(day("2026-03-31")), 0);
        assert_eq!(april.days_gone(day("2026-05-09")), 30);
        assert_eq!(Span::quarter_of(day("2026-11-21")).unwrap().0, "2026-Q4");
    }
}
