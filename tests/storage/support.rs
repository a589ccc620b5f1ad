//! Databases to test on, and a few things to put into them.

use std::str::FromStr;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};
use tempfile::TempDir;
use trellis::domain::change::Record;
use trellis::domain::command::{Actor, Command};
use trellis::domain::ids::{CheckInId, KeyResultId, MutationId, ObjectiveId};
use trellis::domain::log::LogEntry;
use trellis::domain::measure::{Measure, Value};
use trellis::domain::number::Finite;
use trellis::domain::okr::{CheckIn, Confidence, Counts, DrivenBy, KeyResult, Objective, Stance, State};
use trellis::domain::progress::Weight;
use trellis::domain::rank::Rank;
use trellis::domain::workspace::{History, Snapshot};
use trellis::server::clock::Clock;
use trellis::server::ledger::{Answer, Ledger, Submission, SubmitError};
use trellis::server::store::Db;
use uuid::Uuid;

/// How long a condition may take to come true.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs each test on SQLite and on PostgreSQL.
macro_rules! on_both_databases {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(&$crate::support::TestDb::sqlite()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(&$crate::support::TestDb::postgres().await).await;
            })+
        }
    };
}

/// An empty database that is gone when this is.
pub struct TestDb {
    pub address: String,
    _kept: Kept,
}

enum Kept {
    Folder(#[expect(dead_code, reason = "kept for its drop")] TempDir),
    Database(String),
}

impl TestDb {
    pub fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let address = format!("sqlite:{}", folder.path().join("okr.db").display());
        Self { address, _kept: Kept::Folder(folder) }
    }

    pub async fn postgres() -> Self {
        let name = format!("trellis_{}", Uuid::now_v7().simple());
        let mut connection = server().connect().await.unwrap();
        connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
        let address = server().database(&name).to_url_lossy().to_string();
        Self { address, _kept: Kept::Database(name) }
    }

    pub async fn connect(&self) -> Db {
        Db::connect(&self.address).await.unwrap()
    }

    pub async fn ledger(&self) -> Ledger {
        Ledger::open(self.connect().await, clock()).await.unwrap()
    }

    /// Runs statements past the ledger.
    pub async fn execute(&self, sql: &'static str) {
        match self.connect().await {
            Db::Sqlite { writer, .. } => drop(writer.execute(sql).await.unwrap()),
            Db::Postgres(pool) => drop(pool.execute(sql).await.unwrap()),
        }
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        match self.connect().await {
            Db::Sqlite { writer, .. } => sqlx::query_scalar(sql).fetch_one(&writer).await.unwrap(),
            Db::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap(),
        }
    }
}

fn server() -> PgConnectOptions {
    let address = std::env::var("TRELLIS_TEST_POSTGRES").expect(
        "TRELLIS_TEST_POSTGRES names no PostgreSQL server to test on: use `cargo xtask test`, which starts one",
    );
    PgConnectOptions::from_str(&address).unwrap()
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Kept::Database(name) = &self._kept {
            let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            let drop_it = move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async {
                    let mut connection = PgConnection::connect_with(&server()).await.unwrap();
                    connection.execute(AssertSqlSafe(sql)).await.unwrap();
                });
            };
            std::thread::spawn(drop_it).join().unwrap();
        }
    }
}

pub fn clock() -> Clock {
    Clock::Fixed(time("2026-02-10T09:00:00.123456789Z"))
}

pub fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn finite(value: f64) -> Finite {
    Finite::new(value).unwrap()
}

pub fn submission(commands: Vec<Command>) -> Submission {
    Submission { mutation: MutationId(Uuid::now_v7()), actor: Actor::Operator, commands }
}

pub async fn submit(ledger: &Ledger, commands: Vec<Command>) -> Answer {
    ledger.submit(submission(commands)).await.unwrap()
}

pub fn objective(title: &str) -> Objective {
    Objective {
        id: ObjectiveId(Uuid::now_v7()),
        table_id: None,
        title: title.to_owned(),
        description: String::new(),
        owner: None,
        teams: Vec::new(),
        cycle: None,
        parent: None,
        rank: Rank::default(),
        company: false,
        supports: Vec::new(),
        stance: Stance::Committed,
        state: State::Agreed,
        weight: Weight::default(),
        counts: Counts::Both,
        closing: None,
    }
}

pub fn key_result(objective: ObjectiveId, measure: Measure) -> KeyResult {
    KeyResult {
        id: KeyResultId(Uuid::now_v7()),
        table_id: None,
        objective,
        title: "Loaves sold on the day they are baked".to_owned(),
        description: String::new(),
        owner: None,
        team: None,
        measure,
        unit: "%".to_owned(),
        weight: Weight::default(),
        rank: Rank::default(),
        driven_by: DrivenBy::CheckIns,
        closing: None,
    }
}

pub fn reach(baseline: f64, target: f64) -> Measure {
    Measure::Reach { baseline: Finite::new(baseline), target: Finite::new(target) }
}

pub fn check_in(key_result: KeyResultId, value: Value) -> CheckIn {
    CheckIn {
        id: CheckInId(Uuid::now_v7()),
        table_id: None,
        key_result,
        value,
        confidence: Confidence::new(7),
        note: "Two ovens run again".to_owned(),
        by: None,
        at: time("2026-02-09T12:00:00.987654321Z"),
        day: day("2026-02-09"),
        replaces: None,
    }
}

pub fn add_check_in(key_result: KeyResultId, value: f64) -> Command {
    Command::Add(Record::CheckIn(check_in(key_result, Value::Number(finite(value)))))
}

/// An objective with one key result from 0 to 100.
pub async fn plant(ledger: &Ledger) -> (ObjectiveId, KeyResultId) {
    let objective = objective("Bread for the whole street");
    let key_result = key_result(objective.id, reach(0.0, 100.0));
    let ids = (objective.id, key_result.id);
    let commands = vec![Command::Add(Record::Objective(objective)), Command::Add(Record::KeyResult(key_result))];
    submit(ledger, commands).await;
    ids
}

/// So many check-ins on new key results, a hundred on each, after the commands that add those.
pub fn many_check_ins(objective: ObjectiveId, count: usize) -> Vec<Command> {
    let key_results: Vec<_> = (0..count.div_ceil(100)).map(|_| key_result(objective, reach(0.0, 100.0))).collect();
    let check_ins: Vec<_> =
        (0..count).map(|place| add_check_in(key_results[place / 100].id, (place % 100) as f64)).collect();
    key_results.into_iter().map(|key_result| Command::Add(Record::KeyResult(key_result))).chain(check_ins).collect()
}

/// Everything that a ledger holds in memory.
pub fn memory(ledger: &Ledger) -> (u64, Snapshot) {
    ledger.read(|workspace, seq| (seq, workspace.snapshot(History::Full)))
}

pub fn progress(ledger: &Ledger, key_result: KeyResultId) -> Option<u32> {
    ledger.read(|workspace, _| workspace.progress(key_result.into()).map(|ppm| ppm.get()))
}

pub async fn whole_log(ledger: &Ledger) -> Vec<LogEntry> {
    ledger.changes_after(0, usize::MAX).await.unwrap()
}

pub fn is_unavailable(result: &Result<Answer, SubmitError>) -> bool {
    matches!(result, Err(SubmitError::Unavailable))
}

/// Waits until a condition holds.
pub async fn eventually(what: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline, "{what}: not within {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
