//! Everything that only the server does.

pub mod assets;
pub mod clock;
pub mod command_line;
pub mod demo;
pub mod http;
pub mod ledger;
pub mod live;
pub mod pages;
pub mod password;
pub mod past;
pub mod rate_limit;
pub mod refusal;
pub mod security;
pub mod session;
pub mod store;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use self::ledger::Ledger;
use self::past::PastDays;
use self::session::Sessions;

/// How long open requests may take to finish once the server was told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// What every handler may ask for.
#[derive(Clone)]
pub struct ServerState {
    /// The workspace, and the one way to change it.
    pub ledger: Ledger,
    /// Who is signed in.
    pub sessions: Sessions,
    /// Past days.
    pub past: PastDays,
    /// What Leptos needs to know about the site.
    pub leptos: LeptosOptions,
    /// Cancelled when the server is told to stop: whatever stays open, such as an event stream, ends then.
    pub shutdown: CancellationToken,
}

impl ServerState {
    /// A state for a server that was not yet told to stop.
    #[must_use]
    pub fn new(ledger: Ledger) -> Self {
        Self {
            sessions: Sessions::new(ledger.clone()),
            past: PastDays::new(ledger.clone()),
            ledger,
            leptos: LeptosOptions::builder().output_name(env!("CARGO_PKG_NAME")).build(),
            shutdown: CancellationToken::new(),
        }
    }
}

impl FromRef<ServerState> for LeptosOptions {
    fn from_ref(state: &ServerState) -> Self {
        state.leptos.clone()
    }
}

impl FromRef<ServerState> for Sessions {
    fn from_ref(state: &ServerState) -> Self {
        state.sessions.clone()
    }
}

/// Serves on `listener` until `shutdown` is ready, then lets open requests finish, for 5 seconds at most.
///
/// # Errors
///
/// When the listener fails for good.
pub async fn serve(
    listener: TcpListener,
    state: ServerState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let stopping = state.shutdown.clone();
    let service = http::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown({
        let stopping = stopping.clone();
        async move {
            shutdown.await;
            stopping.cancel();
        }
    });
    tokio::select! {
        result = serving.into_future() => result,
        () = async { stopping.cancelled().await; tokio::time::sleep(GRACE).await } => {
            tracing::warn!("stopped with requests still open after {} seconds", GRACE.as_secs());
            Ok(())
        }
    }
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
