//! Puts a back-up of either kind into an empty database of either kind.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use futures::TryStreamExt;
use serde_json::{Map, Value, json};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, QueryBuilder, Row, Sqlite, query, query_as, query_scalar};
use uuid::Uuid;

use super::backup::{Line, TABLES};
use super::{Db, StoreError, Tx, migrations, on};

/// Rows that are held at a time.
const BUNDLE: usize = 1_000;

/// Rows of this table name each other in any order, so PostgreSQL takes them in one statement.
const WHOLE: &str = "team";

/// A row as an archive holds it.
type JsonRow = Map<String, Value>;

/// Puts everything in a back-up into an empty database, or nothing. `progress` hears how many rows are there.
///
/// # Errors
/// Where the file is no back-up of this version or an older one, where the database holds a workspace with anything in
/// it, and when the database fails.
pub async fn restore(path: &Path, db: &Db, progress: &(dyn Fn(u64) + Send + Sync)) -> Result<(), StoreError> {
    let mut tx = db.write().await?;
    let full: bool = on!(&mut tx, connection => {
        query_scalar("SELECT EXISTS (SELECT 1 FROM workspace WHERE seq > 0)").fetch_one(connection).await?
    });
    if full {
        return Err(StoreError::NotEmpty);
    }
    for (table, _) in TABLES.iter().rev() {
        let sql = AssertSqlSafe(format!("DELETE FROM {table}"));
        on!(&mut tx, connection => query(sql).execute(connection).await.map(drop))?;
    }
    if let Tx::Sqlite(transaction) = &mut tx {
        query("PRAGMA defer_foreign_keys = ON").execute(&mut **transaction).await?;
    }
    let mut target = Target { tx, rows: 0, progress };
    if is_sqlite(path).map_err(|source| file_error(path, source))? {
        copy_sqlite(path, &mut target).await?;
    } else {
        read_archive(path, &mut target).await?;
    }
    Ok(target.tx.commit().await?)
}

fn file_error(path: &Path, source: io::Error) -> StoreError {
    StoreError::File { path: path.to_path_buf(), source }
}

fn is_sqlite(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(16).read_to_end(&mut start)?;
    Ok(start == b"SQLite format 3\0")
}

/// Copies from a copy of the file, which is first brought up to date.
async fn copy_sqlite(path: &Path, target: &mut Target<'_>) -> Result<(), StoreError> {
    let copy = PathBuf::from(format!("{}.restoring", path.display()));
    std::fs::copy(path, &copy).map_err(|source| file_error(path, source))?;
    let copied = copy_rows(&copy, target).await;
    for suffix in ["", "-wal", "-shm"] {
        // What cannot be removed does no harm.
        let _ = std::fs::remove_file(format!("{}{suffix}", copy.display()));
    }
    copied
}

async fn copy_rows(path: &Path, target: &mut Target<'_>) -> Result<(), StoreError> {
    let source = Db::connect(&format!("sqlite:{}", path.display())).await?;
    if let Tx::Sqlite(mut transaction) = source.read().await? {
        for (table, order) in TABLES {
            let columns = columns(&mut transaction, table).await?;
            let sql = AssertSqlSafe(format!("SELECT * FROM {table} ORDER BY {order}"));
            let mut rows = query(sql).fetch(&mut *transaction);
            let mut bundle = Vec::new();
            while let Some(row) = rows.try_next().await? {
                bundle.push(to_json(&row, &columns)?);
                if bundle.len() >= BUNDLE && table != WHOLE {
                    target.insert(table, &std::mem::take(&mut bundle)).await?;
                }
            }
            target.insert(table, &bundle).await?;
        }
    }
    source.close().await;
    Ok(())
}

async fn read_archive(path: &Path, target: &mut Target<'_>) -> Result<(), StoreError> {
    let wrong = |problem: &str| StoreError::Backup { path: path.to_path_buf(), problem: problem.to_owned() };
    let mut lines = BufReader::new(File::open(path).map_err(|source| file_error(path, source))?).lines();
    let mut next = || -> Result<Line, StoreError> {
        let line = lines.next().ok_or_else(|| wrong("this back-up was cut off"))?;
        let line = line.map_err(|source| file_error(path, source))?;
        serde_json::from_str(&line).map_err(|_| wrong("this is no back-up of Trellis"))
    };
    match next()? {
        Line::TrellisArchive { version } if version <= migrations::NEWEST => {}
        Line::TrellisArchive { .. } => return Err(wrong("this back-up is of a newer version of Trellis")),
        _ => return Err(wrong("this is no back-up of Trellis")),
    }
    let mut table = "";
    let mut bundle = Vec::new();
    let expected = loop {
        match next()? {
            Line::Row { table: name, row } => {
                if name != table || (bundle.len() >= BUNDLE && table != WHOLE) {
                    target.insert(table, &std::mem::take(&mut bundle)).await?;
                    let known = TABLES.iter().find(|(known, _)| *known == name);
                    table = known.ok_or_else(|| wrong("this back-up holds a table that Trellis does not know"))?.0;
                }
                bundle.push(row);
            }
            Line::End { rows } => break rows,
            Line::TrellisArchive { .. } => return Err(wrong("this is no back-up of Trellis")),
        }
    };
    target.insert(table, &bundle).await?;
    if target.rows == expected { Ok(()) } else { Err(wrong("rows are missing from this back-up")) }
}

