//! A person's browser, as far as forms, redirects and cookies go.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::http::{Connection, Reply};

/// A browser behind a trusted proxy, at an address of its own: limits for one address are not what is measured.
pub struct Browser {
    port: u16,
    address: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub fn new(port: u16, address: String) -> Self {
        Self { port, address, cookies: BTreeMap::new() }
    }

    /// The page at a path, redirects followed.
    pub fn get(&mut self, path: &str) -> Result<Reply> {
        let mut reply = self.send("GET", path, "")?;
        for _ in 0..5 {
            if !(300..400).contains(&reply.status) {
                break;
            }
            let next = reply.location.clone();
            reply = self.send("GET", &next, "")?;
        }
        ensure!(reply.status == 200, "GET {path} answered {}", reply.status);
        Ok(reply)
    }

    /// The page that a posted form leads to.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Reply> {
        let body = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value)));
        let body = body.collect::<Vec<_>>().join("&");
        let reply = self.send("POST", path, &body)?;
        ensure!(reply.status == 303, "POST {path} answered {}", reply.status);
        self.get(&reply.location)
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> Result<Reply> {
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nAccept: text/html\r\nSec-Fetch-Site: same-origin\r\n\
             X-Forwarded-For: {}\r\n",
            self.port, self.address
        );
        for (name, value) in &self.cookies {
            write!(request, "Cookie: {name}={value}\r\n")?;
        }
        if method == "POST" {
            let form = "Content-Type: application/x-www-form-urlencoded";
            write!(request, "{form}\r\nContent-Length: {}\r\n", body.len())?;
        }
        write!(request, "\r\n{body}")?;
        // A new connection each time: one that waits for a puzzle would be closed meanwhile.
        let reply = Connection::open(self.port)?.exchange(&request)?;
        for cookie in &reply.cookies {
            self.keep(cookie)?;
        }
        Ok(reply)
    }

    fn keep(&mut self, cookie: &str) -> Result<()> {
        let (pair, attributes) = cookie.split_once(';').context("a cookie without attributes")?;
        let (name, value) = pair.split_once('=').context("a cookie without a value")?;
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Ok(())
    }
}

fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
        escaped
    })
}

/// The value of an input on a page.
pub fn input(page: &str, name: &str) -> Result<String> {
    let marker = format!("name=\"{name}\"");
    let tag = page.split('<').find(|tag| tag.starts_with("input") && tag.contains(&marker));
    let value = tag.and_then(|tag| tag.split_once("value=\"")).and_then(|(_, rest)| rest.split('"').next());
    value.map(ToOwned::to_owned).with_context(|| format!("the page has no input {name}"))
}

/// What *Check without typing* finds: the number after which SHA-256 begins with that many zero bits.
pub fn solve(page: &str) -> Result<String> {
    let page = page.replace("&quot;", "\"");
    let seed = between(&page, "\"seed\":\"", "\"").context("the page has no proof of work")?;
    let bits: u32 = between(&page, "\"bits\":", "}")
        .and_then(|rest| rest.split(',').next())
        .context("no bits")?
        .parse()?;
    let prefix = Sha256::new().chain_update(format!("{seed}:"));
    let solves = |nonce: &u64| {
        let digest = prefix.clone().chain_update(nonce.to_string()).finalize();
        let first = digest.iter().take(4).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        first.leading_zeros() >= bits
    };
    (0..u64::MAX).find(solves).map(|nonce| nonce.to_string()).context("there is no solution")
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.split_once(before)?.1.split(after).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_and_puzzles_are_read_from_the_page() {
        let page = r#"<input type="hidden" name="captcha" value="abc"><leptos-island data-props="{&quot;seed&quot;:&quot;s&quot;,&quot;bits&quot;:4,&quot;done&quot;:&quot;x&quot;}">"#;
        assert_eq!(input(page, "captcha").expect("an input"), "abc");
        assert!(input(page, "username").is_err());
        let nonce = solve(page).expect("a solution");
        assert!(Sha256::digest(format!("s:{nonce}"))[0] < 16);
    }

    #[test]
    fn forms_are_escaped() {
        assert_eq!(escaped("a b+ü"), "a%20b%2B%C3%BC");
    }
}
