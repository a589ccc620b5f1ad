//! What holds for the whole workspace.

use serde::{Deserialize, Serialize};

use super::pace::PaceBounds;

/// What a workspace is called before anybody has named it.
const UNNAMED: &str = "Workspace";

/// What holds for the whole workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The organisation's name.
    pub name: String,
    /// The IANA time zone that says which day it is.
    pub time_zone: String,
    /// Where `on track` and `behind` end.
    pub pace: PaceBounds,
    /// What the objectives hang under.
    pub strategy: Strategy,
    /// Whether this is the example company, whose people anyone may be.
    pub example: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: UNNAMED.to_owned(),
            time_zone: "UTC".to_owned(),
            pace: PaceBounds::default(),
            strategy: Strategy::default(),
            example: false,
        }
    }
}

/// The strategy that the objectives test.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strategy {
    /// What the organisation wants to become.
    pub aspiration: String,
    /// Which fields it chooses.
    pub where_to_play: String,
    /// Why it will succeed there.
    pub how_to_win: String,
    /// What must be true for that, one a line; a cycle confirms or discards them.
    pub assumptions: String,
}

/// What can be edited of the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsField {
    /// The organisation's name.
    Name(String),
    /// The IANA time zone.
    TimeZone(String),
    /// Where `on track` and `behind` end.
    Pace(PaceBounds),
    /// The strategy.
    Strategy(Strategy),
    /// Whether this is the example company.
    Example(bool),
}

impl Settings {
    /// The organisation's name, once somebody has given it one.
    #[must_use]
    pub fn given_name(&self) -> Option<&str> {
        (self.name != UNNAMED).then_some(self.name.as_str())
    }

    pub(super) fn set(&mut self, field: &SettingsField) {
        match field.clone() {
            SettingsField::Name(name) => self.name = name,
            SettingsField::TimeZone(time_zone) => self.time_zone = time_zone,
            SettingsField::Pace(pace) => self.pace = pace,
            SettingsField::Strategy(strategy) => self.strategy = strategy,
            SettingsField::Example(example) => self.example = example,
        }
    }

    /// The field that is called like this one, as it is.
    #[must_use]
    pub fn get(&self, like: &SettingsField) -> SettingsField {
        match like {
            SettingsField::Name(_) => SettingsField::Name(self.name.clone()),
            SettingsField::TimeZone(_) => SettingsField::TimeZone(self.time_zone.clone()),
            SettingsField::Pace(_) => SettingsField::Pace(self.pace),
            SettingsField::Strategy(_) => SettingsField::Strategy(self.strategy.clone()),
            SettingsField::Example(_) => SettingsField::Example(self.example),
        }
    }
}
