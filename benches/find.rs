//! How long it takes to find something among 10 000 nodes, as after every letter that is typed.

use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use rustc_hash::FxHashSet;
use trellis::domain::command::Actor;
use trellis::domain::filter::{Filter, Matcher, Part};
use trellis::domain::ids::{KeyResultId, NodeId, ObjectiveId, WorkspaceId};
use trellis::domain::measure::Measure;
use trellis::domain::okr::{Counts, DrivenBy, KeyResult, Objective, Stance, State};
use trellis::domain::outline::{Outline, Scope};
use trellis::domain::progress::Weight;
use trellis::domain::rank::Rank;
use trellis::domain::workspace::{Snapshot, Workspace};
use uuid::Uuid;

/// One objective in four nodes, five objectives under each, three key results a piece, titles as people write them.
fn workspace(nodes: u128) -> Workspace {
    let mut snapshot = Snapshot::empty(WorkspaceId(Uuid::from_u128(1)), NaiveDate::default());
    for number in 0..nodes / 4 {
        let objective = ObjectiveId(Uuid::from_u128(1_000 + number));
        let parent = number.checked_sub(1).map(|number| NodeId::from(ObjectiveId(Uuid::from_u128(1_000 + number / 5))));
        snapshot.objectives.push(Objective {
            id: objective,
            table_id: None,
            title: format!("Every café on quay {number} is a place that people miss when they are away"),
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
            snapshot.key_results.push(KeyResult {
                id: KeyResultId(Uuid::from_u128((1 << 64) + number * 3 + place)),
                table_id: None,
                objective,
                title: format!("Guests of quay {number} who return within month {place}, of all who came once"),
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
        }
    }
    Workspace::from_snapshot(snapshot)
}

fn find(criterion: &mut Criterion) {
    let workspace = workspace(10_000);
    let outline = Outline::new(&workspace, &Scope::default());
    let mut group = criterion.benchmark_group("finding among 10 000 nodes");
    for (name, filter) in [
        ("a letter that is everywhere", Filter::default().with_text("e")),
        ("two words", Filter::default().with_text("cafe 99")),
        ("nothing", Filter::default().with_text("no such thing")),
        ("stale and unaligned", Filter::default().with(Part::Stale).with(Part::Unaligned)),
    ] {
        group.bench_function(format!("the tree: {name}"), |bencher| {
            bencher.iter(|| {
                let matcher = Matcher::new(&filter, &workspace, Actor::Operator);
                black_box(outline.filtered(&matcher, &FxHashSet::default()))
            });
        });
    }
    for text in ["", "e", "cafe 99", "gr1", "no such thing"] {
        group.bench_function(format!("the palette: “{text}”"), |bencher| {
            bencher.iter(|| black_box(workspace.palette(text, Actor::Operator, &[])));
        });
    }
    group.finish();
}

criterion_group!(benches, find);
criterion_main!(benches);
