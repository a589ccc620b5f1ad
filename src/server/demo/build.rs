//! Turns the tables into commands.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

use crate::domain::change::{Edit, Record, Replaced};
use crate::domain::command::{Close, Command};
use crate::domain::cycle::Cycle;
use crate::domain::ids::{
    CheckInId, CycleId, InitiativeId, KeyResultId, KpiId, KpiReadingId, NodeId, ObjectiveId, PersonId, TeamId,
};
use crate::domain::kpi::{HealthyRange, Kpi, KpiReading};
use crate::domain::measure::{Bounds, Grade, HoldCounting, Measure, Step, Value};
use crate::domain::number::Finite;
use crate::domain::okr::{CheckIn, Confidence, Initiative, KeyResult, Objective, ObjectiveField, State};
use crate::domain::people::{Person, Team};
use crate::domain::progress::{Ppm, Weight};
use crate::domain::rank::Rank;
use crate::domain::settings::{Settings, SettingsField, Strategy};

use super::OBJECTIVES;
use super::calendar::{Calendar, after_work, at_work, spread};
use super::kpis::{KPIS, KpiRow};
use super::people::{DOMAIN, NAME, PEOPLE, STRATEGY, TEAMS};
use super::table::{KeyResultRow, MeasureRow, ObjectiveRow, Said, When};

/// Knows what was made so far, by its key in the tables.
pub(super) struct Builder<'a, I> {
    calendar: Calendar,
    new_id: &'a mut I,
    commands: Vec<Command>,
    teams: BTreeMap<&'static str, Team>,
    people: BTreeMap<&'static str, PersonId>,
    cycles: Vec<(When, CycleId)>,
    nodes: BTreeMap<&'static str, NodeId>,
    made: Vec<(&'static ObjectiveRow, ObjectiveId, Vec<KeyResultId>)>,
    said: Vec<Statement>,
}

/// A check-in to be: recorded once all of them are known, in the order of time.
struct Statement {
    key_result: KeyResultId,
    value: Value,
    confidence: u8,
    note: &'static str,
    by: Option<PersonId>,
    at: DateTime<Utc>,
    day: NaiveDate,
}

impl<'a, I: FnMut() -> Uuid> Builder<'a, I> {
    pub fn new(today: NaiveDate, new_id: &'a mut I) -> Self {
        Self {
            calendar: Calendar::new(today),
            new_id,
            commands: Vec::new(),
            teams: BTreeMap::new(),
            people: BTreeMap::new(),
            cycles: Vec::new(),
            nodes: BTreeMap::new(),
            made: Vec::new(),
            said: Vec::new(),
        }
    }

    pub fn commands(mut self) -> Vec<Command> {
        self.settings();
        self.organisation();
        self.kpis();
        for row in OBJECTIVES.into_iter().flatten() {
            self.objective(row);
        }
        self.support_links();
        self.check_ins();
        self.endings();
        self.commands
    }

    fn add(&mut self, record: Record) {
        self.commands.push(Command::Add(record));
    }

    fn settings(&mut self) {
        let now = Settings::default();
        let strategy = Strategy {
            aspiration: STRATEGY[0].to_owned(),
            where_to_play: STRATEGY[1].to_owned(),
            how_to_win: STRATEGY[2].to_owned(),
            assumptions: STRATEGY[3].to_owned(),
        };
        let fields = [
            Replaced { was: SettingsField::Name(now.name), is: SettingsField::Name(NAME.to_owned()) },
            Replaced { was: SettingsField::Strategy(now.strategy), is: SettingsField::Strategy(strategy) },
            Replaced { was: SettingsField::Example(now.example), is: SettingsField::Example(true) },
        ];
        self.commands.extend(fields.map(|fields| Command::Edit(Edit::Settings(fields))));
    }

    fn organisation(&mut self) {
        for row in TEAMS {
            let team = Team {
                id: TeamId((self.new_id)()),
                name: row.name.to_owned(),
                parent: self.team(row.part_of),
                cadence: row.cadence,
            };
            self.teams.insert(row.key, team.clone());
            self.add(Record::Team(team));
        }
        for row in PEOPLE {
            let person = Person {
                id: PersonId((self.new_id)()),
                name: row.name.to_owned(),
                email: Some(format!("{}@{DOMAIN}", row.key)),
                role: row.role,
                teams: self.team_ids(row.teams),
            };
            self.people.insert(row.key, person.id);
            self.add(Record::Person(person));
        }
        for when in When::ALL {
            let cycle = Cycle {
                id: CycleId((self.new_id)()),
                name: Calendar::name(when),
                span: self.calendar.span(when),
                phase: Calendar::phase(when),
            };
            self.cycles.push((when, cycle.id));
            self.add(Record::Cycle(cycle));
        }
    }

