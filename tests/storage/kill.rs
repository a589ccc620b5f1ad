//! A process that is killed at any moment under writing clients: what it acknowledged is there once, and the rest at
//! most once.
//!
//! The process is this very test binary, which starts itself with `TRELLIS_KILL_FILE` set. `TRELLIS_KILLS` says how
//! often it is killed: 200 times by default.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, query_as, query_scalar};
use tempfile::TempDir;
use trellis::domain::change::Record;
use trellis::domain::command::{Actor, Command};
use trellis::domain::ids::{CheckInId, KeyResultId, MutationId};
use trellis::domain::measure::Value;
use trellis::server::clock::Clock;
use trellis::server::ledger::{Ledger, Submission};
use trellis::server::store::Db;
use uuid::Uuid;

use crate::support::{check_in, day, finite, key_result, objective, reach, submit, time};

const CLIENTS: usize = 16;
const FILE: &str = "TRELLIS_KILL_FILE";

/// After so many kills the file is full enough, and another one is begun.
const KILLS_OF_A_FILE: u32 = 20;

#[test]
fn what_was_acknowledged_survives_being_killed() {
    let kills: u32 =
        std::env::var("TRELLIS_KILLS").map_or(200, |kills| kills.parse().expect("TRELLIS_KILLS is a number"));
    let mut acknowledged = 0;
    let mut left = kills;
    while left > 0 {
        let of_this_file = left.min(KILLS_OF_A_FILE);
        acknowledged += kill_on_one_file(of_this_file);
        left -= of_this_file;
    }
    println!("{kills} kills, {acknowledged} acknowledged submissions");
    assert!(acknowledged > u64::from(kills), "the clients hardly wrote at all");
}

fn kill_on_one_file(kills: u32) -> u64 {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("okr.db");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(prepare(&path));
    let mut seen = Seen::default();
    for _ in 0..kills {
        run_and_kill(&path, &mut seen);
        runtime.block_on(check(&path, &seen));
    }
    seen.acknowledged.len() as u64
}

/// Mutations by what the process said of them before it died.
#[derive(Default)]
struct Seen {
    sent: HashSet<Uuid>,
    acknowledged: HashSet<Uuid>,
}

async fn prepare(path: &Path) {
    let ledger = open(path).await;
    let objective = objective("Bread that is there in the morning");
    let key_results =
        (0..CLIENTS).map(|_| Command::Add(Record::KeyResult(key_result(objective.id, reach(0.0, 100.0)))));
    let commands = std::iter::once(Command::Add(Record::Objective(objective.clone()))).chain(key_results).collect();
    submit(&ledger, commands).await;
    ledger.db().close().await;
}

async fn open(path: &Path) -> Ledger {
    let db = Db::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    Ledger::open(db, Clock::Fixed(time("2026-02-10T09:00:00Z"))).await.unwrap()
}

/// Kills the process at a random moment between its start and some time under way.
fn run_and_kill(path: &Path, seen: &mut Seen) {
    let mut child = Process::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--nocapture", "--test-threads=1"])
        .env(FILE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let said = listen(&mut child);
    // Most moments lie after the start, some in it: opening a file that was left behind must be safe as well.
    let random = Uuid::new_v4().as_u128();
    if !random.is_multiple_of(8) {
        let first = said.recv_timeout(Duration::from_secs(30)).expect("the process writes");
        note(&first, seen);
    }
    let until = Instant::now() + Duration::from_millis(u64::try_from(random >> 64 & 0xff).unwrap());
    while let Some(left) = until.checked_duration_since(Instant::now()) {
        match said.recv_timeout(left) {
            Ok(line) => note(&line, seen),
            Err(mpsc::RecvTimeoutError::Timeout) => break,
            Err(mpsc::RecvTimeoutError::Disconnected) => panic!("the process ended by itself"),
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What it said before it died counts as well.
    for line in said {
        note(&line, seen);
    }
}

fn listen(child: &mut Child) -> mpsc::Receiver<String> {
    let (tell, said) = mpsc::channel();
    let output = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            // The test harness has its own lines.
            if line.starts_with("sent ") || line.starts_with("kept ") {
                let _ = tell.send(line);
            }
        }
    });
    said
}

