//! One call: who takes part, and what they do in turn.

use anyhow::{Context, Result, bail, ensure};

use super::attacker::{Attacker, methods};
use super::desk::Desk;
use super::phone::Phone;
use super::scenarios::Gain;
use super::victim::{Victim, number};
use crate::browser::{Browser, between, unescaped};
use crate::organisation::Organisation;

/// Everybody who takes part in one call.
pub struct Stage<'o> {
    pub organisation: &'o Organisation,
    pub desk: &'o mut Desk,
    pub victim: Victim,
    pub attacker: Attacker,
    /// Where the attacker's own mail arrives.
    pub mailbox: Browser,
    /// Whether a reset was finished.
    pub was_reset: bool,
    /// Whether the victim had approved a request of it. One of the sign-in after it shows nothing about the reset.
    pub was_approved: bool,
    /// Whether somebody said that it was not them, and administrators heard of it soon.
    pub report_heard: Option<bool>,
}

impl Stage<'_> {
    /// A whole reset with these methods, and a sign-in with the new password.
    pub fn resets(&mut self, ways: &[&str]) -> Result<()> {
        self.victim.read_everything()?;
        self.attacker.starts(&self.victim.person.upn, "reset")?;
        for way in ways {
            self.attacker.passes(&mut self.victim, way)?;
        }
        self.takes_over()
    }

    /// The new password, if it is to be had, and a session with it.
    pub fn takes_over(&mut self) -> Result<()> {
        self.attacker.finishes()?;
        self.was_reset = true;
        self.was_approved = self.victim.approved().is_some();
        self.attacker.signs_in(&mut self.victim)
    }

    /// The attacker's own phone, by the session.
    pub fn pairs_a_phone(&mut self) -> Result<()> {
        self.attacker.browser.look("/security-info/add")?;
        let answer = self.attacker.browser.submit("/register/method", &[("method", "app_notification")])?;
        let page = self.attacker.browser.follow(answer)?.body;
        let link = between(&page, "/authenticator/#username=", "\"").context("no pairing code is shown")?;
        let code = unescaped(link.split("code=").nth(1).unwrap_or_default());
        let mut phone = Phone::new(self.attacker.another().browser)?;
        phone.pair("", &code)?;
        let page = self.attacker.browser.look("/security-info/add/notifications")?.body;
        phone.answer("approve", &number(&page).context("no number to try")?)?;
        self.attacker.browser.look("/security-info/add/notifications").map(drop)
    }

    /// Every *Remove* that the session shows.
    pub fn removes_methods(&mut self) -> Result<()> {
        let page = self.attacker.browser.look("/security-info")?.body;
        let links = page.split("/security-info/remove?id=").skip(1).filter_map(|rest| rest.split('"').next());
        let ids: Vec<&str> = links.collect();
        ensure!(!ids.is_empty(), "nothing can be removed");
        for id in ids {
            self.attacker.browser.look(&format!("/security-info/remove?id={id}"))?;
            self.attacker.browser.submit("/security-info/remove", &[("id", id)])?;
        }
        Ok(())
    }

    /// A page of the attacker's asks the victim's passkey for what the real one asks.
    pub fn relays_the_passkey(&mut self) -> Result<()> {
        self.attacker.browser.look("/reset/method")?;
        let page = self.attacker.browser.post("/reset/method", &[("method", "passkey")])?.body;
        let credential = self.victim.shows_passkey_at_a_look_alike(&page)?;
        self.attacker.browser.submit("/reset/passkey", &[("credential", &credential)]).map(drop)
    }

    /// A phone that belongs to nobody asks what the victim's would be told.
    pub fn asks_with_a_strange_phone(&mut self) -> Result<()> {
        let mut phone = Phone::new(self.attacker.another().browser)?;
        match phone.request() {
            Ok(request) => bail!("a strange phone was told {request}"),
            Err(_) => Ok(()),
        }
    }

    /// The attacker gets a pass, if the help desk gives one, and adds an address with it.
    pub fn calls_the_help_desk(&mut self) -> Result<()> {
        let pass = self.desk.is_called(self.organisation, &mut self.victim)?;
        self.attacker.browser.get("/signin/temporary-pass")?;
        let fields = [("username", self.victim.person.upn.as_str()), ("pass", pass.as_str())];
        self.attacker.browser.submit("/signin/temporary-pass", &fields)?;
        self.attacker.adds_an_address(&mut self.mailbox)
    }

    /// *Somebody told me to do this*.
    pub fn victim_reports_instead(&mut self) -> Result<()> {
        self.attacker.browser.look("/reset/method")?;
        self.attacker.browser.submit("/reset/method", &[("method", "app_notification")])?;
        let before = self.desk.told()?;
        self.victim.phone.answer("told", "")?;
        self.report_heard = Some(self.desk.hears_soon(before)?);
        Ok(())
    }

    /// *It wasn’t me*, after an approval.
    pub fn victim_reports_afterwards(&mut self) -> Result<()> {
        let before = self.desk.told()?;
        let request = self.victim.approved().context("nothing was approved")?;
        self.victim.phone.say(&request, "report", "")?;
        self.report_heard = Some(self.desk.hears_soon(before)?);
        Ok(())
    }

    /// What the attacker has in the end.
    pub fn gain(&mut self, before: &[serde_json::Value]) -> Result<Gain> {
        if methods(self.organisation, &self.victim.person.upn)? != before {
            return Ok(Gain::Method);
        }
        Ok(if self.attacker.has_session()? { Gain::Session } else { Gain::Nothing })
    }
}
