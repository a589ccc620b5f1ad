//! The program `trellis`: see [`trellis::server::command_line`].

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    trellis::server::command_line::run().await
}
