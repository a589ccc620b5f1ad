//! The command line. Each command has a file of its own.

mod backup;
mod demo;
mod export;
mod import;
mod progress;
mod restore;
mod serve;
mod settings;
mod user;

use std::io::{self, Write};
use std::process::ExitCode;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use clap::{Args, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use super::clock::Clock;
use super::ledger::Ledger;
use super::store::Db;

/// Objectives and key results, kept alive.
#[derive(Debug, Parser)]
#[command(name = "trellis", version, arg_required_else_help = true, after_help = FIRST_STEPS)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

const FIRST_STEPS: &str = "\
To look around in an example company:
  trellis serve --demo --database sqlite:example.db

To begin with a table of your own:
  trellis import okrs.csv
  trellis serve

Exit codes: 0 it is done, 1 it is not and why was told, 2 the command line is not understood.";

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Import(import::Import),
    Export(export::Export),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Demo(demo::Demo),
    User(user::User),
    Settings(settings::Settings),
}

/// Which database a command works on.
#[derive(Args, Clone, Debug)]
struct Database {
    /// Where the workspace is kept: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME. What is not there yet is made,
    /// with an empty workspace.
    #[arg(long, env = "TRELLIS_DATABASE", default_value = "sqlite:trellis.db", hide_env_values = true)]
    database: String,
}

impl Database {
    async fn connect(&self) -> anyhow::Result<Db> {
        Ok(Db::connect(&self.database).await?)
    }

    /// Opens the workspace; as it is on the day that `--today` says, where it does.
    async fn open(&self, today: Option<NaiveDate>) -> anyhow::Result<Ledger> {
        let clock = today.map_or(Clock::System, |day| {
            Clock::Fixed(day.and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(12))
        });
        let opening = progress::spinner("Opening the workspace");
        let opened = async { Ledger::open(self.connect().await?, clock).await.map_err(anyhow::Error::from) }.await;
        opening.finish_and_clear();
        opened
    }
}

/// Lets go of a workspace. On SQLite, the one file then holds everything.
async fn close(ledger: Ledger) {
    let db = ledger.db().clone();
    drop(ledger);
    db.close().await;
}

/// Reads the command line and does what it says.
pub async fn run() -> ExitCode {
    let command = CommandLine::parse().command;
    // Reading a big workspace at the start takes seconds, which sqlx would warn of.
    let quiet = if matches!(command, Command::Serve(_)) { "warn,trellis=info,sqlx::query=error" } else { "error" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(quiet));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    let done = match command {
        Command::Serve(serve) => serve.run().await,
        Command::Import(import) => import.run().await,
        Command::Export(export) => export.run().await,
        Command::Backup(backup) => backup.run().await,
        Command::Restore(restore) => restore.run().await,
        Command::Demo(demo) => demo.run().await,
        Command::User(user) => user.run().await,
        Command::Settings(settings) => settings.run().await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Where even this cannot be told, the exit code tells it.
            let _ = writeln!(io::stderr(), "trellis: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether whoever read the output has read enough, as in `trellis export | head`.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Prints a line, at once.
fn say(line: impl std::fmt::Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// The workspace's time zone; UTC where its name is unknown.
fn zone_of(ledger: &Ledger) -> Tz {
    ledger.read(|workspace, _| workspace.settings.time_zone.parse().unwrap_or(Tz::UTC))
}
