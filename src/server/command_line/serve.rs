//! `trellis serve`

use std::net::SocketAddr;

use anyhow::anyhow;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use super::{Database, demo, say};
use crate::server::ledger::Ledger;
use crate::server::{ServerState, serve};

/// Serve the workspace to browsers.
///
/// Prints the address, and how to sign in: while there is no admin with a password, a link that makes its reader the first
/// one. SIGTERM and Ctrl-C end it once open requests are answered.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  trellis serve --database sqlite:/var/lib/trellis/okrs.db --listen 127.0.0.1:3000")]
pub(super) struct Serve {
    #[command(flatten)]
    database: Database,
    /// The address to listen on; port 0 takes any free port.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// Fill an empty database with the example company.
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let listen = self.listen;
        let listener = TcpListener::bind(listen).await.map_err(|error| {
            anyhow!("cannot listen on {listen}: {error}. Choose another address with --listen, or port 0 for any.")
        })?;
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let ledger = self.database.open(None).await?;
        if self.demo && ledger.read(demo::is_empty) {
            demo::fill(&ledger).await?;
        }
        let address = format!("http://{}", listener.local_addr()?);
        let db = ledger.db().clone();
        let state = ServerState::new(ledger.clone());
        say(format_args!("Trellis is at {address}"))?;
        say(how_to_sign_in(&address, &ledger, &state).await?)?;
        let stopped = async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        drop(ledger);
        serve(listener, state, stopped).await?;
        db.close().await;
        Ok(())
    }
}

async fn how_to_sign_in(address: &str, ledger: &Ledger, state: &ServerState) -> anyhow::Result<String> {
    if ledger.read(|workspace, _| workspace.settings.example) {
        return Ok(format!("This is the example company: be any of its people at {address}/sign-in"));
    }
    Ok(match state.sessions.set_up_link().await? {
        Some(path) => format!("There is no admin with a password yet. Become one at {address}{path}"),
        None => format!("Sign in at {address}/sign-in"),
    })
}
