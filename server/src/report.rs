//! A report ends everything: *It wasn’t me*, *Somebody told me to do this*, and *This wasn’t me* behind the link of a mail.
//! Whoever says it may have just let somebody in, so nothing that is under way for the account goes on, recovery is
//! locked, and every Global Administrator hears of it. No page undoes it (T58).

pub(crate) mod mail;

use regain_app::pages::security_info::client;
use regain_app::text::Locale;
use regain_app::visit::Visit;
use regain_core::flow::Intent;
use regain_core::role::Role;
use regain_core::time::Timestamp;
use regain_store::{Flow, Result, Tx, User};
use uuid::Uuid;

use crate::account_key::account_key;
use crate::audit::{self, Build as _};
use crate::engine::Engine;
use crate::messages::Notice;
use crate::person::Person;
use crate::services::{DONE, REPORTED};
use crate::verification::Purpose;

/// When the flow set a new password, if it did.
pub(crate) fn finished_at(flow: &Flow) -> Option<Timestamp> {
    let intent = flow.intent.as_deref().and_then(|intent| intent.parse().ok()).unwrap_or(Intent::Reset);
    let done = flow.outcome.as_deref() == Some(DONE) && intent == Intent::Reset;
    flow.closed_at.filter(|_| done)
}

/// More Global Administrators than anybody has; the mail goes to each.
const MOST_ADMINISTRATORS: i64 = 1_000;

/// What is reported.
pub(crate) struct Report<'a> {
    /// Whoever reports; `None` for a key that was pressed in a call.
    pub(crate) visit: Option<&'a Visit>,
    /// What the person's mail is written in, if the person never chose a language.
    pub(crate) locale: &'a str,
    /// Of the flow or session that it is about.
    pub(crate) support_code: &'a str,
    /// Which way in is locked besides recovery.
    pub(crate) purpose: Purpose,
    /// What the person was asked for, or the mail that told it.
    pub(crate) about: About<'a>,
    /// From which address that was asked for, or reported,
    pub(crate) address: &'a str,
    /// and browser.
    pub(crate) client: &'a str,
    /// Whether somebody told the person to approve.
    pub(crate) told: bool,
    /// What was finished before, if anything was.
    pub(crate) undo: Option<Undo>,
}

/// What a report is about.
#[derive(Clone, Copy)]
pub(crate) enum About<'a> {
    /// A request, of a phone or in a call: what was asked for.
    Request(&'a str),
    /// Something that was done, as this mail told it.
    Mail(&'a str),
}

/// What is taken back of what was done: everybody is signed out, and what was added since is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Undo {
    /// Since when.
    pub(crate) since: Timestamp,
    /// A password was set, which is taken away.
    pub(crate) password: bool,
}

impl Undo {
    /// Of a reset that was finished then.
    pub(crate) const fn reset(since: Timestamp) -> Self {
        Self { since, password: true }
    }
}

impl Report<'_> {
    /// As messages and the audit log have it.
    const fn way(&self) -> &'static str {
        if self.told { "told" } else { "not-me" }
    }

    /// As messages have it.
    fn ended(&self) -> &'static str {
        match self.undo {
            Some(Undo { password: true, .. }) => "after",
            Some(_) => "access",
            None => "before",
        }
    }

    /// The messages to the person and to administrators.
    fn templates(&self) -> (&'static str, &'static str) {
        match self.about {
            About::Request(_) => ("notice-reported", "notice-admin-reported"),
            About::Mail(_) => ("notice-mail-reported", "notice-admin-mail-reported"),
        }
    }

    /// What was done, as the mail told it; nothing of a request.
    fn happened(&self) -> Option<(&'static str, String)> {
        match self.about {
            About::Request(_) => None,
            About::Mail(kind) => Some(("happened", kind.to_owned())),
        }
    }
}

impl Engine {
    /// Ends what is under way for a person: flows with their proofs, codes and requests, the temporary pass, and what the
    /// help desk found out of a caller. Returns how many flows. The caller holds the account's lock.
    pub(crate) async fn end_under_way(&self, tx: &mut dyn Tx, user_id: Uuid, outcome: &str) -> Result<u64> {
        let now = self.now();
        // A flow's proofs count for nothing once it is closed; requests and calls die with their challenges.
        let flows = tx.close_flows(user_id, None, outcome, now).await?;
        tx.void_challenges(user_id, now).await?;
        tx.delete_pass(user_id).await?;
        Ok(flows)
    }

