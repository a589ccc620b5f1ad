//! The company's year around the day on which the example is made, and when things were said.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};

use crate::domain::cadence::Cadence;
use crate::domain::cycle::{Phase, Span};

use super::table::{Said, When};

/// The company counts its own years, each of four quarters of 13 weeks, so that their names are true on any day.
const YEAR: &str = "Year 4";
const QUARTER: u64 = 13 * 7;
/// The current quarter began so many weeks before the latest Monday that is over: 64 to 70 % of it are gone.
const WEEKS_GONE: u64 = 8;

/// The day it is, and the company's year around it.
#[derive(Clone, Copy)]
pub(super) struct Calendar {
    today: NaiveDate,
    first: NaiveDate,
}

impl Calendar {
    pub fn new(today: NaiveDate) -> Self {
        let yesterday = before(today, 1);
        let monday = before(yesterday, u64::from(yesterday.weekday().num_days_from_monday()));
        Self { today, first: before(monday, 7 * WEEKS_GONE + 2 * QUARTER) }
    }

    pub fn yesterday(self) -> NaiveDate {
        before(self.today, 1)
    }

    pub fn name(when: When) -> String {
        match when {
            When::Year => YEAR.to_owned(),
            When::First => format!("{YEAR} · Q1"),
            When::Second => format!("{YEAR} · Q2"),
            When::Third => format!("{YEAR} · Q3"),
            When::Fourth => format!("{YEAR} · Q4"),
        }
    }

    pub fn phase(when: When) -> Phase {
        match when {
            When::First | When::Second => Phase::Closed,
            When::Third | When::Year => Phase::Active,
            When::Fourth => Phase::Draft,
        }
    }

    pub fn span(self, when: When) -> Option<Span> {
        let (skipped, quarters) = match when {
            When::Year => (0, 4),
            When::First => (0, 1),
            When::Second => (1, 1),
            When::Third => (2, 1),
            When::Fourth => (3, 1),
        };
        let first = self.first + Days::new(skipped * QUARTER);
        Span::new(first, first + Days::new(quarters * QUARTER - 1))
    }

    /// The due dates of a cadence in a cycle that are over, without those that somebody missed.
    pub fn due_dates(self, cadence: Cadence, when: When, missed: &[usize]) -> Vec<NaiveDate> {
        let Some(span) = self.span(when) else {
            return Vec::new();
        };
        let mut days: Vec<_> = cadence.due_dates(span.first(), span.last().min(self.yesterday())).collect();
        days.reverse();
        let mut kept: Vec<_> =
            days.into_iter().enumerate().filter(|(ago, _)| !missed.contains(ago)).map(|(_, day)| day).collect();
        kept.reverse();
        kept
    }
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

/// A time on that day, within the hours of work and different for each `turn`.
pub(super) fn at_work(day: NaiveDate, turn: usize) -> DateTime<Utc> {
    let minutes = (7 * 60 + (turn * 47) % 480) as u32;
    let time = NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap_or_default();
    day.and_time(time).and_utc()
}

/// In the evening of that day, after all that was said at work.
pub(super) fn after_work(day: NaiveDate, turn: usize) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(16, (turn * 13 % 60) as u32, 0).unwrap_or_default();
    day.and_time(time).and_utc()
}

/// How far the days between two points lie off the straight line, in twelfths of the way: life is not drawn with a
/// ruler.
const SWAY: [i64; 4] = [0, -1, 1, 2];

/// Spreads points evenly over days, the last one on the last day, and fills in the days between two points: near the
/// straight line where values move `smoothly`, and otherwise with the earlier point's value. Where there are more
/// points than days, the first ones go.
pub(super) fn spread(points: &[Said], days: &[NaiveDate], smoothly: bool) -> Vec<(NaiveDate, Said)> {
    let points = &points[points.len().saturating_sub(days.len())..];
    let Some((last_point, last_day)) = points.len().checked_sub(1).zip(days.len().checked_sub(1)) else {
        return Vec::new();
    };
    if last_point == 0 {
        return vec![(days[last_day], points[0])];
    }
    let grain = grain(points);
    let place = |point: usize| point * last_day / last_point;
    let between = points.windows(2).enumerate().flat_map(|(point, ends)| {
        let (here, next) = (place(point), place(point + 1));
        (here..next).map(move |day| {
            if day == here {
                return (days[day], ends[0]);
            }
            let (from, to) = (hundredths(ends[0].0), hundredths(ends[1].0));
            let way = (to - from) * (day - here) as i64 / (next - here) as i64;
            let sway = (to - from) * SWAY[day % SWAY.len()] / 12;
            let value = if smoothly { (from + way + sway) / grain * grain } else { from };
            (days[day], (value as f64 / 100.0, ends[0].1, ""))
        })
    });
    between.chain([(days[last_day], points[last_point])]).collect()
}

fn hundredths(value: f64) -> i64 {
    (value * 100.0).round() as i64
}

/// The roughest unit, in hundredths, in which all points are whole: what is filled in is no finer than what was said.
fn grain(points: &[Said]) -> i64 {
    [100_000, 10_000, 100, 10]
        .into_iter()
        .find(|grain| points.iter().all(|point| hundredths(point.0) % grain == 0))
        .unwrap_or(1)
}
