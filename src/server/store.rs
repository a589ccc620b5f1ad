//! The database. SQL is written here and nowhere else, once for SQLite and PostgreSQL.

pub mod accounts;
pub mod backup;
pub mod load;
pub mod log;
mod migrations;
pub mod restore;
pub mod wake;
pub mod write;

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::pool::{PoolConnection, PoolOptions};
use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqliteSynchronous};
use sqlx::{Executor, Postgres, Sqlite, Transaction};

/// The first SQLite that never loses a commit when a checkpoint races a writer.
const SQLITE_MINIMUM: (u32, u32, u32) = (3, 51, 3);

/// How long a connection waits for another process that is writing to the same SQLite file, such as an import.
const BUSY_TIMEOUT: Duration = Duration::from_secs(25);

/// How long to wait before a busy SQLite file is opened again.
const BUSY_PAUSE: Duration = Duration::from_millis(50);

/// Connections that read, or, on PostgreSQL, all connections.
const POOL_SIZE: u32 = 10;

/// Prepared statements that a connection keeps: each table's rows are written in bundles of a few sizes.
const STATEMENTS: usize = 250;

/// A database; clones share its connections.
#[derive(Clone)]
pub enum Db {
    /// One file.
    Sqlite {
        /// Where it is.
        path: PathBuf,
        /// The one connection of this process that writes, so the one that checkpoints.
        writer: SqlitePool,
        /// Connections that only read.
        readers: SqlitePool,
    },
    /// A server.
    Postgres(PgPool),
}

