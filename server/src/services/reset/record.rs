//! The audit log of a flow: each step, under the model's activity, with a reason that tells what happened.

use regain_app::visit::Visit;
use regain_core::eligibility::Refusal;
use regain_core::flow::Intent;
use regain_core::method::Method;
use regain_store::{AuditRecord, Flow, Result, Tx};

use super::standing::{Place, Standing, refusal_of};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;

/// Steps as the audit log names them (entra-behaviour, 9.2: its success path).
pub(crate) mod step {
    /// The first page was passed.
    pub(crate) const NAME: &str = "User submitted their user ID";
    /// The browser keeps no cookies.
    pub(crate) const NO_COOKIES: &str = "Failed: the browser does not keep cookies";
    /// Reset or unlock was chosen, and methods are shown.
    pub(crate) const OPTIONS: &str = "User was presented with verification options";
    /// The last proof.
    pub(crate) const ALL: &str = "User completed all required verification";
    /// A drill came to its end.
    pub(crate) const DRILLED: &str = "The drill succeeded: a reset would have worked";
    /// A new password passed the rules.
    pub(crate) const PASSWORD: &str = "User submitted a new password";
    /// Codes were asked for too often.
    pub(crate) const ASKED_TOO_OFTEN: &str = "Ended: too many requests";
    /// The person ended it.
    pub(crate) const CANCELLED: &str = "Cancelled by the user";
    /// The number that was typed is not the person's; the page may look as if it were (R136).
    pub(crate) const WRONG_NUMBER: &str = "User failed the phone number validation";
}

/// How the record of what a decoy does begins. Its pages look like anybody's, and nothing of it is real.
pub(crate) const APPEARANCE: &str = "Only in appearance: ";

/// To what length records of a flow are filled up, in bytes.
const WIDTH: usize = 512;

/// What a step of a flow was in truth. A decoy only seems to do something: who looks the support code up sees that it
/// came to nothing, and why.
pub(crate) fn in_truth(standing: &Standing, record: AuditRecord) -> AuditRecord {
    if standing.flow.user_id.is_some() {
        return record;
    }
    appearing(standing.body.refusal, record)
}

/// The same for a record about a decoy's flow that is made where its standing is not known.
pub(crate) fn of_decoy(flow: &Flow, record: AuditRecord) -> AuditRecord {
    appearing(refusal_of(flow), record).on("user", "", &flow.typed)
}

fn appearing(refusal: Option<Refusal>, record: AuditRecord) -> AuditRecord {
    let refusal = reason(refusal.unwrap_or(Refusal::Unknown));
    let told = format!("{APPEARANCE}{}. {refusal}", record.reason);
    AuditRecord { result: "failure".to_owned(), ..record.because(&told) }
}

/// As long as any other: by how much the log grows, nobody shall tell a decoy from a person.
pub(crate) fn evened(mut record: AuditRecord) -> AuditRecord {
    let names = record.target_id.len() + record.target_name.len();
    let length = names + record.reason.len() + record.details.len();
    // Blanks after its end change nothing of what JSON says.
    record.details.push_str(&" ".repeat(length.next_multiple_of(WIDTH) - length));
    record
}

/// A method as the audit log names it.
pub(crate) fn name(method: Method) -> &'static str {
    match method {
        Method::Passkey => "passkey",
        Method::RecoveryCode => "recovery code",
        Method::AppNotification => "mobile app notification",
        Method::AppCode => "mobile app code",
        Method::MobilePhone => "mobile SMS",
        Method::OfficePhone => "office voice call",
        Method::Email => "email",
        Method::SecurityQuestions => "security questions",
    }
}

/// What a step is called: drills stand apart, so that no report takes one for a reset.
fn progress(standing: &Standing) -> &'static str {
    match standing.chosen_intent() {
        Some(Intent::Drill) => activity::DRILL,
        _ => activity::PROGRESS,
    }
}

