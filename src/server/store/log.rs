//! The log of changes, and the submissions that were carried out.

use chrono::{DateTime, Utc};
use rustc_hash::FxHashMap;
use sqlx::QueryBuilder;
use sqlx::types::Json;
use uuid::Uuid;

use super::write::bundles;
use super::{Db, Tx, on};
use crate::domain::change::{Change, Edit, Record};
use crate::domain::command::Actor;
use crate::domain::ids::{MutationId, NodeId, PersonId, WorkspaceId};
use crate::domain::log::LogEntry;

/// A submission that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Its name.
    pub mutation: MutationId,
    /// What was wanted, as a hash.
    pub body: String,
    /// The answer that it got.
    pub seq: u64,
}

/// Takes hold of the workspace until the transaction ends, and tells the number of its last change.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, id: WorkspaceId) -> sqlx::Result<u64> {
    let seq: i64 = on!(tx, connection => {
        sqlx::query_scalar("UPDATE workspace SET seq = seq WHERE id = $1 RETURNING seq")
            .bind(id.0)
            .fetch_one(connection)
            .await?
    });
    Ok(seq.cast_unsigned())
}

/// Sets the number of the last change.
///
/// # Errors
/// When the database fails.
pub async fn set_seq(tx: &mut Tx, id: WorkspaceId, seq: u64) -> sqlx::Result<()> {
    on!(tx, connection => sqlx::query("UPDATE workspace SET seq = $2 WHERE id = $1")
        .bind(id.0)
        .bind(seq.cast_signed())
        .execute(connection)
        .await
        .map(drop))
}

const SEQ: &str = "SELECT seq FROM workspace WHERE id = $1";

/// The number of the last change that the transaction sees, without waiting for writers.
///
/// # Errors
/// When the database fails.
pub async fn seq_in(tx: &mut Tx, id: WorkspaceId) -> sqlx::Result<u64> {
    let seq: i64 = on!(tx, connection => sqlx::query_scalar(SEQ).bind(id.0).fetch_one(connection).await?);
    Ok(seq.cast_unsigned())
}

/// The number of the last change, by one statement without a transaction.
///
/// # Errors
/// When the database fails.
pub async fn seq(db: &Db, id: WorkspaceId) -> sqlx::Result<u64> {
    let seq: i64 = match db {
        Db::Sqlite { readers, .. } => sqlx::query_scalar(SEQ).bind(id.0).fetch_one(readers).await?,
        Db::Postgres(pool) => sqlx::query_scalar(SEQ).bind(id.0).fetch_one(pool).await?,
    };
    Ok(seq.cast_unsigned())
}

/// Entries after a number, at most so many.
///
/// # Errors
/// When the database fails, or holds what Trellis never wrote.
pub async fn after(tx: &mut Tx, id: WorkspaceId, seq: u64, limit: usize) -> sqlx::Result<Vec<LogEntry>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(
        "SELECT seq, at, by_person, mutation_id, undoes, change FROM change_log WHERE workspace_id = $1 AND seq > $2 \
         ORDER BY seq LIMIT $3",
    )
    .bind(id.0)
    .bind(seq.cast_signed())
    .bind(limit)
    .fetch_all(connection)
    .await?);
    Ok(rows.into_iter().map(entry).collect())
}

/// The entries of a submission in their order, the last ones where there are more than `limit`.
///
/// # Errors
/// When the database fails, or holds what Trellis never wrote.
pub async fn of_mutation(
    tx: &mut Tx,
    id: WorkspaceId,
    mutation: MutationId,
    limit: usize,
) -> sqlx::Result<Vec<LogEntry>> {
    // The answer of a submission is the number of its last entry, so that no index is needed to find them.
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(
        "SELECT change_log.seq, at, by_person, change_log.mutation_id, undoes, change FROM change_log \
         JOIN mutation ON mutation.workspace_id = change_log.workspace_id AND mutation.mutation_id = $2 \
         WHERE change_log.workspace_id = $1 AND change_log.mutation_id = $2 AND change_log.seq <= mutation.seq \
         AND change_log.seq > mutation.seq - $3 ORDER BY change_log.seq",
    )
    .bind(id.0)
    .bind(mutation.0)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?);
    Ok(rows.into_iter().map(entry).collect())
}

/// What a person last changed, in order: at most `limit` entries among the last `back` of the log.
///
/// # Errors
/// When the database fails, or holds what Trellis never wrote.
pub async fn last_of(
    tx: &mut Tx,
    id: WorkspaceId,
    person: PersonId,
    back: u64,
    limit: usize,
) -> sqlx::Result<Vec<LogEntry>> {
    let since = seq_in(tx, id).await?.saturating_sub(back);
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(
        "SELECT seq, at, by_person, mutation_id, undoes, change FROM change_log WHERE workspace_id = $1 AND seq > $2 \
         AND by_person = $3 ORDER BY seq DESC LIMIT $4",
    )
    .bind(id.0)
    .bind(since.cast_signed())
    .bind(person.0)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?);
    Ok(rows.into_iter().rev().map(entry).collect())
}