/// Why a database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names no kind of database that Trellis knows.
    #[error("a database is named by sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME")]
    Address,
    /// The address of a PostgreSQL database cannot be read.
    #[error("the address of the PostgreSQL database cannot be read: {0}")]
    PostgresAddress(#[source] sqlx::Error),
    /// The SQLite file cannot be opened or made.
    #[error("cannot open or create the SQLite file {}: {source}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: sqlx::Error,
    },
    /// This build holds an SQLite that may lose commits.
    #[error("SQLite {0} may lose commits; at least 3.51.3 is needed")]
    OldSqlite(String),
    /// The tables could not be brought up to date.
    #[error("cannot bring the tables up to date: {0}")]
    Migrate(#[from] MigrateError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A back-up is not restored over what is there.
    #[error("the database is not empty, and a back-up is restored into an empty one only")]
    NotEmpty,
    /// A file is not a back-up that this version can read.
    #[error("{}: {problem}", path.display())]
    Backup {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
}

/// A transaction on either database. Dropped, it changes nothing.
pub enum Tx {
    /// On SQLite: a connection that has begun one.
    Sqlite(PoolConnection<Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// Runs the same body on the connection of either kind of [`Tx`].
macro_rules! on {
    ($tx:expr, $connection:ident => $body:expr) => {
        match $tx {
            $crate::server::store::Tx::Sqlite(transaction) => {
                let $connection: &mut sqlx::SqliteConnection = &mut *transaction;
                $body
            }
            $crate::server::store::Tx::Postgres(transaction) => {
                let $connection: &mut sqlx::PgConnection = &mut *transaction;
                $body
            }
        }
    };
}
pub(crate) use on;

impl Db {
    /// Opens the database that an address names, makes an SQLite file that is missing, and brings the tables up to date.
    ///
    /// # Errors
    /// [`StoreError`]; no message holds a password.
    pub async fn connect(address: &str) -> Result<Self, StoreError> {
        let db = match address.split_once(':') {
            Some(("sqlite", path)) => Self::open_sqlite(Path::new(path.strip_prefix("//").unwrap_or(path))).await?,
            Some(("postgres" | "postgresql", _)) => {
                let options = PgConnectOptions::from_str(address).map_err(StoreError::PostgresAddress)?;
                let options = options.statement_cache_capacity(STATEMENTS);
                Self::Postgres(PoolOptions::new().max_connections(POOL_SIZE).connect_with(options).await?)
            }
            _ => return Err(StoreError::Address),
        };
        migrations::apply(&db).await?;
        Ok(db)
    }

    async fn open_sqlite(path: &Path) -> Result<Self, StoreError> {
        if path.as_os_str().is_empty() || path == Path::new(":memory:") {
            return Err(StoreError::Address);
        }
        let cannot_open = |source| StoreError::Open { path: path.to_path_buf(), source };
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .statement_cache_capacity(STATEMENTS);
        let pool = || {
            let pool = PoolOptions::<Sqlite>::new().idle_timeout(None).max_lifetime(None);
            pool.after_release(|connection, _| Box::pin(tidy(connection)))
        };
        let writer = connect_when_free(pool().max_connections(1), &options).await.map_err(cannot_open)?;
        let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&writer).await?;
        check_sqlite_version(&version)?;
        let readers = pool()
            .max_connections(POOL_SIZE)
            .connect_with(options.create_if_missing(false).pragma("query_only", "ON"))
            .await
            .map_err(cannot_open)?;
        Ok(Self::Sqlite { path: path.to_path_buf(), writer, readers })
    }

    /// Begins to read: everything read is of one moment.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(&self) -> sqlx::Result<Tx> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(begin(readers, "BEGIN").await?),
            Self::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// Begins to write. On SQLite, the transaction has the file to itself.
    ///
    /// # Errors
    /// When the database cannot be reached, or another process keeps the file for too long.
    pub async fn write(&self) -> sqlx::Result<Tx> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(begin(writer, "BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Closes every connection; on SQLite, the file alone then holds everything.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { path, .. } => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(pool) => {
                let options = pool.connect_options();
                write!(f, "postgres://{}/{}", options.get_host(), options.get_database().unwrap_or_default())
            }
        }
    }
}

impl Tx {
    /// Makes it so, durably.
    ///
    /// # Errors
    /// When the database fails. Whether the transaction came through is then unknown.
    pub async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(mut connection) => connection.execute("COMMIT").await.map(drop),
            Self::Postgres(transaction) => transaction.commit().await,
        }
    }

    /// Takes everything back.
    ///
    /// # Errors
    /// When the database fails; nothing is changed then either.
    pub async fn rollback(self) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(mut connection) => connection.execute("ROLLBACK").await.map(drop),
            Self::Postgres(transaction) => transaction.rollback().await,
        }
    }
}

/// Opens a file again as long as it is busy, for as long as a connection waits.
///
/// A new file is turned into one with a write-ahead log. Who does that while another process does the same is told "busy"
/// at once: SQLite does not wait there, because two that hold a lock and want the other's would wait for ever.
async fn connect_when_free(pool: PoolOptions<Sqlite>, options: &SqliteConnectOptions) -> sqlx::Result<SqlitePool> {
    let mut waited = Duration::ZERO;
    loop {
        match pool.clone().connect_with(options.clone()).await {
            Err(error) if is_busy(&error) && waited < BUSY_TIMEOUT => {
                tokio::time::sleep(BUSY_PAUSE).await;
                waited += BUSY_PAUSE;
            }
            result => return result,
        }
    }
}

async fn begin(pool: &SqlitePool, statement: &'static str) -> sqlx::Result<PoolConnection<Sqlite>> {
    let mut connection = pool.acquire().await?;
    connection.execute(statement).await?;
    Ok(connection)
}

/// Takes back what a transaction that was dropped has left behind, and tells whether the connection is of use.
///
/// SQLite itself takes a transaction back on some failures, such as a full disk; sqlx's own transactions do not know
/// that, and leave a connection that refuses to begin another one for ever.
async fn tidy(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    match connection.execute("ROLLBACK").await {
        Err(sqlx::Error::Database(error)) => Ok(error.message().ends_with("no transaction is active")),
        result => result.map(|_| true),
    }
}

