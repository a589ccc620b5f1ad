//! Copies a whole database into a file while others work with it.
//!
//! Of SQLite that is a plain SQLite database. Of PostgreSQL it is an archive: lines of JSON, the first with the version
//! of the tables, one for each row, and a last one with their number, without which an archive was cut off.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use futures::TryStreamExt;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, query, query_scalar};

use super::{Db, StoreError, Tx, migrations};

/// Every table, each after those that it names, and the order of its rows. Sessions and set-up links are not taken along.
pub(super) const TABLES: [(&str, &str); 19] = [
    ("workspace", "place"),
    ("team", "id"),
    ("person", "id"),
    ("person_team", "person, position"),
    ("cycle", "id"),
    ("node", "id"),
    ("objective", "id"),
    ("objective_team", "objective, position"),
    ("objective_support", "objective, position"),
    ("key_result", "id"),
    ("check_in", "seq"),
    ("initiative", "id"),
    ("comment", "id"),
    ("kpi", "id"),
    ("kpi_reading", "seq"),
    ("saved_view", "id"),
    ("change_log", "seq"),
    ("mutation", "mutation_id"),
    ("account", "person"),
];

/// A line of an archive.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// The first: which tables these are of.
    TrellisArchive { version: i64 },
    /// A row of a table, as PostgreSQL writes it in JSON.
    Row { table: String, row: Map<String, Value> },
    /// The last: how many rows there are.
    End { rows: u64 },
}

/// Writes everything in the database into a file that is not there yet. `progress` hears how many rows are written,
/// where they are written one by one.
///
/// # Errors
/// Where the file is there or cannot be written, or the database fails. Then no file is left behind.
pub async fn backup(db: &Db, path: &Path, progress: &(dyn Fn(u64) + Send + Sync)) -> Result<(), StoreError> {
    let fails = |source| StoreError::File { path: path.to_path_buf(), source };
    if path.try_exists().map_err(fails)? {
        return Err(fails(io::Error::new(io::ErrorKind::AlreadyExists, "this is there already")));
    }
    let partial = PathBuf::from(format!("{}.partial", path.display()));
    let copied = match db {
        Db::Sqlite { path: database, .. } => {
            let into = partial.to_str().ok_or_else(|| fails(io::Error::other("the path is not UTF-8")))?;
            remove_if_there(&partial).map_err(fails)?;
            vacuum(database, into).await.map_err(StoreError::from)
        }
        Db::Postgres(_) => archive(db, &partial, progress).await,
    };
    let kept = copied.and_then(|()| {
        File::open(&partial).and_then(|file| file.sync_all()).and_then(|()| fs::rename(&partial, path)).map_err(fails)
    });
    if kept.is_err() {
        // The first failure is the one to tell.
        let _ = remove_if_there(&partial);
    }
    kept
}

/// On a connection of its own: those of the pools either must not write or are needed for it.
async fn vacuum(database: &Path, into: &str) -> sqlx::Result<()> {
    let mut connection = SqliteConnectOptions::new().filename(database).connect().await?;
    query("VACUUM INTO $1").bind(into).execute(&mut connection).await?;
    connection.close().await
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

async fn archive(db: &Db, path: &Path, progress: &(dyn Fn(u64) + Send + Sync)) -> Result<(), StoreError> {
    let fails = |source| StoreError::File { path: path.to_path_buf(), source };
    let mut file = BufWriter::new(File::create(path).map_err(fails)?);
    write_line(&mut file, &Line::TrellisArchive { version: migrations::NEWEST }).map_err(fails)?;
    let mut rows = 0;
    if let Tx::Postgres(mut tx) = db.read().await? {
        for (table, order) in TABLES {
            rows += archive_table(&mut tx, table, order, &mut file, path).await?;
            progress(rows);
        }
    }
    write_line(&mut file, &Line::End { rows }).and_then(|()| file.flush()).map_err(fails)
}

async fn archive_table(
    connection: &mut PgConnection,
    table: &str,
    order: &str,
    file: &mut impl Write,
    path: &Path,
) -> Result<u64, StoreError> {
    let sql = AssertSqlSafe(format!("SELECT row_to_json({table})::text FROM {table} ORDER BY {order}"));
    let mut rows = query_scalar::<_, String>(sql).fetch(connection);
    let mut count = 0;
    while let Some(row) = rows.try_next().await? {
        writeln!(file, r#"{{"row":{{"table":"{table}","row":{row}}}}}"#)
            .map_err(|source| StoreError::File { path: path.to_path_buf(), source })?;
        count += 1;
    }
    Ok(count)
}

fn write_line(file: &mut impl Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *file, line)?;
    file.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[tokio::test]
    async fn no_table_is_left_out() {
        let folder = tempfile::TempDir::new().unwrap();
        let db = Db::connect(&format!("sqlite:{}", folder.path().join("okr.db").display())).await.unwrap();
        let Db::Sqlite { readers, .. } = db else { panic!("not SQLite") };
        let tables: Vec<String> = query_scalar(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_sqlx%'",
        )
        .fetch_all(&readers)
        .await
        .unwrap();
        let left_out = ["session", "set_up_link"];
        let known: BTreeSet<&str> = TABLES.iter().map(|(table, _)| *table).chain(left_out).collect();
        assert_eq!(tables.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
    }
}
