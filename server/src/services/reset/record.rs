//! The audit log of a flow: each step, under the model's activity, with a reason that tells what happened.

use regain_app::visit::Visit;
use regain_core::eligibility::Refusal;
use regain_core::flow::Intent;
use regain_core::method::Method;
use regain_store::{AuditRecord, Result, Tx};

use super::standing::{Place, Standing};
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
    /// The person ended it.
    pub(crate) const CANCELLED: &str = "Cancelled by the user";
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
        Refusal::DirectoryMisconfigured => "the directory refuses the connection",
        Refusal::DirectoryUnreachable => "the directory does not answer",
    };
    format!("Failed: {text} ({})", refusal.as_code())
}

impl Engine {
    /// Begins a record about the flow's account.
    pub(crate) fn flow_record(&self, visit: &Visit, standing: &Standing, record: AuditRecord) -> AuditRecord {
        let record = record.seen(self, visit).in_flow(&standing.flow.support_code);
        let record = match standing.flow.user_id {
            Some(_) => record.to(&standing.person.user),
            None => record.on("user", "", &standing.flow.typed),
        };
        record.detail("intent", standing.chosen_intent().unwrap_or(Intent::Reset).as_str())
    }

    /// The record of a step that went well.
    pub(super) fn passed_step(&self, visit: &Visit, standing: &Standing, reason: &str) -> AuditRecord {
        let record = audit::success(service::PASSWORD, progress(standing)).because(reason);
        self.flow_record(visit, standing, record)
    }

    /// The record of one that did not.
    pub(super) fn failed_step(&self, visit: &Visit, standing: &Standing, reason: &str) -> AuditRecord {
        self.flow_record(visit, standing, audit::failure(service::PASSWORD, progress(standing), reason))
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

    /// Writes down that a method was passed, or failed. A decoy's is no try of anybody's method: reports leave it out.
    pub(super) fn tried(
        &self,
        visit: &Visit,
        standing: &Standing,
        method: Option<Method>,
        passed: bool,
    ) -> AuditRecord {
        let method_name = method.map_or("unknown", name);
        let record = if passed {
            let reason = format!("User completed the {method_name} verification option");
            audit::success(service::PASSWORD, progress(standing)).because(&reason)
        } else {
            let reason = format!("User failed the {method_name} verification option");
            audit::failure(service::PASSWORD, progress(standing), &reason)
        };
        let record = self.flow_record(visit, standing, record);
        match method.filter(|_| standing.flow.user_id.is_some()) {
            Some(method) => record.detail("method", method.as_str()),
            None => record,
        }
    }

    /// A form came whose turn it is not: a back button, or somebody who skips steps (T14).
    pub(super) async fn record_violation(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: &Standing,
        sent: Place,
    ) -> Result<()> {
        let reason = format!("Refused: {} was sent while {} is next", sent.path(), standing.place().path());
        self.record_failure(tx, visit, standing, &reason).await
    }
}
