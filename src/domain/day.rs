//! The workspace's day: it begins and ends in the workspace's time zone, and whoever is elsewhere is told when that is.

use chrono::{
    DateTime, Datelike, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike,
    Utc,
};
use serde::{Deserialize, Serialize};

use super::cadence::weekday_name;

/// A day in the workspace's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Which day it is.
    pub date: NaiveDate,
    /// The moment at which it ends and the next one begins. Only the server knows time zones: `None` where it has not said.
    pub ends: Option<DateTime<Utc>>,
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self { date, ends: None }
    }
}

impl Day {
    /// A day in a time zone.
    #[must_use]
    pub fn new(date: NaiveDate, zone: &impl TimeZone) -> Self {
        Self { date, ends: Some(end_of(date, zone)) }
    }

    /// The day that it is at a moment: this one until it ends. Later days, whose ends nobody has told, are taken to have 24 hours.
    #[must_use]
    pub fn at(self, moment: DateTime<Utc>) -> Self {
        let gone_on = || {
            let ends = self.ends.filter(|ends| *ends <= moment)?;
            let days = TimeDelta::try_days((moment - ends).num_days() + 1)?;
            Some(Self { date: self.date.checked_add_signed(days)?, ends: Some(ends.checked_add_signed(days)?) })
        };
        gone_on().unwrap_or(self)
    }

    /// The day of a moment before the end of this one. Earlier days are taken to have 24 hours, and to be those of UTC where nobody
    /// has told when this one ends.
    #[must_use]
    pub fn date_of(self, moment: DateTime<Utc>) -> NaiveDate {
        let of_zone = || {
            let before_the_end = self.ends? - moment - TimeDelta::microseconds(1);
            self.date.checked_sub_signed(TimeDelta::try_days(before_the_end.num_days())?)
        };
        of_zone().unwrap_or_else(|| moment.date_naive())
    }

    /// Noon of this day or of one before it. Earlier days are taken to have 24 hours, and to be those of UTC where nobody has told
    /// when this one ends.
    #[must_use]
    pub fn noon_of(self, date: NaiveDate) -> DateTime<Utc> {
        let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc();
        let end = self.ends.unwrap_or_else(|| midnight(self.date) + TimeDelta::days(1));
        (end - TimeDelta::hours(12)).checked_sub_signed(self.date - date).unwrap_or(DateTime::<Utc>::MIN_UTC)
    }

    /// Until when the day lasts for a reader whose day ends at another moment: `until 17:00 your time`, with the weekday where
    /// that is not the reader's today. `None` where their day ends at the same moment.
    ///
    /// `offset` tells how far the reader's clock is from UTC at a moment.
    #[must_use]
    pub fn until_words(self, now: DateTime<Utc>, offset: impl Fn(DateTime<Utc>) -> FixedOffset) -> Option<String> {
        let ends = self.ends?;
        let local = |moment| local(moment, &offset);
        let end = local(ends);
        // Not whether it is midnight: where clocks are set forward then, a day begins later.
        let is_end_here = local(ends - TimeDelta::seconds(1)).date() == self.date && end.date() > self.date;
        if is_end_here {
            return None;
        }
        let weekday = match end.date() == local(now).date() {
            true => String::new(),
            false => format!("{} ", weekday_name(end.weekday())),
        };
        Some(format!("until {weekday}{} your time", time_words(end)))
    }
}

/// The moment at which a day ends in a time zone, and the next one begins.
#[must_use]
pub fn end_of(date: NaiveDate, zone: &impl TimeZone) -> DateTime<Utc> {
    first_instant(date.succ_opt().unwrap_or(date), zone)
}

/// The first instant of a day in a time zone: midnight, or the end of what the clocks skip there.
#[must_use]
pub fn first_instant(date: NaiveDate, zone: &impl TimeZone) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    // One zone once skipped a whole day.
    let skipped = (0..=2 * 24 * 60).map(|minutes| midnight + TimeDelta::minutes(minutes));
    let first = skipped.map(|time| zone.from_local_datetime(&time)).find_map(LocalResult::earliest);
    first.map_or_else(|| midnight.and_utc(), |time| time.to_utc())
}

