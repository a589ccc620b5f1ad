//! Objectives, key results, check-ins and initiatives: what may be added, and what their fields may hold.

use chrono::{DateTime, Utc};

use super::{check_list, is_new, not_in_future, title};
use crate::domain::command::{Actor, Refusal};
use crate::domain::ids::{NodeId, ObjectiveId};
use crate::domain::okr::{
    CheckIn, Comment, DrivenBy, Initiative, KeyResult, KeyResultField, Objective, ObjectiveField,
};
use crate::domain::text::{check_line, check_text};
use crate::domain::workspace::Workspace;

impl Workspace {
    pub(super) fn check_objective(&self, actor: Actor, objective: &Objective) -> Result<(), Refusal> {
        let allowed = self.may_edit_this_objective(actor, objective);
        self.require(actor, allowed, "objective")?;
        is_new(self.node(objective.id.0).is_none())?;
        self.check_table_id(objective.table_id.as_deref())?;
        if !objective.state.is_open() || objective.closing.is_some() {
            return Err(Refusal::invalid("state", "a new objective cannot be closed or dropped yet"));
        }
        let fields = [
            ObjectiveField::Title(objective.title.clone()),
            ObjectiveField::Description(objective.description.clone()),
            ObjectiveField::Owner(objective.owner),
            ObjectiveField::Teams(objective.teams.clone()),
            ObjectiveField::Cycle(objective.cycle),
            ObjectiveField::Parent(objective.parent),
            ObjectiveField::Supports(objective.supports.clone()),
        ];
        fields.iter().try_for_each(|field| self.check_objective_field(objective.id, field))
    }

    pub(super) fn check_objective_field(&self, id: ObjectiveId, field: &ObjectiveField) -> Result<(), Refusal> {
        match field {
            ObjectiveField::Title(text) => title("title", text),
            ObjectiveField::Description(text) => description(text),
            ObjectiveField::Owner(owner) => self.check_owner(*owner),
            ObjectiveField::Teams(teams) => self.check_teams(teams),
            ObjectiveField::Cycle(Some(cycle)) => {
                self.cycle(*cycle).map(drop).ok_or_else(|| Refusal::not_found("cycle"))
            }
            ObjectiveField::Parent(parent) => self.check_parent(id, *parent),
            ObjectiveField::Supports(supports) => self.check_supports(id, supports),
            ObjectiveField::Rank(_) => Err(Refusal::invalid("rank", "a place among siblings is taken by moving there")),
            ObjectiveField::Closing(_) => Err(Refusal::invalid("closing", "an objective is closed as a whole")),
            ObjectiveField::Cycle(None)
            | ObjectiveField::Company(_)
            | ObjectiveField::Stance(_)
            | ObjectiveField::State(_)
            | ObjectiveField::Weight(_)
            | ObjectiveField::Counts(_) => Ok(()),
        }
    }

    /// Refuses what would put an objective under itself, whatever the path, or under what is closed.
    pub(super) fn check_parent(&self, id: ObjectiveId, parent: Option<NodeId>) -> Result<(), Refusal> {
        self.check_place(id, parent)?;
        if let Some(above) = parent.and_then(|parent| self.objective_of(parent))
            && above.closing.is_some()
        {
            return Err(Refusal::invalid("parent", format!("“{}” is closed, and its numbers are frozen", above.title)));
        }
        Ok(())
    }

    /// Refuses what would put an objective under itself or under nothing that is there.
    pub(in crate::domain) fn check_place(&self, id: ObjectiveId, parent: Option<NodeId>) -> Result<(), Refusal> {
        let Some(parent) = parent else {
            return Ok(());
        };
        if std::iter::once(parent).chain(self.ancestors(parent)).any(|above| above == id.into()) {
            return Err(Refusal::invalid("parent", "this would put the objective under itself"));
        }
        self.objective_of(parent).map(drop).ok_or_else(|| Refusal::not_found("objective or key result"))
    }

    pub(super) fn check_supports(&self, id: ObjectiveId, supports: &[ObjectiveId]) -> Result<(), Refusal> {
        check_list("supports", supports)?;
        for supported in supports {
            if *supported == id {
                return Err(Refusal::invalid("supports", "an objective cannot support itself"));
            }
            self.objective(*supported).ok_or_else(|| Refusal::not_found("objective"))?;
        }
        Ok(())
    }

    pub(super) fn check_key_result(&self, actor: Actor, key_result: &KeyResult) -> Result<(), Refusal> {
        let objective = &self.objective(key_result.objective).ok_or_else(|| Refusal::not_found("objective"))?.objective;
        self.require(actor, self.may_edit_this_objective(actor, objective), "objective")?;
        is_new(self.node(key_result.id.0).is_none())?;
        self.check_table_id(key_result.table_id.as_deref())?;
        if !objective.state.is_open() || key_result.closing.is_some() {
            return Err(Refusal::invalid("objective", format!("“{}” is {}", objective.title, objective.state.name())));
        }
        let fields = [
            KeyResultField::Title(key_result.title.clone()),
            KeyResultField::Description(key_result.description.clone()),
            KeyResultField::Owner(key_result.owner),
            KeyResultField::Team(key_result.team),
            KeyResultField::Measure(key_result.measure.clone()),
            KeyResultField::Unit(key_result.unit.clone()),
        ];
        fields.iter().try_for_each(|field| self.check_key_result_field(field))
    }

