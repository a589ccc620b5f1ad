//! Takes back what somebody did, as long as nothing that came later is in the way. To redo is to undo the undo.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::change::{Change, Edit, Record, Replaced};
use super::command::{Actor, Command, Reason, Refusal, sentence};
use super::ids::{MutationId, NodeId, PersonId};
use super::log::LogEntry;
use super::number::Finite;
use super::okr::{CheckIn, KeyResultField, Objective, ObjectiveField};
use super::words::quoted;
use super::workspace::Workspace;

mod trail;

pub use trail::{Step, Trail};

/// The most changes that are undone at once: those of a form, a closing, a hand-made batch. A whole table is not.
pub const MOST_CHANGES: usize = 1_000;

impl Workspace {
    /// Decides any command. `logged` tells what the log holds of a submission, in order.
    ///
    /// # Errors
    /// A [`Refusal`] that names the field and the reason. Then the workspace is as before, as it is otherwise.
    pub fn decide_with_log(
        &mut self,
        actor: Actor,
        now: DateTime<Utc>,
        command: &Command,
        logged: impl FnOnce(MutationId) -> Vec<LogEntry>,
    ) -> Result<Vec<Change>, Refusal> {
        match command {
            Command::Undo(mutation) => self.decide_undo(actor, now, &logged(*mutation)),
            command => self.decide(actor, now, command),
        }
    }

    /// Decides to take back all changes of a submission, the last one first, or none of them.
    fn decide_undo(&mut self, actor: Actor, now: DateTime<Utc>, entries: &[LogEntry]) -> Result<Vec<Change>, Refusal> {
        if entries.is_empty() {
            return Err(Refusal { message: NOTHING.to_owned(), ..Refusal::not_found("change") });
        }
        if entries.iter().any(|entry| entry.by != actor) {
            return Err(Refusal::not_allowed("Only whoever made a change can undo it."));
        }
        if entries.len() > MOST_CHANGES {
            return Err(Refusal::invalid("mutation", format!("at most {MOST_CHANGES} changes are undone at once")));
        }
        // Each is checked against what is left once those after it are taken back.
        let mut changes: Vec<Change> = Vec::with_capacity(entries.len());
        let mut refusal = None;
        for entry in entries.iter().rev() {
            let change = entry.change.clone().inverse();
            if change == entry.change {
                // It replaced something by the same.
                continue;
            }
            if let Err(obstacle) = self.check_taking_back(actor, now, entry.at, &change) {
                refusal = Some(obstacle);
                break;
            }
            self.apply(&change);
            changes.push(change);
        }
        for node in placed(&changes) {
            if let Some(change) = self.part_from_twin(node) {
                self.apply(&change);
                changes.push(change);
            }
        }
        for change in changes.iter().rev() {
            self.apply(&change.clone().inverse());
        }
        refusal.map_or(Ok(changes), Err)
    }

    /// Whether a change that takes another one back is possible and allowed as things are now.
    fn check_taking_back(
        &self,
        actor: Actor,
        now: DateTime<Utc>,
        since: DateTime<Utc>,
        change: &Change,
    ) -> Result<(), Refusal> {
        match change {
            Change::Added(record) => self.check_addition(actor, now, record),
            Change::Removed(record) => self.check_removal(actor, record),
            Change::Edited(edit) => match self.decide_restoring(actor, since, edit) {
                Ok(changes) if changes.is_empty() => Err(as_before()),
                Ok(_) => Ok(()),
                Err(refusal) => Err(self.told_as_obstacle(refusal)),
            },
        }
    }

