//! What `cargo xtask` prints, in one place.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks")]

/// A step begins.
pub fn step(text: &str) {
    println!("==> {text}");
}

/// Something is about to be installed or fetched.
pub fn installing(what: &str, why: &str) {
    println!("==> Installing {what}: {why}");
}

/// A plain line.
pub fn line(text: &str) {
    println!("{text}");
}

/// What went wrong, on standard error.
pub fn problem(text: &str) {
    eprintln!("error: {text}");
}