fn note(line: &str, seen: &mut Seen) {
    let (what, id) = line.split_once(' ').unwrap();
    let Ok(id) = id.parse() else {
        return; // Cut off by the kill.
    };
    if what == "kept" {
        seen.acknowledged.insert(id)
    } else {
        seen.sent.insert(id)
    };
}

async fn check(path: &Path, seen: &Seen) {
    // As the next process finds it: the ledger opens it, and holds what the tables hold.
    let ledger = open(path).await;
    let (in_memory, seq) =
        ledger.read(|workspace, seq| (workspace.key_results().map(|node| node.check_ins.len()).sum::<usize>(), seq));
    ledger.db().close().await;
    let mut connection = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    let integrity: String = query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
    assert_eq!(integrity, "ok");
    let broken: Vec<(String,)> =
        query_as("SELECT \"table\" FROM pragma_foreign_key_check").fetch_all(&mut connection).await.unwrap();
    assert!(broken.is_empty(), "{broken:?}");
    let mutations = ids(&mut connection, "SELECT mutation_id FROM mutation").await;
    let check_ins = ids(&mut connection, "SELECT id FROM check_in").await;
    let logged = ids(&mut connection, "SELECT mutation_id FROM change_log WHERE field = 'check_in'").await;
    assert_eq!(check_ins.len(), in_memory);
    let once = |ids: Vec<Uuid>| {
        let count = ids.len();
        let ids: HashSet<Uuid> = ids.into_iter().collect();
        assert_eq!(ids.len(), count, "something is there twice");
        ids
    };
    let (mutations, check_ins, logged) = (once(mutations), once(check_ins), once(logged));
    assert_eq!(check_ins, logged, "the tables and the log tell the same");
    assert!(check_ins.is_subset(&mutations), "nothing is half done");
    let lost: Vec<_> = seen.acknowledged.difference(&check_ins).collect();
    assert!(lost.is_empty(), "{} acknowledged submissions are lost", lost.len());
    assert!(check_ins.is_subset(&seen.sent), "something is there that nobody sent");
    let last: i64 = query_scalar("SELECT max(seq) FROM change_log").fetch_one(&mut connection).await.unwrap();
    let entries: i64 = query_scalar("SELECT count(*) FROM change_log").fetch_one(&mut connection).await.unwrap();
    assert_eq!((last, entries), (seq.cast_signed(), seq.cast_signed()), "numbers without gaps");
    connection.close().await.unwrap();
}

async fn ids(connection: &mut SqliteConnection, sql: &'static str) -> Vec<Uuid> {
    query_scalar(sql).fetch_all(connection).await.unwrap()
}

/// The process that is killed: sixteen clients that check in, each beginning with what it may have left unanswered.
#[test]
fn child() {
    let Some(path) = std::env::var_os(FILE) else {
        return;
    };
    // The test harness has begun a line.
    println!();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let ledger = open(Path::new(&path)).await;
        let mut key_results: Vec<KeyResultId> =
            ledger.read(|workspace, _| workspace.key_results().map(|node| node.key_result.id).collect());
        key_results.sort_unstable();
        let clients = key_results.into_iter().map(|key_result| tokio::spawn(write(ledger.clone(), key_result)));
        for client in clients.collect::<Vec<_>>() {
            client.await.unwrap();
        }
    });
}

async fn write(ledger: Ledger, key_result: KeyResultId) {
    for value in 0_u32.. {
        let id = Uuid::now_v7();
        let mut said = check_in(key_result, Value::Number(finite(f64::from(value % 100))));
        said.id = CheckInId(id);
        said.day = day("2026-02-09");
        let submission = Submission {
            mutation: MutationId(id),
            actor: Actor::Operator,
            commands: vec![Command::Add(Record::CheckIn(said))],
        };
        say("sent", id);
        // Every third is sent twice, as after a lost answer.
        if value % 3 == 0 {
            let (one, two) = tokio::join!(ledger.submit(submission.clone()), ledger.submit(submission));
            assert_eq!(one.unwrap(), two.unwrap());
        } else {
            ledger.submit(submission).await.unwrap();
        }
        say("kept", id);
    }
}

/// One write, so that the kill cannot fall between the line and its end.
fn say(what: &str, id: Uuid) {
    let line = format!("{what} {id}\n");
    let mut output = std::io::stdout().lock();
    output.write_all(line.as_bytes()).and_then(|()| output.flush()).unwrap();
}
