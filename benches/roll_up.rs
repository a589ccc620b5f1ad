//! How long numbers take to travel up, at 100, 10 000 and 400 000 nodes.

use std::hint::black_box;

use chrono::{DateTime, NaiveDate, Utc};
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use trellis::domain::change::{Change, Record};
use trellis::domain::command::{Actor, Command};
use trellis::domain::ids::{CheckInId, KeyResultId, NodeId, ObjectiveId, WorkspaceId};
use trellis::domain::measure::{Measure, Value};
use trellis::domain::number::Finite;
use trellis::domain::okr::{CheckIn, Counts, DrivenBy, KeyResult, Objective, Stance, State};
use trellis::domain::progress::Weight;
use trellis::domain::rank::Rank;
use trellis::domain::workspace::{History, Snapshot, Workspace};
use uuid::Uuid;

const SIZES: [u128; 3] = [100, 10_000, 400_000];

/// One objective in four nodes, five objectives under each, three key results a piece, one check-in each.
fn snapshot(nodes: u128) -> Snapshot {
    let mut snapshot = Snapshot::empty(WorkspaceId(Uuid::from_u128(1)), NaiveDate::default());
    for number in 0..nodes / 4 {
        let objective = ObjectiveId(Uuid::from_u128(1_000 + number));
        let parent = number.checked_sub(1).map(|number| NodeId::from(ObjectiveId(Uuid::from_u128(1_000 + number / 5))));
        snapshot.objectives.push(Objective {
            id: objective,
            table_id: None,
            title: format!("Objective {number}"),
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
        });
        for place in 0..3 {
            let id = KeyResultId(Uuid::from_u128((1 << 64) + number * 3 + place));
            snapshot.key_results.push(KeyResult {
                id,
                table_id: None,
                objective,
                title: format!("Key result {number}.{place}"),
                description: String::new(),
                owner: None,
                team: None,
                measure: Measure::Reach { baseline: Some(0.into()), target: Some(100.into()) },
                unit: "%".to_owned(),
                weight: Weight::default(),
                rank: Rank::default(),
                driven_by: DrivenBy::CheckIns,
                closing: None,
            });
            snapshot.check_ins.push(check_in((2 << 64) + number * 3 + place, id, (number % 100) as i32));
        }
    }
    snapshot
}

/// The same, with all key results under the first objective.
fn wide_snapshot(nodes: u128) -> Snapshot {
    let mut snapshot = snapshot(nodes);
    for key_result in &mut snapshot.key_results {
        key_result.objective = snapshot.objectives[0].id;
    }
    snapshot
}

fn check_in(id: u128, key_result: KeyResultId, value: i32) -> CheckIn {
    CheckIn {
        id: CheckInId(Uuid::from_u128(id)),
        table_id: None,
        key_result,
        value: Value::Number(Finite::from(value)),
        confidence: None,
        note: String::new(),
        by: None,
        at: DateTime::<Utc>::default(),
        day: NaiveDate::default(),
        replaces: None,
    }
}

/// The deepest key result, so that the whole way to the root changes.
fn deepest(nodes: u128) -> KeyResultId {
    KeyResultId(Uuid::from_u128((1 << 64) + (nodes / 4 - 1) * 3))
}

fn roll_up(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("after one check-in");
    for nodes in SIZES {
        let mut workspace = Workspace::from_snapshot(snapshot(nodes));
        let added = Change::Added(Record::CheckIn(check_in(3 << 64, deepest(nodes), 77)));
        let removed = added.clone().inverse();
        group.bench_function(BenchmarkId::new("incremental, there and back", nodes), |bencher| {
            bencher.iter(|| {
                black_box(workspace.apply(&added));
                black_box(workspace.apply(&removed));
            });
        });
        let mut wide = Workspace::from_snapshot(wide_snapshot(nodes));
        group.bench_function(BenchmarkId::new("among siblings, there and back", nodes), |bencher| {
            bencher.iter(|| {
                black_box(wide.apply(&added));
                black_box(wide.apply(&removed));
            });
        });
        if nodes < 400_000 {
            let snapshot = workspace.snapshot(History::Full);
            group.bench_function(BenchmarkId::new("recomputed from the ground up", nodes), |bencher| {
                bencher.iter_batched(|| snapshot.clone(), Workspace::from_snapshot, BatchSize::LargeInput);
            });
        }
    }
    group.finish();
}

fn decide(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("deciding");
    for nodes in SIZES {
        let workspace = Workspace::from_snapshot(snapshot(nodes));
        let command = Command::Add(Record::CheckIn(check_in(3 << 64, deepest(nodes), 77)));
        group.bench_function(BenchmarkId::new("a check-in", nodes), |bencher| {
            bencher.iter(|| black_box(workspace.decide(Actor::Operator, DateTime::default(), &command)));
        });
    }
    group.finish();
}

criterion_group!(benches, roll_up, decide);
criterion_main!(benches);