    /// An edit that brings back what stood there before: whoever may edit the thing may do it, also where a state
    /// would not be reached by a step of its own.
    fn decide_restoring(&self, actor: Actor, since: DateTime<Utc>, edit: &Edit) -> Result<Vec<Change>, Refusal> {
        match edit {
            Edit::Objective(id, fields)
                if matches!(
                    fields.is,
                    ObjectiveField::State(_) | ObjectiveField::Closing(_) | ObjectiveField::Rank(_)
                ) =>
            {
                let objective = &self.objective(*id).ok_or_else(|| Refusal::not_found("objective"))?.objective;
                self.require(actor, self.may_edit_this_objective(actor, objective), "objective")?;
                if let ObjectiveField::Closing(Some(closing)) = &fields.is {
                    let node = (*id).into();
                    let has_moved = closing.progress != self.progress(node) && self.is_said_since(node, since);
                    require_unmoved(has_moved, &objective.title)?;
                }
                super::decide::replace(fields, objective.get(&fields.was), |fields| Edit::Objective(*id, fields))
            }
            Edit::KeyResult(id, fields) if matches!(fields.is, KeyResultField::Rank(_)) => {
                let key_result = &self.key_result(*id).ok_or_else(|| Refusal::not_found("key result"))?.key_result;
                self.require(actor, self.may_edit_this_key_result(actor, key_result), "key result")?;
                super::decide::replace(fields, key_result.get(&fields.was), |fields| Edit::KeyResult(*id, fields))
            }
            // Back to where it was, also where that is closed by now: frozen numbers do not move.
            Edit::Objective(id, fields @ Replaced { is: ObjectiveField::Parent(parent), .. }) => {
                let objective = &self.objective(*id).ok_or_else(|| Refusal::not_found("objective"))?.objective;
                self.require(actor, self.may_edit_this_objective(actor, objective), "objective")?;
                self.require_open(*id)?;
                self.check_place(*id, *parent)?;
                super::decide::replace(fields, objective.get(&fields.was), |fields| Edit::Objective(*id, fields))
            }
            Edit::KeyResult(id, fields @ Replaced { is: KeyResultField::Closing(closing), .. }) => {
                let node = self.key_result(*id).ok_or_else(|| Refusal::not_found("key result"))?;
                let objective = &self
                    .objective(node.key_result.objective)
                    .ok_or_else(|| Refusal::not_found("objective"))?
                    .objective;
                self.require(actor, self.may_edit_this_objective(actor, objective), "objective")?;
                let raw = self.raw_progress(*id).and_then(Finite::new);
                // While it was closed, only what hangs under it and the days could move it.
                let moves_alone = node.is_driven() || node.key_result.measure.counts_share();
                let has_moved = closing.as_ref().is_some_and(|closing| closing.raw != raw)
                    && (!moves_alone || self.is_said_since((*id).into(), since));
                require_unmoved(has_moved, &node.key_result.title)?;
                super::decide::replace(fields, node.key_result.get(&fields.was), |fields| Edit::KeyResult(*id, fields))
            }
            edit => self.decide_edit(actor, edit),
        }
    }

    /// Whether a node or anything below it was checked in after a moment.
    fn is_said_since(&self, node: NodeId, since: DateTime<Utc>) -> bool {
        let mut below = vec![node];
        while let Some(node) = below.pop() {
            if let NodeId::KeyResult(id) = node
                && let Some(node) = self.key_result(id)
                && node.check_ins.iter().any(|check_in| check_in.at > since)
            {
                return true;
            }
            below.extend(self.children(node));
        }
        false
    }

    /// Says what stands in a field by now. The kinds of conflict stay, so that whoever knows adds who set it and when.
    fn told_as_obstacle(&self, refusal: Refusal) -> Refusal {
        let Reason::Conflict(conflict) = &refusal.reason else {
            return refusal;
        };
        let words = self.field_words(&conflict.now);
        let message = match words.was {
            Some(now) => format!("The {} is {now} by now.", words.what),
            None => format!("The {} was rewritten since.", words.what),
        };
        Refusal { message, ..refusal }
    }

