//! Progress as an integer, so that an incremental roll-up equals a full one to the last digit.

use serde::{Deserialize, Serialize};

/// Progress that counts: parts per million, from 0 to 1 000 000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Ppm(u32);

impl Ppm {
    /// Nothing reached.
    pub const ZERO: Self = Self(0);
    /// All of it reached.
    pub const ONE: Self = Self(1_000_000);

    /// `None` above 1 000 000.
    #[must_use]
    pub fn new(ppm: u32) -> Option<Self> {
        (ppm <= Self::ONE.0).then_some(Self(ppm))
    }

    /// Raw progress (1.0 is the target) as it counts: rounded half up, then clamped to 0..=1.
    #[must_use]
    pub fn from_raw(raw: f64) -> Self {
        Self(unclamped_ppm(raw).clamp(0, i64::from(Self::ONE.0)) as u32)
    }

    /// Parts per million.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// As a fraction from 0.0 to 1.0.
    #[must_use]
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / f64::from(Self::ONE.0)
    }
}

impl TryFrom<u32> for Ppm {
    type Error = &'static str;

    fn try_from(ppm: u32) -> Result<Self, Self::Error> {
        Self::new(ppm).ok_or("progress is at most 1 000 000 parts per million")
    }
}

impl From<Ppm> for u32 {
    fn from(ppm: Ppm) -> Self {
        ppm.0
    }
}

/// Raw progress in parts per million, rounded half up; below 0 and above 1 000 000 stay. Saturates.
#[must_use]
pub fn unclamped_ppm(raw: f64) -> i64 {
    let scaled = raw * 1_000_000.0;
    let whole = scaled.floor();
    // `floor(x + 0.5)` would lift 0.499… over the edge; the remainder is exact.
    (if scaled - whole >= 0.5 { whole + 1.0 } else { whole }) as i64
}

/// The number that a person reads: whole per cent rounded half up, but never "100 %" below 1 000 000 ppm and never
/// "0 %" above 0; "–" where progress is unknown. The minus is U+2212 and the blank does not break.
#[must_use]
pub fn percent(ppm: Option<i64>) -> String {
    let Some(ppm) = ppm else {
        return "–".to_owned();
    };
    match ppm.saturating_add(5_000).div_euclid(10_000) {
        0 if ppm > 0 => "<1\u{a0}%".to_owned(),
        100 if ppm < 1_000_000 => "99\u{a0}%".to_owned(),
        whole if whole < 0 => format!("\u{2212}{}\u{a0}%", whole.unsigned_abs()),
        whole => format!("{whole}\u{a0}%"),
    }
}

/// [`percent`] of progress that counts.
#[must_use]
pub fn percent_of(progress: Option<Ppm>) -> String {
    percent(progress.map(|ppm| i64::from(ppm.get())))
}

/// How much a contribution counts beside its siblings: 0 to 1 000. 0 is aligned, and does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Weight(u16);

impl Weight {
    /// `None` above 1 000.
    #[must_use]
    pub fn new(weight: u16) -> Option<Self> {
        (weight <= 1_000).then_some(Self(weight))
    }

    /// 0 to 1 000.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }
}

impl Default for Weight {
    fn default() -> Self {
        Self(1)
    }
}

impl TryFrom<u16> for Weight {
    type Error = &'static str;

    fn try_from(weight: u16) -> Result<Self, Self::Error> {
        Self::new(weight).ok_or("a weight is a whole number from 0 to 1000")
    }
}

impl From<Weight> for u16 {
    fn from(weight: Weight) -> Self {
        weight.0
    }
}

/// Σ weight and Σ weight × ppm over the contributions to one node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Σ weight.
    pub weight: u64,
    /// Σ weight × ppm.
    pub weighted: u64,
}

impl Tally {
    /// Counts a contribution in.
    pub fn add(&mut self, weight: Weight, progress: Ppm) {
        self.weight += u64::from(weight.get());
        self.weighted += u64::from(weight.get()) * u64::from(progress.get());
    }

    /// Takes out a contribution that was counted in.
    pub fn remove(&mut self, weight: Weight, progress: Ppm) {
        self.weight -= u64::from(weight.get());
        self.weighted -= u64::from(weight.get()) * u64::from(progress.get());
    }

    /// round_half_up(Σ weight × ppm / Σ weight); `None` where nothing counts.
    #[must_use]
    pub fn progress(self) -> Option<Ppm> {
        if self.weight == 0 {
            return None;
        }
        let rounded = (2 * self.weighted + self.weight) / (2 * self.weight);
        u32::try_from(rounded).ok().and_then(Ppm::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_is_honest_at_the_edges() {
        let shown = |ppm| percent(Some(ppm)).replace('\u{a0}', " ");
        assert_eq!(shown(0), "0 %");
        assert_eq!(shown(1), "<1 %");
        assert_eq!(shown(i64::MAX), "922337203685477 %");
        assert!(shown(i64::MIN).starts_with('\u{2212}'));
        assert_eq!(shown(4_999), "<1 %");
        assert_eq!(shown(5_000), "1 %");
        assert_eq!(shown(994_999), "99 %");
        assert_eq!(shown(999_999), "99 %");
        assert_eq!(shown(1_000_000), "100 %");
        assert_eq!(shown(1_004_999), "100 %");
        assert_eq!(shown(1_250_000), "125 %");
        assert_eq!(shown(-4_999), "0 %");
        assert_eq!(shown(-5_000), "0 %");
        assert_eq!(shown(-5_001), "−1 %");
        assert_eq!(shown(-200_000), "−20 %");
        assert_eq!(percent(None), "–");
    }

    #[test]
    fn raw_progress_rounds_half_up() {
        assert_eq!(unclamped_ppm(0.000_000_499_999_999_999_9), 0);
        assert_eq!(unclamped_ppm(0.000_001_5), 2);
        assert_eq!(unclamped_ppm(-0.000_001_5), -1);
        assert_eq!(Ppm::from_raw(-0.2), Ppm::ZERO);
        assert_eq!(Ppm::from_raw(1.25), Ppm::ONE);
        assert_eq!(unclamped_ppm(f64::MAX), i64::MAX);
    }

    #[test]
    fn a_tally_rounds_half_up_and_knows_when_it_is_empty() {
        let mut tally = Tally::default();
        assert_eq!(tally.progress(), None);
        tally.add(Weight::default(), Ppm(0));
        tally.add(Weight::default(), Ppm(1));
        assert_eq!(tally.progress(), Some(Ppm(1)));
        tally.remove(Weight::default(), Ppm(1));
        assert_eq!(tally.progress(), Some(Ppm::ZERO));
    }
}
