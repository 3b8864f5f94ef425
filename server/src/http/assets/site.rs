//! The table of files, from the binary or from `target/site`.

use std::collections::HashMap;
#[cfg(debug_assertions)]
use std::path::Path;

#[cfg(debug_assertions)]
use serde::Deserialize;

/// One file of the bundle. All of them live as long as the process.
#[derive(Debug)]
pub(super) struct File {
    /// Logical name.
    pub name: &'static str,
    /// Address with the hash.
    pub path: &'static str,
    /// Address without, if browsers look for one.
    pub fixed: Option<&'static str>,
    pub content_type: &'static str,
    pub identity: &'static [u8],
    pub br: Option<&'static [u8]>,
    pub gzip: Option<&'static [u8]>,
}

/// The build script's name for [`File`].
type Embedded = File;

static EMBEDDED: &[Embedded] = include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// All files, by name and by address.
#[derive(Debug, Default)]
pub(super) struct Site {
    by_name: HashMap<&'static str, &'static str>,
    by_address: HashMap<&'static str, &'static File>,
}

impl Site {
    /// The embedded files, else those of the last bundle.
    pub(super) fn load() -> Self {
        if EMBEDDED.is_empty() { Self::of_last_bundle() } else { Self::new(EMBEDDED) }
    }

    fn new(files: &'static [File]) -> Self {
        let by_name = files.iter().map(|file| (file.name, file.path)).collect();
        let by_address = files
            .iter()
            .flat_map(|file| [Some(file.path), file.fixed].into_iter().flatten().map(move |at| (at, file)));
        Self { by_name, by_address: by_address.collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// The hashed address of a logical name.
    pub(super) fn address(&self, name: &str) -> Option<&'static str> {
        self.by_name.get(name).copied()
    }

    /// The file at an address.
    pub(super) fn at(&self, address: &str) -> Option<&'static File> {
        self.by_address.get(address).copied()
    }

    /// The addresses outside `/assets`.
    pub(super) fn fixed_addresses(&self) -> impl Iterator<Item = &'static str> {
        self.by_address.iter().filter(|(at, file)| **at != file.path).map(|(at, _)| *at)
    }

    #[cfg(not(debug_assertions))]
    fn of_last_bundle() -> Self {
        Self::default()
    }

    /// A folder without a bundle, or with a broken one, is an empty site: pages work without it.
    #[cfg(debug_assertions)]
    fn of_last_bundle() -> Self {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site"));
        match read(folder) {
            Ok(files) => Self::new(Vec::leak(files)),
            Err(error) => {
                tracing::warn!(folder = %folder.display(), %error, "no bundle; `cargo xtask build` makes one");
                Self::default()
            }
        }
    }
}

#[cfg(debug_assertions)]
#[derive(Deserialize)]
struct Entry {
    path: String,
    fixed: Option<String>,
    #[serde(rename = "type")]
    content_type: String,
    encodings: Vec<String>,
}

/// Reads a bundle for good: its files are leaked, once for each process.
#[cfg(debug_assertions)]
fn read(folder: &Path) -> std::io::Result<Vec<File>> {
    let manifest: HashMap<String, Entry> =
        serde_json::from_slice(&std::fs::read(folder.join("manifest.json"))?)?;
    manifest.into_iter().map(|(name, entry)| read_file(folder, name, entry)).collect()
}

#[cfg(debug_assertions)]
fn read_file(folder: &Path, name: String, entry: Entry) -> std::io::Result<File> {
    let bytes = |suffix: &str| -> std::io::Result<&'static [u8]> {
        std::fs::read(format!("{}{}{suffix}", folder.display(), entry.path)).map(|bytes| &*Vec::leak(bytes))
    };
    let encoded = |name: &str| {
        let has = entry.encodings.iter().any(|encoding| encoding == name);
        has.then(|| bytes(&format!(".{name}"))).transpose()
    };
    Ok(File {
        identity: bytes("")?,
        br: encoded("br")?,
        gzip: encoded("gz")?,
        name: String::leak(name),
        path: String::leak(entry.path.clone()),
        fixed: entry.fixed.clone().map(|fixed| &*String::leak(fixed)),
        content_type: String::leak(entry.content_type.clone()),
    })
}

#[cfg(all(test, debug_assertions))]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"{
        "favicon.ico": {"path": "/assets/favicon-1.ico", "fixed": "/favicon.ico", "type": "image/x-icon", "encodings": []},
        "regain.css": {"path": "/assets/regain-2.css", "fixed": null, "type": "text/css", "encodings": ["br"]}
    }"#;

    #[test]
    fn a_bundle_is_read_from_its_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let write =
            |name: &str, bytes: &str| std::fs::write(folder.path().join(name), bytes).expect("a file");
        std::fs::create_dir(folder.path().join("assets")).expect("a folder");
        write("manifest.json", MANIFEST);
        write("assets/favicon-1.ico", "icon");
        write("assets/regain-2.css", "body{}");
        write("assets/regain-2.css.br", "small");

        let site = Site::new(Vec::leak(read(folder.path()).expect("a bundle")));

        assert_eq!(site.address("regain.css"), Some("/assets/regain-2.css"));
        assert_eq!(site.at("/assets/regain-2.css").and_then(|file| file.br), Some(b"small".as_slice()));
        assert_eq!(site.at("/favicon.ico").map(|file| file.identity), Some(b"icon".as_slice()));
        assert_eq!(site.fixed_addresses().collect::<Vec<_>>(), ["/favicon.ico"]);
        assert_eq!(site.at("/assets/../manifest.json").map(|file| file.name), None);
    }

    #[test]
    fn a_folder_without_a_bundle_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(read(folder.path()).is_err());
    }
}
