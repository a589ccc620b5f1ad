//! `trellis backup`

use std::path::PathBuf;

use clap::Args;

use super::{Database, close, progress, say};
use crate::server::store;

/// Copy everything into a file, also while a server runs.
///
/// Of an SQLite database the file is a plain SQLite database, of a PostgreSQL database an archive. `trellis restore` reads
/// either into either.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  trellis backup okrs-2026-03-31.backup --database sqlite:okrs.db")]
pub(super) struct Backup {
    /// The file to write; it must not be there yet.
    file: PathBuf,
    #[command(flatten)]
    database: Database,
}

impl Backup {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let ledger = self.database.open(None).await?;
        let spinner = progress::spinner("Backing up");
        let shown = spinner.clone();
        let done = store::backup::backup(ledger.db(), &self.file, &move |rows| shown.set_position(rows)).await;
        spinner.finish_and_clear();
        done?;
        close(ledger).await;
        say(format_args!("Everything is in {}", self.file.display()))?;
        Ok(())
    }
}
