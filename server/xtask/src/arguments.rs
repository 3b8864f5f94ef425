//! The command line.

use crate::attack::{Options, Part as Attacked};
use crate::bench;

/// What `cargo xtask` can do.
pub const USAGE: &str = "\
Usage: cargo xtask <command>

  setup                    install what is missing for all other commands
  run [--release] [-- <arguments>]
                           build, then `regain serve --demo <arguments>`; quickly, in the profile of the tests,
                           or optimised
  build                    release build: target/release/regain, assets inside
  test [--only lint|rust|e2e] [-- <filter>]
                           all checks and tests; ends with `N passed, N failed`
  test <name>              the product's tests whose name contains this, on SQLite, while you work
  bench                    the budgets, measured: figure, budget, verdict
  bench build              the same for building: first page of a fresh clone, tests after it, changes seen
  attack [--relay|--blindness|--budgets] [--long | --pairs N]
                           what an attacker would try, on loopback: a table of threat, finding, verdict.
                           --relay: only the caller who talks people through a reset; --blindness: only known and
                           unknown names, 2,000 pairs for each surface, with --long 10,000; --budgets: the rest
  directories              real directories on loopback for tests you run yourself, until you press Enter
  watch [-- <arguments>]   debug build, rebuilt and restarted whenever a source file changes";

/// A parsed command line.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    Help,
    Setup,
    Run { release: bool, arguments: Vec<String> },
    Build,
    Test(Selection),
    TestNamed(String),
    Bench(bench::Part),
    Attack(Options),
    Directories,
    Watch(Vec<String>),
}

/// Which tests to run.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// One part instead of all.
    pub only: Option<Part>,
    /// Handed to `cargo test` and Playwright: only tests whose name contains it.
    pub filter: Option<String>,
}

/// A part of `cargo xtask test`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Lint,
    Rust,
    EndToEnd,
}

impl Selection {
    /// Whether `part` is to run. A filter is about tests, so the lints are left out.
    pub fn includes(&self, part: Part) -> bool {
        match self.only {
            Some(only) => only == part,
            None => self.filter.is_none() || part != Part::Lint,
        }
    }
}

/// Parses what follows `cargo xtask`.
pub fn parse(arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut own: Vec<String> = arguments.collect();
    let rest = match own.iter().position(|argument| argument == "--") {
        Some(at) => own.split_off(at).split_off(1),
        None => Vec::new(),
    };
    let words: Vec<&str> = own.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "--help" | "-h", ..] => Ok(Command::Help),
        ["run"] => Ok(Command::Run { release: false, arguments: rest }),
        ["run", "--release"] => Ok(Command::Run { release: true, arguments: rest }),
        ["directories"] => Ok(Command::Directories),
        ["watch"] => Ok(Command::Watch(rest)),
        ["test", name] if !name.starts_with('-') && rest.is_empty() => {
            Ok(Command::TestNamed((*name).to_owned()))
        }
        ["test", options @ ..] => selection(options, &rest).map(Command::Test),
        ["attack", options @ ..] if rest.is_empty() => attack(options).map(Command::Attack),
        [command, ..] if !rest.is_empty() => Err(format!("`{command}` takes no arguments")),
        ["setup"] => Ok(Command::Setup),
        ["build"] => Ok(Command::Build),
        ["bench"] => Ok(Command::Bench(bench::Part::Product)),
        ["bench", "build"] => Ok(Command::Bench(bench::Part::Build)),
        _ => Err(format!("not understood: {}", words.join(" "))),
    }
}

fn attack(options: &[&str]) -> Result<Options, String> {
    let (only, counted) = match options {
        ["--relay", counted @ ..] => (Some(Attacked::Relay), counted),
        ["--blindness", counted @ ..] => (Some(Attacked::Blindness), counted),
        ["--budgets", counted @ ..] => (Some(Attacked::Budgets), counted),
        counted => (None, counted),
    };
    let pairs = match counted {
        [] => Some(Options::PAIRS),
        ["--long"] => Some(Options::MANY_PAIRS),
        ["--pairs", count] => count.parse().ok().filter(|count| *count > 0),
        _ => None,
    };
    let pairs = pairs.ok_or_else(|| format!("not understood: {}", options.join(" ")))?;
    Ok(Options { only, pairs })
}

fn selection(options: &[&str], rest: &[String]) -> Result<Selection, String> {
    let only = match options {
        [] => None,
        ["--only", "lint"] => Some(Part::Lint),
        ["--only", "rust"] => Some(Part::Rust),
        ["--only", "e2e"] => Some(Part::EndToEnd),
        _ => return Err(format!("not understood: {}", options.join(" "))),
    };
    match rest {
        [] => Ok(Selection { only, filter: None }),
        [filter] => Ok(Selection { only, filter: Some(filter.clone()) }),
        _ => Err("one filter at a time".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn what_follows_the_dashes_is_for_the_server() {
        let run = |release, arguments: &[&str]| {
            Ok(Command::Run { release, arguments: arguments.iter().map(ToString::to_string).collect() })
        };
        assert_eq!(parsed("run -- --help"), run(false, &["--help"]));
        assert_eq!(parsed("run"), run(false, &[]));
        assert_eq!(parsed("run --release -- --help"), run(true, &["--help"]));
        assert!(parsed("run --fast").is_err());
    }

    #[test]
    fn a_filter_leaves_the_lints_out() {
        let Ok(Command::Test(selection)) = parsed("test -- captcha") else { panic!("a test command") };
        assert!(selection.includes(Part::Rust) && selection.includes(Part::EndToEnd));
        assert!(!selection.includes(Part::Lint));
    }

    #[test]
    fn a_name_alone_is_for_the_inner_loop() {
        assert_eq!(parsed("test captcha"), Ok(Command::TestNamed("captcha".to_owned())));
        assert!(parsed("test captcha other").is_err());
        assert_eq!(parsed("bench build"), Ok(Command::Bench(bench::Part::Build)));
    }

    #[test]
    fn one_part_excludes_the_others() {
        let Ok(Command::Test(selection)) = parsed("test --only lint") else { panic!("a test command") };
        assert!(selection.includes(Part::Lint));
        assert!(!selection.includes(Part::Rust));
    }

    #[test]
    fn an_attack_is_whole_or_the_relay_alone_and_long_if_asked() {
        let attack = |only, pairs| Ok(Command::Attack(Options { only, pairs }));
        assert_eq!(parsed("attack"), attack(None, 2_000));
        assert_eq!(parsed("attack --relay"), attack(Some(Attacked::Relay), 2_000));
        assert_eq!(parsed("attack --long"), attack(None, 10_000));
        assert_eq!(parsed("attack --relay --pairs 50"), attack(Some(Attacked::Relay), 50));
        assert!(parsed("attack --pairs none").is_err());
        assert!(parsed("attack -- --long").is_err());
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(parsed("test --only everything").is_err());
        assert!(parsed("build quickly").is_err());
        assert!(parsed("bench -- fast").is_err());
        assert!(parsed("test -- one two").is_err());
    }
}