    /// Something is taken away only as it was made, and while nothing hangs under it or names it.
    fn check_removal(&self, actor: Actor, record: &Record) -> Result<(), Refusal> {
        match record {
            Record::Team(team) => {
                self.require_administration(actor)?;
                let now = self.team(team.id).ok_or_else(|| Refusal::not_found("team"))?;
                untouched(now == team, &team.name)?;
                unnamed(self.names_team(team.id), &team.name)
            }
            Record::Person(person) => {
                self.require_administration(actor)?;
                let now = self.person(person.id).ok_or_else(|| Refusal::not_found("person"))?;
                untouched(now == person, &person.name)?;
                if actor == Actor::Person(person.id) {
                    return Err(in_the_way("you cannot take yourself away".to_owned()));
                }
                unnamed(self.names_person(person.id), &person.name)
            }
            Record::Cycle(cycle) => {
                self.require_administration(actor)?;
                let now = self.cycle(cycle.id).ok_or_else(|| Refusal::not_found("cycle"))?;
                untouched(now == cycle, &cycle.name)?;
                let named = self.objectives().find(|node| node.objective.cycle == Some(cycle.id));
                unnamed(named.map(|node| node.objective.title.clone()), &cycle.name)
            }
            Record::Objective(objective) => {
                let node = self.objective(objective.id).ok_or_else(|| Refusal::not_found("objective"))?;
                self.require(actor, self.may_edit_this_objective(actor, &node.objective), "objective")?;
                untouched(node.objective == *objective, &objective.title)?;
                let under = self.children(objective.id.into()).next();
                nothing_under(under.and_then(|node| self.node_title(node)), &objective.title)?;
                self.unspoken_of(objective.id.into())?;
                let supports = self.objectives().find(|node| node.objective.supports.contains(&objective.id));
                unnamed(supports.map(|node| node.objective.title.clone()), &objective.title)
            }
            Record::KeyResult(key_result) => {
                let node = self.key_result(key_result.id).ok_or_else(|| Refusal::not_found("key result"))?;
                self.require(actor, self.may_edit_this_key_result(actor, &node.key_result), "key result")?;
                self.require_open(key_result.objective)?;
                untouched(node.key_result == *key_result, &key_result.title)?;
                let aligned = node.aligned.first().and_then(|id| self.node_title((*id).into()));
                let work = node.initiatives.first().and_then(|id| self.initiative(*id)).map(|it| it.title.as_str());
                nothing_under(aligned.or(work), &key_result.title)?;
                self.unspoken_of(key_result.id.into())?;
                match node.check_ins.last() {
                    Some(check_in) => Err(self.checked_in_since(check_in)),
                    None if node.incomplete => Err(in_the_way("it has check-ins by now".to_owned())),
                    None => Ok(()),
                }
            }
            Record::CheckIn(check_in) => {
                let node = self.key_result(check_in.key_result).ok_or_else(|| Refusal::not_found("key result"))?;
                self.require(actor, self.may_edit_this_key_result(actor, &node.key_result), "key result")?;
                self.require_open(node.key_result.objective)?;
                match node.check_ins.last() {
                    Some(last) if last.id == check_in.id => Ok(()),
                    Some(last) if node.check_ins.iter().any(|it| it.id == check_in.id) => {
                        Err(self.checked_in_since(last))
                    }
                    _ => Err(Refusal::not_found("check-in")),
                }
            }
            Record::Initiative(initiative) => {
                let now = self.initiative(initiative.id).ok_or_else(|| Refusal::not_found("initiative"))?;
                self.require(actor, self.may_edit_key_result(actor, initiative.key_result), "key result")?;
                untouched(now == initiative, &initiative.title)
            }
            Record::Comment(comment) => {
                self.require_voice(actor)?;
                let is_there = self.comments(comment.node).iter().any(|other| other == comment);
                if is_there { Ok(()) } else { Err(Refusal::not_found("comment")) }
            }
            Record::Kpi(kpi) => {
                self.require_administration(actor)?;
                let node = self.kpi(kpi.id).ok_or_else(|| Refusal::not_found("KPI"))?;
                untouched(node.kpi == *kpi, &kpi.name)?;
                nothing_under((!node.readings.is_empty()).then_some("a reading"), &kpi.name)
            }
            Record::KpiReading(reading) => {
                let node = self.kpi(reading.kpi).ok_or_else(|| Refusal::not_found("KPI"))?;
                let theirs = self.may_write(actor) && actor.person().is_some() && node.kpi.owner == actor.person();
                self.require(actor, theirs || self.may_administrate(actor), "KPI")?;
                match node.readings.last() {
                    Some(last) if last == reading => Ok(()),
                    _ => Err(in_the_way(format!("{} has a later reading", quoted(Some(&node.kpi.name))))),
                }
            }
            Record::View(view) => {
                let now = self.view(view.id).ok_or_else(|| Refusal::not_found("view"))?;
                self.require(actor, self.may_change_view(actor, now), "view")?;
                untouched(now == view, &view.name)
            }
        }
    }

    fn unspoken_of(&self, node: NodeId) -> Result<(), Refusal> {
        match self.comments(node).last() {
            None => Ok(()),
            Some(comment) => {
                let who = self.person_words(comment.by);
                Err(in_the_way(format!("{who} has commented on {} by now", quoted(self.node_title(node)))))
            }
        }
    }

    fn checked_in_since(&self, check_in: &CheckIn) -> Refusal {
        let of = quoted(self.node_title(check_in.key_result.into()));
        let value = self.key_result(check_in.key_result).map(|node| check_in.value.short(&node.key_result.measure));
        let who = match check_in.by.and_then(|id| self.person(id)) {
            Some(person) => person.name.clone(),
            None => "A table".to_owned(),
        };
        in_the_way(format!("{who} has checked {of} in at {} since", value.unwrap_or_default()))
    }

