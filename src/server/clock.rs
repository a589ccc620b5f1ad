//! The one place that asks what time it is.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

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
        let zone: Tz = time_zone.parse().unwrap_or(Tz::UTC);
        let midnight = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
        // Where clocks are set forward at midnight, the day begins an hour later by their count.
        let local = |hours| zone.from_local_datetime(&(midnight + TimeDelta::hours(hours))).earliest();
        local(0).or_else(|| local(1)).map_or_else(|| midnight.and_utc(), |moment| moment.with_timezone(&Utc))
    }

    /// The day of a moment in an IANA time zone.
    #[must_use]
    pub fn day_of(moment: DateTime<Utc>, time_zone: &str) -> NaiveDate {
        moment.with_timezone(&time_zone.parse().unwrap_or(Tz::UTC)).date_naive()
    }

    /// The day in an IANA time zone; in UTC where the name is unknown.
    #[must_use]
    pub fn today(self, time_zone: &str) -> NaiveDate {
        Self::day_of(self.now(), time_zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_where_the_workspace_is() {
        let end = |day: &str, zone| Clock::end_of(day.parse().unwrap(), zone).to_rfc3339();
        assert_eq!(end("2026-10-01", "UTC"), "2026-10-02T00:00:00+00:00");
        assert_eq!(end("2026-10-01", "Europe/Berlin"), "2026-10-01T22:00:00+00:00");
        assert_eq!(end("2026-10-01", "no such zone"), "2026-10-02T00:00:00+00:00");
        // Clocks in Cairo go from 24 April, midnight, straight to one o'clock.
        assert_eq!(end("2026-04-23", "Africa/Cairo"), "2026-04-23T22:00:00+00:00");
    }
}
