//! Puts the site's assets into the binary.
//!
//! `REGAIN_SITE`, set at compile time by `cargo xtask build`, is the absolute path of a bundle. Its
//! `manifest.json` becomes a table of `include_bytes!`. Without the variable the table is empty and a debug
//! build reads the bundle from `target/site` when it starts.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=REGAIN_SITE");
    println!("cargo::rerun-if-changed=build.rs");
    let table = match variable("REGAIN_SITE") {
        Some(site) => table(Path::new(&site))?,
        None => "&[]".to_owned(),
    };
    let out = variable("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    fs::write(Path::new(&out).join("site.rs"), table)?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a build script's arguments are environment variables")]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The table as a Rust expression: `&[Embedded { … }, …]`.
fn table(site: &Path) -> Result<String, Box<dyn Error>> {
    let manifest = site.join("manifest.json");
    println!("cargo::rerun-if-changed={}", manifest.display());
    let entries: BTreeMap<String, Value> = serde_json::from_str(&fs::read_to_string(&manifest)?)?;
    let mut table = String::from("&[\n");
    for (name, entry) in &entries {
        let path = entry["path"].as_str().ok_or("an entry has no path")?;
        let content_type = entry["type"].as_str().ok_or("an entry has no type")?;
        let fixed = entry["fixed"].as_str();
        let file = format!("{}{path}", site.display());
        let encoded = |suffix: &str| {
            if has_encoding(entry, suffix) {
                format!("Some(include_bytes!({:?}))", format!("{file}.{suffix}"))
            } else {
                "None".to_owned()
            }
        };
        writeln!(
            table,
            "Embedded {{ name: {name:?}, path: {path:?}, fixed: {fixed:?}, content_type: {content_type:?}, \
             identity: include_bytes!({file:?}), br: {}, gzip: {} }},",
            encoded("br"),
            encoded("gz"),
        )?;
    }
    table.push(']');
    Ok(table)
}

fn has_encoding(entry: &Value, suffix: &str) -> bool {
    entry["encodings"].as_array().is_some_and(|all| all.iter().any(|one| one == suffix))
}