    fn team(&self, key: &str) -> Option<TeamId> {
        self.teams.get(key).map(|team| team.id)
    }

    fn team_ids(&self, keys: &[&str]) -> Vec<TeamId> {
        keys.iter().filter_map(|key| self.team(key)).collect()
    }

    fn person(&self, key: &str) -> Option<PersonId> {
        self.people.get(key).copied()
    }

    fn kpis(&mut self) {
        for row in KPIS {
            let kpi = Kpi {
                id: KpiId((self.new_id)()),
                name: row.name.to_owned(),
                unit: row.unit.to_owned(),
                healthy: HealthyRange { low: row.low.and_then(Finite::new), high: row.high.and_then(Finite::new) },
                owner: self.person(row.owner),
                team: self.team(row.team),
            };
            let id = kpi.id;
            self.add(Record::Kpi(kpi));
            self.readings(row, id);
        }
    }

    /// One a week, the latest yesterday.
    fn readings(&mut self, row: &KpiRow, kpi: KpiId) {
        for (place, value) in row.readings.iter().enumerate() {
            let ago = 7 * (row.readings.len() - 1 - place) as u64;
            let day = self.calendar.yesterday().checked_sub_days(Days::new(ago));
            if let Some((day, value)) = day.zip(Finite::new(*value)) {
                let id = KpiReadingId((self.new_id)());
                let reading = KpiReading { id, kpi, value, at: at_work(day, place), by: self.person(row.owner) };
                self.add(Record::KpiReading(reading));
            }
        }
    }

    fn objective(&mut self, row: &'static ObjectiveRow) {
        let id = ObjectiveId((self.new_id)());
        let objective = Objective {
            id,
            table_id: None,
            title: row.title.to_owned(),
            description: row.why.to_owned(),
            owner: self.person(row.owner),
            teams: self.team_ids(row.teams),
            cycle: self.cycles.iter().find(|(when, _)| *when == row.when).map(|(_, id)| *id),
            parent: self.nodes.get(row.under).copied(),
            rank: Rank::default(),
            company: row.when == When::Year,
            supports: Vec::new(),
            stance: row.stance,
            state: if row.state.is_open() { row.state } else { State::Agreed },
            weight: weight(row.weight),
            counts: row.counts,
            closing: None,
        };
        self.add(Record::Objective(objective));
        self.name(row.key, id.into());
        let key_results = row.key_results.iter().map(|key_result| self.key_result(row, id, key_result)).collect();
        self.made.push((row, id, key_results));
    }

    fn name(&mut self, key: &'static str, node: NodeId) {
        if !key.is_empty() {
            self.nodes.insert(key, node);
        }
    }

    fn key_result(
        &mut self,
        objective_row: &ObjectiveRow,
        objective: ObjectiveId,
        row: &'static KeyResultRow,
    ) -> KeyResultId {
        let id = KeyResultId((self.new_id)());
        let owner = self.person(if row.owner.is_empty() { objective_row.owner } else { row.owner });
        self.add(Record::KeyResult(KeyResult {
            id,
            table_id: None,
            objective,
            title: row.title.to_owned(),
            description: String::new(),
            owner,
            team: self.team(row.team),
            measure: measure(row.measure),
            unit: row.unit.to_owned(),
            weight: weight(row.weight),
            rank: Rank::default(),
            driven_by: row.driven_by,
            closing: None,
        }));
        self.name(row.key, id.into());
        for (title, done) in row.initiatives {
            let initiative = InitiativeId((self.new_id)());
            let title = (*title).to_owned();
            self.add(Record::Initiative(Initiative { id: initiative, key_result: id, title, owner, done: *done }));
        }
        self.statements(objective_row, row, id, owner);
        id
    }

