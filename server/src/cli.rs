//! The command line. Exit status: 0 done, 1 refused or failed, 2 wrong usage.

mod assess;
mod audit;
mod bulk;
mod directory_options;
mod group;
mod open;
mod output;
mod password;
mod policy;
mod role;
mod upkeep;
mod user;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::ambient;
use crate::config::Config;
use crate::serve;

/// Self-service password reset that you host yourself.
#[derive(Parser)]
#[command(name = "regain", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server.
    Serve {
        /// Seed the organisation Contoso and keep messages in an outbox; loopback only.
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database's schema up to date. An SQLite file is copied first.
    Migrate,
    /// Make, change and list users.
    #[command(subcommand)]
    User(user::Command),
    /// Make, change and list groups.
    #[command(subcommand)]
    Group(group::Command),
    /// Show and change the settings.
    #[command(subcommand)]
    Policy(policy::Command),
    /// Give and take administrative roles.
    #[command(subcommand)]
    Role(role::Command),
    /// Say who could use self-service password reset in a directory today, and what stands in the way. Reads the directory
    /// alone: nothing has to be set up, and nothing is changed. Text, or --json, or a page with --html.
    Assess(Box<assess::Assess>),
    /// Export and verify the audit log.
    #[command(subcommand)]
    Audit(audit::Command),
    /// Make and rotate master keys.
    #[command(subcommand)]
    Key(upkeep::Key),
    /// Copy the SQLite database, also of a running server, into a new file.
    Backup {
        /// The file to make.
        file: PathBuf,
    },
    /// Put a backup in the place of the SQLite database. Stop the server first. Everybody is signed out, and resets,
    /// codes and requests under way are void. The key must be the one the backup was made with.
    Restore {
        /// The backup.
        file: PathBuf,
    },
    /// Go back to the right time after the machine's clock was set forward by mistake and put right: until then codes of
    /// authenticator apps do not match. Stop every server first. Everybody is signed out, and resets, codes and requests
    /// under way are void; locks last as long as they were to last.
    Clock,
    /// Check configuration, mail server, database and key. Exit status 1 when a part does not work.
    Check {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command that the arguments name.
pub async fn run() -> ExitCode {
    let arguments = Arguments::parse();
    refuse_contradictions(&arguments.command);
    start_log();
    match execute(arguments.command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("regain: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Wrong usage that no option shows by itself ends here, as all wrong usage does.
fn refuse_contradictions(command: &Command) {
    if let Command::Assess(assess) = command
        && let Some(contradiction) = assess.contradiction()
    {
        Arguments::command().error(ErrorKind::ArgumentConflict, contradiction).exit();
    }
}

/// The log goes to standard error: lines for people or, with `REGAIN_LOG_FORMAT=json`, one JSON object a line.
fn start_log() {
    let filter = EnvFilter::try_from_env("REGAIN_LOG").unwrap_or_else(|_| "info".into());
    // Of an odd answer the library prints all of it, which may be somebody's entry.
    let filter = match "ldap3=off".parse() {
        Ok(silence) => filter.add_directive(silence),
        Err(_) => filter,
    };
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match ambient::variable("REGAIN_LOG_FORMAT").as_deref() {
        Some("json") => log.json().flatten_event(true).init(),
        _ => log.init(),
    }
}

async fn execute(command: Command) -> anyhow::Result<()> {
    let config = Config::load;
    match command {
        // It runs where nothing is installed: no configuration is looked for.
        Command::Assess(command) => assess::run(*command).await,
        Command::User(command) => user::run(config()?, command).await,
        Command::Group(command) => group::run(config()?, command).await,
        Command::Policy(command) => policy::run(config()?, command).await,
        Command::Role(command) => role::run(config()?, command).await,
        Command::Audit(command) => audit::run(config()?, command).await,
        Command::Serve { demo } => serve::serve(config()?, demo).await,
        Command::Migrate => upkeep::migrate(config()?).await,
        Command::Key(command) => upkeep::key(config()?, command).await,
        Command::Backup { file } => upkeep::backup_to(config()?, file).await,
        Command::Restore { file } => upkeep::restore_from(config()?, file).await,
        Command::Clock => upkeep::put_clock_right(config()?).await,
        Command::Check { json } => upkeep::check_all(config()?, json).await,
    }
}
