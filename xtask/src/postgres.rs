//! A PostgreSQL server that lives as long as the tests.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::machine::{POSTGRES, is_root};
use crate::step::execute;

const START_LIMIT: Duration = Duration::from_secs(60);

/// A running server with an empty database. Dropped, it stops and leaves nothing behind.
pub struct Postgres {
    server: Child,
    port: u16,
    // Removed after the server has stopped.
    folder: TempDir,
}

impl Postgres {
    /// Starts a server on a free port of the loopback interface, in a folder of its own.
    pub fn start() -> Result<Self> {
        let programs = POSTGRES.find().and_then(|program| Some(program.parent()?.to_path_buf()));
        let programs = programs.context("PostgreSQL is missing")?;
        let folder = tempfile::Builder::new().prefix("trellis-postgres-").tempdir()?;
        let account = if is_root() { Some(Account::find()?) } else { None };
        if let Some(account) = &account {
            chown(folder.path(), Some(account.user), Some(account.group))?;
        }
        let data = folder.path().join("data");
        let command = |program: &str| command(&programs.join(program), account.as_ref());

        execute(
            command("initdb")
                .args(["--auth=trust", "--username=trellis", "--encoding=UTF8", "--no-locale", "--no-sync", "-D"])
                .arg(&data)
                .stdout(Stdio::null()),
        )?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = fs::File::create(folder.path().join("log"))?;
        let server = command("postgres")
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-k"])
            .arg(folder.path())
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=300"])
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot start postgres")?;
        let mut postgres = Self { server, port, folder };
        postgres.wait_until_ready()?;
        Ok(postgres)
    }

    /// The address of a database whose user may do everything.
    pub fn url(&self) -> String {
        format!("postgres://trellis@127.0.0.1:{}/postgres", self.port)
    }

    /// The server writes `ready` into this file once it takes connections.
    fn wait_until_ready(&mut self) -> Result<()> {
        let folder = self.folder.path();
        let start = Instant::now();
        loop {
            let state = fs::read_to_string(folder.join("data/postmaster.pid")).unwrap_or_default();
            if state.lines().nth(7).is_some_and(|state| state.trim() == "ready") {
                return Ok(());
            }
            let ended = self.server.try_wait()?;
            if ended.is_some() || start.elapsed() > START_LIMIT {
                bail!("PostgreSQL did not start:\n{}", fs::read_to_string(folder.join("log")).unwrap_or_default());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // An interrupt makes PostgreSQL end its sessions and release its shared memory, which a kill would not.
        let interrupted = execute(Command::new("kill").args(["-INT", &self.server.id().to_string()]));
        if interrupted.is_err() || self.server.wait().is_err() {
            eprintln!("could not stop PostgreSQL, process {}", self.server.id());
        }
    }
}

/// Whom PostgreSQL runs as where this process is root, since it refuses to be root.
struct Account {
    user: u32,
    group: u32,
}

impl Account {
    fn find() -> Result<Self> {
        let accounts = fs::read_to_string("/etc/passwd")?;
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| Self::parse(&accounts, name))
            .context("there is no user to run PostgreSQL as")
    }

    fn parse(accounts: &str, name: &str) -> Option<Self> {
        let mut fields =
            accounts.lines().map(|line| line.split(':')).find(|fields| fields.clone().next() == Some(name))?;
        Some(Self { user: fields.nth(2)?.parse().ok()?, group: fields.next()?.parse().ok()? })
    }
}

/// A command that is interrupted if this process dies.
fn command(program: &Path, account: Option<&Account>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "INT"]).current_dir("/");
    if let Some(Account { user, group }) = account {
        command.args([format!("--reuid={user}"), format!("--regid={group}"), "--clear-groups".to_owned()]);
    }
    command.arg("--").arg(PathBuf::from(program));
    command
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn a_server_answers_while_it_lives_and_leaves_nothing_behind() {
        let postgres = Postgres::start().unwrap();
        let (port, folder) = (postgres.port, postgres.folder.path().to_owned());
        TcpStream::connect(("127.0.0.1", port)).unwrap();
        drop(postgres);
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        assert!(!folder.exists());
    }

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let accounts = "postgres-old:x:1:2::/:/bin/sh\npostgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash\n";
        let account = Account::parse(accounts, "postgres").unwrap();
        assert_eq!((account.user, account.group), (101, 104));
        assert!(Account::parse(accounts, "nobody").is_none());
    }
}