    pub(super) fn check_key_result_field(&self, field: &KeyResultField) -> Result<(), Refusal> {
        match field {
            KeyResultField::Title(text) => title("title", text),
            KeyResultField::Description(text) => description(text),
            KeyResultField::Owner(owner) => self.check_owner(*owner),
            KeyResultField::Team(team) => self.check_teams(team.as_slice()),
            KeyResultField::Measure(measure) => {
                measure.check().map_err(|problem| Refusal::invalid("measure", problem))?;
                measure
                    .texts()
                    .try_for_each(|text| check_line(text).map_err(|problem| Refusal::invalid("measure", problem)))
            }
            KeyResultField::Unit(unit) => check_line(unit).map_err(|problem| Refusal::invalid("unit", problem)),
            KeyResultField::Rank(_) => Err(Refusal::invalid("rank", "a place among siblings is taken by moving there")),
            KeyResultField::Closing(_) => Err(Refusal::invalid("closing", "a key result closes with its objective")),
            KeyResultField::Weight(_) | KeyResultField::DrivenBy(_) => Ok(()),
        }
    }

    pub(super) fn check_check_in(&self, actor: Actor, now: DateTime<Utc>, check_in: &CheckIn) -> Result<(), Refusal> {
        let node = self.key_result(check_in.key_result).ok_or_else(|| Refusal::not_found("key result"))?;
        let allowed = self.may_edit_this_key_result(actor, &node.key_result);
        self.require(actor, allowed, "key result")?;
        is_new(self.key_result_of(check_in.id).is_none())?;
        if actor.person().is_some_and(|person| check_in.by != Some(person)) {
            return Err(Refusal::not_allowed("A check-in carries the name of whoever makes it."));
        }
        self.check_owner(check_in.by)?;
        self.require_open(node.key_result.objective)?;
        // A table may bring check-ins from before a key result was driven; they count once it no longer is.
        if node.key_result.driven_by == DrivenBy::Aligned && actor != Actor::Operator {
            return Err(Refusal::invalid("value", "this key result is driven by the objectives aligned under it"));
        }
        node.key_result.measure.check_value(&check_in.value).map_err(|problem| Refusal::invalid("value", problem))?;
        if let Some(table_id) = &check_in.table_id {
            title("id", table_id)?;
        }
        check_text(&check_in.note).map_err(|problem| Refusal::invalid("note", problem))?;
        not_in_future(now, check_in.at)?;
        if (check_in.day - check_in.at.date_naive()).num_days().abs() > 1 {
            return Err(Refusal::invalid("date", "the day is not that of the time"));
        }
        match check_in.replaces {
            Some(replaced) if self.key_result_of(replaced) != Some(check_in.key_result) && !node.incomplete => {
                Err(Refusal::not_found("check-in"))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn check_initiative(&self, actor: Actor, initiative: &Initiative) -> Result<(), Refusal> {
        let node = self.key_result(initiative.key_result).ok_or_else(|| Refusal::not_found("key result"))?;
        let allowed = self.may_edit_this_key_result(actor, &node.key_result);
        self.require(actor, allowed, "key result")?;
        is_new(self.initiative(initiative.id).is_none())?;
        title("title", &initiative.title)?;
        self.check_owner(initiative.owner)
    }

    pub(super) fn check_comment(&self, actor: Actor, now: DateTime<Utc>, comment: &Comment) -> Result<(), Refusal> {
        self.objective_of(comment.node).ok_or_else(|| Refusal::not_found("objective or key result"))?;
        self.require_voice(actor)?;
        if actor.person().is_some_and(|person| comment.by != Some(person)) {
            return Err(Refusal::not_allowed("A comment carries the name of whoever makes it."));
        }
        self.check_owner(comment.by)?;
        is_new(self.comments(comment.node).iter().all(|other| other.id != comment.id))?;
        if comment.text.trim().is_empty() {
            return Err(Refusal::invalid("comment", "write something here"));
        }
        check_text(&comment.text).map_err(|problem| Refusal::invalid("comment", problem))?;
        not_in_future(now, comment.at)
    }

    pub(super) fn check_table_id(&self, table_id: Option<&str>) -> Result<(), Refusal> {
        let Some(table_id) = table_id else {
            return Ok(());
        };
        title("id", table_id)?;
        if self.by_table_id(table_id).is_some() {
            return Err(Refusal::already_there("id", format!("there is a row named {table_id} already")));
        }
        Ok(())
    }

    pub(in crate::domain) fn require_open(&self, id: ObjectiveId) -> Result<(), Refusal> {
        let objective = &self.objective(id).ok_or_else(|| Refusal::not_found("objective"))?.objective;
        if objective.state.is_open() {
            return Ok(());
        }
        let state = objective.state.name();
        Err(Refusal {
            field: Some("state".to_owned()),
            ..Refusal::not_allowed(format!("“{}” is {state}, and its numbers are frozen.", objective.title))
        })
    }
}

fn description(text: &str) -> Result<(), Refusal> {
    check_text(text).map_err(|problem| Refusal::invalid("description", problem))
}