    fn statements(&mut self, objective: &ObjectiveRow, row: &KeyResultRow, id: KeyResultId, by: Option<PersonId>) {
        let team = if row.team.is_empty() { objective.teams.first().copied() } else { Some(row.team) };
        let cadence = team.and_then(|team| self.teams.get(team)).map(|team| team.cadence).unwrap_or_default();
        let days = self.calendar.due_dates(cadence, objective.when, row.missed);
        let smoothly = !matches!(row.measure, MeasureRow::Milestones(_) | MeasureRow::Graded { .. });
        let turn = self.nodes.len() + self.said.len();
        let regular = spread(row.said, &days, smoothly).into_iter().map(|(day, said)| (day, at_work(day, turn), said));
        let day = self.calendar.yesterday();
        let latest = row.yesterday.map(|said| (day, after_work(day, turn), said));
        let statements = regular.chain(latest).filter_map(|(day, at, said)| {
            let (_, confidence, note) = said;
            Some(Statement { key_result: id, value: value(row.measure, said)?, confidence, note, by, at, day })
        });
        self.said.extend(statements);
    }

    /// Links may point ahead in the tables, so they come when everything is there.
    fn support_links(&mut self) {
        for (row, id, _) in &self.made {
            let supports: Vec<_> = row
                .supports
                .iter()
                .filter_map(|key| match self.nodes.get(key) {
                    Some(NodeId::Objective(id)) => Some(*id),
                    _ => None,
                })
                .collect();
            if !supports.is_empty() {
                let fields =
                    Replaced { was: ObjectiveField::Supports(Vec::new()), is: ObjectiveField::Supports(supports) };
                self.commands.push(Command::Edit(Edit::Objective(*id, fields)));
            }
        }
    }

    fn check_ins(&mut self) {
        let mut said = std::mem::take(&mut self.said);
        said.sort_by_key(|statement| statement.at);
        for statement in said {
            let id = CheckInId((self.new_id)());
            self.add(Record::CheckIn(CheckIn {
                id,
                table_id: None,
                key_result: statement.key_result,
                value: statement.value,
                confidence: Confidence::new(statement.confidence),
                note: statement.note.to_owned(),
                by: statement.by,
                at: statement.at,
                day: statement.day,
                replaces: None,
            }));
        }
    }

    /// Closes and drops from the bottom up, so that each closes with the final numbers of what hangs under it.
    fn endings(&mut self) {
        for (row, id, key_results) in self.made.iter().rev() {
            if let Some((verdict, learned)) = row.outcome {
                let scores = key_results
                    .iter()
                    .zip(row.key_results)
                    .filter_map(|(id, row)| Some((*id, Ppm::from_raw(row.score?))))
                    .collect();
                self.commands.push(Command::Close(Close {
                    objective: *id,
                    scores,
                    seen: Vec::new(),
                    learned: learned.to_owned(),
                    verdict: Some(verdict),
                }));
            } else if row.state == State::Dropped {
                let fields =
                    Replaced { was: ObjectiveField::State(State::Agreed), is: ObjectiveField::State(State::Dropped) };
                self.commands.push(Command::Edit(Edit::Objective(*id, fields)));
            }
        }
    }
}

fn weight(weight: u16) -> Weight {
    Weight::new(weight).unwrap_or_default()
}

fn measure(row: MeasureRow) -> Measure {
    let counting = |share| if share { HoldCounting::Share } else { HoldCounting::Latest };
    match row {
        MeasureRow::Reach { from, to } => {
            Measure::Reach { baseline: Finite::new(from), target: to.and_then(Finite::new) }
        }
        MeasureRow::AtLeast { bound, share } => {
            Measure::Hold { bounds: Bounds::AtLeast(Finite::new(bound)), counting: counting(share) }
        }
        MeasureRow::AtMost { bound, share } => {
            Measure::Hold { bounds: Bounds::AtMost(Finite::new(bound)), counting: counting(share) }
        }
        MeasureRow::Between { low, high, share } => {
            Measure::Hold { bounds: Bounds::Between(Finite::new(low), Finite::new(high)), counting: counting(share) }
        }
        MeasureRow::Milestones(steps) => Measure::Milestones {
            steps: steps
                .iter()
                .map(|(title, step)| Step { title: (*title).to_owned(), weight: weight(*step) })
                .collect(),
        },
        MeasureRow::Graded { commit, target, stretch } => {
            Measure::Graded { commit: commit.to_owned(), target: target.to_owned(), stretch: stretch.to_owned() }
        }
    }
}

fn value(measure: MeasureRow, (value, ..): Said) -> Option<Value> {
    match measure {
        MeasureRow::Milestones(_) => Some(Value::Steps((0..value as u16).collect::<BTreeSet<_>>())),
        MeasureRow::Graded { .. } => Grade::ALL.get(value as usize).copied().map(Value::Grade),
        _ => Finite::new(value).map(Value::Number),
    }
}
