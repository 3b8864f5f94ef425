//! Temporary passes, and knowing who is calling, for administrators.

use async_trait::async_trait;
use regain_core::caller::{Missing, Origin};
use regain_core::form::FormState;
use regain_core::method::{Delivery, Method};
use regain_core::secret::Secret;
use regain_core::temporary_pass::PassSettings;
use regain_core::time::Timestamp;

use super::authenticator::PushView;
use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// The settings, as the page shows them.
#[derive(Clone, Debug)]
pub struct PassSettingsView {
    /// What is saved.
    pub settings: PassSettings,
    /// Counts the saves.
    pub version: i64,
    /// Whether the signed-in person may save it.
    pub may_save: bool,
}

/// A pass that exists; never the pass itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedPass {
    /// It opens one session and no more.
    pub one_time: bool,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// The user principal name of who issued it.
    pub issuer: String,
    /// When it last opened a session.
    pub used_at: Option<Timestamp>,
}

/// A method of the person, or data that was entered for them, that a code or a request for the call can go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is posted to choose it.
    pub id: String,
    /// Which method.
    pub method: Method,
    /// How a code reaches it, if it is a phone.
    pub delivery: Delivery,
    /// Address or number, masked; empty for an authenticator.
    pub masked: String,
    /// Who says that it is the person's.
    pub origin: Origin,
}

/// What the signed-in administrator's call about somebody tells so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// How many kinds a reset of this person demands.
    pub demanded: usize,
    /// What of it is missing.
    pub missing: Missing,
    /// What was proved, first to last.
    pub proved: Vec<Question>,
    /// Others were told that less is enough this time.
    pub overridden: bool,
    /// Until when it counts; `None` before anything was asked.
    pub until: Option<Timestamp>,
}

impl Known {
    /// Whether a pass may be issued, and until when.
    pub fn enough(&self) -> Option<Timestamp> {
        self.until.filter(|_| self.missing.is_nothing() || self.overridden)
    }
}

/// Whom a page about a caller is about.
#[derive(Clone, Debug)]
pub struct Callee {
    /// Row id, as text.
    pub id: String,
    /// Display name.
    pub name: String,
    /// User principal name.
    pub upn: String,
}

/// What is under way with a method of the person.
#[derive(Clone, Debug)]
pub enum Underway {
    /// Nothing.
    Nothing,
    /// A code was sent; the caller reads it out.
    Code(Question),
    /// The phone was asked; the caller types the number there.
    Push(PushView),
}

/// *Verify caller*.
#[derive(Clone, Debug)]
pub struct CallerView {
    /// Whom.
    pub callee: Callee,
    /// What is known so far.
    pub known: Known,
    /// What would tell more, and can be asked.
    pub left: Vec<Question>,
    /// What is under way.
    pub underway: Underway,
    /// The office number in the directory.
    pub office: Option<String>,
}

/// *Issue temporary pass*.
#[derive(Clone, Debug)]
pub struct PassView {
    /// Whom.
    pub callee: Callee,
    /// What the signed-in administrator knows of who is calling.
    pub known: Known,
    /// The pass that the person has.
    pub pass: Option<IssuedPass>,
    /// What may be given.
    pub settings: PassSettings,
    /// Sign-in is blocked: a pass would open nothing.
    pub blocked: bool,
}

/// What the form's state calls a pass on its way to the one page that shows it. It stands in the browser's sealed
/// cookie until that page has come, and nowhere else.
pub const ISSUED: &str = "issued";

/// Temporary passes, and knowing who is calling. Everything about a person is refused for oneself and for accounts of
/// equal or higher standing.
#[async_trait]
pub trait Passes: Send + Sync {
    /// The settings.
    async fn settings(&self, visit: &Visit) -> Result<PassSettingsView, Failure>;
    /// Saves them.
    async fn save(&self, visit: &Visit, version: &str, typed: FormState) -> Answer;

    /// *Verify caller*.
    async fn caller(&self, visit: &Visit, id: &str) -> Result<CallerView, Failure>;
    /// Sends a code for the call, or asks the person's authenticator.
    async fn ask_caller(&self, visit: &Visit, id: &str, factor: &str) -> Answer;
    /// Compares the code that the caller read out.
    async fn check_code(&self, visit: &Visit, id: &str, code: &Secret) -> Answer;
    /// The administrator called the office number.
    async fn called_back(&self, visit: &Visit, id: &str, confirmed: bool) -> Answer;
    /// None of these, for a reason.
    async fn override_check(&self, visit: &Visit, id: &str, reason: &str) -> Answer;

    /// *Issue temporary pass*.
    async fn pass(&self, visit: &Visit, id: &str) -> Result<PassView, Failure>;
    /// Issues one. `many`: for more than one use, where the settings let it.
    async fn issue(&self, visit: &Visit, id: &str, minutes: &str, many: bool) -> Answer;
    /// Deletes it.
    async fn delete(&self, visit: &Visit, id: &str) -> Answer;
}
