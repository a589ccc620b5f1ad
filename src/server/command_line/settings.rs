//! `trellis settings`

use anyhow::anyhow;
use chrono_tz::Tz;
use clap::Args;
use uuid::Uuid;

use super::{Database, close, say};
use crate::domain::change::{Edit, Replaced};
use crate::domain::command::{Actor, Command};
use crate::domain::ids::MutationId;
use crate::domain::settings::SettingsField;
use crate::server::ledger::{Ledger, Submission, SubmitError};

/// Say what the organisation is called, and in which time zone its days begin and end.
///
/// Prints both as they are from then on; without options, as they are. A server may run on the same database meanwhile.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  trellis settings --name 'Harbour kitchens' --time-zone Europe/Oslo")]
pub(super) struct Settings {
    /// The organisation's name.
    #[arg(long)]
    name: Option<String>,
    /// The IANA time zone, such as Europe/Oslo: it tells which day it is, and until when a check-in is due.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    time_zone: Option<Tz>,
    #[command(flatten)]
    database: Database,
}

impl Settings {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let ledger = self.database.open(None).await?;
        let wanted = [
            self.name.map(|name| SettingsField::Name(name.trim().to_owned())),
            self.time_zone.map(|zone| SettingsField::TimeZone(zone.name().to_owned())),
        ];
        let done = change(&ledger, wanted.into_iter().flatten()).await;
        let settings = ledger.read(|workspace, _| workspace.settings.clone());
        close(ledger).await;
        done?;
        say(format_args!("name: {}", settings.name))?;
        say(format_args!("time zone: {}", settings.time_zone))?;
        Ok(())
    }
}

async fn change(ledger: &Ledger, wanted: impl Iterator<Item = SettingsField>) -> anyhow::Result<()> {
    let commands: Vec<Command> = ledger.read(|workspace, _| {
        let edit = |is: SettingsField| {
            let was = workspace.settings.get(&is);
            (was != is).then_some(Command::Edit(Edit::Settings(Replaced { was, is })))
        };
        wanted.filter_map(edit).collect()
    });
    if commands.is_empty() {
        return Ok(());
    }
    let submission = Submission { mutation: MutationId(Uuid::now_v7()), actor: Actor::Operator, commands };
    match ledger.submit(submission).await {
        Ok(_) => Ok(()),
        Err(SubmitError::Refused(refusal)) => Err(anyhow!("nothing was changed: {}", refusal.message)),
        Err(_) => Err(anyhow!("nothing was changed, since the database does not take it now. Try again in a moment.")),
    }
}

fn zone(name: &str) -> Result<Tz, String> {
    name.parse()
        .map_err(|_| "this is no IANA time zone; they are called like Europe/Oslo or America/New_York".to_owned())
}
