//! The folder of files with their hashes, and its manifest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Quality, compress, hex};
use crate::workspace::Workspace;

/// What the manifest says of one file. The key is its logical name.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Address with the hash, also the path below the folder.
    pub path: String,
    /// Address without, for the files of `public/`: some have to be where others look for them.
    pub fixed: Option<String>,
    /// `Content-Type`.
    #[serde(rename = "type")]
    pub content_type: String,
    /// Suffixes of the compressed siblings: `br`, `gz`.
    pub encodings: Vec<String>,
}

/// Reads the manifest of a bundle.
pub fn manifest(folder: &Path) -> Result<BTreeMap<String, Entry>> {
    let file = folder.join("manifest.json");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(serde_json::from_str(&text)?)
}

/// A bundle being written. The one before stays until this is complete.
pub struct Site {
    draft: PathBuf,
    finished: PathBuf,
    quality: Quality,
    entries: BTreeMap<String, Entry>,
}

impl Site {
    pub fn begin(workspace: &Workspace, quality: Quality) -> Result<Self> {
        Self::at(workspace.target("site.new"), workspace.site(), quality)
    }

    fn at(draft: PathBuf, finished: PathBuf, quality: Quality) -> Result<Self> {
        if draft.exists() {
            fs::remove_dir_all(&draft)?;
        }
        fs::create_dir_all(draft.join("assets"))?;
        Ok(Self { draft, finished, quality, entries: BTreeMap::new() })
    }

    /// Adds a file and returns its address.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<String> {
        self.write(name, None, bytes)
    }

    /// Adds a file that also answers at its own name.
    pub fn add_public(&mut self, name: &str, bytes: &[u8]) -> Result<String> {
        self.write(name, Some(format!("/{name}")), bytes)
    }

    fn write(&mut self, name: &str, fixed: Option<String>, bytes: &[u8]) -> Result<String> {
        let (content_type, compressible) = kind(name)?;
        let path = hashed(name, bytes);
        let file = format!("{}{path}", self.draft.display());
        fs::write(&file, bytes)?;
        let mut encodings = Vec::new();
        if compressible && self.quality == Quality::Release {
            for (suffix, small) in [("br", compress::brotli(bytes)?), ("gz", compress::gzip(bytes)?)] {
                if small.len() < bytes.len() {
                    fs::write(format!("{file}.{suffix}"), small)?;
                    encodings.push(suffix.to_owned());
                }
            }
        }
        let entry = Entry { path: path.clone(), fixed, content_type: content_type.to_owned(), encodings };
        match self.entries.insert(name.to_owned(), entry) {
            Some(_) => bail!("two files are named {name}"),
            None => Ok(path),
        }
    }

    /// Writes the manifest and puts the bundle in the place of the one before.
    pub fn finish(self) -> Result<()> {
        fs::write(self.draft.join("manifest.json"), serde_json::to_string_pretty(&self.entries)?)?;
        if self.finished.exists() {
            fs::remove_dir_all(&self.finished)?;
        }
        fs::rename(&self.draft, &self.finished)?;
        Ok(())
    }
}

/// `icons/192.png` becomes `/assets/icons-192-<hash>.png`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let flat = name.replace('/', "-");
    let (stem, end) = flat.rsplit_once('.').unwrap_or((&flat, ""));
    let digits = hex(&Sha256::digest(bytes)[..8]);
    format!("/assets/{stem}-{digits}.{end}")
}

/// The content type that goes with a name, and whether compression helps.
fn kind(name: &str) -> Result<(&'static str, bool)> {
    Ok(match name.rsplit('.').next().unwrap_or_default() {
        "css" => ("text/css; charset=utf-8", true),
        "ico" => ("image/x-icon", true),
        "js" => ("text/javascript; charset=utf-8", true),
        "json" => ("application/json", true),
        "png" => ("image/png", false),
        "svg" => ("image/svg+xml", true),
        "txt" => ("text/plain; charset=utf-8", true),
        "wasm" => ("application/wasm", true),
        "webmanifest" => ("application/manifest+json", true),
        "webp" => ("image/webp", false),
        "woff2" => ("font/woff2", false),
        _ => bail!("no content type is known for {name}; add it to the bundle's table"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(folder: &Path, style: &[u8]) -> BTreeMap<String, Entry> {
        let finished = folder.join("site");
        let mut site = Site::at(folder.join("new"), finished.clone(), Quality::Release).expect("a draft");
        site.add("regain.css", style).expect("added");
        site.add_public("icons/192.png", b"picture").expect("added");
        site.finish().expect("finished");
        manifest(&finished).expect("a manifest")
    }

    #[test]
    fn the_manifest_names_each_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let style = b"p{margin:0}".repeat(50);
        let entries = bundle(folder.path(), &style);
        let css = &entries["regain.css"];
        assert_eq!(css.encodings, ["br", "gz"]);
        assert_eq!(css.fixed, None);
        let file = format!("{}{}", folder.path().join("site").display(), css.path);
        assert_eq!(fs::read(&file).expect("a file"), style);
        assert!(fs::metadata(format!("{file}.br")).expect("a sibling").len() < 100);
        assert_eq!(entries["icons/192.png"].fixed.as_deref(), Some("/icons/192.png"));
        assert!(entries["icons/192.png"].encodings.is_empty());
    }

    #[test]
    fn another_content_is_another_address_and_the_old_one_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        let one = bundle(folder.path(), b"one").remove("regain.css").expect("an entry").path;
        let two = bundle(folder.path(), b"two").remove("regain.css").expect("an entry").path;
        assert_ne!(one, two);
        assert!(!folder.path().join(format!("site{one}")).exists());
    }

    #[test]
    fn an_unknown_kind_is_refused() {
        assert!(kind("notes.docx").is_err());
    }
}
