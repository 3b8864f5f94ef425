//! The help desk, whose administrator does what the pages say; and the mailbox of the Global Administrator.

use std::net::Ipv4Addr;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::victim::{Victim, number};
use crate::browser::{Browser, between, values_of};
use crate::demo_outbox::{Message, messages, wait_for};
use crate::organisation::{Organisation, PASSWORD};

/// Administrators hear of an attack in this time.
pub const SOON: Duration = Duration::from_secs(5);
const ADMINISTRATOR: &str = "admin@contoso.example";

/// Two administrators of the organisation.
pub struct Desk {
    admin: Browser,
    mailbox: Browser,
}

impl Desk {
    pub fn open(organisation: &Organisation) -> Result<Self> {
        let mut admin = Browser::new(organisation.port, Ipv4Addr::new(127, 33, 0, 1));
        admin.get("/signin")?;
        admin.post("/signin", &[("username", "helpdesk@contoso.example")])?;
        admin.post("/signin", &[("password", PASSWORD)]).context("the help desk cannot sign in")?;
        Ok(Self { admin, mailbox: Browser::new(organisation.port, Ipv4Addr::new(127, 33, 0, 2)) })
    }

    /// *Verify caller*: every way that reaches the victim, who answers; then a pass, if the page offers one.
    pub fn is_called(&mut self, organisation: &Organisation, victim: &mut Victim) -> Result<String> {
        let shown = organisation.regain(&["user", "show", &victim.person.upn, "--json"])?;
        let id = serde_json::from_str::<Value>(&shown)?["id"].as_str().context("no object ID")?.to_owned();
        let page = self.admin.get(&format!("/admin/users/{id}/verify-caller"))?.body;
        let ways: Vec<String> = values_of(&page, "factor");
        ensure!(!ways.is_empty(), "the help desk has no way to ask");
        for factor in ways {
            victim.read_everything()?;
            self.admin.look(&format!("/admin/users/{id}/verify-caller"))?;
            let answer =
                self.admin.submit("/admin/users/verify-caller/send", &[("id", &id), ("factor", &factor)])?;
            let page = self.admin.follow(answer)?;
            if let Some(number) = number(&page.body) {
                victim.approves(&number)?;
            } else if page.body.contains("verify-caller/code") {
                let code = victim.reads_out()?;
                self.admin.submit("/admin/users/verify-caller/code", &[("id", &id), ("code", &code)])?;
            }
        }
        let page = self.admin.look(&format!("/admin/users/{id}/temporary-pass"))?;
        ensure!(page.body.contains("issue-pass"), "the help desk may not issue a pass");
        let answer = self.admin.submit("/admin/users/issue-pass", &[("id", &id), ("minutes", "60")])?;
        pass_on(&self.admin.follow(answer)?.body)
    }

    /// How many messages reached the Global Administrator so far.
    pub fn told(&mut self) -> Result<usize> {
        Ok(count(&messages(&mut self.mailbox)?))
    }

    /// Whether one more reaches them soon.
    pub fn hears_soon(&mut self, before: usize) -> Result<bool> {
        let more = |all: &[Message]| (count(all) > before).then_some(());
        Ok(wait_for(&mut self.mailbox, SOON, more)?.is_some())
    }
}

fn count(messages: &[Message]) -> usize {
    messages.iter().filter(|message| message.is_to(ADMINISTRATOR)).count()
}

fn pass_on(page: &str) -> Result<String> {
    let shown = between(page, "aria-label=\"Temporary pass\"", "</div>");
    let Some((_, groups)) = shown.and_then(|shown| shown.split_once('>')) else {
        bail!("no pass on the page")
    };
    Ok(groups.split("<span>").skip(1).filter_map(|group| group.split('<').next()).collect())
}
