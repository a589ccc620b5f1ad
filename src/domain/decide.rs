//! Says yes or no: checks permission, form and rules, and returns what changes. A refused command changes nothing.

use chrono::{DateTime, Days, TimeDelta, Utc};

use self::organisation::check_settings_field;
pub(super) use self::organisation::is_email;
use super::change::{Change, Edit, Record, Replaced};
use super::command::{Actor, Command, Conflict, Reason, Refusal};
use super::cycle::CycleField;
use super::okr::InitiativeField;
use super::text::check_title;
use super::workspace::Workspace;

mod closing;
mod okr;
mod organisation;
mod place;
mod view;

/// The most teams, supported objectives or the like in one list.
const MAX_LIST: usize = 100;

impl Workspace {
    /// Decides a command that needs no log: anything but an undo, which [`Workspace::decide_with_log`] decides. `now` is
    /// the time at which it arrives.
    ///
    /// # Errors
    /// A [`Refusal`] that names the field and the reason.
    pub fn decide(&self, actor: Actor, now: DateTime<Utc>, command: &Command) -> Result<Vec<Change>, Refusal> {
        match command {
            Command::Add(record) => {
                self.check_addition(actor, now, record)?;
                let record = self.not_ahead(actor, now, record.clone());
                Ok(vec![Change::Added(self.at_the_end(record))])
            }
            Command::Edit(edit) => self.decide_edit(actor, edit),
            Command::Move(wanted) => self.decide_move(actor, wanted),
            Command::Close(close) => self.decide_close(actor, close),
            Command::Undo(_) => Err(Refusal::not_found("change")),
            Command::RemoveView(id) => self.decide_view_removal(actor, *id),
        }
    }

    /// What a person says is of now at the latest: by a clock that is ahead, it would outlast whatever is said after it.
    /// A table says what it is of, and is taken at its word.
    fn not_ahead(&self, actor: Actor, now: DateTime<Utc>, mut record: Record) -> Record {
        if actor == Actor::Operator {
            return record;
        }
        match &mut record {
            Record::CheckIn(check_in) => {
                check_in.at = check_in.at.min(now);
                check_in.day = check_in.day.min(self.today());
            }
            Record::Comment(comment) => comment.at = comment.at.min(now),
            Record::KpiReading(reading) => reading.at = reading.at.min(now),
            _ => {}
        }
        record
    }

    pub(super) fn check_addition(&self, actor: Actor, now: DateTime<Utc>, record: &Record) -> Result<(), Refusal> {
        match record {
            Record::Team(team) => self.check_team(actor, team),
            Record::Person(person) => self.check_person(actor, person),
            Record::Cycle(cycle) => self.check_cycle(actor, cycle),
            Record::Objective(objective) => self.check_objective(actor, objective),
            Record::KeyResult(key_result) => self.check_key_result(actor, key_result),
            Record::CheckIn(check_in) => self.check_check_in(actor, now, check_in),
            Record::Initiative(initiative) => self.check_initiative(actor, initiative),
            Record::Comment(comment) => self.check_comment(actor, now, comment),
            Record::Kpi(kpi) => self.check_kpi(actor, kpi),
            Record::KpiReading(reading) => self.check_kpi_reading(actor, now, reading),
            Record::View(view) => self.check_view(actor, view),
        }
    }

