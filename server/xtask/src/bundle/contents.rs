//! What must not be in the module.

use anyhow::{Result, ensure};

/// Crates of the server. Each would cost a visitor more than all islands together.
///
/// The dependency graph cannot tell: Leptos itself names `regex`, and the linker leaves it out as long as nothing
/// calls it. The compiled module keeps the names of its functions, so it can.
const HEAVY: [&str; 6] = ["fluent_bundle", "jiff", "regex_automata", "sqlx_core", "tokio", "zxcvbn"];

/// Refuses a module with functions of a crate that belongs on the server.
pub fn check(module: &[u8]) -> Result<()> {
    let found: Vec<&str> = HEAVY.into_iter().filter(|name| has_functions_of(module, name)).collect();
    ensure!(found.is_empty(), "the WebAssembly module has code of {}", found.join(", "));
    Ok(())
}

/// In the name of a function each part stands behind its length: `4jiff`.
fn has_functions_of(module: &[u8], name: &str) -> bool {
    let mangled = format!("{}{name}", name.len()).into_bytes();
    let first = mangled[0];
    let mut starts = module.iter().enumerate().filter(|(_, byte)| **byte == first);
    starts.any(|(at, _)| module[at..].starts_with(&mangled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_of_the_server_is_refused() {
        assert!(
            check(b"\0asm _ZN4jiff9timestamp3now17h0E").expect_err("refused").to_string().contains("jiff")
        );
        assert!(check(b"_RNvCs1_14regex_automata4find").is_err());
    }

    #[test]
    fn a_mention_is_no_code() {
        assert!(check(b"\0asm __wbg_new_regexp jiff tokio _ZN6tachys4view17h0E").is_ok());
    }
}
