//! Key results: how one will know.

use serde::{Deserialize, Serialize};

use super::check_in::Confidence;
use crate::domain::ids::{KeyResultId, ObjectiveId, PersonId, TeamId};
use crate::domain::measure::Measure;
use crate::domain::number::Finite;
use crate::domain::progress::{Ppm, Weight};
use crate::domain::rank::Rank;

/// A key result: how one will know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyResult {
    /// Its id.
    pub id: KeyResultId,
    /// Its name in the table that it was imported from; unique among objectives and key results.
    pub table_id: Option<String>,
    /// The objective it belongs to, for good.
    pub objective: ObjectiveId,
    /// Where it stands among the key results of its objective.
    pub rank: Rank,
    /// One measurable line.
    pub title: String,
    /// More about it.
    pub description: String,
    /// Who checks it in.
    pub owner: Option<PersonId>,
    /// The team whose cadence it follows; otherwise that of the objective's first team.
    pub team: Option<TeamId>,
    /// How it is measured.
    pub measure: Measure,
    /// What its values are in: `%`, an ISO currency code, or any word.
    pub unit: String,
    /// How much it counts in its objective.
    pub weight: Weight,
    /// Where its progress comes from.
    pub driven_by: DrivenBy,
    /// What it closed with, once its objective is closed.
    pub closing: Option<KeyResultClosing>,
}

/// What can be edited of a key result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyResultField {
    /// Its line.
    Title(String),
    /// More about it.
    Description(String),
    /// Who checks it in.
    Owner(Option<PersonId>),
    /// The team whose cadence it follows.
    Team(Option<TeamId>),
    /// How it is measured. Check-ins stay; those that do not fit the new measure do not count while it stands.
    Measure(Measure),
    /// What its values are in.
    Unit(String),
    /// How much it counts.
    Weight(Weight),
    /// Where its progress comes from.
    DrivenBy(DrivenBy),
    /// Where it stands among its siblings.
    Rank(Rank),
    /// What it closed with.
    Closing(Option<KeyResultClosing>),
}

/// Where the progress of a key result comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrivenBy {
    /// Its check-ins.
    #[default]
    CheckIns,
    /// The objectives aligned under it: the weighted mean of theirs.
    Aligned,
}

impl DrivenBy {
    /// Both.
    pub const ALL: [Self; 2] = [Self::CheckIns, Self::Aligned];

    /// As tables and forms write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CheckIns => "check_ins",
            Self::Aligned => "aligned",
        }
    }

    /// The choice of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|driven_by| driven_by.name() == name)
    }
}

/// What a key result closed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyResultClosing {
    /// Raw progress on that day; 1.0 is the target.
    pub raw: Option<Finite>,
    /// Its confidence on that day.
    pub confidence: Option<Confidence>,
    /// The score that its owner gave.
    pub score: Option<Ppm>,
}

impl KeyResult {
    pub(in crate::domain) fn set(&mut self, field: &KeyResultField) {
        match field.clone() {
            KeyResultField::Title(title) => self.title = title,
            KeyResultField::Description(description) => self.description = description,
            KeyResultField::Owner(owner) => self.owner = owner,
            KeyResultField::Team(team) => self.team = team,
            KeyResultField::Measure(measure) => self.measure = measure,
            KeyResultField::Unit(unit) => self.unit = unit,
            KeyResultField::Weight(weight) => self.weight = weight,
            KeyResultField::DrivenBy(driven_by) => self.driven_by = driven_by,
            KeyResultField::Rank(rank) => self.rank = rank,
            KeyResultField::Closing(closing) => self.closing = closing,
        }
    }

    pub(in crate::domain) fn get(&self, like: &KeyResultField) -> KeyResultField {
        match like {
            KeyResultField::Title(_) => KeyResultField::Title(self.title.clone()),
            KeyResultField::Description(_) => KeyResultField::Description(self.description.clone()),
            KeyResultField::Owner(_) => KeyResultField::Owner(self.owner),
            KeyResultField::Team(_) => KeyResultField::Team(self.team),
            KeyResultField::Measure(_) => KeyResultField::Measure(self.measure.clone()),
            KeyResultField::Unit(_) => KeyResultField::Unit(self.unit.clone()),
            KeyResultField::Weight(_) => KeyResultField::Weight(self.weight),
            KeyResultField::DrivenBy(_) => KeyResultField::DrivenBy(self.driven_by),
            KeyResultField::Rank(_) => KeyResultField::Rank(self.rank.clone()),
            KeyResultField::Closing(_) => KeyResultField::Closing(self.closing.clone()),
        }
    }
}
