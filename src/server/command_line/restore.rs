//! `trellis restore`

use std::path::PathBuf;

use clap::Args;

use super::{Database, progress, say};
use crate::server::store;

/// Put a back-up into an empty database.
///
/// All of it or nothing. Stop the server that uses the database first.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  trellis restore okrs-2026-03-31.backup --database sqlite:new.db")]
pub(super) struct Restore {
    /// The file that `trellis backup` wrote, from either kind of database.
    file: PathBuf,
    #[command(flatten)]
    database: Database,
}

impl Restore {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let db = self.database.connect().await?;
        let spinner = progress::spinner("Restoring");
        let shown = spinner.clone();
        let done = store::restore::restore(&self.file, &db, &move |rows| shown.set_position(rows)).await;
        spinner.finish_and_clear();
        done?;
        db.close().await;
        say(format_args!("{} is restored", self.file.display()))?;
        Ok(())
    }
}
