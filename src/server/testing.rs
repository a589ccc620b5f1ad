//! A server for tests, over a SQLite file that goes with it.

use tempfile::TempDir;

use super::ServerState;
use super::clock::Clock;
use super::ledger::Ledger;
use super::store::Db;

/// A server's state over a database of its own.
pub struct TestServer {
    /// The state.
    pub state: ServerState,
    _folder: TempDir,
}

impl TestServer {
    /// A server with nothing in its workspace.
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("trellis.db").display());
        let ledger = Ledger::open(Db::connect(&url).await.unwrap(), Clock::System).await.unwrap();
        Self { state: ServerState::new(ledger), _folder: folder }
    }
}
