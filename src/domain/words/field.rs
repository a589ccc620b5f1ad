//! The fields of everything, in words.

use crate::domain::change::{Edit, Replaced};
use crate::domain::cycle::{CycleField, Phase};
use crate::domain::day::day_words;
use crate::domain::kpi::{HealthyRange, KpiField};
use crate::domain::number::short;
use crate::domain::okr::{Counts, DrivenBy, InitiativeField, KeyResultField, ObjectiveField, score_text};
use crate::domain::people::{PersonField, TeamField};
use crate::domain::settings::SettingsField;
use crate::domain::view::ViewField;
use crate::domain::workspace::Workspace;

use super::{NONE, list, measure_words, quoted};

/// A field in words: which one, what stood in it and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldWords {
    /// Which field of what: `owner of “Orders”`.
    pub what: String,
    /// What stood there; `None` for a text that is too long to be quoted.
    pub was: Option<String>,
    /// What stands there.
    pub is: Option<String>,
}

/// The name of a field, and what stands in it unless it is too long to be quoted.
type Content = (&'static str, Option<String>);

impl FieldWords {
    fn new<F>(of: Option<String>, fields: &Replaced<F>, content: impl Fn(&F) -> Content) -> Self {
        let ((name, was), (_, is)) = (content(&fields.was), content(&fields.is));
        let what = of.map_or_else(|| name.to_owned(), |of| format!("{name} of {of}"));
        Self { what, was, is }
    }

    /// A field that holds what the thing is called by needs no other name.
    fn named<F>(kind: &str, of: String, fields: &Replaced<F>, content: impl Fn(&F) -> Content) -> Self {
        let (name, _) = content(&fields.is);
        let of = if matches!(name, "title" | "name") { kind.to_owned() } else { of };
        Self::new(Some(of), fields, content)
    }
}

impl Workspace {
    /// An edited field in words.
    #[must_use]
    pub fn field_words(&self, edit: &Edit) -> FieldWords {
        match edit {
            Edit::Settings(fields) => FieldWords::new(None, fields, settings),
            Edit::Team(id, fields) => {
                let of = quoted(self.team(*id).map(|team| team.name.as_str()));
                FieldWords::named("a team", of, fields, |field| self.team_field(field))
            }
            Edit::Person(id, fields) => {
                let of = self.person_words(Some(*id));
                FieldWords::named("a person", of, fields, |field| self.person_field(field))
            }
            Edit::Cycle(id, fields) => {
                let of = quoted(self.cycle(*id).map(|cycle| cycle.name.as_str()));
                FieldWords::named("a cycle", of, fields, cycle)
            }
            Edit::Objective(id, fields) => {
                FieldWords::named("an objective", self.node_words(*id), fields, |field| self.objective_field(field))
            }
            Edit::KeyResult(id, fields) => {
                FieldWords::named("a key result", self.node_words(*id), fields, |field| self.key_result_field(field))
            }
            Edit::Initiative(id, fields) => {
                let of = quoted(self.initiative(*id).map(|initiative| initiative.title.as_str()));
                FieldWords::named("an initiative", of, fields, |field| self.initiative_field(field))
            }
            Edit::Kpi(id, fields) => {
                let of = quoted(self.kpi(*id).map(|node| node.kpi.name.as_str()));
                FieldWords::named("a KPI", of, fields, |field| self.kpi_field(field))
            }
            Edit::View(id, fields) => {
                let of = quoted(self.view(*id).map(|view| view.name.as_str()));
                FieldWords::named("a view", of, fields, view)
            }
        }
    }

    fn objective_field(&self, field: &ObjectiveField) -> Content {
        let (name, content) = match field {
            ObjectiveField::Title(title) => ("title", quoted(Some(title))),
            ObjectiveField::Description(_) => return ("description", None),
            ObjectiveField::Owner(owner) => ("owner", self.person_words(*owner)),
            ObjectiveField::Teams(teams) => ("teams", list(teams.iter().map(|id| self.team_name(*id)))),
            ObjectiveField::Cycle(id) => {
                let cycle = id.and_then(|id| self.cycle(id));
                ("cycle", cycle.map_or_else(|| NONE.to_owned(), |cycle| cycle.name.clone()))
            }
            ObjectiveField::Parent(parent) => (
                "place",
                parent.map_or_else(|| "under nothing".to_owned(), |id| format!("under {}", self.node_words(id))),
            ),
            ObjectiveField::Rank(_) => return ("place among siblings", None),
            ObjectiveField::Company(company) => {
                ("reach", if *company { "whole organisation" } else { "teams" }.to_owned())
            }
            ObjectiveField::Supports(supports) => {
                ("support links", list(supports.iter().map(|id| self.node_words(*id))))
            }
            ObjectiveField::Stance(stance) => ("stance", stance.name().to_owned()),
            ObjectiveField::State(state) => ("state", state.name().to_owned()),
            ObjectiveField::Weight(weight) => ("weight", weight.get().to_string()),
            ObjectiveField::Counts(counts) => (
                "what counts in the progress",
                match counts {
                    Counts::Both => "everything under it",
                    Counts::KeyResults => "key results only",
                    Counts::Aligned => "aligned objectives only",
                }
                .to_owned(),
            ),
            ObjectiveField::Closing(closing) => ("closing", closed(closing.as_ref().map(|closing| closing.score))),
        };
        (name, Some(content))
    }

    fn key_result_field(&self, field: &KeyResultField) -> Content {
        let (name, content) = match field {
            KeyResultField::Title(title) => ("title", quoted(Some(title))),
            KeyResultField::Description(_) => return ("description", None),
            KeyResultField::Owner(owner) => ("owner", self.person_words(*owner)),
            KeyResultField::Team(team) => ("team", team.map_or_else(|| NONE.to_owned(), |id| self.team_name(id))),
            KeyResultField::Measure(measure) => ("measure", measure_words(measure)),
            KeyResultField::Unit(unit) => ("unit", or_none(unit)),
            KeyResultField::Weight(weight) => ("weight", weight.get().to_string()),
            KeyResultField::DrivenBy(driven_by) => (
                "source of the progress",
                match driven_by {
                    DrivenBy::CheckIns => "check-ins",
                    DrivenBy::Aligned => "aligned objectives",
                }
                .to_owned(),
            ),
            KeyResultField::Rank(_) => return ("place among siblings", None),
            KeyResultField::Closing(closing) => ("closing", closed(closing.as_ref().map(|closing| closing.score))),
        };
        (name, Some(content))
    }

    fn initiative_field(&self, field: &InitiativeField) -> Content {
        match field {
            InitiativeField::Title(title) => ("title", Some(quoted(Some(title)))),
            InitiativeField::Owner(owner) => ("owner", Some(self.person_words(*owner))),
            InitiativeField::Done(done) => ("state", Some(if *done { "done" } else { "not done" }.to_owned())),
        }
    }

    fn person_field(&self, field: &PersonField) -> Content {
        match field {
            PersonField::Name(name) => ("name", Some(quoted(Some(name)))),
            PersonField::Email(email) => ("e-mail address", Some(email.clone().unwrap_or_else(|| NONE.to_owned()))),
            PersonField::Role(role) => ("role", Some(role.name().to_owned())),
            PersonField::Teams(teams) => ("teams", Some(list(teams.iter().map(|id| self.team_name(*id))))),
        }
    }

    fn team_field(&self, field: &TeamField) -> Content {
        match field {
            TeamField::Name(name) => ("name", Some(quoted(Some(name)))),
            TeamField::Parent(parent) => (
                "place",
                Some(
                    parent
                        .map_or_else(|| "part of no other".to_owned(), |id| format!("part of {}", self.team_name(id))),
                ),
            ),
            TeamField::Cadence(cadence) => ("check-in day", Some(cadence.words())),
        }
    }

    fn kpi_field(&self, field: &KpiField) -> Content {
        match field {
            KpiField::Name(name) => ("name", Some(quoted(Some(name)))),
            KpiField::Unit(unit) => ("unit", Some(or_none(unit))),
            KpiField::Healthy(range) => ("healthy range", Some(range_words(*range))),
            KpiField::Owner(owner) => ("owner", Some(self.person_words(*owner))),
            KpiField::Team(team) => ("team", Some(team.map_or_else(|| NONE.to_owned(), |id| self.team_name(id)))),
        }
    }

    fn team_name(&self, id: crate::domain::ids::TeamId) -> String {
        self.team(id).map_or_else(|| "a team that is gone".to_owned(), |team| team.name.clone())
    }
}

fn settings(field: &SettingsField) -> Content {
    match field {
        SettingsField::Name(name) => ("name of the workspace", Some(quoted(Some(name)))),
        SettingsField::TimeZone(zone) => ("time zone", Some(zone.clone())),
        SettingsField::Pace(bounds) => ("bounds of pace", Some(format!("{} and {}", bounds.on_track, bounds.behind))),
        SettingsField::Strategy(_) => ("strategy", None),
        SettingsField::Example(example) => ("example company", Some(if *example { "yes" } else { "no" }.to_owned())),
    }
}

fn view(field: &ViewField) -> Content {
    match field {
        ViewField::Name(name) => ("name", Some(quoted(Some(name)))),
        ViewField::Query(_) => ("filter", None),
        ViewField::Shared(shared) => ("reach", Some(if *shared { "everybody" } else { "its owner" }.to_owned())),
    }
}

fn cycle(field: &CycleField) -> Content {
    match field {
        CycleField::Name(name) => ("name", Some(quoted(Some(name)))),
        CycleField::Span(span) => {
            let days =
                |span: crate::domain::cycle::Span| format!("{} to {}", day_words(span.first()), day_words(span.last()));
            ("days", Some(span.map_or_else(|| NONE.to_owned(), days)))
        }
        CycleField::Phase(phase) => (
            "phase",
            Some(
                match phase {
                    Phase::Draft => "draft",
                    Phase::Active => "active",
                    Phase::Review => "review",
                    Phase::Closed => "closed",
                }
                .to_owned(),
            ),
        ),
    }
}

fn closed(score: Option<Option<crate::domain::progress::Ppm>>) -> String {
    match score {
        None => "open".to_owned(),
        Some(None) => "closed without a score".to_owned(),
        Some(Some(score)) => format!("closed with a score of {}", score_text(score)),
    }
}

fn range_words(range: HealthyRange) -> String {
    match (range.low.map(short), range.high.map(short)) {
        (None, None) => "any value".to_owned(),
        (Some(low), None) => format!("at least {low}"),
        (None, Some(high)) => format!("at most {high}"),
        (Some(low), Some(high)) => format!("{low} to {high}"),
    }
}

fn or_none(text: &str) -> String {
    if text.is_empty() { NONE.to_owned() } else { text.to_owned() }
}
