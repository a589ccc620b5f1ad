//! Ids. Whoever makes a thing names it with a UUIDv7, so ids sort by the time of their making.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A workspace: one organisation.
    WorkspaceId;
    /// A team.
    TeamId;
    /// A person.
    PersonId;
    /// A cycle.
    CycleId;
    /// An objective.
    ObjectiveId;
    /// A key result.
    KeyResultId;
    /// A check-in.
    CheckInId;
    /// An initiative.
    InitiativeId;
    /// A comment.
    CommentId;
    /// A KPI.
    KpiId;
    /// A reading of a KPI.
    KpiReadingId;
    /// A saved view of the tree.
    ViewId;
    /// A command as its sender names it: the same id is carried out once, however often it arrives.
    MutationId;
}

/// A place in the alignment tree: an objective or a key result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeId {
    /// An objective.
    Objective(ObjectiveId),
    /// A key result.
    KeyResult(KeyResultId),
}

impl NodeId {
    /// The id without what it names. Objectives and key results share one space of ids.
    #[must_use]
    pub fn uuid(self) -> Uuid {
        match self {
            Self::Objective(id) => id.0,
            Self::KeyResult(id) => id.0,
        }
    }

    /// Whether it is an objective.
    #[must_use]
    pub fn is_objective(self) -> bool {
        matches!(self, Self::Objective(_))
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uuid().fmt(f)
    }
}

impl From<ObjectiveId> for NodeId {
    fn from(id: ObjectiveId) -> Self {
        Self::Objective(id)
    }
}

impl From<KeyResultId> for NodeId {
    fn from(id: KeyResultId) -> Self {
        Self::KeyResult(id)
    }
}
