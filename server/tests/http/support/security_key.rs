//! An authenticator of passkeys: one key, in software.

use std::ops::{Deref, DerefMut};

use serde_json::Value;

use super::passkey::Passkey;
use super::{Reply, TestApp};

/// User present alone: nobody gave a finger or a PIN.
pub const TOUCHED: u8 = 0b0000_0001;

/// A device with one passkey.
pub struct SecurityKey(Passkey);

impl SecurityKey {
    pub fn new(app: &TestApp) -> Self {
        let seed = app.engine.new_seed().expose().repeat(2);
        let url = &app.engine.config.public_url;
        Self(Passkey::new(&seed[..32], url.origin(), url.host()).unwrap())
    }

    /// The same key on a page of another site.
    pub fn at(mut self, origin: &str) -> Self {
        self.origin = origin.to_owned();
        self
    }

    /// Makes the passkey that a page asks for.
    pub fn create(&mut self, page: &Reply) -> String {
        self.0.create(&asked(page)).unwrap()
    }

    /// Answers what a page asks.
    pub fn get(&mut self, page: &Reply) -> String {
        self.0.get(&asked(page))
    }
}

impl Deref for SecurityKey {
    type Target = Passkey;

    fn deref(&self) -> &Passkey {
        &self.0
    }
}

impl DerefMut for SecurityKey {
    fn deref_mut(&mut self) -> &mut Passkey {
        &mut self.0
    }
}

/// What a page asks the browser for.
pub fn asked(page: &Reply) -> Value {
    let (_, rest) = page.body.split_once("data-options=\"").expect("a page that asks for a passkey");
    let options = super::browser::unescape(rest.split('"').next().unwrap());
    serde_json::from_str(&options).unwrap()
}
