//! A person's own methods.

use async_trait::async_trait;
use regain_core::coverage::Coverage;
use regain_core::method::Method;
use regain_core::time::Timestamp;

use super::registration::{Known, Progress, Shown};
use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// How far a person is from resetting the password on their own.
pub struct Standing {
    /// In scope, registered, ready.
    pub coverage: Coverage,
    /// How many methods there are, and must be.
    pub progress: Progress,
    /// From when on the person is ready, who has enough and is not yet because it is too new.
    pub ready_from: Option<Timestamp>,
}

/// `/`. It is shown without a second factor, so it tells no number and no address.
pub struct Home {
    /// How far the person is.
    pub standing: Standing,
    /// What the person has, strongest first, each method once.
    pub methods: Vec<Method>,
    /// Until when methods stay as they are, after a reset.
    pub held_until: Option<Timestamp>,
}

/// `/security-info`.
pub struct Overview {
    /// How far the person is.
    pub standing: Standing,
    /// Strongest first.
    pub known: Vec<Known>,
    /// Whether there is a method that can still be added.
    pub can_add: bool,
    /// When the person last tried out a reset to its end.
    pub drilled_at: Option<Timestamp>,
    /// Where the person is signed in, this session first.
    pub sessions: Vec<SignedIn>,
    /// Until when methods stay as they are, after a reset.
    pub held_until: Option<Timestamp>,
}

/// The time after a reset in which methods stay as they are.
pub struct HoldView {
    /// Until when; `None` where nothing holds in this session.
    pub until: Option<Timestamp>,
    /// When the password was reset.
    pub reset_at: Option<Timestamp>,
    /// Whether there is an older method that can agree to changes.
    pub can_agree: bool,
    /// Whether sign-in still demands a second factor.
    pub owes: bool,
}

/// A place where the person is signed in.
pub struct SignedIn {
    /// Whether it is this session.
    pub here: bool,
    /// The browser's `User-Agent`.
    pub client: String,
    /// The address it began at.
    pub address: String,
    /// When it began.
    pub since: Timestamp,
}

/// A method that is about to be removed.
pub struct Removal {
    /// The method.
    pub known: Known,
    /// How far the person would be without it.
    pub after: Progress,
    /// Whether the person could reset on their own before.
    pub could_reset: bool,
}

/// What a lost device, number or mailbox would leave.
pub struct Lost {
    /// What is lost.
    pub known: Known,
    /// What is on the same device, and lost with it.
    pub with_it: Vec<Known>,
    /// What would still work.
    pub still: Vec<Known>,
    /// Whether the person may reset the password on their own at all.
    pub enabled: bool,
    /// How far the person would be.
    pub after: Progress,
    /// Whether there is a method that can still be added.
    pub can_add: bool,
    /// Whether the person is signed in anywhere else.
    pub elsewhere: bool,
}

/// Before a reset is tried out.
pub struct Drill {
    /// How many different kinds a reset asks for.
    pub required: usize,
    /// What it can ask, strongest first.
    pub usable: Vec<Known>,
    /// When it was last tried out to its end.
    pub drilled_at: Option<Timestamp>,
    /// Whether it can be tried out: the person may reset and has enough.
    pub ready: bool,
}

/// What names a method in these pages: the id of its row, or `security_questions`.
pub const QUESTIONS: &str = Method::SecurityQuestions.as_str();

/// A person's own methods. Every method needs a session; where a second factor exists, it must have been shown, except for
/// [`SecurityInfo::home`].
#[async_trait]
pub trait SecurityInfo: Send + Sync {
    /// What a person is told who is in, before any second factor that sign-in does not demand.
    async fn home(&self, visit: &Visit) -> Result<Home, Failure>;
    /// Everything.
    async fn overview(&self, visit: &Visit) -> Shown<Overview>;
    /// The method that is about to be removed.
    async fn hold(&self, visit: &Visit) -> Result<HoldView, Failure>;
    /// What removing would mean.
    async fn removal(&self, visit: &Visit, id: &str) -> Shown<Removal>;
    /// What would be left if a device, number or mailbox were lost. Changes nothing.
    async fn lost(&self, visit: &Visit, id: &str) -> Shown<Lost>;
    /// What a drill would ask. Changes nothing.
    async fn drill(&self, visit: &Visit) -> Shown<Drill>;
    /// Begins a drill.
    async fn begin_drill(&self, visit: &Visit) -> Answer;
    /// The method that is about to be renamed.
    async fn naming(&self, visit: &Visit, id: &str) -> Shown<Known>;
    /// Removes a method.
    async fn remove(&self, visit: &Visit, id: &str) -> Answer;
    /// Renames a method.
    async fn rename(&self, visit: &Visit, id: &str, label: &str) -> Answer;
    /// Ends every other session.
    async fn sign_out_elsewhere(&self, visit: &Visit) -> Answer;
}
