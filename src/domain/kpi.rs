//! KPIs: business as usual, shown apart. They have no end and roll up into nothing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{KpiId, KpiReadingId, PersonId, TeamId};
use super::number::Finite;

/// A number that tells whether the lights are on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kpi {
    /// Its id.
    pub id: KpiId,
    /// Its name.
    pub name: String,
    /// What its values are in.
    pub unit: String,
    /// The range in which it is healthy.
    pub healthy: HealthyRange,
    /// Who looks after it.
    pub owner: Option<PersonId>,
    /// The team it belongs to.
    pub team: Option<TeamId>,
}

/// A range with its bounds included; a missing bound is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthyRange {
    /// The lowest healthy value.
    pub low: Option<Finite>,
    /// The highest healthy value.
    pub high: Option<Finite>,
}

impl HealthyRange {
    /// Whether the value lies inside.
    #[must_use]
    pub fn contains(self, value: Finite) -> bool {
        self.low.is_none_or(|low| low <= value) && self.high.is_none_or(|high| value <= high)
    }
}

/// What can be edited of a KPI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KpiField {
    /// Its name.
    Name(String),
    /// What its values are in.
    Unit(String),
    /// The range in which it is healthy.
    Healthy(HealthyRange),
    /// Who looks after it.
    Owner(Option<PersonId>),
    /// The team it belongs to.
    Team(Option<TeamId>),
}

/// A value of a KPI at a time: an appended fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KpiReading {
    /// Its id.
    pub id: KpiReadingId,
    /// The KPI it is of.
    pub kpi: KpiId,
    /// The value.
    pub value: Finite,
    /// When it was so.
    pub at: DateTime<Utc>,
    /// Who said it.
    pub by: Option<PersonId>,
}

impl Kpi {
    pub(super) fn set(&mut self, field: &KpiField) {
        match field.clone() {
            KpiField::Name(name) => self.name = name,
            KpiField::Unit(unit) => self.unit = unit,
            KpiField::Healthy(healthy) => self.healthy = healthy,
            KpiField::Owner(owner) => self.owner = owner,
            KpiField::Team(team) => self.team = team,
        }
    }

    pub(super) fn get(&self, like: &KpiField) -> KpiField {
        match like {
            KpiField::Name(_) => KpiField::Name(self.name.clone()),
            KpiField::Unit(_) => KpiField::Unit(self.unit.clone()),
            KpiField::Healthy(_) => KpiField::Healthy(self.healthy),
            KpiField::Owner(_) => KpiField::Owner(self.owner),
            KpiField::Team(_) => KpiField::Team(self.team),
        }
    }
}