    /// The first thing that names a team.
    fn names_team(&self, id: super::ids::TeamId) -> Option<String> {
        let team = self.teams().find(|team| team.parent == Some(id)).map(|team| team.name.clone());
        let person = || self.people().find(|person| person.teams.contains(&id)).map(|person| person.name.clone());
        let objective = || {
            self.objectives().find(|node| node.objective.teams.contains(&id)).map(|node| node.objective.title.clone())
        };
        let key_result = || {
            self.key_results().find(|node| node.key_result.team == Some(id)).map(|node| node.key_result.title.clone())
        };
        let kpi = || self.kpis().find(|node| node.kpi.team == Some(id)).map(|node| node.kpi.name.clone());
        team.or_else(person).or_else(objective).or_else(key_result).or_else(kpi)
    }

    /// The first thing that names a person.
    fn names_person(&self, id: PersonId) -> Option<String> {
        let by = Some(id);
        let names = |objective: &Objective| {
            objective.owner == by || objective.closing.as_ref().is_some_and(|closing| closing.by == by)
        };
        let objective = self.objectives().find(|node| names(&node.objective)).map(|node| node.objective.title.clone());
        let key_result = || {
            let names = |node: &&super::workspace::KeyResultNode| {
                node.key_result.owner == by || node.check_ins.iter().any(|check_in| check_in.by == by)
            };
            self.key_results().find(names).map(|node| node.key_result.title.clone())
        };
        let initiative = || self.initiatives.values().find(|it| it.owner == by).map(|it| it.title.clone());
        let kpi = || {
            let names = |node: &&super::workspace::KpiNode| {
                node.kpi.owner == by || node.readings.iter().any(|reading| reading.by == by)
            };
            self.kpis().find(names).map(|node| node.kpi.name.clone())
        };
        let comment = || {
            let comments = self.comments.values().flatten();
            comments.into_iter().find(|comment| comment.by == by).map(|_| "a comment".to_owned())
        };
        let view = || self.views().find(|view| view.owner == id).map(|view| view.name.clone());
        objective.or_else(key_result).or_else(initiative).or_else(kpi).or_else(comment).or_else(view)
    }
}

/// The nodes that changes put somewhere.
fn placed(changes: &[Change]) -> BTreeSet<NodeId> {
    let place = |change: &Change| match change {
        Change::Added(Record::Objective(objective)) => Some(objective.id.into()),
        Change::Added(Record::KeyResult(key_result)) => Some(key_result.id.into()),
        Change::Edited(Edit::Objective(id, fields)) => {
            matches!(fields.is, ObjectiveField::Rank(_) | ObjectiveField::Parent(_)).then_some((*id).into())
        }
        Change::Edited(Edit::KeyResult(id, fields)) => {
            matches!(fields.is, KeyResultField::Rank(_)).then_some((*id).into())
        }
        _ => None,
    };
    changes.iter().filter_map(place).collect()
}

const NOTHING: &str = "There is nothing (any more) that could be undone.";

fn in_the_way(problem: String) -> Refusal {
    Refusal { reason: Reason::InTheWay, field: None, message: sentence(&problem) }
}

/// What was said since something was opened again would count nowhere if it were closed with the numbers of before.
fn require_unmoved(has_moved: bool, title: &str) -> Result<(), Refusal> {
    if has_moved {
        return Err(in_the_way(format!("the number of {} has changed since: close it anew", quoted(Some(title)))));
    }
    Ok(())
}

fn as_before() -> Refusal {
    in_the_way("it is as it was before already".to_owned())
}

fn untouched(is_same: bool, name: &str) -> Result<(), Refusal> {
    if is_same { Ok(()) } else { Err(in_the_way(format!("{} was changed since it was made", quoted(Some(name))))) }
}

fn unnamed(named_by: Option<String>, name: &str) -> Result<(), Refusal> {
    match named_by {
        None => Ok(()),
        Some(other) => Err(in_the_way(format!("{} names {} by now", quoted(Some(&other)), quoted(Some(name))))),
    }
}

fn nothing_under(under: Option<&str>, name: &str) -> Result<(), Refusal> {
    match under {
        None => Ok(()),
        Some(under) => Err(in_the_way(format!("{} hangs under {} by now", quoted(Some(under)), quoted(Some(name))))),
    }
}

#[cfg(test)]
mod tests;
