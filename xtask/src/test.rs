//! Checks and tests everything.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::client;
use crate::machine::{
    CHROMIUM_HEADLESS, POSTGRES, WASM_OPT, ensure_end2end, ensure_lint_tools, ensure_tools, ensure_wasm_target,
};
use crate::postgres::Postgres;
use crate::project::Project;
use crate::server;
use crate::step::{execute, seconds, step};

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

/// What tries the client as it is shipped: the browser tests that come by every screen and by most of what can be done, where
/// script runs.
const SHIPPED: [&str; 8] = [
    "--project=desktop",
    "--project=phone",
    "tests/check-in.spec.ts",
    "tests/keyboard.spec.ts",
    "tests/node.spec.ts",
    "tests/smoke.spec.ts",
    "tests/start.spec.ts",
    "tests/tree.spec.ts",
];

/// Runs every check, goes on after one that fails, and fails in the end if one did.
pub fn test(project: &Project) -> Result<()> {
    ensure_lint_tools()?;
    ensure_wasm_target()?;
    ensure_tools(&[CHROMIUM_HEADLESS, POSTGRES, WASM_OPT])?;
    ensure_end2end(project)?;

    let mut report = Report::default();
    report.check("Formatting", || execute(&mut project.cargo(["fmt", "--all", "--check"])));
    report.check("Clippy: server and tests", || {
        execute(project.cargo(["clippy", "--features", "ssr", "--all-targets"]).args(DENY_WARNINGS))
    });
    report.check("Clippy: client", || {
        execute(
            project
                .cargo(["clippy", "--lib", "--no-default-features", "--features", "hydrate"])
                .args(["--target", "wasm32-unknown-unknown", "--profile", &project.leptos.lib_profile_dev])
                .args(DENY_WARNINGS),
        )
    });
    report.check("Clippy: build commands", || {
        execute(project.cargo(["clippy", "--package", "xtask", "--all-targets"]).args(DENY_WARNINGS))
    });
    report
        .check("Unit tests: build commands", || execute(&mut project.cargo(["test", "--quiet", "--package", "xtask"])));
    report.check("Unit, property, storage and HTTP tests", || {
        let postgres = Postgres::start()?;
        execute(
            project
                .cargo(["test", "--features", "ssr", "--no-fail-fast", "--lib", "--bins", "--tests"])
                .env("TRELLIS_TEST_POSTGRES", postgres.url()),
        )
    });
    report.check("Browser tests", || {
        let site = server::build(project)?;
        step("Run the browser tests", || browser_tests(project, &site, &[]))
    });
    // Other optimisations, and what is left out of it: it can break by itself.
    report.check("Browser tests of the client as it is shipped", || {
        let site = client::build(project, true)?;
        step("Run some of the browser tests", || browser_tests(project, &site, &SHIPPED))
    });
    report.finish()
}

/// Runs the browser tests with the client in `site`: all, or what `arguments` choose.
fn browser_tests(project: &Project, site: &Path, arguments: &[&str]) -> Result<()> {
    execute(
        Command::new("npx")
            .args(["playwright", "test"])
            .args(arguments)
            .current_dir(project.end2end())
            .env("TRELLIS_BINARY", project.binary())
            .env("LEPTOS_SITE_ROOT", site),
    )
}

#[derive(Default)]
struct Report {
    checks: Vec<(&'static str, Duration, Result<()>)>,
}

impl Report {
    fn check(&mut self, title: &'static str, work: impl FnOnce() -> Result<()>) {
        let start = Instant::now();
        let result = step(title, work);
        if let Err(error) = &result {
            println!("    {error:#}");
        }
        self.checks.push((title, start.elapsed(), result));
    }

    fn finish(self) -> Result<()> {
        println!("\n==> Summary");
        for (title, duration, result) in &self.checks {
            println!("    {:<6} {title} ({})", if result.is_ok() { "ok" } else { "FAILED" }, seconds(*duration));
        }
        let failed = self.checks.iter().filter(|(_, _, result)| result.is_err()).count();
        if failed > 0 {
            bail!("{failed} of {} checks failed", self.checks.len());
        }
        println!("\nAll {} checks passed.", self.checks.len());
        Ok(())
    }
}
