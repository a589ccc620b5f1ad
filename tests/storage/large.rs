//! A hundred thousand objectives, three hundred thousand key results and 1.2 million check-ins: written in one
//! transaction, and read at the start. Run in release, on demand:
//! `cargo test --release --features ssr --test storage large -- --ignored --nocapture --test-threads=1`.

use std::time::{Duration, Instant};

use trellis::domain::change::Record;
use trellis::domain::command::Command;
use trellis::domain::ids::NodeId;
use trellis::server::store::backup::backup;
use trellis::server::store::restore::restore;

use crate::support::{TestDb, add_check_in, key_result, memory, objective, reach, submission};

const OBJECTIVES: usize = 100_000;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a minute in release"]
async fn starts_in_ten_seconds_on_sqlite() {
    starts_in_ten_seconds(&TestDb::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a minute in release"]
async fn starts_in_ten_seconds_on_postgres() {
    starts_in_ten_seconds(&TestDb::postgres().await).await;
}

async fn starts_in_ten_seconds(db: &TestDb) {
    let ledger = db.ledger().await;
    let start = Instant::now();
    let commands = commands();
    let count = commands.len();
    println!("{count} commands made in {:?}", start.elapsed());
    let start = Instant::now();
    ledger.submit(submission(commands)).await.unwrap();
    println!("written in {:?}", start.elapsed());
    let start = Instant::now();
    let again = db.ledger().await;
    let elapsed = start.elapsed();
    println!("started in {elapsed:?}");
    assert!(memory(&again) == memory(&ledger), "what was read is what was written");
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("okr.backup");
    let start = Instant::now();
    backup(ledger.db(), &file, &|_| ()).await.unwrap();
    println!("backed up in {:?}", start.elapsed());
    let target = TestDb::sqlite();
    let start = Instant::now();
    restore(&file, &target.connect().await, &|_| ()).await.unwrap();
    println!("restored in {:?}", start.elapsed());
    assert!(elapsed < Duration::from_secs(10), "{elapsed:?}");
}

/// A tree in which every objective has ten under it, three key results and twelve check-ins.
fn commands() -> Vec<Command> {
    let mut commands = Vec::new();
    let mut ids: Vec<NodeId> = Vec::new();
    for place in 0..OBJECTIVES {
        let mut objective = objective("Warm bread at every door of the quarter before seven in the morning");
        objective.parent = (place > 0).then(|| ids[(place - 1) / 10]);
        objective.description = "So that nobody has to choose between sleep and breakfast.".to_owned();
        ids.push(objective.id.into());
        let id = objective.id;
        commands.push(Command::Add(Record::Objective(objective)));
        for _ in 0..3 {
            let key_result = key_result(id, reach(0.0, 100.0));
            let id = key_result.id;
            commands.push(Command::Add(Record::KeyResult(key_result)));
            commands.extend((0..4).map(|value| add_check_in(id, f64::from(value) * 7.5)));
        }
    }
    commands
}
