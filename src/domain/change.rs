//! What happened. The log of changes is the history; nothing else keeps one.

use serde::{Deserialize, Serialize};

use super::cycle::{Cycle, CycleField};
use super::ids::{CycleId, InitiativeId, KeyResultId, KpiId, NodeId, ObjectiveId, PersonId, TeamId, ViewId};
use super::kpi::{Kpi, KpiField, KpiReading};
use super::okr::{CheckIn, Comment, Initiative, InitiativeField, KeyResult, KeyResultField, Objective, ObjectiveField};
use super::people::{Person, PersonField, Team, TeamField};
use super::settings::SettingsField;
use super::view::{View, ViewField};

/// A change of the workspace. It says what it replaces, so it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Something new.
    Added(Record),
    /// Something taken away: an addition taken back, or a saved view.
    Removed(Record),
    /// One field became another.
    Edited(Edit),
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Added(record) => Self::Removed(record),
            Self::Removed(record) => Self::Added(record),
            Self::Edited(edit) => Self::Edited(edit.inverse()),
        }
    }

    /// The objective or key result that it is about.
    #[must_use]
    pub fn node(&self) -> Option<NodeId> {
        match self {
            Self::Added(record) | Self::Removed(record) => record.node(),
            Self::Edited(edit) => edit.node(),
        }
    }
}

/// A whole thing of the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// A team.
    Team(Team),
    /// A person.
    Person(Person),
    /// A cycle.
    Cycle(Cycle),
    /// An objective.
    Objective(Objective),
    /// A key result.
    KeyResult(KeyResult),
    /// A check-in.
    CheckIn(CheckIn),
    /// An initiative.
    Initiative(Initiative),
    /// A comment.
    Comment(Comment),
    /// A KPI.
    Kpi(Kpi),
    /// A reading of a KPI.
    KpiReading(KpiReading),
    /// A saved view.
    View(View),
}

impl Record {
    /// The objective or key result that it is or belongs to.
    #[must_use]
    pub fn node(&self) -> Option<NodeId> {
        match self {
            Self::Objective(objective) => Some(objective.id.into()),
            Self::KeyResult(key_result) => Some(key_result.id.into()),
            Self::CheckIn(check_in) => Some(check_in.key_result.into()),
            Self::Initiative(initiative) => Some(initiative.key_result.into()),
            Self::Comment(comment) => Some(comment.node),
            Self::Team(_) | Self::Person(_) | Self::Cycle(_) | Self::Kpi(_) | Self::KpiReading(_) | Self::View(_) => {
                None
            }
        }
    }
}

/// One field that was something and is something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// Of the settings.
    Settings(Replaced<SettingsField>),
    /// Of a team.
    Team(TeamId, Replaced<TeamField>),
    /// Of a person.
    Person(PersonId, Replaced<PersonField>),
    /// Of a cycle.
    Cycle(CycleId, Replaced<CycleField>),
    /// Of an objective.
    Objective(ObjectiveId, Replaced<ObjectiveField>),
    /// Of a key result.
    KeyResult(KeyResultId, Replaced<KeyResultField>),
    /// Of an initiative.
    Initiative(InitiativeId, Replaced<InitiativeField>),
    /// Of a KPI.
    Kpi(KpiId, Replaced<KpiField>),
    /// Of a saved view.
    View(ViewId, Replaced<ViewField>),
}

/// What a field was, and what it is. Both are of the same field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced<F> {
    /// What stood there.
    pub was: F,
    /// What stands there now.
    pub is: F,
}

impl<F> Replaced<F> {
    fn inverse(self) -> Self {
        Self { was: self.is, is: self.was }
    }
}

impl Edit {
    fn inverse(self) -> Self {
        match self {
            Self::Settings(fields) => Self::Settings(fields.inverse()),
            Self::Team(id, fields) => Self::Team(id, fields.inverse()),
            Self::Person(id, fields) => Self::Person(id, fields.inverse()),
            Self::Cycle(id, fields) => Self::Cycle(id, fields.inverse()),
            Self::Objective(id, fields) => Self::Objective(id, fields.inverse()),
            Self::KeyResult(id, fields) => Self::KeyResult(id, fields.inverse()),
            Self::Initiative(id, fields) => Self::Initiative(id, fields.inverse()),
            Self::Kpi(id, fields) => Self::Kpi(id, fields.inverse()),
            Self::View(id, fields) => Self::View(id, fields.inverse()),
        }
    }

    /// Whether this replaces what the other made.
    #[must_use]
    pub fn follows(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Objective(id, next), Self::Objective(known, made)) => id == known && next.was == made.is,
            (Self::KeyResult(id, next), Self::KeyResult(known, made)) => id == known && next.was == made.is,
            _ => false,
        }
    }

    fn node(&self) -> Option<NodeId> {
        match self {
            Self::Objective(id, _) => Some((*id).into()),
            Self::KeyResult(id, _) => Some((*id).into()),
            _ => None,
        }
    }
}
