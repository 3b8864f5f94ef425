//! A person's browser, as far as forms, redirects and cookies go.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::clock;
use crate::http::{Connection, Reply};
use crate::puzzle::solve;

/// A connection that waited longer is not used again: the server may be closing it.
const STALE: Duration = Duration::from_secs(2);

/// A browser at an address of its own on loopback: limits for one address are one browser's.
pub struct Browser {
    port: u16,
    source: Ipv4Addr,
    agent: String,
    cookies: BTreeMap<String, String>,
    /// The page that is shown, whose forms are posted.
    page: String,
    open: Option<(Connection, Instant)>,
}

impl Browser {
    pub fn new(port: u16, source: Ipv4Addr) -> Self {
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned();
        Self { port, source, agent, cookies: BTreeMap::new(), page: String::new(), open: None }
    }

    /// The same browser under another name.
    pub fn named(mut self, agent: &str) -> Self {
        agent.clone_into(&mut self.agent);
        self
    }

    /// One without cookies at the same address.
    pub fn another(&self) -> Self {
        Self::new(self.port, self.source).named(&self.agent)
    }

    /// The page at a path, redirects followed.
    pub fn get(&mut self, path: &str) -> Result<Reply> {
        let reply = self.look(path)?;
        ensure!(reply.status == 200, "GET {path} answered {}", reply.status);
        Ok(reply)
    }

    /// The page at a path, redirects followed, whatever its status.
    pub fn look(&mut self, path: &str) -> Result<Reply> {
        let reply = self.ask(path)?;
        self.follow(reply)
    }

    /// What is at a path, redirects not followed.
    pub fn ask(&mut self, path: &str) -> Result<Reply> {
        self.send("GET", path, "", &[])
    }

    /// The page that a posted form leads to.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Reply> {
        let title = |page: &str| between(page, "<title>", "</title>").unwrap_or_default().to_owned();
        let page = title(&self.page);
        let reply = self.submit(path, fields)?;
        let status = reply.status;
        ensure!(status == 303, "POST {path} on “{page}” answered {status} “{}”", title(&reply.body));
        let page = self.follow(reply)?;
        ensure!(page.status == 200, "POST {path} led to {}", page.status);
        Ok(page)
    }

    /// Posts the form of the page that is shown, with what it holds already; redirects not followed.
    pub fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Reply> {
        let mut filled = filled(&self.page, path);
        // As the island does; who solved it before hands the solution in.
        if let Some(solution) = filled.iter_mut().find(|(name, value)| name == "solution" && value.is_empty())
            && fields.iter().all(|(name, _)| *name != "solution")
        {
            solution.1 = solve(form(&self.page, path))?;
        }
        let kept = filled.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = kept.filter(|(name, _)| fields.iter().all(|(given, _)| given != name));
        let pairs = kept.chain(fields.iter().copied());
        let pairs: Vec<_> = pairs.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let form = ("Content-Type", "application/x-www-form-urlencoded");
        self.send("POST", path, &pairs.join("&"), &[form])
    }

    /// The page that an answer leads to.
    pub fn follow(&mut self, mut reply: Reply) -> Result<Reply> {
        for _ in 0..5 {
            if !(300..400).contains(&reply.status) {
                break;
            }
            let next = reply.location.clone();
            reply = self.ask(&next)?;
        }
        Ok(reply)
    }

    /// Any request.
    pub fn send(&mut self, method: &str, path: &str, body: &str, more: &[(&str, &str)]) -> Result<Reply> {
        let request = self.request(method, path, body, more)?;
        let mut connection = match self.open.take() {
            Some((open, used)) if used.elapsed() < STALE => open,
            _ => Connection::open_from(self.source, self.port)?,
        };
        let reply = connection.exchange(&request)?;
        let closes = |(name, value): &(String, String)| {
            name.eq_ignore_ascii_case("connection") && value.eq_ignore_ascii_case("close")
        };
        self.open = (!reply.headers.iter().any(closes)).then(|| (connection, clock::now()));
        for cookie in &reply.cookies {
            self.keep(cookie)?;
        }
        if !(300..400).contains(&reply.status) {
            reply.body.clone_into(&mut self.page);
        }
        Ok(reply)
    }

    fn request(&self, method: &str, path: &str, body: &str, more: &[(&str, &str)]) -> Result<String> {
        let (port, agent) = (self.port, &self.agent);
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nUser-Agent: {agent}\r\nAccept: text/html\r\n\
             Sec-Fetch-Site: same-origin\r\n"
        );
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            write!(request, "Cookie: {}\r\n", cookies.join("; "))?;
        }
        for (name, value) in more {
            write!(request, "{name}: {value}\r\n")?;
        }
        if method == "POST" {
            write!(request, "Origin: http://localhost:{port}\r\nContent-Length: {}\r\n", body.len())?;
        }
        write!(request, "\r\n{body}")?;
        Ok(request)
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

