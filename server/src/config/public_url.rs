//! The address people know this installation by.

use anyhow::{bail, ensure};

/// An origin: scheme, host, port; no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: String,
    secure: bool,
}

impl PublicUrl {
    /// The default while developing.
    pub fn local(port: u16) -> Self {
        Self { origin: format!("http://localhost:{port}"), host: "localhost".to_owned(), secure: false }
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
        let uri: http::Uri = format!("{scheme}://{authority}/")
            .parse()
            .map_err(|_| anyhow::anyhow!("REGAIN_PUBLIC_URL: `{text}` is not an address"))?;
        let host = uri.host().unwrap_or_default().to_ascii_lowercase();
        ensure!(!host.is_empty(), "REGAIN_PUBLIC_URL has no host");
        let loopback = host == "localhost"
            || host
                .trim_matches(['[', ']'])
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback());
        match scheme {
            "https" => {}
            "http" if loopback => {}
            "http" => bail!("REGAIN_PUBLIC_URL must be https for any host but loopback"),
            _ => bail!("REGAIN_PUBLIC_URL must begin with https://"),
        }
        let secure = scheme == "https";
        Ok(Self { origin: format!("{scheme}://{}", authority.to_ascii_lowercase()), host, secure })
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The host alone.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether people reach it over TLS.
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// An absolute link to one of our pages; `path` begins with a slash.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}
