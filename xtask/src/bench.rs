//! Measures.

use std::process::Command;

use anyhow::Result;

use crate::machine::{CHROMIUM, ensure_end2end, ensure_tools};
use crate::project::Project;
use crate::server::dist;
use crate::step::{execute, step};

/// Measures the domain with criterion, and in a browser the page that the finished file serves, next to its peers.
///
/// With `options`, which are those of `end2end/bench/main.mjs`, only the page.
pub fn bench(project: &Project, options: &[String]) -> Result<()> {
    ensure_tools(&[CHROMIUM])?;
    ensure_end2end(project)?;
    let is_set = |name: &str| options.iter().any(|option| option.split('=').next() == Some(name));
    let mut browser = Command::new("node");
    browser.arg(project.end2end().join("bench/main.mjs")).arg("--out").arg(project.target.join("bench"));
    if !is_set("--binary") && !is_set("--help") {
        browser.arg("--binary").arg(dist(project)?);
    }
    if options.is_empty() {
        step("Measure the domain", || execute(&mut project.cargo(["bench", "--features", "ssr"])))?;
    }
    step("Measure the page", || execute(browser.args(options)))
}
