//! A browser: cookies, forms and their marks, redirects, nothing else.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::{Method, Request};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use regain_app::form_mark::{FIELD, Subject};

/// A person's browser. Clones share nothing: a clone is a second browser with the same cookies.
#[derive(Clone)]
pub struct Browser {
    server: SocketAddr,
    pub cookies: BTreeMap<String, String>,
    /// Whether it takes cookies at all.
    pub keeps_cookies: bool,
    /// Sent as `X-Forwarded-For` by a trusted proxy.
    pub address: String,
    /// Sent with every request, in place of what the browser would say itself.
    pub headers: Vec<(&'static str, &'static str)>,
    client: Client<HttpConnector, Full<Bytes>>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: hyper::HeaderMap,
    pub body: String,
}

impl Reply {
    pub fn location(&self) -> &str {
        self.headers.get("location").and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The value of the hidden or visible input `name`.
    pub fn input(&self, name: &str) -> String {
        let marker = format!("name=\"{name}\"");
        let tag = self
            .body
            .split('<')
            .find(|tag| tag.starts_with("input") && tag.contains(&marker))
            .unwrap_or_else(|| panic!("no input {name} in {}", self.body));
        let value = tag.split_once("value=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap_or(""));
        unescape(value)
    }

    /// The page's text without tags, white space folded.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for part in self.body.split('<').skip(1) {
            if !part.starts_with("script") && !part.starts_with("style") {
                text.push(' ');
                text.push_str(part.split_once('>').map_or("", |(_, rest)| rest));
            }
        }
        unescape(&text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    #[track_caller]
    pub fn assert_shows(&self, text: &str) -> &Self {
        assert!(self.text().contains(text), "{text:?} is not on the page ({}): {}", self.status, self.text());
        self
    }

    #[track_caller]
    pub fn assert_hides(&self, text: &str) -> &Self {
        assert!(!self.text().contains(text), "{text:?} is on the page: {}", self.text());
        self
    }
}

pub(super) fn unescape(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// A text as it stands in a form's body.
pub fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// A form's body.
pub fn encode(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The body of a form with its mark.
fn with_mark(body: Vec<u8>, mark: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let kind = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let kind = kind.map_or("application/x-www-form-urlencoded", |(_, kind)| kind);
    if let Some((_, boundary)) = kind.split_once("boundary=") {
        let part =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{FIELD}\"\r\n\r\n{mark}\r\n");
        return [part.into_bytes(), body].concat();
    }
    if kind != "application/x-www-form-urlencoded" {
        return body;
    }
    let and = if body.is_empty() { "" } else { "&" };
    [body, format!("{and}{FIELD}={mark}").into_bytes()].concat()
}

impl Browser {
    /// A browser without cookies.
    pub fn at(server: SocketAddr) -> Self {
        let client = Client::builder(TokioExecutor::new()).build_http();
        Self {
            server,
            cookies: BTreeMap::new(),
            keeps_cookies: true,
            address: "203.0.113.1".to_owned(),
            headers: Vec::new(),
            client,
        }
    }

    /// The same browser, sent to another server by whatever stands before both.
    pub fn led_to(&self, server: SocketAddr) -> Self {
        Self { server, ..self.clone() }
    }

    /// The page at `path`, redirects not followed.
    pub async fn get_raw(&mut self, path: &str) -> Reply {
        self.send(Method::GET, path, None, &[]).await
    }

    /// The page at `path`, after at most ten redirects.
    pub async fn get(&mut self, path: &str) -> Reply {
        let reply = self.get_raw(path).await;
        self.follow(reply).await
    }

    /// Posts a form, redirects not followed.
    pub async fn post_raw(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.send(Method::POST, path, Some(encode(fields).into_bytes()), &[]).await
    }

    /// Posts a form and follows to the page it leads to.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let reply = self.post_raw(path, fields).await;
        self.follow(reply).await
    }

    /// Posts any body with any headers, redirects not followed.
    pub async fn post_body(&mut self, path: &str, body: &str, headers: &[(&str, &str)]) -> Reply {
        self.post_bytes(path, body.as_bytes().to_vec(), headers).await
    }

    /// The same for a body that is no text.
    pub async fn post_bytes(&mut self, path: &str, body: Vec<u8>, headers: &[(&str, &str)]) -> Reply {
        self.send(Method::POST, path, Some(body), headers).await
    }

    /// The page that an answer leads to.
    pub async fn follow(&mut self, mut reply: Reply) -> Reply {
        for _ in 0..10 {
            if !(300..400).contains(&reply.status) {
                return reply;
            }
            let location = reply.location().to_owned();
            assert!(location.starts_with('/'), "a redirect elsewhere: {location}");
            reply = self.get_raw(&location).await;
        }
        panic!("a redirect without end: {}", reply.location());
    }

    /// Any request, redirects not followed. A form that names no mark gets the one that a page opened just now would
    /// have given it.
    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let body = match body {
            Some(body) if method == Method::POST => Some(self.marked(path, body, headers).await),
            body => body,
        };
        self.send_as_is(method, path, body, headers).await
    }

    /// The body with the mark of what the cookies name, if it acts on that.
    async fn marked(&mut self, path: &str, body: Vec<u8>, headers: &[(&str, &str)]) -> Vec<u8> {
        let path = path.split('?').next().unwrap_or_default();
        if body.windows(FIELD.len()).any(|part| part == FIELD.as_bytes()) {
            return body;
        }
        let subject = Subject::of(path);
        let by_no_form = ["/authenticator/", "/hooks/", "/test/"].iter().any(|start| path.starts_with(start));
        if matches!(subject, Subject::New | Subject::Address) || by_no_form {
            return body;
        }
        let mut other = self.clone();
        let marks = other.send_as_is(Method::GET, "/test/marks", None, &[]).await;
        let marks: serde_json::Value = serde_json::from_str(&marks.body).unwrap_or_default();
        let mark = |name: &str| marks[name].as_str().unwrap_or_default().to_owned();
        let is_named = |mark: &String| !mark.ends_with('.');
        let mark = match subject {
            Subject::Flow => mark("flow"),
            Subject::Visitor => Some(mark("session")).filter(is_named).unwrap_or_else(|| mark("flow")),
            _ => mark("session"),
        };
        with_mark(body, &mark, headers)
    }

    /// A form without a mark, as no page of ours sends it.
    pub async fn post_unmarked(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        self.send_as_is(Method::POST, path, Some(encode(fields).into_bytes()), &form).await
    }

    async fn send_as_is(
        &mut self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if cookies.is_empty() && self.keeps_cookies && method == Method::POST {
            // The page that the form stood on left one.
            cookies.push("__Host-regain_probe=1".to_owned());
        }
        let mut request = Request::builder()
            .method(method)
            .uri(format!("http://{}{path}", self.server))
            .header("accept", "text/html")
            .header("user-agent", "Test browser")
            .header("x-forwarded-for", &self.address)
            .header("sec-fetch-site", "same-origin")
            .header("cookie", cookies.join("; "));
        if body.is_some() && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        for (name, value) in self.headers.iter().chain(headers) {
            if let Some(all) = request.headers_mut() {
                all.insert(
                    hyper::header::HeaderName::from_bytes(name.as_bytes()).unwrap(),
                    value.parse().unwrap(),
                );
            }
        }
        let request = request.body(Full::from(body.unwrap_or_default())).unwrap();
        let response = self.client.request(request).await.unwrap();
        self.take_cookies(response.headers());
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        Reply { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    fn take_cookies(&mut self, headers: &hyper::HeaderMap) {
        for cookie in headers.get_all("set-cookie").iter().filter(|_| self.keeps_cookies) {
            let text = cookie.to_str().unwrap();
            let (pair, attributes) = text.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