    /// Ends everything of the account, and tells it. The caller holds the account's lock.
    pub(crate) async fn end_reported_account(
        &self,
        tx: &mut dyn Tx,
        user: &User,
        report: &Report<'_>,
    ) -> Result<()> {
        let account = account_key(&self.keys, &user.upn_key);
        let flows = self.end_under_way(tx, user.id, REPORTED).await?;
        let undone = match report.undo {
            Some(undo) => Some(self.undo(tx, user, undo).await?),
            None => None,
        };
        for purpose in [Purpose::Recovery, report.purpose] {
            self.lock_reported(tx, &account, purpose).await?;
        }
        self.tell_person_of_report(tx, user, report).await?;
        self.tell_administrators_of_report(tx, user, report).await?;
        let mut record = audit::success(audit::service::PASSWORD, audit::activity::REPORTED);
        record.at = self.now();
        let record = match report.visit {
            Some(visit) => record.seen(self, visit),
            None => record,
        };
        let record = record
            .in_flow(report.support_code)
            .by(user)
            .to(user)
            .detail("said", report.way())
            .detail("flows_ended", flows);
        let record = match report.about {
            About::Request(asked) => record.detail("asked", asked).detail("asked_from", report.address),
            About::Mail(kind) => record.detail("mail", kind),
        };
        let record = match report.undo.zip(undone) {
            Some((undo, methods)) => {
                record.detail("password_taken_away", undo.password).detail("methods_removed", methods)
            }
            None => record,
        };
        tx.append(&record).await
    }

    /// What is done already: whoever did it may know the password, may be signed in, and may have added methods. Returns
    /// how many of those are gone.
    async fn undo(&self, tx: &mut dyn Tx, user: &User, undo: Undo) -> Result<u64> {
        let since = undo.since;
        tx.end_sessions(user.id, None).await?;
        if undo.password {
            tx.forget_password(user.id, since).await?;
        }
        tx.forget_browsers(user.id, since).await?;
        let mut removed = 0;
        for method in tx.methods(user.id).await?.iter().filter(|method| method.created_at >= since) {
            tx.delete_method(user.id, method.id).await?;
            removed += 1;
        }
        Ok(removed)
    }

    async fn tell_person_of_report(&self, tx: &mut dyn Tx, user: &User, report: &Report<'_>) -> Result<()> {
        let Some(person) = Person::load(self, tx, user.id).await? else { return Ok(()) };
        let mut params = vec![("name", user.display_name.clone()), ("ended", report.ended().to_owned())];
        params.extend(report.happened());
        let notice = Notice {
            to: &person.notice_addresses(),
            template: report.templates().0,
            params: &params,
            locale: user.locale.as_deref().unwrap_or(report.locale),
            support_code: report.support_code,
        };
        self.enqueue_notice(tx, &notice).await
    }

    /// Every Global Administrator, whatever the notification settings say: somebody has, or guesses, a password.
    async fn tell_administrators_of_report(
        &self,
        tx: &mut dyn Tx,
        user: &User,
        report: &Report<'_>,
    ) -> Result<()> {
        let holders = tx.role_holders(Role::GlobalAdministrator.as_str(), MOST_ADMINISTRATORS).await?;
        for holder in holders {
            let to = [holder.mail.clone().unwrap_or_else(|| holder.upn.clone())];
            let locale = holder.locale.as_deref().unwrap_or("en");
            let device = client::name(Locale::from_tag(locale).unwrap_or_default(), report.client);
            let mut params = vec![
                ("name", holder.display_name.clone()),
                ("person", user.display_name.clone()),
                ("upn", user.upn.clone()),
                ("address", report.address.to_owned()),
                ("device", device),
                ("said", report.way().to_owned()),
                ("ended", report.ended().to_owned()),
            ];
            params.extend(report.happened());
            let notice = Notice {
                to: &to,
                template: report.templates().1,
                params: &params,
                locale,
                support_code: report.support_code,
            };
            self.enqueue_notice(tx, &notice).await?;
        }
        Ok(())
    }
}
