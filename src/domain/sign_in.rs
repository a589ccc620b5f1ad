//! What the pages for signing in show, and what was wrong with their forms.

use serde::{Deserialize, Serialize};

use super::ids::PersonId;
use super::people::Role;

/// Why a form came back, and what was typed into it, except for the password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormProblem {
    /// What is wrong, and what to do.
    pub message: String,
    /// Which field it is about.
    pub field: Option<FormField>,
    /// The e-mail address as it was typed.
    pub email: String,
    /// The organisation's name as it was typed.
    pub organisation: String,
    /// The name as it was typed.
    pub name: String,
    /// Where to go on to afterwards.
    pub next: String,
}

/// A field of the forms for signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormField {
    /// The organisation's name.
    Organisation,
    /// A person's name.
    Name,
    /// Their e-mail address.
    Email,
    /// Their password.
    Password,
}

/// What `/sign-in` shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInView {
    /// The organisation's name.
    pub workspace: String,
    /// The people of the example company, the interesting ones first; nobody elsewhere.
    pub people: Vec<ExamplePerson>,
    /// Why the form came back.
    pub problem: Option<FormProblem>,
}

/// Somebody of the example company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamplePerson {
    /// Who it is.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their first team.
    pub team: Option<String>,
    /// What is special about them; empty for most.
    pub hint: String,
}

/// What `/set-up/…` shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpView {
    /// The organisation's name; empty where it has none yet.
    pub workspace: String,
    /// Whose password is chosen: their name and e-mail address. `None`: whoever becomes the first admin.
    pub person: Option<(String, String)>,
    /// Why the form came back.
    pub problem: Option<FormProblem>,
}
