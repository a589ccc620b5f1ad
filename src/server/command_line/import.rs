//! `trellis import`

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use uuid::Uuid;

use super::{Database, close, progress, say, zone_of};
use crate::domain::command::{Actor, Command};
use crate::domain::cycle::Span;
use crate::domain::ids::MutationId;
use crate::domain::table::import::{Counts, Moment, Summary, import};
use crate::domain::table::{Defect, Table};
use crate::server::ledger::{Ledger, Submission, SubmitError};

/// Bring a table of objectives, key results and check-ins into the workspace.
///
/// All of it or nothing: what is wrong is told row by row and column by column, and then nothing has changed. Rows that were
/// imported before are updated by their id. A server may run on the same database meanwhile. The columns are described in
/// docs/tables.md.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  trellis import okrs.csv --cycle 'FY27-Q1=2026-11-01..2027-01-31'\n  trellis import - --format json < okrs.json"
)]
pub(super) struct Import {
    /// The file, or - for standard input.
    file: PathBuf,
    /// What the file is; without it, as its name or its first character says.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The days of a cycle, for names that do not tell them. May be given more than once.
    #[arg(long = "cycle", value_name = "NAME=FIRST..LAST", value_parser = cycle_days)]
    cycles: Vec<(String, Span)>,
    /// The day of the import, such as 2026-03-31, which dates the values in `current` of key results; without it, today.
    #[arg(long, value_name = "DATE")]
    today: Option<NaiveDate>,
    #[command(flatten)]
    database: Database,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Json,
}

impl Import {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let reading = progress::spinner("Reading");
        let bytes = read(&self.file).map_err(|error| anyhow!("cannot read {}: {error}", self.file.display()))?;
        let table = match self.format.unwrap_or_else(|| format_of(&self.file, &bytes)) {
            Format::Csv => Table::from_csv(&bytes),
            Format::Json => Table::from_json(&bytes),
        };
        drop(bytes);
        reading.finish_and_clear();
        let ledger = self.database.open(self.today).await?;
        let cycles: BTreeMap<String, Span> = self.cycles.iter().cloned().collect();
        let zone = zone_of(&ledger);
        let planned = ledger.read(|workspace, _| {
            let today = self.today.unwrap_or_else(|| workspace.today());
            let moment = Moment { now: ledger.clock().now(), today, zone: &zone };
            import(table, workspace, &moment, &cycles, &mut Uuid::now_v7)
        });
        match planned {
            Ok(planned) => {
                for warning in &planned.warnings {
                    writeln!(io::stderr(), "warning: {warning}")?;
                }
                submit(&ledger, planned.commands).await?;
                close(ledger).await;
                say(Told(planned.summary))?;
                Ok(())
            }
            Err(defects) => {
                close(ledger).await;
                tell(&defects)?;
                let defects =
                    if defects.len() == 1 { "1 defect".to_owned() } else { format!("{} defects", defects.len()) };
                Err(anyhow!("{defects} in {}: nothing was imported", self.file.display()))
            }
        }
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    fs::read(path)
}

fn format_of(path: &Path, bytes: &[u8]) -> Format {
    let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
    let first = bytes.iter().find(|byte| byte.is_ascii() && !byte.is_ascii_whitespace());
    match (extension.as_deref(), first) {
        (Some("csv"), _) => Format::Csv,
        (Some("json"), _) | (_, Some(b'[' | b'{')) => Format::Json,
        _ => Format::Csv,
    }
}

async fn submit(ledger: &Ledger, commands: Vec<Command>) -> anyhow::Result<()> {
    if commands.is_empty() {
        return Ok(());
    }
    let bar = progress::bar("Importing", commands.len());
    let submission = Submission { mutation: MutationId(Uuid::now_v7()), actor: Actor::Operator, commands };
    let shown = bar.clone();
    let submitted = ledger.submit_with_progress(submission, move |done| shown.set_position(done as u64)).await;
    bar.finish_and_clear();
    match submitted {
        Ok(_) => Ok(()),
        Err(SubmitError::Refused(refusal)) => Err(anyhow!(
            "nothing was imported, since the workspace has changed meanwhile: {} Import the file again.",
            refusal.message
        )),
        Err(_) => Err(anyhow!("nothing was imported, since the database does not take it now. Try again in a moment.")),
    }
}

fn tell(defects: &[Defect]) -> io::Result<()> {
    let mut out = BufWriter::new(io::stderr().lock());
    for defect in defects {
        writeln!(out, "{defect}")?;
    }
    out.flush()
}

fn cycle_days(text: &str) -> Result<(String, Span), String> {
    let parts = text.rsplit_once('=').and_then(|(name, days)| Some((name.trim(), days.split_once("..")?)));
    let Some((name, (first, last))) = parts else {
        return Err("write it like FY27-Q1=2026-11-01..2027-01-31".to_owned());
    };
    let day = |text: &str| text.trim().parse::<NaiveDate>().map_err(|_| format!("{text} is not a day"));
    let span = Span::new(day(first)?, day(last)?).ok_or("the last day lies before the first")?;
    Ok((name.to_owned(), span))
}

/// What an import did, in words.
struct Told(Summary);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Summary { objectives, key_results, check_ins, teams, people, cycles } = self.0;
        for (what, counts) in [("objectives", objectives), ("key results", key_results), ("check-ins", check_ins)] {
            let Counts { added, changed, unchanged } = counts;
            writeln!(f, "{what}: {added} new, {changed} changed, {unchanged} as they were")?;
        }
        write!(f, "teams: {teams} new, people: {people} new, cycles: {cycles} new")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_a_cycle_are_read() {
        let (name, span) = cycle_days("FY27-Q1=2026-11-01..2027-01-31").unwrap();
        assert_eq!((name.as_str(), span.days()), ("FY27-Q1", 92));
        assert_eq!(cycle_days("a=b=2026-01-01..2026-01-01").unwrap().0, "a=b");
        for text in
            ["FY27", "FY27=2026-11-01", "FY27=x..y", "FY27=2026-02-30..2026-03-01", "FY27=2026-02-02..2026-02-01"]
        {
            assert!(cycle_days(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_name_or_the_first_character_tells_the_format() {
        assert_eq!(format_of(Path::new("a.CSV"), b"["), Format::Csv);
        assert_eq!(format_of(Path::new("a.json"), b"kind"), Format::Json);
        assert_eq!(format_of(Path::new("-"), b"\n [{}]"), Format::Json);
        assert_eq!(format_of(Path::new("-"), b"kind,id"), Format::Csv);
    }
}
