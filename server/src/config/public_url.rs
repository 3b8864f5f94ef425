//! The address people know this installation by.

use anyhow::{Context as _, bail, ensure};

use super::origin::{Origin, is_loopback};

/// An origin: scheme, host, port; no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    text: String,
    origin: Origin,
    secure: bool,
}

impl PublicUrl {
    /// The default while developing.
    pub fn local(port: u16) -> Self {
        let text = format!("http://localhost:{port}");
        Self { text, origin: Origin::local(port), secure: false }
    }

    /// Reads `https://id.example.com`; http only for loopback; refuses paths.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let Some((scheme, rest)) = text.split_once("://") else {
            bail!("REGAIN_PUBLIC_URL must look like https://id.example.com");
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        ensure!(
            !authority.contains(['/', '?', '#']),
            "REGAIN_PUBLIC_URL must not have a path: Regain needs a host name of its own, such as https://id.example.com"
        );
        ensure!(!authority.contains('@'), "REGAIN_PUBLIC_URL must not hold a user name");
        ensure!(matches!(scheme, "https" | "http"), "REGAIN_PUBLIC_URL must begin with https://");
        ensure!(!authority.is_empty(), "REGAIN_PUBLIC_URL has no host");
        let text = format!("{scheme}://{}", authority.to_ascii_lowercase());
        let origin =
            Origin::parse(&text).with_context(|| format!("REGAIN_PUBLIC_URL: `{text}` is not an address"))?;
        let secure = scheme == "https";
        ensure!(
            secure || is_loopback(&origin.host),
            "REGAIN_PUBLIC_URL must be https for any host but loopback"
        );
        Ok(Self { text, origin, secure })
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.text
    }

    /// The same, as it is compared with what browsers tell.
    pub fn parts(&self) -> &Origin {
        &self.origin
    }

    /// The host alone.
    pub fn host(&self) -> &str {
        &self.origin.host
    }

    /// Whether people reach it over TLS.
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// The address of `path` with the port written out, and without one: who signs an address signs one or the other.
    pub fn with_and_without_port(&self, path: &str) -> [String; 2] {
        [self.origin.with_port(), self.origin.without_port()].map(|origin| format!("{origin}{path}"))
    }

    /// An absolute link to one of our pages; `path` begins with a slash.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.text)
    }
}
