//! `trellis export`

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use chrono::NaiveDate;
use chrono_tz::Tz;
use clap::{Args, ValueEnum};

use super::{Database, close, zone_of};
use crate::domain::export::Document;
use crate::domain::table::write::write;
use crate::domain::workspace::Workspace;

/// Write the workspace as a table, or its numbers with their reasons.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trellis export -o okrs.csv\n  trellis export --format json --today 2026-03-31 | jq '.nodes[0]'"
)]
pub(super) struct Export {
    /// csv: a table that `trellis import` reads. json: every objective and key result with its progress, confidence and pace,
    /// and what contributes to them.
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// The file to write; without it, standard output.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Reckon as on that day, such as 2026-03-31; without it, today.
    #[arg(long, value_name = "DATE")]
    today: Option<NaiveDate>,
    #[command(flatten)]
    database: Database,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Csv,
    Json,
}

impl Export {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let ledger = self.database.open(self.today).await?;
        let zone = zone_of(&ledger);
        let mut workspace = ledger.read(|workspace, _| workspace.clone());
        if let Some(today) = self.today {
            workspace.set_today(today);
        }
        match &self.output {
            None => self.format.write(&workspace, zone, io::stdout().lock())?,
            Some(path) => {
                let cannot = |error: io::Error| anyhow!("cannot write {}: {error}", path.display());
                write_file(path, |file| self.format.write(&workspace, zone, file)).map_err(cannot)?;
            }
        }
        close(ledger).await;
        Ok(())
    }
}

impl Format {
    fn write(self, workspace: &Workspace, zone: Tz, out: impl Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        match self {
            Self::Csv => write(workspace, &zone, &mut out).map_err(in_writing)?,
            Self::Json => {
                serde_json::to_writer_pretty(&mut out, &Document(workspace)).map_err(io::Error::from)?;
                writeln!(out)?;
            }
        }
        out.flush()
    }
}

fn in_writing(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes a file whole or not at all; what is no plain file, such as a pipe, is written as it comes.
fn write_file(path: &Path, write: impl FnOnce(&File) -> io::Result<()>) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|known| !known.is_file()) {
        return write(&File::options().write(true).open(path)?);
    }
    let partial = PathBuf::from(format!("{}.partial", path.display()));
    let file = File::create(&partial)?;
    let written = write(&file).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&partial, path));
    if written.is_err() {
        // The first failure is the one to tell.
        let _ = fs::remove_file(&partial);
    }
    written
}
