//! Whom the caller talks to: somebody who approves, types and reads out what they are asked for, tells no password and
//! starts nothing.

use std::collections::HashSet;
use std::net::Ipv4Addr;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use serde_json::Value;

use super::phone::Phone;
use crate::attack::random::Random;
use crate::browser::{Browser, between, unescaped};
use crate::clock;
use crate::demo_outbox::{Message, code, messages, wait_for};
use crate::devices::passkey::Passkey;
use crate::organisation::Organisation;
use crate::people::Person;

/// How long the victim waits for a message to read out.
const PATIENCE: Duration = Duration::from_secs(5);
const PASSWORD: &str = "four lanterns on a slow river";

/// The victim, with a browser at home, a phone on another network, and a mailbox.
pub struct Victim {
    pub person: Person,
    pub home: Browser,
    pub phone: Phone,
    passkey: Passkey,
    mailbox: Browser,
    read: HashSet<String>,
    approved: Option<String>,
}

impl Victim {
    /// Signs in for the first time, chooses a password, and pairs the phone.
    pub fn settle(organisation: &Organisation, number: u8, person: Person) -> Result<Self> {
        let port = organisation.port;
        let home = Browser::new(port, Ipv4Addr::new(127, 30, 0, number));
        let phone =
            Browser::new(port, Ipv4Addr::new(127, 31, 0, number)).named("Mozilla/5.0 (Android 15; Mobile)");
        let mailbox = Browser::new(port, Ipv4Addr::new(127, 32, 0, number));
        let origin = format!("http://localhost:{port}");
        let passkey =
            Passkey::new(&Random::fresh().bytes::<32>(), &origin, "localhost").context("no passkey")?;
        let (read, approved) = (HashSet::new(), None);
        let mut victim = Self { person, home, phone: Phone::new(phone)?, passkey, mailbox, read, approved };
        victim.sign_in_first()?;
        victim.pair().context("the phone could not be paired")?;
        victim.makes_a_passkey().context("no passkey could be made")?;
        victim.read_everything()?;
        Ok(victim)
    }

    fn sign_in_first(&mut self) -> Result<()> {
        self.home.get("/signin")?;
        self.home.post("/signin", &[("username", &self.person.upn)])?;
        self.home.post("/signin", &[("password", &self.person.password)])?;
        let passwords = [
            ("current_password", self.person.password.as_str()),
            ("new_password", PASSWORD),
            ("confirm_password", PASSWORD),
        ];
        self.home
            .post("/security-info/change-password", &passwords)
            .context("the first password was not changed")?;
        PASSWORD.clone_into(&mut self.person.password);
        Ok(())
    }

    /// Begins to add a method: from the security info, or in the wizard while a second factor is owed. Where the pages
    /// of that way are, and the first of them.
    fn chooses(&mut self, method: &str) -> Result<(&'static str, String)> {
        for (start, pages) in
            [("/security-info/add", "/security-info/add"), ("/register/method", "/register")]
        {
            if self.home.look(start)?.body.contains("action=\"/register/method\"") {
                return Ok((pages, self.home.post("/register/method", &[("method", method)])?.body));
            }
        }
        bail!("no page offers {method}")
    }

    fn pair(&mut self) -> Result<()> {
        let (pages, page) = self.chooses("app_notification")?;
        let code =
            between(&page, "/authenticator/#username=", "\"").and_then(|link| link.split("code=").nth(1));
        let code = code.context("no pairing code on the page")?;
        self.phone.pair("", &unescaped(code))?;
        let waiting = format!("{pages}/notifications");
        let page = self.home.get(&waiting)?.body;
        self.phone.answer("approve", &number(&page).context("no number to try")?)?;
        let page = self.home.get(&waiting)?.body;
        ensure!(page.contains("added"), "notifications were not added");
        Ok(())
    }

    fn makes_a_passkey(&mut self) -> Result<()> {
        let (_, page) = self.chooses("passkey")?;
        let credential = self.passkey.create(&asked(&page)?).context("not understood")?;
        let page = self.home.post("/register/passkey", &[("credential", &credential)])?.body;
        ensure!(page.contains("Passkey added"), "it was not added");
        Ok(())
    }

    /// Uses the passkey on a page of the attacker's that looks like the real one and passes on what that asks.
    pub fn shows_passkey_at_a_look_alike(&mut self, page: &str) -> Result<String> {
        self.passkey.origin = "https://contoso.evil.example".to_owned();
        Ok(self.passkey.get(&asked(page)?))
    }

    /// Types the number that the caller tells, and approves.
    pub fn approves(&mut self, number: &str) -> Result<()> {
        self.approved = Some(self.phone.answer("approve", number)?.0);
        Ok(())
    }

    /// The request that was approved last.
    pub fn approved(&self) -> Option<String> {
        self.approved.clone()
    }

    /// Whether the phone, the mailbox, and the account's own address told of a reset.
    pub fn hears_of_a_reset(&mut self) -> Result<bool> {
        let Person { upn, email, .. } = &self.person;
        let told = |messages: &[Message]| {
            let to = |address: &str| {
                messages.iter().any(|message| message.is_to(address) && message.subject.contains("password"))
            };
            (to(email) || to(upn)).then_some(())
        };
        Ok(wait_for(&mut self.mailbox, PATIENCE, told)?.is_some())
    }

    /// Reads out the code that has just arrived; with none, the one that the app shows.
    pub fn reads_out(&mut self) -> Result<String> {
        let begin = clock::now();
        while begin.elapsed() < PATIENCE {
            if let Some(code) = self.newest()? {
                return Ok(code);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        self.phone.code()
    }

    fn newest(&mut self) -> Result<Option<String>> {
        let mine = self.received()?;
        let fresh =
            mine.iter().filter_map(|message| code(&message.text)).find(|code| !self.read.contains(code));
        self.read.extend(fresh.clone());
        Ok(fresh)
    }

    /// What arrived so far is no news.
    pub fn read_everything(&mut self) -> Result<()> {
        let codes: Vec<_> = self.received()?.iter().filter_map(|message| code(&message.text)).collect();
        self.read.extend(codes);
        Ok(())
    }

    /// Everything that reached the victim, newest first.
    pub fn received(&mut self) -> Result<Vec<Message>> {
        let mut all = messages(&mut self.mailbox)?;
        let Person { upn, mobile, email, .. } = &self.person;
        all.retain(|message| [upn, mobile, email].into_iter().any(|address| message.is_to(address)));
        Ok(all)
    }
}

/// The *Number to enter* on a page.
pub fn number(page: &str) -> Option<String> {
    let rest = page.split_once("aria-label=\"Number to enter\"")?.1;
    rest.split_once('>')?.1.split('<').next().map(ToOwned::to_owned)
}

/// What a page asks the browser for.
fn asked(page: &str) -> Result<Value> {
    let options = between(page, "data-options=\"", "\"").context("no passkey is asked for")?;
    Ok(serde_json::from_str(&unescaped(options))?)
}
