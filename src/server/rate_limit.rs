//! How often somebody may try.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Too many tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many attempts: try again in {seconds} seconds")]
pub struct TooMany {
    /// How long until the next try is let through; at least 1.
    pub seconds: i64,
}

/// Lets through so many tries at once, and then one an interval, for each key.
///
/// Kept in memory, so a restart forgets it, and bounded: when too many keys are known, the one that is nearest to being
/// forgotten anyway goes first.
pub struct RateLimit<K> {
    burst: i32,
    interval: TimeDelta,
    capacity: usize,
    /// For each key the moment at which all its tries are earned back.
    rested: Mutex<HashMap<K, DateTime<Utc>>>,
}

impl<K: Clone + Eq + Hash> RateLimit<K> {
    /// Lets through `burst` tries at once and then one an `interval`; remembers at most `capacity` keys.
    #[must_use]
    pub fn new(burst: i32, interval: TimeDelta, capacity: usize) -> Self {
        Self { burst, interval, capacity, rested: Mutex::default() }
    }

    /// Counts a try.
    ///
    /// # Errors
    /// When there were too many: this one then does not count.
    pub fn take(&self, key: &K, now: DateTime<Utc>) -> Result<(), TooMany> {
        let mut rested = self.rested.lock().unwrap_or_else(PoisonError::into_inner);
        let all = self.interval * self.burst;
        // A clock that was set back must not lock anybody out for longer than the limit itself.
        let since = rested.get(key).map_or(now, |moment| (*moment).clamp(now, now + all));
        let next = since + self.interval;
        if next > now + all {
            return Err(TooMany { seconds: (next - now - all).num_seconds() + 1 });
        }
        if rested.len() >= self.capacity && !rested.contains_key(key) {
            rested.retain(|_, moment| *moment > now);
            if rested.len() >= self.capacity
                && let Some(first) = rested.iter().min_by_key(|(_, moment)| **moment).map(|(key, _)| key.clone())
            {
                rested.remove(&first);
            }
        }
        rested.insert(key.clone(), next);
        Ok(())
    }

    /// Takes back a try that turned out to be rightful.
    pub fn give_back(&self, key: &K) {
        let mut rested = self.rested.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(moment) = rested.get_mut(key) {
            *moment -= self.interval;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit() -> RateLimit<u32> {
        RateLimit::new(3, TimeDelta::seconds(60), 2)
    }

    #[test]
    fn a_burst_and_then_one_an_interval() {
        let (limit, now) = (limit(), DateTime::UNIX_EPOCH);
        for _ in 0..3 {
            assert_eq!(limit.take(&1, now), Ok(()));
        }
        let told = limit.take(&1, now).unwrap_err();
        assert!((60..=61).contains(&told.seconds), "{told:?}");
        assert_eq!(limit.take(&2, now), Ok(()), "others are not concerned");
        assert!(limit.take(&1, now + TimeDelta::seconds(59)).is_err());
        let later = now + TimeDelta::seconds(told.seconds);
        assert_eq!(limit.take(&1, later), Ok(()), "what was told holds");
        assert!(limit.take(&1, later).is_err());
    }

    #[test]
    fn rightful_tries_do_not_count() {
        let (limit, now) = (limit(), DateTime::UNIX_EPOCH);
        for _ in 0..100 {
            assert_eq!(limit.take(&1, now), Ok(()));
            limit.give_back(&1);
        }
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out() {
        let (limit, now) = (limit(), DateTime::UNIX_EPOCH);
        assert_eq!(limit.take(&1, now + TimeDelta::days(365)), Ok(()));
        assert!(limit.take(&1, now).unwrap_err().seconds <= 61);
    }

    #[test]
    fn memory_is_bounded() {
        let (limit, now) = (limit(), DateTime::UNIX_EPOCH);
        let known = || limit.rested.lock().unwrap().len();
        for key in 0..1000 {
            assert_eq!(limit.take(&key, now), Ok(()));
            assert!(known() <= 2);
        }
        let later = now + TimeDelta::days(1);
        limit.take(&1000, later).unwrap();
        assert_eq!(known(), 1, "what is earned back is forgotten");
    }
}
