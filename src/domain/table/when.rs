//! Days and times as a table writes them.

use chrono::{
    DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, SubsecRound, TimeDelta, TimeZone, Utc,
};

use super::cell::quoted;
use crate::domain::day::first_instant;

/// When a check-in is for, before a time zone has its say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// A day: its first instant.
    Day(NaiveDate),
    /// A time on the clocks of the workspace.
    Local(NaiveDateTime),
    /// A time that says its zone.
    Exact(DateTime<Utc>),
}

impl When {
    /// Reads `2026-03-31`, `2026-03-31T09:30`, `2026-03-31 09:30:00` or `2026-03-31T09:30:00+02:00`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        Self::read(text).ok_or_else(|| {
            format!("{} is not a day or a time; write it like 2026-03-31 or 2026-03-31T09:30:00Z", quoted(text))
        })
    }

    fn read(text: &str) -> Option<Self> {
        let (day, rest) = text.split_at_checked(10)?;
        let padded = |(place, c): (usize, u8)| if matches!(place, 4 | 7) { c == b'-' } else { c.is_ascii_digit() };
        let day: NaiveDate = if day.bytes().enumerate().all(padded) { day.parse().ok()? } else { return None };
        if rest.is_empty() {
            return Some(Self::Day(day));
        }
        let time = rest.strip_prefix(['T', 't', ' '])?;
        let time = time.strip_suffix(['Z', 'z']).map_or_else(|| time.to_owned(), |time| format!("{time}+00:00"));
        let exact = ["%H:%M:%S%.f%#z", "%H:%M%#z"]
            .into_iter()
            .find_map(|format| DateTime::parse_from_str(&format!("{day}T{time}"), &format!("%Y-%m-%dT{format}")).ok());
        let local =
            || ["%H:%M:%S%.f", "%H:%M"].into_iter().find_map(|format| NaiveTime::parse_from_str(&time, format).ok());
        exact.map(|exact| Self::Exact(exact.to_utc())).or_else(|| Some(Self::Local(day.and_time(local()?))))
    }

    /// The moment, to the microsecond, which every database keeps; `None` for a local time that the clocks skip.
    pub(super) fn at(self, zone: &impl TimeZone) -> Option<DateTime<Utc>> {
        let at = match self {
            Self::Day(day) => Some(first_instant(day, zone)),
            Self::Local(time) => zone.from_local_datetime(&time).earliest().map(|time| time.to_utc()),
            Self::Exact(at) => Some(at),
        };
        at.map(|at| at.trunc_subsecs(6))
    }
}

/// A moment as an exported table writes it: a day where it is the first instant of one, else in full.
pub(super) fn written(at: DateTime<Utc>, zone: &impl TimeZone) -> String {
    let day = at.with_timezone(zone).date_naive();
    if first_instant(day, zone) == at { day.to_string() } else { at.to_rfc3339_opts(SecondsFormat::AutoSi, true) }
}

/// The earliest and the latest moment that a check-in may be for.
pub(super) fn bounds(now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let earliest = now.checked_sub_days(Days::new(365 * 200)).unwrap_or(now);
    (earliest, now.checked_add_signed(TimeDelta::days(1)).unwrap_or(now))
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    fn at(text: &str) -> String {
        let zone = FixedOffset::east_opt(3600).unwrap();
        When::parse(text).unwrap().at(&zone).unwrap().to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    #[test]
    fn reads_days_and_times() {
        assert_eq!(at("2026-03-31"), "2026-03-30T23:00:00Z");
        assert_eq!(at("2026-03-31T09:30"), "2026-03-31T08:30:00Z");
        assert_eq!(at("2026-03-31 09:30:15.5"), "2026-03-31T08:30:15.500Z");
        assert_eq!(at("2026-03-31T09:30:00+02:00"), "2026-03-31T07:30:00Z");
        assert_eq!(at("2026-03-31T09:30Z"), "2026-03-31T09:30:00Z");
    }

    #[test]
    fn refuses_what_does_not_exist() {
        for text in
            ["2026-02-30", "2026-13-01", "2026-2-3", "31.03.2026", "2026-03-31T25:00", "2026-03-31T", "today", ""]
        {
            assert!(When::parse(text).unwrap_err().contains("is not a day or a time"), "{text}");
        }
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let zone = FixedOffset::west_opt(5 * 3600).unwrap();
        for text in ["2026-03-31T05:00:00Z", "2026-03-31T00:00:00Z", "2026-03-31T09:30:00.123456Z"] {
            let at: DateTime<Utc> = text.parse().unwrap();
            assert_eq!(When::parse(&written(at, &zone)).unwrap().at(&zone), Some(at));
        }
        assert_eq!(written("2026-03-31T05:00:00Z".parse().unwrap(), &zone), "2026-03-31");
    }
}
