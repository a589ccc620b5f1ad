//! The one place that asks what time it is.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::domain::day::{self, Day};

/// What time it is; handed in, so that tests and `--today` can say otherwise.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always this moment.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// The moment.
    #[must_use]
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now(),
            Self::Fixed(moment) => moment,
        }
    }

    /// The moment at which a day ends in an IANA time zone, and the next begins; in UTC where the name is unknown.
    #[must_use]
    pub fn end_of(day: NaiveDate, time_zone: &str) -> DateTime<Utc> {
        day::end_of(day, &zone_named(time_zone))
    }

    /// The day of a moment in an IANA time zone.
    #[must_use]
    pub fn day_of(moment: DateTime<Utc>, time_zone: &str) -> NaiveDate {
        moment.with_timezone(&zone_named(time_zone)).date_naive()
    }

    /// The day in an IANA time zone; in UTC where the name is unknown.
    #[must_use]
    pub fn today(self, time_zone: &str) -> Day {
        Day::new(Self::day_of(self.now(), time_zone), &zone_named(time_zone))
    }
}

fn zone_named(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::Offset;

    use super::*;

    #[test]
    fn a_day_ends_where_the_workspace_is() {
        let end = |day: &str, zone| Clock::end_of(day.parse().unwrap(), zone).to_rfc3339();
        assert_eq!(end("2026-10-01", "UTC"), "2026-10-02T00:00:00+00:00");
        assert_eq!(end("2026-10-01", "Europe/Berlin"), "2026-10-01T22:00:00+00:00");
        assert_eq!(end("2026-10-01", "no such zone"), "2026-10-02T00:00:00+00:00");
        // Clocks in Cairo go from 24 April, midnight, straight to one o'clock.
        assert_eq!(end("2026-04-23", "Africa/Cairo"), "2026-04-23T22:00:00+00:00");
        // In Beirut midnight is eleven o'clock again, an hour before the day ends. In Havana the new day begins twice.
        assert_eq!(end("2026-10-24", "Asia/Beirut"), "2026-10-24T22:00:00+00:00");
        assert_eq!(end("2026-10-31", "America/Havana"), "2026-11-01T04:00:00+00:00");
        // Samoa had no 30 December.
        assert_eq!(end("2011-12-29", "Pacific/Apia"), "2011-12-30T10:00:00+00:00");
    }

    /// Zones far from each other, with quarters of an hour, and with clocks that are changed at midnight.
    const ZONES: [&str; 11] = [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "Asia/Kathmandu",
        "Africa/Cairo",
        "Asia/Beirut",
        "America/Havana",
        "America/Santiago",
        "Australia/Lord_Howe",
    ];

    #[test]
    fn only_whoever_is_elsewhere_is_told_until_when_a_day_lasts() {
        let first: NaiveDate = "2026-01-01".parse().unwrap();
        let mut lengths = BTreeSet::new();
        for workspace in ZONES {
            for date in first.iter_days().take(366) {
                let day = Day::new(date, &zone_named(workspace));
                let began = Clock::end_of(date.pred_opt().unwrap(), workspace);
                let ends = day.ends.unwrap();
                lengths.insert((ends - began).num_minutes());
                assert_eq!(Clock::day_of(ends, workspace), date.succ_opt().unwrap(), "{workspace} {date}");
                for reader in ZONES {
                    let offset = |moment: DateTime<Utc>| moment.with_timezone(&zone_named(reader)).offset().fix();
                    let words = day.until_words(began, offset);
                    let end_together = Clock::end_of(date, reader) == ends;
                    assert_eq!(words.is_none(), end_together, "{workspace} {date} {reader}: {words:?}");
                }
            }
        }
        assert!(lengths.is_superset(&[23 * 60, 24 * 60, 25 * 60].into()), "{lengths:?}");
    }
}