/// The transaction that fills the database.
struct Target<'a> {
    tx: Tx,
    rows: u64,
    progress: &'a (dyn Fn(u64) + Send + Sync),
}

impl Target<'_> {
    async fn insert(&mut self, table: &str, rows: &[JsonRow]) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        match &mut self.tx {
            Tx::Sqlite(transaction) => insert_sqlite(transaction, table, rows).await?,
            Tx::Postgres(transaction) => insert_postgres(transaction, table, rows).await?,
        }
        self.rows += rows.len() as u64;
        (self.progress)(self.rows);
        Ok(())
    }
}

async fn insert_postgres(connection: &mut PgConnection, table: &str, rows: &[JsonRow]) -> sqlx::Result<()> {
    let sql = format!("INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, $1::json)");
    query(AssertSqlSafe(sql)).bind(Json(rows)).execute(connection).await.map(drop)
}

async fn insert_sqlite(connection: &mut SqliteConnection, table: &str, rows: &[JsonRow]) -> sqlx::Result<()> {
    let columns = columns(connection, table).await?;
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    // SQLite takes at most 32 766 arguments.
    for rows in rows.chunks(100) {
        let mut insert = QueryBuilder::<Sqlite>::new(format!("INSERT INTO {table} ({}) ", names.join(", ")));
        let mut values = Vec::with_capacity(rows.len() * columns.len());
        for row in rows {
            for (name, kind) in &columns {
                values.push(from_json(row.get(name).unwrap_or(&Value::Null), kind)?);
            }
        }
        let mut values = values.into_iter();
        insert.push_values(rows, |mut row, _| {
            for value in values.by_ref().take(columns.len()) {
                match value {
                    Cell::Null => row.push_bind(None::<i64>),
                    Cell::Uuid(uuid) => row.push_bind(uuid),
                    Cell::Text(text) => row.push_bind(text),
                    Cell::Integer(integer) => row.push_bind(integer),
                    Cell::Real(real) => row.push_bind(real),
                    Cell::Boolean(boolean) => row.push_bind(boolean),
                    Cell::Date(date) => row.push_bind(date),
                    Cell::Time(time) => row.push_bind(time),
                    Cell::Json(json) => row.push_bind(Json(json)),
                };
            }
        });
        insert.build().execute(&mut *connection).await?;
    }
    Ok(())
}

/// The columns of an SQLite table and their types, as the migrations declare them.
async fn columns(connection: &mut SqliteConnection, table: &str) -> sqlx::Result<Vec<(String, String)>> {
    query_as("SELECT name, type FROM pragma_table_info($1) ORDER BY cid").bind(table).fetch_all(connection).await
}

/// A value on its way into SQLite.
enum Cell {
    Null,
    Uuid(Uuid),
    Text(String),
    Integer(i64),
    Real(f64),
    Boolean(bool),
    Date(NaiveDate),
    Time(DateTime<Utc>),
    Json(Value),
}

fn from_json(value: &Value, kind: &str) -> sqlx::Result<Cell> {
    if value.is_null() {
        return Ok(Cell::Null);
    }
    let text = || value.as_str();
    let cell = match kind {
        "UUID" => text().and_then(|text| text.parse().ok()).map(Cell::Uuid),
        "TEXT" => text().map(|text| Cell::Text(text.to_owned())),
        "BIGINT" => value.as_i64().map(Cell::Integer),
        "DOUBLE PRECISION" => value.as_f64().map(Cell::Real),
        "BOOLEAN" => value.as_bool().map(Cell::Boolean),
        "DATE" => text().and_then(|text| text.parse().ok()).map(Cell::Date),
        "TIMESTAMPTZ" => text().and_then(|text| text.parse().ok()).map(Cell::Time),
        "JSONB" => Some(Cell::Json(value.clone())),
        _ => None,
    };
    cell.ok_or_else(|| sqlx::Error::Decode(format!("a {kind} in the back-up cannot be read: {value}").into()))
}

fn to_json(row: &SqliteRow, columns: &[(String, String)]) -> sqlx::Result<JsonRow> {
    let mut object = JsonRow::new();
    for (name, kind) in columns {
        let name = name.as_str();
        let value = match kind.as_str() {
            "UUID" => json!(row.try_get::<Option<Uuid>, _>(name)?),
            "TEXT" => json!(row.try_get::<Option<String>, _>(name)?),
            "BIGINT" => json!(row.try_get::<Option<i64>, _>(name)?),
            "DOUBLE PRECISION" => json!(row.try_get::<Option<f64>, _>(name)?),
            "BOOLEAN" => json!(row.try_get::<Option<bool>, _>(name)?),
            "DATE" => json!(row.try_get::<Option<NaiveDate>, _>(name)?),
            "TIMESTAMPTZ" => {
                let time = row.try_get::<Option<DateTime<Utc>>, _>(name)?;
                json!(time.map(|time| time.to_rfc3339_opts(SecondsFormat::Micros, true)))
            }
            "JSONB" => row.try_get::<Option<Json<Value>>, _>(name)?.map_or(Value::Null, |json| json.0),
            _ => return Err(sqlx::Error::Decode(format!("the back-up holds an unknown type: {kind}").into())),
        };
        object.insert(name.to_owned(), value);
    }
    Ok(object)
}
