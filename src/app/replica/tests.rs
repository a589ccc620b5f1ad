use uuid::Uuid;

use super::*;
use crate::domain::change::Replaced;
use crate::domain::ids::{CheckInId, ObjectiveId};
use crate::domain::measure::Value;
use crate::domain::number::Finite;
use crate::domain::okr::ObjectiveField;
use crate::domain::progress::Ppm;
use crate::domain::sample::{Sample, sample};
use crate::domain::workspace::History;

fn replica(sample: &Sample) -> Replica {
    Replica::new(sample.workspace.snapshot(History::Current), 7, Actor::Person(sample.admin))
}

fn check_in(sample: &Sample, name: u128, value: i32) -> Submission {
    let record = Record::CheckIn(CheckIn {
        id: CheckInId(Uuid::from_u128(name)),
        table_id: None,
        key_result: sample.calls,
        value: Value::Number(Finite::from(value)),
        confidence: None,
        note: String::new(),
        by: Some(sample.admin),
        at: sample.now,
        day: sample.now.date_naive(),
        replaces: None,
    });
    let mutation = MutationId(Uuid::from_u128(name));
    Submission { mutation, at: sample.now, commands: vec![Command::Add(record)] }
}

fn rename(id: ObjectiveId, was: &str, is: &str) -> Change {
    let fields = Replaced { was: ObjectiveField::Title(was.to_owned()), is: ObjectiveField::Title(is.to_owned()) };
    Change::Edited(Edit::Objective(id, fields))
}

fn entry(sample: &Sample, seq: u64, mutation: u128, change: Change) -> LogEntry {
    let by = Actor::Person(sample.member);
    LogEntry { seq, at: sample.now, by, mutation: MutationId(Uuid::from_u128(mutation)), undoes: None, change }
}

fn progress(replica: &Replica, id: impl Into<NodeId>) -> Option<u32> {
    replica.workspace().progress(id.into()).map(Ppm::get)
}

#[test]
fn shows_at_once_and_survives_the_echo() {
    let sample = sample();
    let mut replica = replica(&sample);
    let mine = check_in(&sample, 100, 25);
    let effects = replica.submit(mine.clone()).unwrap();
    assert_eq!(progress(&replica, sample.calls), Some(500_000));
    assert_eq!(effects.nodes.first(), Some(&sample.calls.into()));
    let Command::Add(record) = &mine.commands[0] else { unreachable!() };
    let echo = entry(&sample, 8, 100, Change::Added(record.clone()));
    let news = replica.hear(&[echo]).unwrap();
    assert!(news.others.is_empty() && news.refused.is_empty());
    assert_eq!(progress(&replica, sample.calls), Some(500_000));
    assert_eq!(replica.workspace().key_result(sample.calls).unwrap().check_ins.len(), 1);
    assert_eq!(replica.seq(), 8);
}

#[test]
fn pending_work_is_replayed_on_top_of_news() {
    let sample = sample();
    let mut replica = replica(&sample);
    replica.submit(check_in(&sample, 100, 25)).unwrap();
    let theirs = check_in(&sample, 200, 10);
    let Command::Add(record) = &theirs.commands[0] else { unreachable!() };
    let news = replica.hear(&[entry(&sample, 8, 200, Change::Added(record.clone()))]).unwrap();
    assert_eq!(news.others, [(sample.calls.into(), Actor::Person(sample.member))]);
    let values: Vec<_> = replica
        .workspace()
        .key_result(sample.calls)
        .unwrap()
        .check_ins
        .iter()
        .map(|check_in| check_in.value.clone())
        .collect();
    assert_eq!(values, [Value::Number(Finite::from(10)), Value::Number(Finite::from(25))]);
}

#[test]
fn what_is_no_longer_possible_is_undone_with_its_reason() {
    let sample = sample();
    let mut replica = replica(&sample);
    let Change::Edited(mine) = rename(sample.sell, "Sell", "Mine") else { unreachable!() };
    let mutation = MutationId(Uuid::from_u128(100));
    replica.submit(Submission { mutation, at: sample.now, commands: vec![Command::Edit(mine)] }).unwrap();
    let news = replica.hear(&[entry(&sample, 8, 200, rename(sample.sell, "Sell", "Theirs"))]).unwrap();
    assert_eq!(news.refused.len(), 1);
    assert_eq!(replica.workspace().node_title(sample.sell.into()), Some("Theirs"));
    let Change::Edited(again) = rename(sample.sell, "Theirs", "Mine") else { unreachable!() };
    assert_eq!(replica.author(&again).as_deref(), Some("Jonas Maria Silva changed this today"));
    let Change::Edited(unheard) = rename(sample.sell, "Sell", "Mine") else { unreachable!() };
    assert_eq!(replica.author(&unheard), None);
}

#[test]
fn a_refusal_by_the_server_undoes_only_what_it_refused() {
    let sample = sample();
    let mut replica = replica(&sample);
    let before = replica.workspace().clone();
    replica.submit(check_in(&sample, 100, 25)).unwrap();
    replica.submit(check_in(&sample, 101, 40)).unwrap();
    replica.refuse(MutationId(Uuid::from_u128(100)));
    assert_eq!(progress(&replica, sample.calls), Some(800_000));
    replica.refuse(MutationId(Uuid::from_u128(101)));
    assert_eq!(*replica.workspace(), before);
}

#[test]
fn gaps_are_noticed_and_repetitions_passed_over() {
    let sample = sample();
    let mut replica = replica(&sample);
    let later = entry(&sample, 9, 200, rename(sample.sell, "Sell", "Later"));
    assert_eq!(replica.hear(&[later]).unwrap_err(), Gap);
    let old = entry(&sample, 7, 200, rename(sample.sell, "Sell", "Old"));
    assert!(replica.hear(&[old]).unwrap().effects.nodes.is_empty());
    assert_eq!(replica.workspace().node_title(sample.sell.into()), Some("Sell"));
}

#[test]
fn starting_over_keeps_what_was_not_answered() {
    let sample = sample();
    let mut replica = replica(&sample);
    replica.submit(check_in(&sample, 100, 25)).unwrap();
    replica.submit(check_in(&sample, 101, 40)).unwrap();
    let answered = MutationId(Uuid::from_u128(101));
    replica.start_over(sample.workspace.snapshot(History::Current), 12, |mutation| mutation == answered);
    assert_eq!(progress(&replica, sample.calls), Some(500_000));
    assert_eq!(replica.seq(), 12);
}
