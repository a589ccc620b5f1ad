//! Brings the tables up to date.

use sqlx::SqlStr;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

use super::Db;

/// The files of the folder `migrations`, by their numbers. What was released is never edited: add a file, and a line here.
const FILES: [(i64, &str, &str); 5] = [
    (1, "workspace", include_str!("../../../migrations/0001_workspace.sql")),
    (2, "accounts", include_str!("../../../migrations/0002_accounts.sql")),
    (3, "views", include_str!("../../../migrations/0003_views.sql")),
    (4, "undo", include_str!("../../../migrations/0004_undo.sql")),
    (5, "comments", include_str!("../../../migrations/0005_comments.sql")),
];

/// The number of the newest one.
pub(super) const NEWEST: i64 = FILES[FILES.len() - 1].0;

/// Applies what was not applied yet.
pub(super) async fn apply(db: &Db) -> Result<(), MigrateError> {
    let migrations = FILES.into_iter().map(|(version, description, sql)| {
        Migration::new(version, description.into(), MigrationType::Simple, SqlStr::from_static(sql), false)
    });
    let migrator = Migrator::with_migrations(migrations.collect());
    match db {
        Db::Sqlite { writer, .. } => {
            // Two processes that start at the same time on a new file: whoever finds a migration done by the other looks again
            // what is left, at most once for each.
            for _ in FILES {
                match migrator.run(writer).await {
                    Err(MigrateError::Execute(_) | MigrateError::ExecuteMigration(..)) => {}
                    result => return result,
                }
            }
            migrator.run(writer).await
        }
        Db::Postgres(pool) => migrator.run(pool).await,
    }
}
