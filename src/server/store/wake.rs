//! Waking other processes that share a PostgreSQL database. A wake-up is only a hint, and the log is the truth.

use sqlx::postgres::{PgListener, PgPool};
use tokio::sync::Notify;

/// The channel that processes wake each other through.
const CHANNEL: &str = "trellis";

/// Wakes whoever listens.
///
/// # Errors
/// When the database fails.
pub async fn notify(pool: &PgPool) -> sqlx::Result<()> {
    sqlx::query("SELECT pg_notify($1, '')").bind(CHANNEL).execute(pool).await?;
    Ok(())
}

/// Listens until the database fails.
///
/// # Errors
/// When it does.
pub async fn listen(pool: &PgPool, woken: &Notify) -> sqlx::Result<()> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        listener.recv().await?;
        woken.notify_one();
    }
}