/// The last entries about an objective or a key result, in order, at most so many.
///
/// # Errors
/// When the database fails, or holds what Trellis never wrote.
pub async fn about_node(tx: &mut Tx, id: WorkspaceId, node: NodeId, limit: usize) -> sqlx::Result<Vec<LogEntry>> {
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(
        "SELECT seq, at, by_person, mutation_id, undoes, change FROM change_log WHERE workspace_id = $1 AND about = $2 \
         ORDER BY seq DESC LIMIT $3",
    )
    .bind(id.0)
    .bind(node.uuid())
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?);
    Ok(rows.into_iter().rev().map(entry).collect())
}

/// What was arranged from a moment on, in order: everything but check-ins and readings.
///
/// # Errors
/// When the database fails, or holds what Trellis never wrote.
pub async fn arranged_since(tx: &mut Tx, id: WorkspaceId, moment: DateTime<Utc>) -> sqlx::Result<Vec<LogEntry>> {
    let rows: Vec<Row> = on!(tx, connection => sqlx::query_as(
        "SELECT seq, at, by_person, mutation_id, undoes, change FROM change_log WHERE workspace_id = $1 AND at >= $2 \
         AND (field IS NULL OR field NOT IN ('check_in', 'reading')) ORDER BY seq",
    )
    .bind(id.0)
    .bind(moment)
    .fetch_all(connection)
    .await?);
    Ok(rows.into_iter().map(entry).collect())
}

