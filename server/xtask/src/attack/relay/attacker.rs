//! The caller: a browser on another network, and a victim on the line.

use std::net::Ipv4Addr;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use super::victim::{Victim, number};
use crate::browser::{Browser, between, values_of};
use crate::http::Reply;
use crate::organisation::Organisation;

/// The password that the attacker chooses.
pub const PASSWORD: &str = "nine ravens above the old mill";

/// The attacker.
pub struct Attacker {
    pub browser: Browser,
    port: u16,
    source: Ipv4Addr,
}

impl Attacker {
    pub fn new(organisation: &Organisation, number: u8) -> Self {
        let (port, source) = (organisation.port, Ipv4Addr::new(127, 66, 0, number));
        Self { browser: browser(port, source), port, source }
    }

    /// Another tab with cookies of its own.
    pub fn another(&self) -> Self {
        Self { browser: browser(self.port, self.source), port: self.port, source: self.source }
    }

    /// Starts a reset, or an unlock, for the victim.
    pub fn starts(&mut self, upn: &str, intent: &str) -> Result<()> {
        self.browser.get("/reset")?;
        self.browser.post("/reset", &[("username", upn)])?;
        self.browser.post("/reset/why", &[("intent", intent)]).map(drop)
    }

    /// Passes one gate with what the victim reads out or approves.
    pub fn passes(&mut self, victim: &mut Victim, method: &str) -> Result<Reply> {
        let page = self.browser.look("/reset/method")?;
        ensure!(page.body.contains(&format!("value=\"{method}\"")), "{method} is not offered");
        let mut page = self.browser.post("/reset/method", &[("method", method)])?;
        if page.body.contains("action=\"/reset/phone\"") {
            page = self.browser.post("/reset/phone", &[("phone", &victim.person.mobile)])?;
        }
        if let Some(number) = number(&page.body) {
            victim.approves(&number)?;
            return self.browser.look("/reset/verify");
        }
        let code = if method == "app_code" { victim.phone.code()? } else { victim.reads_out()? };
        self.browser.post("/reset/verify", &[("code", &code)])
    }

    /// Chooses the new password, if a page lets them.
    pub fn finishes(&mut self) -> Result<()> {
        self.browser.look("/reset/password")?;
        let passwords = [("new_password", PASSWORD), ("confirm_password", PASSWORD)];
        let answer = self.browser.submit("/reset/password", &passwords)?;
        let end = self.browser.follow(answer)?;
        ensure!(end.body.contains("Your password has been reset"), "no new password: {}", title(&end.body));
        Ok(())
    }

    /// Signs in with the password that the attacker chose; the victim helps with the second factor.
    pub fn signs_in(&mut self, victim: &mut Victim) -> Result<()> {
        self.browser.get("/signin")?;
        self.browser.post("/signin", &[("username", &victim.person.upn)])?;
        let answer = self.browser.submit("/signin", &[("password", PASSWORD)])?;
        self.browser.follow(answer)?;
        if !self.has_session()? {
            self.shows_second_factor(victim)?;
        }
        Ok(())
    }

    /// The victim approves the sign-in, or reads a code out: every way that the page offers.
    pub fn shows_second_factor(&mut self, victim: &mut Victim) -> Result<()> {
        self.shows_on_the_way_to(victim, "/security-info")?;
        ensure!(self.has_session()?, "the second factor opened nothing");
        Ok(())
    }

    /// Every older method of the victim agrees to a change of methods.
    pub fn is_agreed_to(&mut self, victim: &mut Victim) -> Result<()> {
        self.shows_on_the_way_to(victim, "/security-info/hold")
    }

    fn shows_on_the_way_to(&mut self, victim: &mut Victim, next: &str) -> Result<()> {
        let next = next.replace('/', "%2F");
        let page = self.browser.look(&format!("/signin/verify?choose&next={next}"))?.body;
        let ways: Vec<_> =
            values_of(&page, "factor").iter().map(|factor| self.shows(victim, factor, &next)).collect();
        let is_shown = ways.iter().any(Result::is_ok);
        match ways.into_iter().find_map(Result::err) {
            Some(problem) if !is_shown => Err(problem),
            None if !is_shown => bail!("no second factor: {}", title(&page)),
            _ => Ok(()),
        }
    }

    fn shows(&mut self, victim: &mut Victim, factor: &str, next: &str) -> Result<()> {
        let mut page = self.browser.look(&format!("/signin/verify?factor={factor}&next={next}"))?;
        if page.body.contains("action=\"/signin/verify/send\"") && number(&page.body).is_none() {
            victim.read_everything()?;
            let answer = self.browser.submit("/signin/verify/send", &[])?;
            page = self.browser.follow(answer)?;
        }
        if let Some(number) = number(&page.body) {
            return victim.approves(&number);
        }
        ensure!(page.body.contains("name=\"code\""), "{}", title(&page.body));
        let code = victim.reads_out()?;
        self.browser.submit("/signin/verify", &[("code", &code)]).map(drop)
    }

    /// Whether this browser is inside as somebody.
    pub fn has_session(&mut self) -> Result<bool> {
        let page = self.browser.ask("/security-info")?;
        Ok(page.status == 200 && page.body.contains("Security info"))
    }

    /// Tries to add an address of the attacker's own.
    pub fn adds_an_address(&mut self, mailbox: &mut Browser) -> Result<()> {
        let address = format!("mallory{}@evil.example", self.source.octets()[3]);
        for way in ["/security-info/add", "/register/method"] {
            self.browser.look(way)?;
            let answer = self.browser.submit("/register/method", &[("method", "email")])?;
            let page = self.browser.follow(answer)?;
            if page.body.contains("name=\"email\"") {
                let answer =
                    self.browser.submit(posted(&page.body, "/email")?.as_str(), &[("email", &address)])?;
                let page = self.browser.follow(answer)?;
                let code = crate::demo_outbox::code_after(mailbox, &address, None)?;
                self.browser.submit(posted(&page.body, "/code")?.as_str(), &[("code", &code)])?;
                return Ok(());
            }
        }
        bail!("nothing can be added")
    }
}

/// What the page calls itself, for the report.
fn title(page: &str) -> String {
    between(page, "<title>", "</title>").unwrap_or("a page without a title").to_owned()
}

/// Where the form of a page posts to.
fn posted(page: &str, ending: &str) -> Result<String> {
    let mut actions = page.split("action=\"").skip(1).filter_map(|rest| rest.split('"').next());
    actions
        .find(|action| action.ends_with(ending))
        .map(ToOwned::to_owned)
        .context("the page has no such form")
}

fn browser(port: u16, source: Ipv4Addr) -> Browser {
    Browser::new(port, source).named("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0")
}

/// Methods and contact data of somebody, as the command line tells them.
pub fn methods(organisation: &Organisation, upn: &str) -> Result<Vec<Value>> {
    let shown: Value = serde_json::from_str(&organisation.regain(&["user", "show", upn, "--json"])?)?;
    let contact = ["mail", "mobile", "telephoneNumber", "otherMails"].map(|key| shown[key].clone());
    let methods = shown["methods"].as_array().context("no methods are told")?;
    let identity = |method: &Value| json!([method["method"], method["label"], method["createdAt"]]);
    Ok(contact.into_iter().chain(methods.iter().map(identity)).collect())
}
