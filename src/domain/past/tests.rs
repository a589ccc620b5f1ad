use chrono::TimeDelta;
use proptest::collection::vec;
use proptest::prelude::*;

use super::super::properties::{Step, company, step, take};
use super::super::testing::{Company, day, noon, number, reach};
use super::*;
use crate::domain::change::Replaced;
use crate::domain::command::Refusal;
use crate::domain::ids::{KeyResultId, MutationId, ObjectiveId};
use crate::domain::okr::ObjectiveField;
use uuid::Uuid;

/// A company with a log that tells the day of each change.
struct House {
    company: Company,
    log: Vec<LogEntry>,
}

const ADA: Actor = Actor::Person(crate::domain::ids::PersonId(Uuid::from_u128(7)));

impl House {
    fn new() -> Self {
        Self { company: Company::on("2026-10-01"), log: Vec::new() }
    }

    /// Notes what happened since, as done by somebody on the workspace's day.
    fn by(&mut self, by: Actor) {
        let at = noon(self.company.workspace.today());
        for change in &self.company.log[self.log.len()..] {
            let seq = self.log.len() as u64 + 1;
            let mutation = MutationId(Uuid::nil());
            self.log.push(LogEntry { seq, at, by, mutation, undoes: None, change: change.clone() });
        }
    }

    fn on(&mut self, today: &str) {
        self.company.workspace.set_today(day(today));
    }

    fn was(&self, on: &str, founded: Option<&str>) -> Workspace {
        let end = noon(day(on)) + TimeDelta::hours(12);
        let later: Vec<LogEntry> = self.log.iter().filter(|entry| entry.at >= end).cloned().collect();
        let founded = founded.map(|founded| noon(day(founded)) + TimeDelta::hours(12));
        self.company.workspace.snapshot(History::Full).as_it_was(day(on), &later, founded)
    }
}

/// An objective and its key result of 1 October, at 20 % on that day.
fn house() -> (House, ObjectiveId, KeyResultId) {
    let mut house = House::new();
    let objective = house.company.objective(None);
    let key_result = house.company.key_result_at(objective, 20.0);
    house.by(ADA);
    (house, objective, key_result)
}

fn percent(workspace: &Workspace, node: impl Into<NodeId>) -> String {
    crate::domain::progress::percent(workspace.shown_ppm(node.into())).replace('\u{a0}', " ")
}

#[test]
fn a_check_in_counts_from_the_day_that_it_is_for() {
    let (mut house, objective, key_result) = house();
    house.on("2026-10-05");
    house.company.check_in_on(key_result, "2026-10-02", number(40.0), None);
    house.company.check_in_on(key_result, "2026-10-05", number(60.0), None);
    house.by(ADA);
    let at = |on| percent(&house.was(on, None), objective);
    assert_eq!(
        [at("2026-10-01"), at("2026-10-02"), at("2026-10-04"), at("2026-10-05")],
        ["20 %", "40 %", "40 %", "60 %"]
    );
    assert_eq!(house.was("2026-10-02", None).today(), day("2026-10-02"));
}

#[test]
fn what_people_arranged_counts_from_when_they_did() {
    let (mut house, objective, _) = house();
    house.on("2026-10-05");
    let was = ObjectiveField::Title("Rides that start by themselves".to_owned());
    house.company.edit_objective(objective, was, ObjectiveField::Title("Later".to_owned()));
    let later = house.company.objective(Some(objective.into()));
    house.by(ADA);
    let past = house.was("2026-10-04", None);
    assert_eq!(past.node_title(objective.into()), Some("Rides that start by themselves"));
    assert!(past.objective(later).is_none());
    assert_eq!(house.was("2026-10-05", None).node_title(objective.into()), Some("Later"));
}

#[test]
fn a_founding_table_brings_its_history_along() {
    let mut house = House::new();
    house.on("2026-10-05");
    let objective = house.company.objective(None);
    let key_result = house.company.key_result(objective, reach(0.0, 100.0));
    house.company.check_in_on(key_result, "2026-09-07", number(30.0), None);
    house.by(Actor::Operator);
    let own = house.company.objective(Some(objective.into()));
    house.by(ADA);
    house.on("2026-10-12");
    let again = house.company.objective(Some(objective.into()));
    house.by(Actor::Operator);

    let past = house.was("2026-09-10", Some("2026-10-05"));
    assert_eq!(percent(&past, objective), "30 %");
    assert!(past.objective(own).is_none(), "what a person wrote counts from when they did");
    assert!(past.objective(again).is_none(), "a later table counts from its own day");
    assert_eq!(percent(&house.was("2026-09-01", Some("2026-10-05")), objective), "0 %");
    assert!(house.was("2026-10-12", Some("2026-10-05")).objective(again).is_some());
    assert_eq!(house.company.workspace.began(day("2026-10-05")), day("2026-09-07"));
}

#[test]
fn what_the_founding_table_hung_under_something_later_is_still_shown() {
    let mut house = House::new();
    house.on("2026-10-05");
    let own = house.company.objective(None);
    house.by(ADA);
    let imported = house.company.objective(Some(own.into()));
    house.by(Actor::Operator);
    let past = house.was("2026-09-01", Some("2026-10-05"));
    assert!(past.objective(own).is_none());
    assert_eq!(past.roots(), [imported]);
}

