//! A small vocabulary for tests: a workspace that is built by commands, as everywhere else.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::change::{Change, Edit, Record, Replaced};
use super::command::{Actor, Command, Refusal};
use super::cycle::{Cycle, Phase, Span};
use super::ids::{CheckInId, CycleId, KeyResultId, NodeId, ObjectiveId, PersonId, TeamId, WorkspaceId};
use super::measure::{Bounds, HoldCounting, Measure, Step, Value, first_steps};
use super::number::Finite;
use super::okr::{
    CheckIn, Confidence, Counts, DrivenBy, KeyResult, KeyResultField, Objective, ObjectiveField, Stance, State,
};
use super::people::{Person, Role, Team};
use super::progress::Weight;
use super::rank::Rank;
use super::workspace::Workspace;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap()).and_utc()
}

pub fn number(value: f64) -> Value {
    Value::Number(Finite::new(value).unwrap())
}

pub fn steps_done(count: u16) -> Value {
    first_steps(f64::from(count), usize::from(u16::MAX)).unwrap()
}

pub fn reach(baseline: f64, target: f64) -> Measure {
    Measure::Reach { baseline: Finite::new(baseline), target: Finite::new(target) }
}

pub fn hold(bounds: Bounds) -> Measure {
    Measure::Hold { bounds, counting: HoldCounting::Latest }
}

pub fn steps(count: usize) -> Measure {
    Measure::Milestones { steps: vec![Step { title: String::new(), weight: Weight::default() }; count] }
}

pub fn graded() -> Measure {
    Measure::Graded { commit: "begun".to_owned(), target: "done".to_owned(), stretch: "loved".to_owned() }
}

/// A workspace under test, what happened to it, and the next id.
pub struct Company {
    pub workspace: Workspace,
    pub log: Vec<Change>,
    next: u128,
}

impl Company {
    /// An empty one on that day.
    pub fn on(today: &str) -> Self {
        Self { workspace: Workspace::empty(WorkspaceId(Uuid::from_u128(1)), day(today)), log: Vec::new(), next: 2 }
    }

    pub fn id(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(self.next)
    }

    /// Decides and applies, as `actor`, at noon of the workspace's day.
    pub fn try_as(&mut self, actor: Actor, command: &Command) -> Result<(), Refusal> {
        let changes = self.workspace.decide(actor, noon(self.workspace.today()), command)?;
        for change in changes {
            self.workspace.apply(&change);
            self.log.push(change);
        }
        Ok(())
    }

    pub fn run(&mut self, command: &Command) {
        self.try_as(Actor::Operator, command).unwrap();
    }

    pub fn add(&mut self, record: Record) {
        self.run(&Command::Add(record));
    }

    pub fn edit_objective(&mut self, id: ObjectiveId, was: ObjectiveField, is: ObjectiveField) {
        self.run(&Command::Edit(Edit::Objective(id, Replaced { was, is })));
    }

    pub fn edit_key_result(&mut self, id: KeyResultId, was: KeyResultField, is: KeyResultField) {
        self.run(&Command::Edit(Edit::KeyResult(id, Replaced { was, is })));
    }

    pub fn person(&mut self, name: &str, role: Role, teams: &[TeamId]) -> PersonId {
        let id = PersonId(self.id());
        self.add(Record::Person(Person { id, name: name.to_owned(), email: None, role, teams: teams.to_vec() }));
        id
    }

    pub fn team(&mut self, name: &str) -> TeamId {
        let id = TeamId(self.id());
        self.add(Record::Team(Team { id, name: name.to_owned(), parent: None, cadence: Default::default() }));
        id
    }

    pub fn cycle(&mut self, name: &str, first: &str, last: &str) -> CycleId {
        let id = CycleId(self.id());
        let span = Span::new(day(first), day(last));
        self.add(Record::Cycle(Cycle { id, name: name.to_owned(), span, phase: Phase::Active }));
        id
    }

    pub fn objective_record(&mut self, parent: Option<NodeId>) -> Objective {
        Objective {
            id: ObjectiveId(self.id()),
            table_id: None,
            title: "Rides that start by themselves".to_owned(),
            description: String::new(),
            owner: None,
            teams: Vec::new(),
            cycle: None,
            parent,
            rank: Rank::default(),
            company: parent.is_none(),
            supports: Vec::new(),
            stance: Stance::Committed,
            state: State::Agreed,
            weight: Weight::default(),
            counts: Counts::Both,
            closing: None,
        }
    }

    pub fn objective(&mut self, parent: Option<NodeId>) -> ObjectiveId {
        let objective = self.objective_record(parent);
        let id = objective.id;
        self.add(Record::Objective(objective));
        id
    }

    pub fn key_result_record(&mut self, objective: ObjectiveId, measure: Measure) -> KeyResult {
        KeyResult {
            id: KeyResultId(self.id()),
            table_id: None,
            objective,
            title: "Seconds from tap to ride".to_owned(),
            description: String::new(),
            owner: None,
            team: None,
            measure,
            unit: String::new(),
            weight: Weight::default(),
            rank: Rank::default(),
            driven_by: DrivenBy::CheckIns,
            closing: None,
        }
    }

    pub fn key_result(&mut self, objective: ObjectiveId, measure: Measure) -> KeyResultId {
        let key_result = self.key_result_record(objective, measure);
        let id = key_result.id;
        self.add(Record::KeyResult(key_result));
        id
    }

    pub fn check_in_record(
        &mut self,
        key_result: KeyResultId,
        on: NaiveDate,
        value: Value,
        confidence: Option<u8>,
    ) -> CheckIn {
        CheckIn {
            id: CheckInId(self.id()),
            table_id: None,
            key_result,
            value,
            confidence: confidence.and_then(Confidence::new),
            note: String::new(),
            by: None,
            at: noon(on),
            day: on,
            replaces: None,
        }
    }

    pub fn check_in_on(
        &mut self,
        key_result: KeyResultId,
        on: &str,
        value: Value,
        confidence: Option<u8>,
    ) -> CheckInId {
        let check_in = self.check_in_record(key_result, day(on), value, confidence);
        let id = check_in.id;
        self.add(Record::CheckIn(check_in));
        id
    }

    /// A check-in of today.
    pub fn check_in(&mut self, key_result: KeyResultId, value: Value) -> CheckInId {
        let today = self.workspace.today().to_string();
        self.check_in_on(key_result, &today, value, None)
    }

    /// A key result that stands at that many per cent.
    pub fn key_result_at(&mut self, objective: ObjectiveId, percent: f64) -> KeyResultId {
        let id = self.key_result(objective, reach(0.0, 100.0));
        self.check_in(id, number(percent));
        id
    }

    pub fn weigh(&mut self, id: KeyResultId, weight: u16) {
        let weight = Weight::new(weight).unwrap();
        let was = self.workspace.weight(id.into()).unwrap();
        self.edit_key_result(id, KeyResultField::Weight(was), KeyResultField::Weight(weight));
    }

    pub fn set_state(&mut self, id: ObjectiveId, state: State) {
        let was = self.workspace.objective(id).unwrap().objective.state;
        self.edit_objective(id, ObjectiveField::State(was), ObjectiveField::State(state));
    }

    /// Progress as a person reads it, with plain blanks.
    pub fn percent(&self, node: impl Into<NodeId>) -> String {
        super::progress::percent(self.workspace.shown_ppm(node.into())).replace('\u{a0}', " ")
    }
}
