//! An authenticator: a key, and calls signed with it.

use std::sync::atomic::{AtomicU64, Ordering};

use data_encoding::BASE64URL_NOPAD;
use hyper::Method;
use regain_core::method::Method as Way;
use regain_core::time::Timestamp;
use regain_store::{Device, User};
use serde_json::{Value, json};

use super::phone_key::PhoneKey;
use super::{Browser, Reply, TestApp};

static NONCE: AtomicU64 = AtomicU64::new(0);

/// A phone with the app open.
pub struct Phone<'a> {
    app: &'a TestApp,
    key: PhoneKey,
    pub browser: Browser,
    pub device: Option<String>,
    /// What its browser says it is.
    pub client: &'static str,
}

/// A call's signature, to send it again or elsewhere.
pub type Signed = Vec<(&'static str, String)>;

impl<'a> Phone<'a> {
    /// A phone that nobody knows.
    pub fn new(app: &'a TestApp) -> Self {
        let key = PhoneKey::new(&app.engine.new_seed().expose().repeat(2)[..32]).unwrap();
        let mut browser = app.browser();
        browser.address = "198.51.100.7".to_owned();
        Self { app, key, browser, device: None, client: "Test browser" }
    }

    pub fn public_key(&self) -> Vec<u8> {
        self.key.public()
    }

    /// Signs a call as of now, or as of another time.
    pub fn sign(&self, method: &str, path: &str, body: &str, at: Timestamp) -> Signed {
        let time = at.micros() / 1_000;
        let nonce = format!("nonce-{:020}", NONCE.fetch_add(1, Ordering::Relaxed));
        self.key.sign((method, path, body), self.device.as_deref(), time, nonce)
    }

    /// Sends a call with this signature.
    pub async fn send(&mut self, method: &str, path: &str, body: &str, signed: &Signed) -> Reply {
        let mut headers: Vec<(&str, &str)> =
            signed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.push(("user-agent", self.client));
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.browser.send(method, path, Some(body.as_bytes().to_vec()), &headers).await
    }

    async fn call(&mut self, method: &str, name: &str, body: &str) -> Reply {
        let path = format!("/authenticator/api/{name}");
        let signed = self.sign(method, &path, body, self.app.now());
        self.send(method, &path, body, &signed).await
    }

    /// Pairs itself; keeps its device when that went well.
    pub async fn pair(&mut self, username: &str, code: &str) -> Reply {
        self.pair_paying(username, code, ("", "")).await
    }

    /// The same with a CAPTCHA's token and what solves it.
    pub async fn pair_paying(&mut self, username: &str, code: &str, paid: (&str, &str)) -> Reply {
        let key = BASE64URL_NOPAD.encode(&self.public_key());
        let (captcha, solution) = paid;
        let body = json!({
            "username": username, "code": code, "key": key, "captcha": captcha, "solution": solution,
        })
        .to_string();
        let reply = self.call("POST", "pair", &body).await;
        if reply.status == 200 {
            let paired: Value = serde_json::from_str(&reply.body).unwrap();
            self.device = paired["device"].as_str().map(ToOwned::to_owned);
        }
        reply
    }

    /// What it is asked.
    pub async fn requests(&mut self) -> Vec<Value> {
        let reply = self.call("GET", "requests", "").await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        serde_json::from_str(&reply.body).unwrap()
    }

    /// The id of the only request.
    pub async fn request(&mut self) -> String {
        let requests = self.requests().await;
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0]["id"].as_str().unwrap().to_owned()
    }

    pub async fn answer(&mut self, request: &str, decision: &str, number: &str) -> Reply {
        let body = json!({"request": request, "decision": decision, "number": number}).to_string();
        self.call("POST", "answer", &body).await
    }

    /// Approves the only request with this number.
    pub async fn approve(&mut self, number: &str) -> Reply {
        let request = self.request().await;
        self.answer(&request, "approve", number).await
    }

    /// What was approved lately and can still be reported.
    pub async fn approved(&mut self) -> Vec<Value> {
        let reply = self.call("GET", "approved", "").await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        serde_json::from_str(&reply.body).unwrap()
    }

    /// Asks for the page on which the new password is chosen.
    pub async fn finish(&mut self, request: &str) -> Reply {
        self.call("POST", "finish", &json!({ "request": request }).to_string()).await
    }

    /// Opens that page in its browser.
    pub async fn open(&mut self, link: &str) -> Reply {
        self.browser.post("/authenticator/password/open", &[("link", link)]).await
    }

    /// Both.
    pub async fn open_finish(&mut self, request: &str) -> Reply {
        let link = self.finish(request).await.link();
        self.open(&link).await
    }

    /// Any call with a body.
    pub async fn post(&mut self, name: &str, body: &str) -> Reply {
        self.call("POST", name, body).await
    }
}

impl TestApp {
    /// A phone that is a method of this person already.
    pub async fn phone(&self, user: &User) -> Phone<'_> {
        let mut phone = Phone::new(self);
        let (engine, now) = (&self.engine, self.now());
        let (id, method_id) = (engine.new_id(), engine.new_id());
        let mut tx = engine.store.write().await.unwrap();
        tx.add_method(&regain_store::Method {
            id: method_id,
            user_id: user.id,
            method: Way::AppNotification.as_str().to_owned(),
            label: "Phone".to_owned(),
            destination: None,
            sealed: None,
            last_step: None,
            created_at: now,
            last_used_at: None,
            codes_left: None,
        })
        .await
        .unwrap();
        tx.add_device(&Device {
            id,
            user_id: user.id,
            session_id: None,
            method_id: Some(method_id),
            code_id: None,
            public_key: phone.public_key(),
            client: "Test browser".to_owned(),
            browser: None,
            seed: None,
            endpoint: None,
            push_key: None,
            push_auth: None,
            created_at: now,
            seen_at: now,
            pushed_at: None,
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        phone.device = Some(id.to_string());
        phone
    }
}

impl Reply {
    /// The *Number to enter* on the page.
    #[track_caller]
    pub fn number(&self) -> String {
        let rest = self.body.split_once("aria-label=\"Number to enter\"").map(|(_, rest)| rest);
        let text = rest.and_then(|rest| rest.split_once('>')).map(|(_, rest)| rest);
        let number = text.and_then(|text| text.split('<').next()).unwrap_or_default();
        assert_eq!(number.len(), 2, "no number on the page: {}", self.text());
        number.to_owned()
    }

    /// What opens the page on the phone.
    #[track_caller]
    pub fn link(&self) -> String {
        let answer: Value = serde_json::from_str(&self.body).unwrap_or_default();
        answer["link"].as_str().unwrap_or_else(|| panic!("no link in {}", self.body)).to_owned()
    }

    /// The problem that an answer in JSON names.
    #[track_caller]
    pub fn problem(&self) -> String {
        let answer: Value = serde_json::from_str(&self.body).unwrap_or_default();
        answer["problem"].as_str().unwrap_or_else(|| panic!("no problem in {}", self.body)).to_owned()
    }
}

/// Another number of two digits.
pub fn other(number: &str) -> &'static str {
    if number == "42" { "43" } else { "42" }
}