#[test]
fn the_past_is_read_and_not_changed() {
    let (house, objective, _) = house();
    let past = house.was("2026-10-01", None);
    for actor in [ADA, Actor::Operator] {
        let fields = Replaced { was: ObjectiveField::Company(true), is: ObjectiveField::Company(false) };
        let command = crate::domain::command::Command::Edit(Edit::Objective(objective, fields));
        let refusal: Refusal = past.decide(actor, noon(day("2026-10-01")), &command).unwrap_err();
        assert!(refusal.message.contains("past"), "{}", refusal.message);
    }
    assert!(!past.may_write(Actor::Operator));
}

#[test]
fn reads_what_an_address_asks_for() {
    let asked = |text| day_asked(text, day("2026-03-03"), day("2026-11-22"));
    assert_eq!(asked("2026-10-01"), Ok(Some(day("2026-10-01"))));
    assert_eq!(asked("2026-03-03"), Ok(Some(day("2026-03-03"))));
    assert_eq!(asked("2026-11-22"), Ok(None));
    assert_eq!(asked(""), Ok(None));
    assert_eq!(asked("yesterday"), Ok(Some(day("2026-11-21"))));
    assert_eq!(asked("last-week"), Ok(Some(day("2026-11-15"))));
    assert_eq!(day_asked("last-week", day("2026-11-20"), day("2026-11-22")), Ok(Some(day("2026-11-20"))));
    for nonsense in ["soon", "2026-13-01", "2026-02-30", "1.10.2026", "2026-10-01T00:00", "é", "99999999999-01-01"] {
        assert!(asked(nonsense).unwrap_err().0.contains("no day"), "{nonsense}");
    }
    assert!(asked("2026-11-23").unwrap_err().0.contains("still to come"));
    assert!(asked("2026-03-02").unwrap_err().0.contains("begins on 3 March 2026"));
}

#[test]
fn what_a_table_and_people_hung_under_each_other_leads_in_no_circle() {
    let mut house = House::new();
    // Ordered by their names, the inner one comes first.
    let inner = house.company.objective(None);
    let outer = house.company.objective(None);
    let parent = |parent: Option<ObjectiveId>| ObjectiveField::Parent(parent.map(NodeId::from));
    house.company.edit_objective(inner, parent(None), parent(Some(outer)));
    let key_result = house.company.key_result(inner, reach(0.0, 100.0));
    house.company.check_in_on(key_result, "2026-09-07", number(30.0), None);
    house.by(Actor::Operator);
    house.company.edit_objective(inner, parent(Some(outer)), parent(None));
    house.by(ADA);
    // The table comes again, with the two the other way round.
    house.company.edit_objective(outer, parent(None), parent(Some(inner)));
    house.by(Actor::Operator);
    let past = house.was("2026-09-10", Some("2026-10-01"));
    assert_eq!(past.roots(), [outer]);
    assert_eq!(past.ancestors(key_result.into()).count(), 2);
}

#[test]
fn what_moved_is_counted_back_from_the_day_that_is_shown() {
    let began = day("2026-03-03");
    let asked = |text| since_asked(text, began, day("2026-10-20"));
    assert_eq!(asked(""), Ok(None));
    assert_eq!(asked("yesterday"), Ok(Some(day("2026-10-19"))));
    assert_eq!(asked("last-week"), Ok(Some(day("2026-10-13"))));
    assert_eq!(asked("2026-03-03"), Ok(Some(began)));
    for backwards in ["2026-10-20", "2026-11-21"] {
        assert!(
            asked(backwards).unwrap_err().0.contains("on 20 October 2026. Compare with an earlier day"),
            "{backwards}"
        );
    }
    assert!(asked("soon").unwrap_err().0.contains("no day"));
    assert!(asked("2026-03-02").unwrap_err().0.contains("begins on 3 March 2026"));
    assert_eq!(since_asked("last-week", began, day("2026-03-05")), Ok(Some(began)));
    assert_eq!(since_asked("last-week", began, began), Ok(None));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Going back from now gives what going forth from the beginning gives.
    #[test]
    fn a_past_day_is_the_log_up_to_it(steps in vec(step(), 1..60), back in 0..8_u64) {
        let mut company = company();
        let mut log: Vec<LogEntry> = Vec::new();
        let mut founding = company.log.clone();
        for step in &steps {
            let at = noon(company.workspace.today());
            // Taking back whatever came last is for the other properties: here a day ends at a moment.
            if matches!(step, Step::TakeBack) {
                continue;
            }
            for change in take(&mut company, step) {
                let seq = log.len() as u64 + 1;
                log.push(LogEntry { seq, at, by: ADA, mutation: MutationId(Uuid::nil()), undoes: None, change });
            }
        }
        let day = (company.workspace.today() - Days::new(back)).max(day("2026-05-04"));
        let end = noon(day) + TimeDelta::hours(12);
        let (earlier, later): (Vec<_>, Vec<_>) = log.iter().cloned().partition(|entry| entry.at < end);
        let measured = |entry: &LogEntry| measured_on(&entry.change).is_some_and(|measured| measured <= day);
        let arranged = |entry: &LogEntry| measured_on(&entry.change).is_none();
        founding.extend(earlier.iter().filter(|entry| arranged(entry)).map(|entry| entry.change.clone()));
        founding.extend(log.iter().filter(|entry| measured(entry)).map(|entry| entry.change.clone()));
        let mut forth = Workspace::empty(company.workspace.id, day);
        for change in &founding {
            forth.apply(change);
        }
        let past = company.workspace.snapshot(History::Full).as_it_was(day, &later, None);
        prop_assert_eq!(past.snapshot(History::Full), Snapshot { past: true, ..forth.snapshot(History::Full) });
    }
}
