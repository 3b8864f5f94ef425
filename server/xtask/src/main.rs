//! `cargo xtask`: everything that a fresh checkout needs, from the toolchain to the running product.
//!
//! Each command does its own set-up first (see [`setup`]): what is there is left alone, what is missing is
//! announced and installed, and nothing is asked.

mod arguments;
mod attack;
mod bed;
mod bench;
mod browser;
mod build;
mod bundle;
mod check;
mod clock;
mod demo_outbox;
mod devices;
mod environment;
mod flood;
mod http;
mod organisation;
mod people;
mod process;
mod puzzle;
mod say;
mod server;
mod setup;
mod table;
mod test;
mod watch;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

use arguments::Command;
use workspace::Workspace;

fn main() -> ExitCode {
    let command = match arguments::parse(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(problem) => {
            say::problem(&problem);
            say::line(arguments::USAGE);
            return ExitCode::from(2);
        }
    };
    match execute(&command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say::problem(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Whether the command succeeded; an error is what kept it from finishing.
fn execute(command: &Command) -> Result<bool> {
    let workspace = Workspace::find();
    match command {
        Command::Help => say::line(arguments::USAGE),
        Command::Setup => {
            setup::for_tests(&workspace)?;
            // Without them a run of the tests says what it left out.
            for problem in setup::Directories::ensure(&workspace).problems() {
                say::problem(&problem);
            }
        }
        Command::Build => say::line(&build::release(&workspace)?.display().to_string()),
        Command::Run { release, arguments } => return build::run(&workspace, *release, arguments),
        Command::Directories => bed::until_enter(&workspace)?,
        Command::Watch(arguments) => watch::forever(&workspace, arguments)?,
        Command::Test(selection) => return test::run(&workspace, selection),
        Command::TestNamed(name) => return test::quickly(&workspace, name),
        Command::Bench(part) => return bench::run(&workspace, *part),
        Command::Attack(options) => return attack::run(&workspace, *options),
    }
    Ok(true)
}
