//! Objectives: what shall be reached.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::check_in::Confidence;
use crate::domain::ids::{CycleId, NodeId, ObjectiveId, PersonId, TeamId};
use crate::domain::progress::{Ppm, Weight};
use crate::domain::rank::Rank;

/// An objective: what shall be reached, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// Its id.
    pub id: ObjectiveId,
    /// Its name in the table that it was imported from; unique among objectives and key results.
    pub table_id: Option<String>,
    /// One inspiring line.
    pub title: String,
    /// More about it.
    pub description: String,
    /// The one person accountable for it.
    pub owner: Option<PersonId>,
    /// The teams that share it; the first one leads.
    pub teams: Vec<TeamId>,
    /// The cycle it is for; without one it has no pace.
    pub cycle: Option<CycleId>,
    /// What it is aligned under.
    pub parent: Option<NodeId>,
    /// Where it stands among what is aligned under the same.
    pub rank: Rank,
    /// Whether it stands for the whole organisation, so that having no parent is right.
    pub company: bool,
    /// Others that it also helps; drawn, and never counted.
    pub supports: Vec<ObjectiveId>,
    /// What success means for it.
    pub stance: Stance,
    /// How far it has come in being agreed.
    pub state: State,
    /// How much it counts in its parent.
    pub weight: Weight,
    /// Which contributions count in it.
    pub counts: Counts,
    /// What it closed with; its numbers are frozen then.
    pub closing: Option<Closing>,
}

/// What can be edited of an objective.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectiveField {
    /// Its line.
    Title(String),
    /// More about it.
    Description(String),
    /// Who is accountable.
    Owner(Option<PersonId>),
    /// The teams that share it.
    Teams(Vec<TeamId>),
    /// The cycle it is for.
    Cycle(Option<CycleId>),
    /// What it is aligned under.
    Parent(Option<NodeId>),
    /// Where it stands among its siblings.
    Rank(Rank),
    /// Whether it stands for the whole organisation.
    Company(bool),
    /// Others that it also helps.
    Supports(Vec<ObjectiveId>),
    /// What success means.
    Stance(Stance),
    /// How far it has come in being agreed.
    State(State),
    /// How much it counts.
    Weight(Weight),
    /// Which contributions count in it.
    Counts(Counts),
    /// What it closed with.
    Closing(Option<Closing>),
}

/// What success means for an objective.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// A promise: success is a score of 1.0.
    #[default]
    Committed,
    /// A stretch: success is a score of 0.7.
    Aspirational,
}

impl Stance {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Committed, Self::Aspirational];

    /// As tables and forms write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Committed => "committed",
            Self::Aspirational => "aspirational",
        }
    }

    /// The stance of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stance| stance.name() == name)
    }

    /// The score that counts as success.
    #[must_use]
    pub fn success(self) -> Ppm {
        match self {
            Self::Committed => Ppm::ONE,
            Self::Aspirational => Ppm::from_raw(0.7),
        }
    }

    /// Whether a score is a success.
    #[must_use]
    pub fn is_success(self, score: Ppm) -> bool {
        score >= self.success()
    }
}

/// How far an objective has come in being agreed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Being written; counts nowhere.
    Draft,
    /// Offered to be talked about; counts nowhere.
    Proposed,
    /// Agreed; counts.
    #[default]
    Agreed,
    /// Over, with the progress it closed with.
    Closed,
    /// Given up; counts nowhere.
    Dropped,
}

impl State {
    /// All, in the order of their coming.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Proposed, Self::Agreed, Self::Closed, Self::Dropped];

    /// As tables and forms write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Agreed => "agreed",
            Self::Closed => "closed",
            Self::Dropped => "dropped",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether an objective in this state contributes to its parent.
    #[must_use]
    pub fn contributes(self) -> bool {
        matches!(self, Self::Agreed | Self::Closed)
    }

    /// Whether key results of an objective in this state take check-ins.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Dropped)
    }

    /// Whether an objective may go from here to there: one step on, one step back while it is open, or dropped from any.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        use State::{Agreed, Closed, Draft, Dropped, Proposed};
        matches!(
            (self, next),
            (Draft, Proposed)
                | (Proposed, Draft | Agreed)
                | (Agreed, Proposed | Closed)
                | (Draft | Proposed | Agreed | Closed, Dropped)
        )
    }
}