/// What a reader's calendar and clock show at a moment.
///
/// `offset` tells how far their clock is from UTC at a moment.
#[must_use]
pub fn local(moment: DateTime<Utc>, offset: impl Fn(DateTime<Utc>) -> FixedOffset) -> NaiveDateTime {
    moment.with_timezone(&offset(moment)).naive_local()
}

/// A day as people write it: `1 October 2026`.
#[must_use]
pub fn day_words(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month_name(day), day.year())
}

/// The same where there is little room: `1 Oct 2026`.
#[must_use]
pub fn short_day_words(day: NaiveDate) -> String {
    let month: String = month_name(day).chars().take(3).collect();
    format!("{} {month} {}", day.day(), day.year())
}

fn month_name(day: NaiveDate) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS.get(day.month0() as usize).copied().unwrap_or_default()
}

/// A day and a time as people write them: `1 October 2026, 14:05`.
#[must_use]
pub fn moment_words(moment: NaiveDateTime) -> String {
    format!("{}, {}", day_words(moment.date()), time_words(moment))
}

/// A time as people write it: `14:05`.
#[must_use]
pub fn time_words(moment: NaiveDateTime) -> String {
    format!("{:02}:{:02}", moment.hour(), moment.minute())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MONDAY: &str = "2026-10-05";

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn east(minutes: i32) -> FixedOffset {
        FixedOffset::east_opt(minutes * 60).unwrap()
    }

    /// A zone whose clocks are changed once.
    fn changing(at: &str, before: i32, after: i32) -> impl Fn(DateTime<Utc>) -> FixedOffset {
        let at = moment(at);
        move |moment| east(if moment < at { before } else { after })
    }

    /// What a reader so many minutes east of UTC is told of a Monday there, when it is noon.
    fn told(minutes: i32) -> String {
        Day::new(date(MONDAY), &Utc).until_words(moment("2026-10-05T12:00:00Z"), |_| east(minutes)).unwrap_or_default()
    }

    #[test]
    fn whoever_is_elsewhere_is_told_until_when() {
        assert_eq!(told(0), "");
        assert_eq!(told(-7 * 60), "until 17:00 your time");
        assert_eq!(told(-11 * 60), "until 13:00 your time");
        assert_eq!(told(9 * 60), "until Tuesday 09:00 your time");
        assert_eq!(told(5 * 60 + 45), "until Tuesday 05:45 your time");
        assert_eq!(told(14 * 60), "until 14:00 your time", "it is Tuesday there");
    }

    #[test]
    fn the_weekday_is_told_where_it_is_not_the_readers_today() {
        let day = Day::new(date(MONDAY), &Utc);
        let at = |now: &str, hours: i32| day.until_words(moment(now), |_| east(hours * 60)).unwrap();
        assert_eq!(at("2026-10-05T06:59:00Z", -7), "until Monday 17:00 your time", "it is Sunday there");
        assert_eq!(at("2026-10-05T07:00:00Z", -7), "until 17:00 your time");
        assert_eq!(at("2026-10-05T14:59:00Z", 9), "until Tuesday 09:00 your time");
        assert_eq!(at("2026-10-05T15:00:00Z", 9), "until 09:00 your time");
    }

    #[test]
    fn a_day_apart_is_not_the_same_day() {
        let honolulu = Day::new(date(MONDAY), &east(-10 * 60));
        let words = honolulu.until_words(moment("2026-10-05T12:00:00Z"), |_| east(14 * 60));
        assert_eq!(words.unwrap(), "until Wednesday 00:00 your time");
    }

    #[test]
    fn nothing_is_told_where_the_clocks_skip_the_same_midnight() {
        // As in Cairo: midnight of 24 April is one o'clock.
        let day = Day { date: date("2026-04-23"), ends: Some(moment("2026-04-23T22:00:00Z")) };
        let now = moment("2026-04-23T12:00:00Z");
        assert_eq!(day.until_words(now, changing("2026-04-23T22:00:00Z", 120, 180)), None);
        assert_eq!(day.until_words(now, |_| east(180)).unwrap(), "until Friday 01:00 your time");
    }

    #[test]
    fn the_readers_clock_counts_as_it_will_be_at_the_end() {
        // In Berlin, clocks go back in the night to 25 October: a day of 25 hours. In spring, one of 23.
        let told = |day: &str, change: &str, before, after| {
            let now = moment(&format!("{day}T00:30:00Z"));
            Day::new(date(day), &Utc).until_words(now, changing(change, before, after)).unwrap()
        };
        assert_eq!(told("2026-10-25", "2026-10-25T01:00:00Z", 120, 60), "until Monday 01:00 your time");
        assert_eq!(told("2026-03-29", "2026-03-29T01:00:00Z", 60, 120), "until Monday 02:00 your time");
    }

    #[test]
    fn nobody_is_told_what_is_not_known() {
        assert_eq!(Day::from(date(MONDAY)).until_words(moment("2026-10-05T12:00:00Z"), |_| east(60)), None);
    }

    #[test]
    fn a_day_goes_on_until_it_ends() {
        let day = Day::new(date(MONDAY), &east(13 * 60));
        let at = |text: &str| {
            let day = day.at(moment(text));
            (day.date.to_string(), day.ends.unwrap().to_rfc3339())
        };
        let told = |date: &str, ends: &str| (date.to_owned(), ends.to_owned());
        assert_eq!(at("2026-10-05T10:59:59Z"), told(MONDAY, "2026-10-05T11:00:00+00:00"));
        assert_eq!(at("2026-10-05T11:00:00Z"), told("2026-10-06", "2026-10-06T11:00:00+00:00"));
        assert_eq!(at("2026-10-09T12:00:00Z"), told("2026-10-10", "2026-10-10T11:00:00+00:00"));
        let unknown = Day::from(date(MONDAY));
        assert_eq!(unknown.at(moment("2030-01-01T00:00:00Z")), unknown);
    }

    #[test]
    fn a_moment_is_of_the_workspaces_day() {
        let day = Day::new(date(MONDAY), &east(13 * 60));
        let of = |text: &str| day.date_of(moment(text)).to_string();
        assert_eq!(of("2026-10-05T10:59:59Z"), MONDAY);
        assert_eq!(of("2026-10-04T11:00:00Z"), MONDAY);
        assert_eq!(of("2026-10-04T10:59:59Z"), "2026-10-04");
        assert_eq!(of("2026-09-04T10:59:59Z"), "2026-09-04");
        assert_eq!(Day::from(date(MONDAY)).date_of(moment("2026-10-04T23:00:00Z")).to_string(), "2026-10-04");
    }

    #[test]
    fn moments_are_written_out() {
        let at = local(moment("2026-10-04T23:05:00Z"), |_| east(5 * 60 + 45));
        assert_eq!(moment_words(at), "5 October 2026, 04:50");
        assert_eq!(short_day_words(at.date()), "5 Oct 2026");
    }

    proptest! {
        /// Whatever the zones: nothing is said where both days end together, and else the words name the end on the reader's clock.
        #[test]
        fn words_agree_with_the_readers_clock(days in 0..40_000_i64, here in -840..840_i32, there in -840..840_i32, now in 0..86_400_i64) {
            let date = NaiveDate::default() + TimeDelta::days(days);
            let day = Day::new(date, &east(there));
            let ends = day.ends.unwrap();
            let now = ends - TimeDelta::seconds(86_400 - now);
            let words = day.until_words(now, |_| east(here));
            prop_assert_eq!(words.is_none(), here == there);
            prop_assert_eq!(day.at(now), day);
            prop_assert_eq!(day.date_of(now), date);
            if let Some(words) = words {
                let end = local(ends, |_| east(here));
                let weekday = if end.date() == local(now, |_| east(here)).date() { "" } else { weekday_name(end.weekday()) };
                let told = format!("until {weekday} {} your time", end.format("%H:%M"));
                prop_assert_eq!(words, told.replace("  ", " "));
            }
        }
    }
}
