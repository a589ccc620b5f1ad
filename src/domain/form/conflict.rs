//! What two people wrote into one field: both versions are shown, and the second person chooses.

use chrono::{DateTime, Utc};

use super::fields::{Clash, Fields, Problem};
use crate::domain::change::{Edit, Replaced};
use crate::domain::command::{Actor, Command};
use crate::domain::measure::{Bounds, HoldCounting, Measure};
use crate::domain::number::Finite;
use crate::domain::okr::{KeyResultField, ObjectiveField};
use crate::domain::workspace::Workspace;

/// A field of a form: what stood there when the form was opened, what the form wants, what stands there now, and what
/// stood there when its author was last shown a clash.
pub(super) struct Version<F> {
    pub(super) was: F,
    pub(super) is: F,
    pub(super) now: F,
    pub(super) shown: Option<F>,
}

/// Edits as far as they are settled, and the clashes that are not.
#[derive(Default)]
pub(super) struct Settling {
    edits: Vec<Command>,
    clashes: Vec<Clash>,
}

impl Settling {
    /// Adds a field. A clash is settled by a choice that was made in sight of what stands there still.
    pub(super) fn add<F: Clone + PartialEq>(
        &mut self,
        fields: &Fields,
        name: &str,
        version: Version<F>,
        edit: impl FnOnce(Replaced<F>) -> Edit,
        words: impl FnOnce(&F) -> String,
    ) {
        let Version { was, is, now, shown } = version;
        if is == was || is == now {
            return;
        }
        let is_settled = now == was || shown.as_ref() == Some(&now);
        let choice = fields.get(&format!("take:{name}"));
        if now != was && is_settled && choice == "theirs" {
            return;
        }
        let theirs = words(&now);
        let edit = edit(Replaced { was: now.clone(), is });
        if now == was || (is_settled && choice == "mine") {
            self.edits.push(Command::Edit(edit));
        } else {
            self.clashes.push(Clash { field: name.to_owned(), theirs, author: None, edit });
        }
    }

    /// All edits, or, where a clash is left, none of them. `now` is what the form carries along for the next time.
    pub(super) fn finish(self, now: impl FnOnce() -> Option<String>) -> Result<Vec<Command>, Problem> {
        if self.clashes.is_empty() {
            return Ok(self.edits);
        }
        let message =
            "Somebody else changed this while you wrote. Nothing is lost: choose which version stays, then save.";
        Err(Problem { field: None, message: message.to_owned(), clashes: self.clashes, now: now() })
    }
}

impl Workspace {
    /// Who changed something and when, as a [`Clash`] tells it.
    #[must_use]
    pub fn author(&self, by: Actor, at: DateTime<Utc>) -> String {
        let name = by.person().and_then(|id| self.person(id)).map_or("The command line", |person| person.name.as_str());
        let age = self.age_of(at).short();
        if age == "today" { format!("{name} changed this today") } else { format!("{name} changed this {age} ago") }
    }

    pub(super) fn words_of_objective_field(&self, field: &ObjectiveField) -> String {
        match field {
            ObjectiveField::Title(text) | ObjectiveField::Description(text) => text.clone(),
            ObjectiveField::Owner(owner) => self.words_of_owner(*owner),
            ObjectiveField::Teams(teams) => {
                list(teams.iter().filter_map(|id| self.team(*id)).map(|team| team.name.as_str()))
            }
            ObjectiveField::Cycle(cycle) => list(cycle.and_then(|id| self.cycle(id)).map(|cycle| cycle.name.as_str())),
            ObjectiveField::Stance(stance) => stance.name().to_owned(),
            ObjectiveField::State(state) => state.name().to_owned(),
            ObjectiveField::Weight(weight) => weight.get().to_string(),
            ObjectiveField::Counts(counts) => counts.name().replace('_', " "),
            ObjectiveField::Parent(parent) => list(parent.and_then(|parent| self.node_title(parent))),
            ObjectiveField::Rank(_) => "its place among its siblings".to_owned(),
            ObjectiveField::Company(company) => company.to_string(),
            ObjectiveField::Supports(supports) => list(supports.iter().filter_map(|id| self.node_title((*id).into()))),
            ObjectiveField::Closing(_) => "closed".to_owned(),
        }
    }

    pub(super) fn words_of_key_result_field(&self, field: &KeyResultField) -> String {
        match field {
            KeyResultField::Title(text) | KeyResultField::Description(text) | KeyResultField::Unit(text) => {
                text.clone()
            }
            KeyResultField::Owner(owner) => self.words_of_owner(*owner),
            KeyResultField::Team(team) => list(team.and_then(|id| self.team(id)).map(|team| team.name.as_str())),
            KeyResultField::Measure(measure) => words_of_measure(measure),
            KeyResultField::Weight(weight) => weight.get().to_string(),
            KeyResultField::Rank(_) => "its place among its siblings".to_owned(),
            KeyResultField::DrivenBy(driven_by) => driven_by.name().replace('_', " "),
            KeyResultField::Closing(_) => "closed".to_owned(),
        }
    }

    fn words_of_owner(&self, owner: Option<crate::domain::ids::PersonId>) -> String {
        owner.and_then(|id| self.person(id)).map_or_else(|| "nobody yet".to_owned(), |person| person.name.clone())
    }
}

fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names = names.into_iter().collect::<Vec<_>>().join(", ");
    if names.is_empty() { "none".to_owned() } else { names }
}

fn words_of_measure(measure: &Measure) -> String {
    let number = |value: &Option<Finite>| value.map_or_else(|| "?".to_owned(), |value| value.to_string());
    match measure {
        Measure::Reach { baseline, target } => format!("from {} to {}", number(baseline), number(target)),
        Measure::Hold { bounds, counting } => {
            let bounds = match bounds {
                Bounds::AtLeast(bound) => format!("at least {}", number(bound)),
                Bounds::AtMost(bound) => format!("at most {}", number(bound)),
                Bounds::Between(low, high) => format!("between {} and {}", number(low), number(high)),
            };
            match counting {
                HoldCounting::Latest => bounds,
                HoldCounting::Share => format!("{bounds}, by the share of check-ins that held"),
            }
        }
        Measure::Milestones { steps } => {
            format!("{} steps: {}", steps.len(), list(steps.iter().map(|step| step.title.as_str())))
        }
        Measure::Graded { commit, target, stretch } => {
            format!("commit: {commit}; target: {target}; stretch: {stretch}")
        }
    }
}
