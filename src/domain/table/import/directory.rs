//! Teams, people and cycles by name, made where they are missing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use uuid::Uuid;

use crate::domain::cadence::Cadence;
use crate::domain::change::{Edit, Record, Replaced};
use crate::domain::command::Command;
use crate::domain::cycle::{Cycle, CycleField, Phase, Span};
use crate::domain::decide::is_email;
use crate::domain::ids::{CycleId, PersonId, TeamId};
use crate::domain::people::{Person, Role, Team};
use crate::domain::workspace::Workspace;

pub(super) struct Directory<'a> {
    workspace: &'a Workspace,
    today: NaiveDate,
    cycle_days: &'a BTreeMap<String, Span>,
    teams_by_name: FxHashMap<String, TeamId>,
    people_by_name: FxHashMap<String, PersonId>,
    people_by_email: FxHashMap<String, PersonId>,
    cycles_by_name: FxHashMap<String, CycleId>,
    /// What makes those that are missing.
    pub(super) commands: Vec<Command>,
    pub(super) warnings: Vec<String>,
    pub(super) teams: usize,
    pub(super) people: usize,
    pub(super) cycles: usize,
}

impl<'a> Directory<'a> {
    pub(super) fn new(workspace: &'a Workspace, today: NaiveDate, cycle_days: &'a BTreeMap<String, Span>) -> Self {
        let mut people_by_name = FxHashMap::default();
        for person in workspace.people() {
            people_by_name.entry(person.name.clone()).or_insert(person.id);
        }
        let known_days = workspace.cycles().filter_map(|cycle| {
            let is = *cycle_days.get(&cycle.name)?;
            let fields = Replaced { was: CycleField::Span(cycle.span), is: CycleField::Span(Some(is)) };
            (cycle.span != Some(is)).then_some(Command::Edit(Edit::Cycle(cycle.id, fields)))
        });
        let emails = workspace.people().filter_map(|person| Some((person.email.as_ref()?.to_lowercase(), person.id)));
        Self {
            workspace,
            today,
            cycle_days,
            teams_by_name: workspace.teams().map(|team| (team.name.clone(), team.id)).collect(),
            people_by_name,
            people_by_email: emails.collect(),
            cycles_by_name: workspace.cycles().map(|cycle| (cycle.name.clone(), cycle.id)).collect(),
            commands: known_days.collect(),
            warnings: Vec::new(),
            teams: 0,
            people: 0,
            cycles: 0,
        }
    }

    pub(super) fn team(&mut self, name: &str, new_id: &mut dyn FnMut() -> Uuid) -> TeamId {
        if let Some(id) = self.teams_by_name.get(name) {
            return *id;
        }
        let id = TeamId(new_id());
        let team = Team { id, name: name.to_owned(), parent: None, cadence: Cadence::default() };
        self.teams_by_name.insert(name.to_owned(), id);
        self.commands.push(Command::Add(Record::Team(team)));
        self.teams += 1;
        id
    }

    /// The person of that name or e-mail address; `now` stays where several have the name and this is one of them.
    pub(super) fn person(
        &mut self,
        text: &str,
        now: Option<PersonId>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Option<PersonId> {
        if text.is_empty() {
            return None;
        }
        if now.and_then(|now| self.workspace.person(now)).is_some_and(|person| person.name == text) {
            return now;
        }
        let email = is_email(text).then(|| text.to_lowercase());
        let known = match &email {
            Some(email) => self.people_by_email.get(email).or_else(|| self.people_by_name.get(text)),
            None => self.people_by_name.get(text),
        };
        if let Some(known) = known {
            return Some(*known);
        }
        let id = PersonId(new_id());
        let person = Person {
            id,
            name: text.to_owned(),
            email: email.is_some().then(|| text.to_owned()),
            role: Role::default(),
            teams: Vec::new(),
        };
        self.people_by_name.insert(text.to_owned(), id);
        self.people_by_email.extend(email.map(|email| (email, id)));
        self.commands.push(Command::Add(Record::Person(person)));
        self.people += 1;
        Some(id)
    }

    pub(super) fn cycle(&mut self, name: &str, new_id: &mut dyn FnMut() -> Uuid) -> CycleId {
        if let Some(id) = self.cycles_by_name.get(name) {
            return *id;
        }
        let id = CycleId(new_id());
        let span = self.cycle_days.get(name).copied().or_else(|| Span::from_name(name));
        let phase = match span {
            Some(span) if self.today < span.first() => Phase::Draft,
            Some(span) if self.today > span.last() => Phase::Review,
            _ => Phase::Active,
        };
        if span.is_none() {
            self.warnings.push(format!(
                "the cycle “{name}” does not tell its days, so nothing in it has a pace until they are set"
            ));
        }
        self.cycles_by_name.insert(name.to_owned(), id);
        self.commands.push(Command::Add(Record::Cycle(Cycle { id, name: name.to_owned(), span, phase })));
        self.cycles += 1;
        id
    }
}