/// Refuses an SQLite that may lose commits.
///
/// # Errors
/// [`StoreError::OldSqlite`] below 3.51.3, and for what is no version.
pub fn check_sqlite_version(version: &str) -> Result<(), StoreError> {
    let mut parts = version.splitn(3, '.').map(|part| part.parse::<u32>().ok());
    let mut part = || parts.next().flatten();
    match (part(), part(), part()) {
        (Some(major), Some(minor), Some(patch)) if (major, minor, patch) >= SQLITE_MINIMUM => Ok(()),
        _ => Err(StoreError::OldSqlite(version.to_owned())),
    }
}

/// Whether the same transaction may succeed when it is tried again.
pub(super) fn is_serialisation_failure(error: &sqlx::Error) -> bool {
    // 40001: serialisation failure; 40P01: deadlock.
    sqlstate(error).is_some_and(|code| code == "40001" || code == "40P01")
}

/// Whether SQLite says that another connection is in the way.
fn is_busy(error: &sqlx::Error) -> bool {
    // The low byte of what SQLite tells is the kind of failure; 5: busy.
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

/// Whether the database refuses what was to be written, and would take something else.
pub(super) fn is_refused_content(error: &sqlx::Error) -> bool {
    let Some(database) = error.as_database_error() else {
        return false;
    };
    let constraint = !matches!(database.kind(), sqlx::error::ErrorKind::Other);
    // Classes 22 and 23: data exceptions and integrity violations.
    constraint || sqlstate(error).is_some_and(|code| code.starts_with("22") || code.starts_with("23"))
}

fn sqlstate(error: &sqlx::Error) -> Option<String> {
    let postgres = error.as_database_error()?.try_downcast_ref::<sqlx::postgres::PgDatabaseError>()?;
    Some(postgres.code().to_owned())
}

#[cfg(test)]
mod tests {
    use sqlx::Connection;

    use super::*;

    #[test]
    fn an_sqlite_that_may_lose_commits_is_refused() {
        for version in ["3.51.3", "3.51.10", "3.52.0", "4.0.0"] {
            assert!(check_sqlite_version(version).is_ok(), "{version}");
        }
        for version in ["3.51.2", "3.50.9", "2.99.99", "3.51", "", "new"] {
            assert!(check_sqlite_version(version).is_err(), "{version}");
        }
    }

    #[tokio::test]
    async fn addresses_that_name_no_database() {
        for address in ["", "okr.db", "sqlite:", "sqlite://", "sqlite::memory:", "mysql://root@localhost/okr"] {
            let error = Db::connect(address).await.unwrap_err();
            assert!(matches!(error, StoreError::Address), "{address}: {error}");
        }
    }

    #[tokio::test]
    async fn a_file_in_a_folder_that_is_not_there_is_named() {
        let error = Db::connect("sqlite:/nowhere/at/all/okr.db").await.unwrap_err();
        assert!(error.to_string().contains("/nowhere/at/all/okr.db"), "{error}");
    }

    #[tokio::test]
    async fn a_file_that_another_process_is_making_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("okr.db");
        let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
        let mut other = SqliteConnection::connect_with(&options).await.unwrap();
        other.execute("BEGIN IMMEDIATE").await.unwrap();
        let address = format!("sqlite:{}", path.display());
        let ours = Db::connect(&address);
        tokio::pin!(ours);
        let early = tokio::time::timeout(BUSY_PAUSE * 4, &mut ours).await;
        assert!(early.is_err(), "opened, or gave up: {early:?}");
        other.execute("COMMIT").await.unwrap();
        ours.await.unwrap();
    }

    #[tokio::test]
    async fn no_message_holds_the_password() {
        let error = Db::connect("postgres://ada:hunter2@127.0.0.1:1/okr").await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"));
        let error = Db::connect("postgres://ada:hunter2@127.0.0.1:port/okr").await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"));
    }
}