/// Which contributions count in an objective.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Its key results and the objectives aligned under it.
    #[default]
    Both,
    /// Its key results only.
    KeyResults,
    /// The objectives aligned under it only.
    Aligned,
}

impl Counts {
    /// All.
    pub const ALL: [Self; 3] = [Self::Both, Self::KeyResults, Self::Aligned];

    /// As tables and forms write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::KeyResults => "key_results",
            Self::Aligned => "aligned",
        }
    }

    /// The choice of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|counts| counts.name() == name)
    }
}

/// What an objective closed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Its progress on that day, which it keeps.
    pub progress: Option<Ppm>,
    /// Its confidence on that day.
    pub confidence: Option<Confidence>,
    /// The weighted mean of its key results' scores.
    pub score: Option<Ppm>,
    /// What was learned.
    pub learned: String,
    /// What becomes of it; `None` where a table closed it without saying.
    pub verdict: Option<Verdict>,
    /// Who closed it; `None` for a table.
    #[serde(default)]
    pub by: Option<PersonId>,
    /// The day on which somebody closed it; `None` for a table, which may tell of an earlier one.
    #[serde(default)]
    pub on: Option<NaiveDate>,
}

/// What becomes of a closed objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Go on with it.
    Keep,
    /// Go on with it, changed.
    Adapt,
    /// Stop.
    Drop,
}

impl Verdict {
    /// All.
    pub const ALL: [Self; 3] = [Self::Keep, Self::Adapt, Self::Drop];

    /// As forms write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Adapt => "adapt",
            Self::Drop => "drop",
        }
    }

    /// The verdict of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// What it means.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Keep => "go on with it as it is",
            Self::Adapt => "go on with it, changed",
            Self::Drop => "stop here",
        }
    }
}

impl Objective {
    pub(in crate::domain) fn set(&mut self, field: &ObjectiveField) {
        match field.clone() {
            ObjectiveField::Title(title) => self.title = title,
            ObjectiveField::Description(description) => self.description = description,
            ObjectiveField::Owner(owner) => self.owner = owner,
            ObjectiveField::Teams(teams) => self.teams = teams,
            ObjectiveField::Cycle(cycle) => self.cycle = cycle,
            ObjectiveField::Parent(parent) => self.parent = parent,
            ObjectiveField::Rank(rank) => self.rank = rank,
            ObjectiveField::Company(company) => self.company = company,
            ObjectiveField::Supports(supports) => self.supports = supports,
            ObjectiveField::Stance(stance) => self.stance = stance,
            ObjectiveField::State(state) => self.state = state,
            ObjectiveField::Weight(weight) => self.weight = weight,
            ObjectiveField::Counts(counts) => self.counts = counts,
            ObjectiveField::Closing(closing) => self.closing = closing,
        }
    }

    pub(in crate::domain) fn get(&self, like: &ObjectiveField) -> ObjectiveField {
        match like {
            ObjectiveField::Title(_) => ObjectiveField::Title(self.title.clone()),
            ObjectiveField::Description(_) => ObjectiveField::Description(self.description.clone()),
            ObjectiveField::Owner(_) => ObjectiveField::Owner(self.owner),
            ObjectiveField::Teams(_) => ObjectiveField::Teams(self.teams.clone()),
            ObjectiveField::Cycle(_) => ObjectiveField::Cycle(self.cycle),
            ObjectiveField::Parent(_) => ObjectiveField::Parent(self.parent),
            ObjectiveField::Rank(_) => ObjectiveField::Rank(self.rank.clone()),
            ObjectiveField::Company(_) => ObjectiveField::Company(self.company),
            ObjectiveField::Supports(_) => ObjectiveField::Supports(self.supports.clone()),
            ObjectiveField::Stance(_) => ObjectiveField::Stance(self.stance),
            ObjectiveField::State(_) => ObjectiveField::State(self.state),
            ObjectiveField::Weight(_) => ObjectiveField::Weight(self.weight),
            ObjectiveField::Counts(_) => ObjectiveField::Counts(self.counts),
            ObjectiveField::Closing(_) => ObjectiveField::Closing(self.closing.clone()),
        }
    }
}
