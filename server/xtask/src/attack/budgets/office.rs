//! Many people behind one address, and many requests for one person.

use std::net::Ipv4Addr;

use anyhow::{Context as _, Result};

use super::{person, source};
use crate::attack::finding::{Finding, Verdict};
use crate::browser::{Browser, between};
use crate::demo_outbox::{code_after, messages, newest_code};
use crate::organisation::Organisation;
use crate::people::Person;

const OFFICE: Ipv4Addr = source(3, 1);
const NEW_PASSWORD: &str = "seven moons over a quiet harbour";
/// A search, not a handful of typing errors.
const WRONG: usize = 25;
const REQUESTS: u8 = 10;

/// Somebody searches from the office, and somebody else there resets; somebody asks ten times for a person's codes, and
/// the person resets.
pub fn shares_an_address(organisation: &Organisation) -> Result<Vec<Finding>> {
    let mut wrong = 0;
    for victim in 0..WRONG.div_ceil(5) {
        let mut browser = to_methods(organisation, OFFICE, &person(victim))?;
        browser.post("/reset/method", &[("method", "email")])?;
        for _ in 0..3 {
            browser.submit("/reset/verify", &[("code", "00000000")])?;
        }
        browser.look("/reset/method")?;
        browser.submit("/reset/method", &[("method", "mobile_phone")])?;
        browser.look("/reset/phone")?;
        browser.submit("/reset/phone", &[("phone", "+1 4255559999")])?;
        browser.look("/reset/verify")?;
        for _ in 0..2 {
            browser.submit("/reset/verify", &[("code", "000000")])?;
        }
        wrong += 5;
    }
    let honest = reset(organisation, Browser::new(organisation.port, OFFICE), &person(10));

    let victim = person(11);
    let mut own = Browser::new(organisation.port, source(3, 2));
    own.get("/signin")?;
    own.post("/signin", &[("username", &victim.upn)])?;
    own.submit("/signin", &[("password", &victim.password)])?;
    for number in 0..REQUESTS {
        let mut stranger = to_methods(organisation, source(4, number), &victim)?;
        stranger.submit("/reset/method", &[("method", "email")])?;
    }
    let person = reset(organisation, own, &victim);
    Ok(vec![
        finding("Office", format!("{wrong} wrong codes from one office: a right code there"), honest),
        finding(
            "T139 T140",
            format!("{REQUESTS} requests of strangers: the person resets in their own browser"),
            person,
        ),
    ])
}

fn finding(threats: &'static str, tried: String, ended: Result<()>) -> Finding {
    let found = match &ended {
        Ok(()) => "works".to_owned(),
        Err(problem) => format!("fails: {problem:#}"),
    };
    Finding { threats, tried, found, allowed: "works".to_owned(), verdict: Verdict::of(ended.is_ok()) }
}

fn to_methods(organisation: &Organisation, source: Ipv4Addr, person: &Person) -> Result<Browser> {
    let mut browser = Browser::new(organisation.port, source);
    start(&mut browser, person)?;
    Ok(browser)
}

fn start(browser: &mut Browser, person: &Person) -> Result<()> {
    browser.get("/reset")?;
    let page = browser.post("/reset", &[("username", &person.upn)])?;
    // Where a source is over its limit, the first answer asks for more work.
    if page.body.contains("action=\"/reset\"") {
        browser.post("/reset", &[("username", &person.upn)])?;
    }
    browser.post("/reset/why", &[("intent", "reset")]).map(drop)
}

fn reset(organisation: &Organisation, mut browser: Browser, person: &Person) -> Result<()> {
    let mut mailbox = Browser::new(organisation.port, Ipv4Addr::LOCALHOST);
    start(&mut browser, person)?;
    // Strangers had codes sent there, too.
    let last = newest_code(&messages(&mut mailbox)?, &person.email);
    let page = browser.post("/reset/method", &[("method", "email")])?;
    let code = code_after(&mut mailbox, &person.email, last.as_deref()).with_context(|| {
        format!("on “{}”", between(&page.body, "<title>", "</title>").unwrap_or_default())
    })?;
    browser.post("/reset/verify", &[("code", &code)])?;
    browser.post("/reset/method", &[("method", "mobile_phone")])?;
    browser.post("/reset/phone", &[("phone", &person.mobile)])?;
    let code = code_after(&mut mailbox, &person.mobile, None)?;
    browser.post("/reset/verify", &[("code", &code)])?;
    let passwords = [("new_password", NEW_PASSWORD), ("confirm_password", NEW_PASSWORD)];
    let end = browser.post("/reset/password", &passwords)?;
    anyhow::ensure!(end.body.contains("Your password has been reset"), "no new password");
    Ok(())
}