    pub(super) fn decide_edit(&self, actor: Actor, edit: &Edit) -> Result<Vec<Change>, Refusal> {
        match edit {
            Edit::Settings(fields) => {
                self.require_administration(actor)?;
                check_settings_field(&fields.is)?;
                replace(fields, self.settings.get(&fields.was), Edit::Settings)
            }
            Edit::Team(id, fields) => {
                self.require_administration(actor)?;
                let team = self.team(*id).ok_or_else(|| Refusal::not_found("team"))?;
                self.check_team_field(*id, &fields.is)?;
                replace(fields, team.get(&fields.was), |fields| Edit::Team(*id, fields))
            }
            Edit::Person(id, fields) => {
                self.require_administration(actor)?;
                let person = self.person(*id).ok_or_else(|| Refusal::not_found("person"))?;
                self.check_person_field(*id, &fields.is)?;
                self.keep_an_admin(person, &fields.is)?;
                replace(fields, person.get(&fields.was), |fields| Edit::Person(*id, fields))
            }
            Edit::Cycle(id, fields) => {
                self.require_administration(actor)?;
                let cycle = self.cycle(*id).ok_or_else(|| Refusal::not_found("cycle"))?;
                match &fields.is {
                    CycleField::Name(name) => self.check_cycle_name(*id, name)?,
                    CycleField::Phase(phase) if *phase != cycle.phase && !cycle.phase.may_become(*phase) => {
                        return Err(Refusal::invalid("phase", "a cycle goes on or back one phase at a time"));
                    }
                    CycleField::Phase(_) | CycleField::Span(_) => {}
                }
                replace(fields, cycle.get(&fields.was), |fields| Edit::Cycle(*id, fields))
            }
            Edit::Objective(id, fields) => self.decide_objective_edit(actor, *id, fields),
            Edit::KeyResult(id, fields) => {
                let node = self.key_result(*id).ok_or_else(|| Refusal::not_found("key result"))?;
                let allowed = self.may_edit_this_key_result(actor, &node.key_result);
                self.require(actor, allowed, "key result")?;
                self.require_open(node.key_result.objective)?;
                self.check_key_result_field(&fields.is)?;
                replace(fields, node.key_result.get(&fields.was), |fields| Edit::KeyResult(*id, fields))
            }
            Edit::Initiative(id, fields) => {
                let initiative = self.initiative(*id).ok_or_else(|| Refusal::not_found("initiative"))?;
                let allowed = self.may_edit_key_result(actor, initiative.key_result)
                    || (self.may_write(actor) && initiative.owner.is_some() && initiative.owner == actor.person());
                self.require(actor, allowed, "initiative")?;
                match &fields.is {
                    InitiativeField::Title(text) => title("title", text)?,
                    InitiativeField::Owner(owner) => self.check_owner(*owner)?,
                    InitiativeField::Done(_) => {}
                }
                replace(fields, initiative.get(&fields.was), |fields| Edit::Initiative(*id, fields))
            }
            Edit::Kpi(id, fields) => {
                self.require_administration(actor)?;
                let node = self.kpi(*id).ok_or_else(|| Refusal::not_found("KPI"))?;
                self.check_kpi_field(&fields.is)?;
                replace(fields, node.kpi.get(&fields.was), |fields| Edit::Kpi(*id, fields))
            }
            Edit::View(id, fields) => self.decide_view_edit(actor, *id, fields),
        }
    }
}

/// Accepts an edit whose sender saw what stands there, and nothing where it stands there already.
pub(super) fn replace<F: Clone + PartialEq>(
    fields: &Replaced<F>,
    now: F,
    edit: impl Fn(Replaced<F>) -> Edit,
) -> Result<Vec<Change>, Refusal> {
    if std::mem::discriminant(&fields.was) != std::mem::discriminant(&fields.is) {
        return Err(Refusal::invalid("field", "an edit replaces a field by the same field"));
    }
    if now == fields.is {
        return Ok(Vec::new());
    }
    if now != fields.was {
        let now = edit(Replaced { was: now, is: fields.is.clone() });
        return Err(Refusal {
            reason: Reason::Conflict(Box::new(Conflict { now, by: None, at: None })),
            field: None,
            message: "Somebody changed this in the meantime. Both versions are kept: choose one.".to_owned(),
        });
    }
    Ok(vec![Change::Edited(edit(fields.clone()))])
}

fn is_new(new: bool) -> Result<(), Refusal> {
    if new { Ok(()) } else { Err(Refusal::already_there("id", "this is there already")) }
}

fn title(field: &str, text: &str) -> Result<(), Refusal> {
    check_title(text).map_err(|problem| Refusal::invalid(field, problem))
}

fn check_list<T: PartialEq>(field: &str, items: &[T]) -> Result<(), Refusal> {
    if items.len() > MAX_LIST {
        return Err(Refusal::invalid(field, format!("at most {MAX_LIST} are kept here")));
    }
    if items.iter().enumerate().any(|(place, item)| items[..place].contains(item)) {
        return Err(Refusal::invalid(field, "the same one stands here twice"));
    }
    Ok(())
}

/// A day's tolerance, since clocks differ.
fn not_in_future(now: DateTime<Utc>, at: DateTime<Utc>) -> Result<(), Refusal> {
    let latest = now.checked_add_signed(TimeDelta::days(1)).unwrap_or(now);
    let earliest = now.checked_sub_days(Days::new(365 * 200)).unwrap_or(now);
    if at > latest {
        Err(Refusal::invalid("date", "this lies in the future"))
    } else if at < earliest {
        Err(Refusal::invalid("date", "this lies too far in the past"))
    } else {
        Ok(())
    }
}
