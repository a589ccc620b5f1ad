//! Builds and starts the server.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::client;
use crate::project::Project;
use crate::step::{execute, seconds, step};

/// Builds everything for this machine and becomes the server.
pub fn run(project: &Project, options: &[String]) -> Result<()> {
    let start = std::time::Instant::now();
    let site = build(project)?;
    let database = project.target.join("trellis.db");
    let is_set = |name: &str| options.iter().any(|option| option.split('=').next() == Some(name));
    let mut server = Command::new(project.binary());
    server.arg("serve").current_dir(&project.root).env("LEPTOS_SITE_ROOT", site);
    if !is_set("--database") {
        server.arg("--database").arg(format!("sqlite:{}", project.shown(&database))).arg("--demo");
    }
    if !is_set("--listen") {
        server.args(["--listen", &project.leptos.site_addr]);
    }
    println!("\n==> Serve Trellis ({} after the start; Ctrl-C stops it)\n", seconds(start.elapsed()));
    Err(server.args(options).exec()).context("cannot start the server")
}

/// Builds client and server for this machine. Returns the folder that holds the client.
pub fn build(project: &Project) -> Result<PathBuf> {
    let site = client::build(project, false)?;
    step("Compile the server", || {
        execute(&mut project.cargo(["build", "--features", "ssr", "--bin", &project.leptos.bin_target]))
    })?;
    Ok(site)
}

/// Builds the one file that is deployed, and returns its path.
pub fn dist(project: &Project) -> Result<PathBuf> {
    let name = &project.leptos.bin_target;
    let site = client::build(project, true)?;
    step("Compile the server with the client inside", || {
        execute(
            project
                .cargo(["build", "--release", "--features", "embed", "--bin", name])
                .env("LEPTOS_SITE_ROOT", site)
                .env("MEMORY_SERVE_QUIET", "1"),
        )
    })?;
    let built = project.target.join("release").join(name);
    let dist = project.target.join("dist").join(name);
    fs::create_dir_all(project.target.join("dist"))?;
    let unfinished = dist.with_extension("new");
    fs::copy(&built, &unfinished).with_context(|| format!("cannot copy {}", built.display()))?;
    fs::rename(&unfinished, &dist)?;
    println!("\n{}: {:.1} MB", project.shown(&dist), fs::metadata(&dist)?.len() as f64 / 1e6);
    Ok(dist)
}
