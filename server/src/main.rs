//! The binary `regain`.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    regain_server::cli::run().await
}
