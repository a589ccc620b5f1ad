//! `trellis user`

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};

use super::{Database, close, say};
use crate::domain::people::Role;
use crate::server::session::Sessions;

/// Let people in: add them, list them, give them a new password.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  trellis user add 'Ada Byte' ada@example.org --role admin")]
pub(super) struct User {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Add somebody, and print the link at which they choose a password.
    Add {
        /// The name that others read.
        name: String,
        /// The e-mail address to sign in with.
        email: String,
        /// A viewer reads, a member edits what is theirs, an admin edits everything.
        #[arg(long, default_value = "member", value_parser = role())]
        role: Role,
        #[command(flatten)]
        link: Link,
        #[command(flatten)]
        database: Database,
    },
    /// List everybody: name, e-mail address, role, and whether they can sign in.
    List {
        #[command(flatten)]
        database: Database,
    },
    /// Sign somebody out everywhere, take their password away, and print the link at which they choose another.
    Reset {
        /// Their e-mail address.
        email: String,
        #[command(flatten)]
        link: Link,
        #[command(flatten)]
        database: Database,
    },
}

#[derive(Args, Debug)]
struct Link {
    /// Where people reach the server; the link begins with it.
    #[arg(long, env = "TRELLIS_URL", default_value = "http://127.0.0.1:3000")]
    url: String,
}

impl Link {
    fn to(&self, path: &str) -> String {
        format!("{}{path}", self.url.trim_end_matches('/'))
    }
}

fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::name)).map(|name| Role::from_name(&name).unwrap_or_default())
}

impl User {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let database = match &self.command {
            UserCommand::Add { database, .. }
            | UserCommand::List { database }
            | UserCommand::Reset { database, .. } => database,
        };
        let ledger = database.open(None).await?;
        let sessions = Sessions::new(ledger.clone());
        match &self.command {
            UserCommand::Add { name, email, role, link, .. } => {
                let path = sessions.add_user(name, email, *role).await?;
                say(format_args!("{} chooses a password, once and within a week, at", name.trim()))?;
                say(link.to(&path))?;
            }
            UserCommand::List { .. } => {
                for user in sessions.list_users().await? {
                    let email = user.person.email.as_deref().unwrap_or("no e-mail address");
                    let password = if user.has_password { "has a password" } else { "has no password" };
                    say(format_args!("{}\t{email}\t{}\t{password}", user.person.name, user.person.role.name()))?;
                }
            }
            UserCommand::Reset { email, link, .. } => {
                let path = sessions.reset_user(email).await?;
                say(format_args!("{} chooses another password, once and within a week, at", email.trim()))?;
                say(link.to(&path))?;
            }
        }
        drop(sessions);
        close(ledger).await;
        Ok(())
    }
}
