//! Check-ins: what somebody said about a key result.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::ids::{CheckInId, KeyResultId, PersonId};
use crate::domain::measure::Value;

/// The owner's own forecast, from 0 (it will not be) to 10 (it will be).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Confidence(u8);

impl Confidence {
    /// `None` above 10.
    #[must_use]
    pub fn new(confidence: u8) -> Option<Self> {
        (confidence <= 10).then_some(Self(confidence))
    }

    /// 0 to 10.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }

    /// What it says in a word.
    #[must_use]
    pub fn band(self) -> ConfidenceBand {
        match self.0 {
            8.. => ConfidenceBand::OnTrack,
            4..=7 => ConfidenceBand::AtRisk,
            _ => ConfidenceBand::OffTrack,
        }
    }
}

impl TryFrom<u8> for Confidence {
    type Error = &'static str;

    fn try_from(confidence: u8) -> Result<Self, Self::Error> {
        Self::new(confidence).ok_or("confidence is a whole number from 0 to 10")
    }
}

impl From<Confidence> for u8 {
    fn from(confidence: Confidence) -> Self {
        confidence.0
    }
}

/// How many of several have each confidence, so that the weakest is known without asking all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConfidenceTally([u32; 11]);

impl ConfidenceTally {
    /// Counts one in; what has no confidence does not count.
    pub fn add(&mut self, confidence: Option<Confidence>) {
        if let Some(count) = self.count_of(confidence) {
            *count += 1;
        }
    }

    /// Takes out one that was counted in.
    pub fn remove(&mut self, confidence: Option<Confidence>) {
        if let Some(count) = self.count_of(confidence) {
            *count -= 1;
        }
    }

    /// The weakest that was counted in; `None` where none was.
    #[must_use]
    pub fn weakest(self) -> Option<Confidence> {
        let place = self.0.iter().position(|count| *count > 0)?;
        u8::try_from(place).ok().and_then(Confidence::new)
    }

    fn count_of(&mut self, confidence: Option<Confidence>) -> Option<&mut u32> {
        self.0.get_mut(usize::from(confidence?.get()))
    }
}

/// What a confidence says in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfidenceBand {
    /// 0 to 3.
    OffTrack,
    /// 4 to 7.
    AtRisk,
    /// 8 to 10.
    OnTrack,
}

impl ConfidenceBand {
    /// All, the best first.
    pub const ALL: [Self; 3] = [Self::OnTrack, Self::AtRisk, Self::OffTrack];

    /// As forms write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OnTrack => "on_track",
            Self::AtRisk => "at_risk",
            Self::OffTrack => "off_track",
        }
    }

    /// The band of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|band| band.name() == name)
    }

    /// What it stands for where nobody says more: its middle.
    #[must_use]
    pub fn middle(self) -> Confidence {
        Confidence(match self {
            Self::OnTrack => 9,
            Self::AtRisk => 6,
            Self::OffTrack => 2,
        })
    }

    /// As a person reads it: `off track`, `at risk`, `on track`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::OffTrack => "off track",
            Self::AtRisk => "at risk",
            Self::OnTrack => "on track",
        }
    }
}

/// What somebody said about a key result: an appended fact, never edited. A correction is another one that names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Its id.
    pub id: CheckInId,
    /// Its name in the table that it was imported from.
    pub table_id: Option<String>,
    /// The key result it is about.
    pub key_result: KeyResultId,
    /// The value.
    pub value: Value,
    /// The owner's forecast.
    pub confidence: Option<Confidence>,
    /// Why, what helps, what is in the way.
    pub note: String,
    /// Who said it; `None` for an import.
    pub by: Option<PersonId>,
    /// The moment it is for.
    pub at: DateTime<Utc>,
    /// The day it is for, in the workspace's time zone.
    pub day: NaiveDate,
    /// The check-in that it corrects.
    pub replaces: Option<CheckInId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_band_lies_in_it() {
        for band in ConfidenceBand::ALL {
            assert_eq!(band.middle().band(), band);
            assert_eq!(ConfidenceBand::from_name(band.name()), Some(band));
        }
    }
}
