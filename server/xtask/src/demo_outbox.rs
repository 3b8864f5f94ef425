//! The demo outbox: what people were sent.

use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::browser::Browser;
use crate::clock;

/// A message that arrived.
#[derive(Clone, Debug, Deserialize)]
pub struct Message {
    pub to: Vec<String>,
    #[serde(default)]
    pub subject: String,
    pub text: String,
}

impl Message {
    pub fn is_to(&self, address: &str) -> bool {
        self.to.iter().any(|to| key(to) == key(address))
    }
}

/// All of them, newest first.
pub fn messages(browser: &mut Browser) -> Result<Vec<Message>> {
    Ok(serde_json::from_str(&browser.get("/demo/outbox.json")?.body)?)
}

/// Waits for what `find` finds in the outbox.
pub fn wait_for<T>(
    browser: &mut Browser,
    patience: Duration,
    find: impl Fn(&[Message]) -> Option<T>,
) -> Result<Option<T>> {
    let begin = clock::now();
    loop {
        if let Some(found) = find(&messages(browser)?) {
            return Ok(Some(found));
        }
        if begin.elapsed() > patience {
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The newest code that was sent to an address or a number.
pub fn newest_code(messages: &[Message], to: &str) -> Option<String> {
    messages.iter().filter(|message| message.is_to(to)).find_map(|message| code(&message.text))
}

/// Waits for a code other than `last`.
pub fn code_after(browser: &mut Browser, to: &str, last: Option<&str>) -> Result<String> {
    let fresh = |messages: &[Message]| newest_code(messages, to).filter(|code| Some(code.as_str()) != last);
    wait_for(browser, Duration::from_secs(10), fresh)?.with_context(|| format!("no code for {to}"))
}

/// Numbers are written with and without spaces.
pub fn key(to: &str) -> String {
    to.replace(' ', "")
}

/// The only run of six to eight digits.
pub fn code(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit()).find(|run| (6..=8).contains(&run.len())).map(ToOwned::to_owned)
}
