//! What the machine must have, and how it comes by it.

use std::fs::{metadata, read_dir};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::step::{execute, step};

/// A program, and the Debian package that has it.
pub struct Tool {
    program: &'static str,
    package: &'static str,
}

/// What the benchmark measures with, since it is what people have.
pub const CHROMIUM: Tool = Tool { program: "chromium", package: "chromium" };
/// The same browser without its windows, which runs the browser tests in two thirds of the time.
pub const CHROMIUM_HEADLESS: Tool = Tool { program: "chromium-headless-shell", package: "chromium-headless-shell" };
/// The other database.
pub const POSTGRES: Tool = Tool { program: "postgres", package: "postgresql" };
/// Makes the client smaller.
pub const WASM_OPT: Tool = Tool { program: "wasm-opt", package: "binaryen" };

impl Tool {
    /// Where the program is: on the search path, or where Debian keeps PostgreSQL's.
    pub fn find(&self) -> Option<PathBuf> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let debian = read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        std::env::split_paths(&path)
            .chain(debian.map(|version| version.path().join("bin")))
            .map(|folder| folder.join(self.program))
            .find(|program| program.is_file())
    }
}

/// Installs what is missing of `tools` with apt where that needs no password, else names the line to run.
pub fn ensure_tools(tools: &[Tool]) -> Result<()> {
    let missing: Vec<&str> = tools.iter().filter(|tool| tool.find().is_none()).map(|tool| tool.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    let install = format!("apt-get update && apt-get install --yes --no-install-recommends {packages}");
    let by_hand = format!("{packages} missing. Please run:\n\n    sudo sh -c '{install}'\n");
    if !is_quiet_success(Command::new("apt-get").arg("--version")) {
        bail!("{by_hand}");
    }
    let mut shell = if is_root() {
        Command::new("sh")
    } else if is_quiet_success(Command::new("sudo").args(["--non-interactive", "true"])) {
        let mut sudo = Command::new("sudo");
        sudo.args(["--non-interactive", "sh"]);
        sudo
    } else {
        bail!("{by_hand}");
    };
    step(&format!("Install {packages}"), || {
        execute(shell.args(["-c", &install]).env("DEBIAN_FRONTEND", "noninteractive")).context(by_hand)
    })
}

/// Adds Rust's library for the browser where it is missing.
pub fn ensure_wasm_target() -> Result<()> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().context("cannot run rustc")?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot.stdout).trim());
    if sysroot.join("lib/rustlib/wasm32-unknown-unknown/lib").is_dir() {
        return Ok(());
    }
    step("Add the wasm32 target", || execute(Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"])))
}

/// Adds rustfmt and clippy where they are missing.
pub fn ensure_lint_tools() -> Result<()> {
    for component in ["rustfmt", "clippy"] {
        let subcommand = component.trim_start_matches("rust");
        if !is_quiet_success(Command::new("cargo").args([subcommand, "--version"])) {
            step(&format!("Add {component}"), || {
                execute(Command::new("rustup").args(["component", "add", component]))
            })?;
        }
    }
    Ok(())
}

/// Installs what the browser tests depend on, unless just that is installed.
pub fn ensure_end2end(project: &Project) -> Result<()> {
    let folder = project.end2end();
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&folder.join("package-lock.json")) {
        return Ok(());
    }
    if !is_quiet_success(Command::new("npm").arg("--version")) {
        bail!("Node.js 20 or later with npm is missing: https://nodejs.org/");
    }
    step("Install the browser tests' packages", || execute(Command::new("npm").arg("ci").current_dir(&folder)))
}

/// Whether this process may do everything, and PostgreSQL therefore refuses to run as its user.
pub fn is_root() -> bool {
    metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn modified(path: &std::path::Path) -> Option<std::time::SystemTime> {
    metadata(path).ok()?.modified().ok()
}

fn is_quiet_success(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}
