//! The bundle: WebAssembly, its glue, the style sheet and the files of `public/`, in `target/site`.
//!
//! Each file gets a name with a hash of its content, Brotli and gzip siblings, and a line in `manifest.json`.
//! The server embeds the folder (`server/build.rs`) or, in a debug build, reads it when it starts.

mod compress;
mod contents;
mod script;
mod site;
mod style;
mod wasm;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::say;
use crate::workspace::Workspace;
use site::Site;

pub use site::manifest;

/// How much work goes into a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// Quick to make, large: for `cargo xtask watch`.
    Draft,
    /// As small as can be.
    Release,
}

/// Makes `target/site`, unless it was made from the same input before.
pub fn make(workspace: &Workspace, quality: Quality) -> Result<()> {
    let compiled = wasm::compile(workspace, quality)?;
    let style = style::sheet(&workspace.path("style"))?;
    let boot = fs::read_to_string(workspace.path("src/boot.js")).context("cannot read src/boot.js")?;
    let public = files_below(&workspace.path("public"))?;
    let input = input_digest(quality, &compiled, &[&style, &boot], &public)?;
    let stamp = workspace.target("site.stamp");
    if workspace.site().join("manifest.json").exists()
        && fs::read_to_string(&stamp).is_ok_and(|old| old == input)
    {
        return Ok(());
    }
    say::step("Bundling the site into target/site");
    let bound = wasm::bind(workspace, &compiled, quality)?;
    let mut site = Site::begin(workspace, quality)?;
    let module = site.add("regain.wasm", &bound.module)?;
    let boot = script::with_addresses(&boot, &[("./regain.wasm", &module)])?;
    let script = [bound.glue, boot].join("\n");
    site.add("regain.js", script::minified(&script).as_bytes())?;
    site.add("regain.css", style.as_bytes())?;
    for file in &public {
        site.add_public(&file.name, &fs::read(&file.path)?)?;
    }
    site.finish()?;
    fs::write(stamp, input)?;
    Ok(())
}

/// A file and its name relative to the folder it was found in, with `/` between the parts.
#[derive(Debug)]
struct Found {
    name: String,
    path: PathBuf,
}

/// All files below a folder in the order of their names; a folder that is not there has none.
fn files_below(folder: &Path) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    let mut folders = vec![(String::new(), folder.to_owned())];
    while let Some((prefix, folder)) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
            let path = entry?.path();
            let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if path.is_dir() {
                folders.push((format!("{name}/"), path));
            } else if !name.starts_with('.') {
                found.push(Found { name, path });
            }
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// A digest of everything that decides what the bundle looks like, this program included.
fn input_digest(quality: Quality, compiled: &Path, texts: &[&str], public: &[Found]) -> Result<String> {
    let mut digest = Sha256::new();
    let mut part = |bytes: &[u8]| {
        digest.update(bytes.len().to_le_bytes());
        digest.update(bytes);
    };
    part(format!("{quality:?}").as_bytes());
    part(&fs::read(std::env::current_exe()?)?);
    part(&fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?);
    for text in texts {
        part(text.as_bytes());
    }
    for file in public {
        part(file.name.as_bytes());
        part(&fs::read(&file.path)?);
    }
    Ok(hex(&digest.finalize()))
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_below_folders_in_order() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("icons")).expect("a folder");
        for name in ["robots.txt", "icons/192.png", ".hidden"] {
            fs::write(folder.path().join(name), "").expect("a file");
        }
        let names: Vec<String> =
            files_below(folder.path()).expect("a list").into_iter().map(|file| file.name).collect();
        assert_eq!(names, ["icons/192.png", "robots.txt"]);
    }

    #[test]
    fn bytes_become_digits() {
        assert_eq!(hex(&[0x00, 0xaf, 0x10]), "00af10");
    }
}
