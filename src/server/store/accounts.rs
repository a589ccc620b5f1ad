//! Accounts, sessions and set-up links in the database.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Db, Tx, on};
use crate::domain::ids::{PersonId, WorkspaceId};
use crate::server::session::token::TokenHash;

/// The accounts, sessions and set-up links of one workspace.
#[derive(Clone, Debug)]
pub struct Accounts {
    db: Db,
    workspace: WorkspaceId,
}

/// A session as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// Whose it is.
    pub person: PersonId,
    /// Whether it was begun without a password, as one of the example company's people.
    pub example: bool,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ends unless it is used before.
    pub expires_at: DateTime<Utc>,
}

/// For whom a set-up link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// Whoever becomes the first admin.
    FirstAdmin,
    /// Somebody of the workspace.
    Person(PersonId),
}

impl Invited {
    fn person(self) -> Option<Uuid> {
        match self {
            Self::FirstAdmin => None,
            Self::Person(person) => Some(person.0),
        }
    }
}

impl Accounts {
    /// Those of a workspace.
    #[must_use]
    pub fn new(db: Db, workspace: WorkspaceId) -> Self {
        Self { db, workspace }
    }

    /// The hash of a person's password, if they have one.
    ///
    /// # Errors
    /// When the database fails, as everything here does.
    pub async fn password_hash(&self, person: PersonId) -> sqlx::Result<Option<String>> {
        let mut tx = self.db.read().await?;
        on!(&mut tx, connection => {
            sqlx::query_scalar("SELECT password_hash FROM account WHERE workspace_id = $1 AND person = $2")
                .bind(self.workspace.0)
                .bind(person.0)
                .fetch_optional(connection)
                .await
        })
    }