/// Why somebody may not reset, for the help desk.
pub(crate) fn reason(refusal: Refusal) -> String {
    let text = match refusal {
        Refusal::Unknown => return "Failed: there is no such account".to_owned(),
        Refusal::Blocked => return "Failed: the account may not sign in".to_owned(),
        Refusal::SwitchedOff => "password reset is switched off for this user",
        Refusal::WritebackOff => "the password is managed in another directory and writeback is off",
        Refusal::NoPolicy => "no group was chosen in the password reset policy",
        Refusal::NotInScope => "the user is not in the group that may reset",
        Refusal::NotRegistered => "the user has too few usable verification methods",
        Refusal::TooNew => "all of the user’s usable verification methods are newer than a day",
        Refusal::DirectoryMisconfigured => "the directory refuses the connection",
        Refusal::DirectoryUnreachable => "the directory does not answer",
    };
    format!("Failed: {text} ({})", refusal.as_code())
}

impl Engine {
    /// Begins a record about the flow's account.
    pub(crate) fn flow_record(&self, visit: &Visit, standing: &Standing, record: AuditRecord) -> AuditRecord {
        let record = in_truth(standing, record).seen(self, visit).in_flow(&standing.flow.support_code);
        let record = match standing.flow.user_id {
            Some(_) => record.to(&standing.person.user),
            None => record.on("user", "", &standing.flow.typed),
        };
        record.detail("intent", standing.chosen_intent().unwrap_or(Intent::Reset).as_str())
    }

    /// The record of a step that went well.
    pub(super) fn passed_step(&self, visit: &Visit, standing: &Standing, reason: &str) -> AuditRecord {
        let record = audit::success(service::PASSWORD, progress(standing)).because(reason);
        evened(self.flow_record(visit, standing, record))
    }

    /// The record of one that did not.
    pub(super) fn failed_step(&self, visit: &Visit, standing: &Standing, reason: &str) -> AuditRecord {
        let record = audit::failure(service::PASSWORD, progress(standing), reason);
        evened(self.flow_record(visit, standing, record))
    }

    /// Writes down that a step went well.
    pub(super) async fn record_step(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: &Standing,
        reason: &str,
    ) -> Result<()> {
        tx.append(&self.passed_step(visit, standing, reason)).await
    }

    /// Writes down that a step did not.
    pub(super) async fn record_failure(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: &Standing,
        reason: &str,
    ) -> Result<()> {
        tx.append(&self.failed_step(visit, standing, reason)).await
    }

    /// Writes down that a method was passed, or failed; with `locked`, that recovery is locked, by this try or before it:
    /// then nothing was judged. A decoy's is no try of anybody's method: reports leave it out.
    pub(super) fn tried(
        &self,
        visit: &Visit,
        standing: &Standing,
        method: Option<Method>,
        passed: bool,
        locked: bool,
    ) -> AuditRecord {
        let method_name = method.map_or("unknown", name);
        let record = if passed {
            let reason = format!("User completed the {method_name} verification option");
            audit::success(service::PASSWORD, progress(standing)).because(&reason)
        } else {
            let nowhere = standing.flow.user_id.is_some() && standing.sent_nowhere();
            let why = if nowhere { ": the number that was typed is not theirs" } else { "" };
            let reason = format!("User failed the {method_name} verification option{why}");
            audit::failure(service::PASSWORD, progress(standing), &reason)
        };
        let record = self.flow_record(visit, standing, record);
        let record = if locked { record.detail("recovery", "locked") } else { record };
        evened(match method.filter(|_| standing.flow.user_id.is_some()) {
            Some(method) => record.detail("method", method.as_str()),
            None => record,
        })
    }

    /// A form came whose turn it is not: a back button, or somebody who skips steps (T14).
    pub(super) fn violation(&self, visit: &Visit, standing: &Standing, sent: Place) -> AuditRecord {
        let reason = format!("Refused: {} was sent while {} is next", sent.path(), standing.place().path());
        self.failed_step(visit, standing, &reason)
    }
}
