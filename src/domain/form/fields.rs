//! The fields of a form, and what is wrong with them.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::change::Edit;
use crate::domain::command::{Reason, Refusal};

/// Names and values, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The value of a field; empty where there is none. Browsers send line breaks as two characters.
    #[must_use]
    pub fn get(&self, name: &str) -> String {
        self.all(name).next().unwrap_or_default().replace("\r\n", "\n")
    }

    /// Whether there is such a field.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The values of a field that may stand in the form more than once.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A choice that may be left open.
    pub(super) fn choice<T: FromStr>(&self, name: &str) -> Result<Option<T>, Problem> {
        match self.get(name).trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Problem::at(name, "Choose one of those that are offered.")),
        }
    }
}

/// Why a form did nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The field that it is about.
    pub field: Option<String>,
    /// What is wrong, and what to do.
    pub message: String,
    /// The fields that somebody else has changed in the meantime.
    pub clashes: Vec<Clash>,
    /// What the form carries along of them as its field `now`, for a choice between the versions.
    pub now: Option<String>,
}

/// A field that somebody else changed while a form was open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// The field, as the form names it.
    pub field: String,
    /// What stands there now, in words.
    pub theirs: String,
    /// Who wrote it and when, where that is known: `Ada Holm changed this today`.
    pub author: Option<String>,
    /// The edit that would be accepted now: `was` is theirs, `is` the form's.
    pub edit: Edit,
}

impl Problem {
    /// A problem with the form as a whole.
    pub fn general(message: impl Into<String>) -> Self {
        Self { field: None, message: message.into(), clashes: Vec::new(), now: None }
    }

    pub(super) fn unreadable() -> Self {
        Self::general("The form cannot be read. Nothing was changed: load the page again and try there.")
    }

    pub(super) fn at(field: &str, message: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), ..Self::general(message) }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal.reason {
            // Reading the form again, which has seen the news by then, shows both versions.
            Reason::Conflict(_) => Self::general(
                "Somebody else changed this just now. Nothing is lost: send the form again to see what stands there.",
            ),
            _ => Self { field: refusal.field, ..Self::general(refusal.message) },
        }
    }
}

/// A form that came back: which one, what was typed, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// What was typed; `form` among it says into which one.
    pub fields: Fields,
    /// Why it came back.
    pub problem: Problem,
}
