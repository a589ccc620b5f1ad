//! When check-ins fall due.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// When the check-ins of a team fall due: weekly on Monday unless it says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cadence {
    /// How often.
    pub rhythm: Rhythm,
    /// On which day of the week.
    pub weekday: Weekday,
}

impl Default for Cadence {
    fn default() -> Self {
        Self { rhythm: Rhythm::Weekly, weekday: Weekday::Mon }
    }
}

/// How often check-ins fall due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Every week.
    Weekly,
    /// Every second week: the odd weeks, counted from Monday 1 January 2001.
    EveryTwoWeeks,
    /// On the first such weekday of each month.
    Monthly,
}

impl Rhythm {
    /// All, the most frequent first.
    pub const ALL: [Self; 3] = [Self::Weekly, Self::EveryTwoWeeks, Self::Monthly];

    /// As forms write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::EveryTwoWeeks => "every_two_weeks",
            Self::Monthly => "monthly",
        }
    }

    /// The rhythm of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.name() == name)
    }
}

impl Cadence {
    /// As a sentence says it: `every Monday`, `the first Friday of a month`.
    #[must_use]
    pub fn words(self) -> String {
        let weekday = weekday_name(self.weekday);
        match self.rhythm {
            Rhythm::Weekly => format!("every {weekday}"),
            Rhythm::EveryTwoWeeks => format!("every second {weekday}"),
            Rhythm::Monthly => format!("the first {weekday} of a month"),
        }
    }

    /// Whether a check-in falls due on that day.
    #[must_use]
    pub fn is_due(self, day: NaiveDate) -> bool {
        day.weekday() == self.weekday
            && match self.rhythm {
                Rhythm::Weekly => true,
                // Day 1 of the common era is a Monday, and so is 1 January 2001: the weeks between are even in number.
                Rhythm::EveryTwoWeeks => ((day.num_days_from_ce() - 1).div_euclid(7) - FIRST_WEEK) % 2 == 0,
                Rhythm::Monthly => day.day() <= 7,
            }
    }

    /// The latest due date before that day.
    #[must_use]
    pub fn due_before(self, day: NaiveDate) -> Option<NaiveDate> {
        self.nearest((1..=37).map(|back| day.checked_sub_days(Days::new(back))))
    }

    /// The earliest due date on or after that day.
    #[must_use]
    pub fn due_from(self, day: NaiveDate) -> Option<NaiveDate> {
        self.nearest((0..=37).map(|ahead| day.checked_add_days(Days::new(ahead))))
    }

    // A month has at most 31 days and its first such weekday comes by the 7th, so that 37 days hold a due date.
    fn nearest(self, mut days: impl Iterator<Item = Option<NaiveDate>>) -> Option<NaiveDate> {
        days.find_map(|day| day.filter(|day| self.is_due(*day)))
    }

    /// The due dates from the first day to the last, both included.
    pub fn due_dates(self, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let next = move |day: NaiveDate| self.due_from(day).filter(|due| *due <= last);
        std::iter::successors(next(first), move |due| due.succ_opt().and_then(next))
    }
}

/// A day of the week in English.
#[must_use]
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// Whole weeks before 1 January 2001.
const FIRST_WEEK: i32 = 104_355;

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn thirteen_mondays_in_a_quarter() {
        let dates: Vec<_> = Cadence::default().due_dates(day("2026-01-01"), day("2026-03-31")).collect();
        assert_eq!(dates.len(), 13);
        assert_eq!(dates.first(), Some(&day("2026-01-05")));
        assert_eq!(Cadence::default().due_dates(day("2026-01-06"), day("2026-01-11")).count(), 0);
    }

    #[test]
    fn other_rhythms() {
        let fortnight = Cadence { rhythm: Rhythm::EveryTwoWeeks, weekday: Weekday::Mon };
        assert!(fortnight.is_due(day("2001-01-01")));
        assert!(!fortnight.is_due(day("2001-01-08")));
        let monthly = Cadence { rhythm: Rhythm::Monthly, weekday: Weekday::Wed };
        assert_eq!(monthly.due_before(day("2026-03-04")), Some(day("2026-02-04")));
        assert_eq!(monthly.due_from(day("2026-02-05")), Some(day("2026-03-04")));
        assert_eq!(fortnight.due_before(NaiveDate::MIN), None);
    }
}