    /// Everybody who has a password.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn people_with_password(&self) -> sqlx::Result<Vec<PersonId>> {
        let mut tx = self.db.read().await?;
        let people: Vec<Uuid> = on!(&mut tx, connection => {
            sqlx::query_scalar("SELECT person FROM account WHERE workspace_id = $1")
                .bind(self.workspace.0)
                .fetch_all(connection)
                .await
        })?;
        Ok(people.into_iter().map(PersonId).collect())
    }

    /// Uses up a link that has not expired: false where there is none (any more). Of two who try at once, one does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_link(&self, token: &TokenHash, now: DateTime<Utc>) -> sqlx::Result<bool> {
        let mut tx = self.db.write().await?;
        let used = on!(&mut tx, connection => {
            sqlx::query("DELETE FROM set_up_link WHERE workspace_id = $1 AND token_hash = $2 AND expires_at > $3")
                .bind(self.workspace.0)
                .bind(&token.0)
                .bind(now)
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        tx.commit().await?;
        Ok(used == 1)
    }

    /// Sets a person's password. Whoever was signed in as them is not any more, and no older link holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_password(&self, person: PersonId, hash: &str) -> sqlx::Result<()> {
        let mut tx = self.db.write().await?;
        self.revoke(&mut tx, person).await?;
        on!(&mut tx, connection => {
            sqlx::query("INSERT INTO account (workspace_id, person, password_hash) VALUES ($1, $2, $3)")
                .bind(self.workspace.0)
                .bind(person.0)
                .bind(hash)
                .execute(connection)
                .await
                .map(drop)
        })?;
        tx.commit().await
    }

    /// Takes away every way in that a person has: password, sessions, links.
    async fn revoke(&self, tx: &mut Tx, person: PersonId) -> sqlx::Result<()> {
        for statement in [
            "DELETE FROM account WHERE workspace_id = $1 AND person = $2",
            "DELETE FROM session WHERE workspace_id = $1 AND person = $2",
            "DELETE FROM set_up_link WHERE workspace_id = $1 AND person = $2",
        ] {
            on!(&mut *tx, connection => {
                sqlx::query(statement).bind(self.workspace.0).bind(person.0).execute(connection).await.map(drop)
            })?;
        }
        Ok(())
    }

    /// Keeps a new link. Older ones for the same person hold no more, and neither do their password and sessions.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_link(&self, token: &TokenHash, invited: Invited, expires_at: DateTime<Utc>) -> sqlx::Result<()> {
        let mut tx = self.db.write().await?;
        match invited {
            Invited::Person(person) => self.revoke(&mut tx, person).await?,
            Invited::FirstAdmin => {
                on!(&mut tx, connection => {
                    sqlx::query("DELETE FROM set_up_link WHERE workspace_id = $1 AND person IS NULL")
                        .bind(self.workspace.0)
                        .execute(connection)
                        .await
                        .map(drop)
                })?;
            }
        }
        on!(&mut tx, connection => {
            sqlx::query("INSERT INTO set_up_link (workspace_id, token_hash, person, expires_at) VALUES ($1, $2, $3, $4)")
                .bind(self.workspace.0)
                .bind(&token.0)
                .bind(invited.person())
                .bind(expires_at)
                .execute(connection)
                .await
                .map(drop)
        })?;
        tx.commit().await
    }

    /// For whom a link is, if it holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn link(&self, token: &TokenHash, now: DateTime<Utc>) -> sqlx::Result<Option<Invited>> {
        let mut tx = self.db.read().await?;
        let row: Option<Option<Uuid>> = on!(&mut tx, connection => {
            sqlx::query_scalar(
                "SELECT person FROM set_up_link WHERE workspace_id = $1 AND token_hash = $2 AND expires_at > $3",
            )
            .bind(self.workspace.0)
            .bind(&token.0)
            .bind(now)
            .fetch_optional(connection)
            .await
        })?;
        Ok(row.map(|person| person.map_or(Invited::FirstAdmin, |person| Invited::Person(PersonId(person)))))
    }

    /// Keeps a new session, and forgets what has expired and the one that it takes the place of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_session(
        &self,
        token: &TokenHash,
        session: &StoredSession,
        instead_of: Option<&TokenHash>,
    ) -> sqlx::Result<()> {
        let mut tx = self.db.write().await?;
        for statement in [
            "DELETE FROM session WHERE workspace_id = $1 AND expires_at <= $2",
            "DELETE FROM set_up_link WHERE workspace_id = $1 AND expires_at <= $2",
        ] {
            on!(&mut tx, connection => {
                sqlx::query(statement)
                    .bind(self.workspace.0)
                    .bind(session.started_at)
                    .execute(connection)
                    .await
                    .map(drop)
            })?;
        }
        if let Some(old) = instead_of {
            self.delete_session(&mut tx, old).await?;
        }
        on!(&mut tx, connection => {
            sqlx::query(
                "INSERT INTO session (workspace_id, token_hash, person, example, started_at, expires_at) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(self.workspace.0)
            .bind(&token.0)
            .bind(session.person.0)
            .bind(session.example)
            .bind(session.started_at)
            .bind(session.expires_at)
            .execute(connection)
            .await
            .map(drop)
        })?;
        tx.commit().await
    }

    /// The session of that token, unless it has expired.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&self, token: &TokenHash, now: DateTime<Utc>) -> sqlx::Result<Option<StoredSession>> {
        let mut tx = self.db.read().await?;
        let row: Option<(Uuid, bool, DateTime<Utc>, DateTime<Utc>)> = on!(&mut tx, connection => {
            sqlx::query_as(
                "SELECT person, example, started_at, expires_at FROM session \
                 WHERE workspace_id = $1 AND token_hash = $2 AND expires_at > $3",
            )
            .bind(self.workspace.0)
            .bind(&token.0)
            .bind(now)
            .fetch_optional(connection)
            .await
        })?;
        Ok(row.map(|(person, example, started_at, expires_at)| StoredSession {
            person: PersonId(person),
            example,
            started_at,
            expires_at,
        }))
    }

    /// Lets a session last until then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn extend_session(&self, token: &TokenHash, expires_at: DateTime<Utc>) -> sqlx::Result<()> {
        let mut tx = self.db.write().await?;
        on!(&mut tx, connection => {
            sqlx::query("UPDATE session SET expires_at = $3 WHERE workspace_id = $1 AND token_hash = $2")
                .bind(self.workspace.0)
                .bind(&token.0)
                .bind(expires_at)
                .execute(connection)
                .await
                .map(drop)
        })?;
        tx.commit().await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_session(&self, token: &TokenHash) -> sqlx::Result<()> {
        let mut tx = self.db.write().await?;
        self.delete_session(&mut tx, token).await?;
        tx.commit().await
    }

    async fn delete_session(&self, tx: &mut Tx, token: &TokenHash) -> sqlx::Result<()> {
        on!(tx, connection => {
            sqlx::query("DELETE FROM session WHERE workspace_id = $1 AND token_hash = $2")
                .bind(self.workspace.0)
                .bind(&token.0)
                .execute(connection)
                .await
                .map(drop)
        })
    }

    /// Ends all sessions of a person.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_sessions(&self, person: PersonId) -> sqlx::Result<()> {
        let mut tx = self.db.write().await?;
        on!(&mut tx, connection => {
            sqlx::query("DELETE FROM session WHERE workspace_id = $1 AND person = $2")
                .bind(self.workspace.0)
                .bind(person.0)
                .execute(connection)
                .await
                .map(drop)
        })?;
        tx.commit().await
    }
}
