//! People and their teams.

use serde::{Deserialize, Serialize};

use super::cadence::Cadence;
use super::ids::{PersonId, TeamId};

/// What a person may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads everything.
    Viewer,
    /// Edits what they own, what their teams share and what has no owner.
    #[default]
    Member,
    /// Edits everything.
    Admin,
}

impl Role {
    /// All, from the least to the most.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Member, Self::Admin];

    /// As commands and forms write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Member => "member",
            Self::Admin => "admin",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// Somebody of the organisation. Trellis holds no number about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// The name that others read.
    pub name: String,
    /// Where they are reached and how they sign in; unique in the workspace, compared without case.
    pub email: Option<String>,
    /// What they may do.
    pub role: Role,
    /// The teams they belong to.
    pub teams: Vec<TeamId>,
}

/// What can be edited of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonField {
    /// Their name.
    Name(String),
    /// Their e-mail address.
    Email(Option<String>),
    /// What they may do.
    Role(Role),
    /// Their teams.
    Teams(Vec<TeamId>),
}

/// A team. Teams form a tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name, unique in the workspace.
    pub name: String,
    /// The team it is part of.
    pub parent: Option<TeamId>,
    /// When its check-ins are due.
    pub cadence: Cadence,
}

/// What can be edited of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamField {
    /// Its name.
    Name(String),
    /// The team it is part of.
    Parent(Option<TeamId>),
    /// When its check-ins are due.
    Cadence(Cadence),
}

impl Person {
    pub(super) fn set(&mut self, field: &PersonField) {
        match field.clone() {
            PersonField::Name(name) => self.name = name,
            PersonField::Email(email) => self.email = email,
            PersonField::Role(role) => self.role = role,
            PersonField::Teams(teams) => self.teams = teams,
        }
    }

    pub(super) fn get(&self, like: &PersonField) -> PersonField {
        match like {
            PersonField::Name(_) => PersonField::Name(self.name.clone()),
            PersonField::Email(_) => PersonField::Email(self.email.clone()),
            PersonField::Role(_) => PersonField::Role(self.role),
            PersonField::Teams(_) => PersonField::Teams(self.teams.clone()),
        }
    }
}

impl Team {
    pub(super) fn set(&mut self, field: &TeamField) {
        match field.clone() {
            TeamField::Name(name) => self.name = name,
            TeamField::Parent(parent) => self.parent = parent,
            TeamField::Cadence(cadence) => self.cadence = cadence,
        }
    }

    pub(super) fn get(&self, like: &TeamField) -> TeamField {
        match like {
            TeamField::Name(_) => TeamField::Name(self.name.clone()),
            TeamField::Parent(_) => TeamField::Parent(self.parent),
            TeamField::Cadence(_) => TeamField::Cadence(self.cadence),
        }
    }
}
