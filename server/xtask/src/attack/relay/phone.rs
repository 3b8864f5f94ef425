//! A phone with the authenticator's page: it pairs, shows codes and answers.

use anyhow::{Context, Result, ensure};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use serde_json::{Value, json};

use crate::attack::random::Random;
use crate::browser::Browser;
use crate::clock;
use crate::devices::phone::PhoneKey;
use crate::http::Reply;

/// A paired phone, or one to be.
pub struct Phone {
    key: PhoneKey,
    pub browser: Browser,
    device: Option<String>,
    seed: Vec<u8>,
}

impl Phone {
    pub fn new(browser: Browser) -> Result<Self> {
        let key = PhoneKey::new(&Random::fresh().bytes::<32>()).context("no key")?;
        Ok(Self { key, browser, device: None, seed: Vec::new() })
    }

    /// A signed call.
    pub fn call(&mut self, method: &str, name: &str, body: &str) -> Result<Reply> {
        let path = format!("/authenticator/api/{name}");
        let time = i64::try_from(clock::since_1970().as_millis())?;
        let nonce = BASE64URL_NOPAD.encode(&Random::fresh().bytes::<16>());
        let signed = self.key.sign((method, &path, body), self.device.as_deref(), time, nonce);
        let headers: Vec<(&str, &str)> = signed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.browser.send(method, &path, body, &headers)
    }

    /// Pairs itself with the code of a registration page.
    pub fn pair(&mut self, username: &str, code: &str) -> Result<()> {
        let key = BASE64URL_NOPAD.encode(&self.key.public());
        let reply =
            self.call("POST", "pair", &json!({"username": username, "code": code, "key": key}).to_string())?;
        ensure!(reply.status == 200, "not paired: {}", reply.body);
        let paired: Value = serde_json::from_str(&reply.body)?;
        self.device = paired["device"].as_str().map(ToOwned::to_owned);
        self.seed = BASE32_NOPAD.decode(paired["seed"].as_str().unwrap_or_default().as_bytes())?;
        Ok(())
    }

    /// The newest request that waits for an answer.
    pub fn request(&mut self) -> Result<Value> {
        let reply = self.call("GET", "requests", "")?;
        ensure!(reply.status == 200, "no requests: {}", reply.body);
        let mut requests: Vec<Value> = serde_json::from_str(&reply.body)?;
        requests.pop().context("nothing is asked on the phone")
    }

    /// Answers the newest request; which one it was, and what came of it.
    pub fn answer(&mut self, decision: &str, number: &str) -> Result<(String, Value)> {
        let request = self.request()?["id"].as_str().context("a request without an id")?.to_owned();
        let answered = self.say(&request, decision, number)?;
        Ok((request, answered))
    }

    /// Says something about a request, answered or not.
    pub fn say(&mut self, request: &str, decision: &str, number: &str) -> Result<Value> {
        let body = json!({"request": request, "decision": decision, "number": number}).to_string();
        let reply = self.call("POST", "answer", &body)?;
        ensure!(reply.status == 200, "{decision} was refused: {}", reply.body);
        Ok(serde_json::from_str(&reply.body)?)
    }

    /// The code that it shows now.
    pub fn code(&self) -> Result<String> {
        let seed = <[u8; 20]>::try_from(self.seed.as_slice()).ok().context("no seed of 160 bits")?;
        let totp = totp_rs::Builder::new().with_algorithm(totp_rs::Algorithm::SHA1).with_secret(seed).build();
        let totp = totp.ok().context("no codes")?;
        Ok(totp.generate(clock::since_1970().as_secs()).to_string())
    }
}