/// Text as it was before it went into HTML.
pub fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// What the form that posts to `action` holds already, as a browser would send it: hidden fields, and what is filled in.
fn filled(page: &str, action: &str) -> Vec<(String, String)> {
    let tags = form(page, action).split('<').filter(|tag| tag.starts_with("input") && is_sent(tag));
    tags.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default())))
        .collect()
}

/// The inside of the form that posts to `action`.
fn form<'p>(page: &'p str, action: &str) -> &'p str {
    let marker = format!("action=\"{action}\"");
    let posts = |tag: &str| tag.contains(&marker) && tag.contains("method=\"post\"");
    let opens = |form: &&str| form.split('>').next().is_some_and(posts);
    let form = page.split("<form").skip(1).find(opens);
    form.and_then(|form| form.split("</form>").next()).unwrap_or_default()
}

fn is_sent(tag: &str) -> bool {
    match between(tag, " type=\"", "\"") {
        Some("radio" | "checkbox") => tag.contains(" checked"),
        Some("submit" | "button" | "image" | "file") => false,
        _ => true,
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    between(tag, &format!(" {name}=\""), "\"").map(unescaped)
}

/// The value of an input on a page.
pub fn input(page: &str, name: &str) -> Result<String> {
    let marker = format!(" name=\"{name}\"");
    let tag = page.split('<').find(|tag| tag.starts_with("input") && tag.contains(&marker));
    tag.and_then(|tag| attribute(tag, "value")).with_context(|| format!("the page has no input {name}"))
}

/// The values of all inputs of a name.
pub fn values_of(page: &str, name: &str) -> Vec<String> {
    let marker = format!(" name=\"{name}\"");
    let inputs = page.split('<').filter(|tag| tag.starts_with("input") && tag.contains(&marker));
    inputs.filter_map(|tag| between(tag, " value=\"", "\"").map(ToOwned::to_owned)).collect()
}

/// The names of all inputs of a value.
pub fn names_of(page: &str, value: &str) -> Vec<String> {
    let marker = format!(" value=\"{value}\"");
    let inputs = page.split('<').filter(|tag| tag.starts_with("input") && tag.contains(&marker));
    inputs.filter_map(|tag| between(tag, " name=\"", "\"").map(ToOwned::to_owned)).collect()
}

/// What stands between two texts.
pub fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.split_once(before)?.1.split(after).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_read_from_the_page() {
        let page = r#"<input type="hidden" name="captcha" value="abc">"#;
        assert_eq!(input(page, "captcha").expect("an input"), "abc");
        assert!(input(page, "username").is_err());
    }

    #[test]
    fn a_form_is_posted_with_what_it_holds() {
        let page = r#"<form method="get" action="/a"></form>
            <form method="post" action="/a"><input type="hidden" name="mark" value="1&amp;2"></form>
            <form action="/b" method="post"><input name="typed" value="3"><input type="radio" name="one" value="x">
            <input type="radio" name="one" value="y" checked><input type="submit" name="go" value="5"></form>"#;
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(filled(page, "/a"), [pair("mark", "1&2")]);
        assert_eq!(filled(page, "/b"), [pair("typed", "3"), pair("one", "y")]);
        assert!(filled(page, "/c").is_empty());
    }

    #[test]
    fn forms_are_escaped() {
        assert_eq!(escaped("a b+ü"), "a%20b%2B%C3%BC");
    }
}
