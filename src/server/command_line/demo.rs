//! `trellis demo`

use anyhow::anyhow;
use clap::Args;
use uuid::Uuid;

use super::{Database, close, progress, say};
use crate::domain::command::Actor;
use crate::domain::ids::MutationId;
use crate::domain::workspace::Workspace;
use crate::server::demo::commands;
use crate::server::ledger::{Ledger, Submission};

/// Fill an empty database with the example company.
///
/// Its dates are relative to today. While it is the example, anyone who reaches the server may be any of its people.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  trellis demo --database sqlite:example.db")]
pub(super) struct Demo {
    #[command(flatten)]
    database: Database,
}

impl Demo {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let ledger = self.database.open(None).await?;
        if !ledger.read(is_empty) {
            let message = "this database is not empty, and the example company is put into an empty one only. \
                           Name another one, such as --database sqlite:example.db";
            return Err(anyhow!(message));
        }
        fill(&ledger).await?;
        close(ledger).await;
        say("The example company is there. Look at it with: trellis serve (and the same --database)")?;
        Ok(())
    }
}

/// Whether nothing was ever written into the workspace.
pub(super) fn is_empty(_: &Workspace, seq: u64) -> bool {
    seq == 0
}

/// Makes an empty workspace the example company.
pub(super) async fn fill(ledger: &Ledger) -> anyhow::Result<()> {
    let today = ledger.read(|workspace, _| workspace.today());
    let commands = commands(today, &mut Uuid::now_v7);
    let bar = progress::bar("Writing the example company", commands.len());
    let submission = Submission { mutation: MutationId(Uuid::now_v7()), actor: Actor::Operator, commands };
    let shown = bar.clone();
    let submitted = ledger.submit_with_progress(submission, move |done| shown.set_position(done as u64)).await;
    bar.finish_and_clear();
    submitted?;
    Ok(())
}