/// When the command line first brought an objective that is still there.
///
/// # Errors
/// When the database fails.
pub async fn first_table(tx: &mut Tx, id: WorkspaceId) -> sqlx::Result<Option<DateTime<Utc>>> {
    on!(tx, connection => sqlx::query_scalar(
        "SELECT at FROM change_log WHERE workspace_id = $1 AND by_person IS NULL AND field IS NULL \
         AND about IN (SELECT id FROM objective WHERE workspace_id = $1) ORDER BY seq LIMIT 1",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await)
}

type Row = (i64, DateTime<Utc>, Option<Uuid>, Uuid, Option<Uuid>, Json<Change>);

fn entry((seq, at, by, mutation, undoes, change): Row) -> LogEntry {
    LogEntry {
        seq: seq.cast_unsigned(),
        at,
        by: actor(by),
        mutation: MutationId(mutation),
        undoes: undoes.map(MutationId),
        change: change.0,
    }
}

/// Appends entries; `progress` hears how many of them are written.
///
/// # Errors
/// When the database fails.
pub async fn append(
    tx: &mut Tx,
    id: WorkspaceId,
    entries: &[LogEntry],
    progress: &(dyn Fn(usize) + Send + Sync),
) -> sqlx::Result<()> {
    let mut written = 0;
    for bundle in bundles(entries) {
        on!(tx, connection => {
            let mut statement = QueryBuilder::new(
                "INSERT INTO change_log (workspace_id, seq, at, by_person, mutation_id, undoes, about, field, \
                 change) ",
            );
            statement.push_values(bundle, |mut row, entry| {
                row.push_bind(id.0)
                    .push_bind(entry.seq.cast_signed())
                    .push_bind(entry.at)
                    .push_bind(entry.by.person().map(|by| by.0))
                    .push_bind(entry.mutation.0)
                    .push_bind(entry.undoes.map(|undone| undone.0))
                    .push_bind(about(&entry.change, id))
                    .push_bind(field(&entry.change))
                    .push_bind(Json(&entry.change));
            });
            statement.build().execute(connection).await?;
        });
        written += bundle.len();
        progress(written);
    }
    Ok(())
}

/// The submissions among these that were carried out before.
///
/// # Errors
/// When the database fails.
pub async fn done(tx: &mut Tx, id: WorkspaceId, mutations: &[MutationId]) -> sqlx::Result<FxHashMap<MutationId, Done>> {
    let mut found = FxHashMap::default();
    for bundle in bundles(mutations) {
        let rows: Vec<(Uuid, String, i64)> = on!(tx, connection => {
            let mut statement =
                QueryBuilder::new("SELECT mutation_id, body, seq FROM mutation WHERE workspace_id = ");
            statement.push_bind(id.0).push(" AND mutation_id IN (");
            let mut ids = statement.separated(", ");
            for mutation in bundle {
                ids.push_bind(mutation.0);
            }
            statement.push(")");
            statement.build_query_as().fetch_all(connection).await?
        });
        for (mutation, body, seq) in rows {
            let done = Done { mutation: MutationId(mutation), body, seq: seq.cast_unsigned() };
            found.insert(done.mutation, done);
        }
    }
    Ok(found)
}

/// Notes that submissions were carried out.
///
/// # Errors
/// When the database fails, also where one of them was carried out before.
pub async fn note_done(tx: &mut Tx, id: WorkspaceId, done: &[Done]) -> sqlx::Result<()> {
    for bundle in bundles(done) {
        on!(tx, connection => {
            let mut statement = QueryBuilder::new("INSERT INTO mutation (workspace_id, mutation_id, body, seq) ");
            statement.push_values(bundle, |mut row, done| {
                row.push_bind(id.0).push_bind(done.mutation.0).push_bind(&done.body).push_bind(done.seq.cast_signed());
            });
            statement.build().execute(connection).await?;
        });
    }
    Ok(())
}

/// Who last set the field that an edit is of, and when.
///
/// # Errors
/// When the database fails.
pub async fn last_set(tx: &mut Tx, id: WorkspaceId, edit: &Edit) -> sqlx::Result<Option<(Actor, DateTime<Utc>)>> {
    let change = Change::Edited(edit.clone());
    let row: Option<(Option<Uuid>, DateTime<Utc>)> = on!(tx, connection => sqlx::query_as(
        "SELECT by_person, at FROM change_log WHERE workspace_id = $1 AND about = $2 \
         AND (field = $3 OR field IS NULL) ORDER BY seq DESC LIMIT 1",
    )
    .bind(id.0)
    .bind(about(&change, id))
    .bind(field(&change))
    .fetch_optional(connection)
    .await?);
    Ok(row.map(|(by, at)| (actor(by), at)))
}

fn actor(person: Option<Uuid>) -> Actor {
    person.map_or(Actor::Operator, |person| Actor::Person(PersonId(person)))
}

/// The objective or key result that a change is about, else the thing itself.
fn about(change: &Change, workspace: WorkspaceId) -> Uuid {
    if let Some(node) = change.node() {
        return node.uuid();
    }
    match change {
        Change::Added(record) | Change::Removed(record) => match record {
            Record::Team(team) => team.id.0,
            Record::Person(person) => person.id.0,
            Record::Cycle(cycle) => cycle.id.0,
            Record::Objective(objective) => objective.id.0,
            Record::KeyResult(key_result) => key_result.id.0,
            Record::CheckIn(check_in) => check_in.key_result.0,
            Record::Initiative(initiative) => initiative.key_result.0,
            Record::Comment(comment) => comment.node.uuid(),
            Record::Kpi(kpi) => kpi.id.0,
            Record::KpiReading(reading) => reading.kpi.0,
            Record::View(view) => view.id.0,
        },
        Change::Edited(edit) => match edit {
            Edit::Settings(_) => workspace.0,
            Edit::Team(id, _) => id.0,
            Edit::Person(id, _) => id.0,
            Edit::Cycle(id, _) => id.0,
            Edit::Objective(id, _) => id.0,
            Edit::KeyResult(id, _) => id.0,
            Edit::Initiative(id, _) => id.0,
            Edit::Kpi(id, _) => id.0,
            Edit::View(id, _) => id.0,
        },
    }
}

/// The field that a change is of, as its JSON names it; `None` where the whole thing came or went.
fn field(change: &Change) -> Option<String> {
    match change {
        Change::Added(Record::CheckIn(_)) | Change::Removed(Record::CheckIn(_)) => Some("check_in".to_owned()),
        Change::Added(Record::Initiative(_)) | Change::Removed(Record::Initiative(_)) => Some("initiative".to_owned()),
        Change::Added(Record::Comment(_)) | Change::Removed(Record::Comment(_)) => Some("comment".to_owned()),
        Change::Added(Record::KpiReading(_)) | Change::Removed(Record::KpiReading(_)) => Some("reading".to_owned()),
        Change::Added(_) | Change::Removed(_) => None,
        Change::Edited(edit) => match edit {
            Edit::Settings(fields) => key(&fields.is),
            Edit::Team(_, fields) => key(&fields.is),
            Edit::Person(_, fields) => key(&fields.is),
            Edit::Cycle(_, fields) => key(&fields.is),
            Edit::Objective(_, fields) => key(&fields.is),
            Edit::KeyResult(_, fields) => key(&fields.is),
            Edit::Initiative(_, fields) => key(&fields.is),
            Edit::Kpi(_, fields) => key(&fields.is),
            Edit::View(_, fields) => key(&fields.is),
        },
    }
}

/// A field in JSON is an object with one member, named after it.
fn key(field: &impl serde::Serialize) -> Option<String> {
    serde_json::to_value(field).ok()?.as_object()?.keys().next().cloned()
}
