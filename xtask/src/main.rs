//! The build commands of Trellis.

mod bench;
mod client;
mod machine;
mod postgres;
mod project;
mod server;
mod step;
mod test;

use std::process::ExitCode;

use anyhow::{Result, bail};

use project::Project;

const USAGE: &str = "\
cargo xtask run [OPTION...]  build Trellis and serve the example company; options go to `trellis serve`
cargo xtask test             check and test everything
cargo xtask build            make target/dist/trellis: one file that needs nothing else
cargo xtask bench            measure the domain and the page next to its peers
cargo xtask bench OPTION...  measure the page alone: --smoke, or --sizes, --runs, --only, --binary; --help tells more";

fn main() -> ExitCode {
    match dispatch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    if !["run", "bench"].contains(&command.as_str()) && !rest.is_empty() {
        bail!("`{command}` takes no options\n\n{USAGE}");
    }
    let project = Project::load()?;
    match command.as_str() {
        "run" => server::run(&project, &rest),
        "test" => test::test(&project),
        "build" => server::dist(&project).map(|_| ()),
        "bench" => bench::bench(&project, &rest),
        _ => bail!("there is no command `{command}`\n\n{USAGE}"),
    }
}
