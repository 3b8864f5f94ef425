//! Sign-in and sign-out.

use async_trait::async_trait;
use regain_core::method::Method;
use regain_core::secret::Secret;

use super::authenticator::PushView;
use super::toll::{Solved, Toll};
use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// The step of the form that asks for the username.
pub const USERNAME_STEP: &str = "username";
/// The step of the form that asks for the password; also the flag in the address of its page.
pub const PASSWORD_STEP: &str = "password";

/// A second factor that the person can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorChoice {
    /// What is posted to choose it.
    pub id: String,
    /// Which method.
    pub method: Method,
    /// Address or number, masked; empty for an app.
    pub masked: String,
}

/// What the step-up page shows.
#[derive(Clone, Debug)]
pub enum VerifyView {
    /// Nothing to show: on to this path.
    Elsewhere(String),
    /// There is a second factor, and nothing of it works at the moment.
    Unavailable {
        /// Whether the help desk can let people in with a temporary pass.
        passes: bool,
    },
    /// Choose one of several.
    Choose(Vec<FactorChoice>),
    /// A code is to be sent first.
    Send {
        /// Where to.
        factor: FactorChoice,
        /// Whether there are others.
        others: bool,
    },
    /// The phone was asked.
    Push {
        /// Which.
        factor: FactorChoice,
        /// Whether there are others.
        others: bool,
        /// What became of it.
        push: PushView,
    },
    /// The browser is asked for a passkey.
    Passkey {
        /// Which.
        factor: FactorChoice,
        /// Whether there are others.
        others: bool,
        /// What the browser is asked, as JSON; nothing until it is asked.
        options: Option<String>,
    },
    /// Enter the code.
    Code {
        /// From where it comes.
        factor: FactorChoice,
        /// Whether there are others.
        others: bool,
        /// Seconds until another one can be sent.
        wait: u32,
    },
}

/// Sign-in and sign-out.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// A username was given: on to the password, whoever that is. `next` is where the person was going.
    async fn give_username(&self, visit: &Visit, username: String, next: String) -> Answer;
    /// What is to be solved before the password, or the pass, is looked at, as the refused form said.
    fn toll(&self, visit: &Visit) -> Option<Toll>;
    /// Username and password were given.
    async fn sign_in(
        &self,
        visit: &Visit,
        username: String,
        password: Secret,
        next: String,
        solved: Solved,
    ) -> Answer;
    /// Whether temporary passes are taken at all, whoever signs in.
    async fn takes_passes(&self, visit: &Visit) -> Result<bool, Failure>;
    /// Username and temporary pass were given.
    async fn use_pass(
        &self,
        visit: &Visit,
        username: String,
        pass: Secret,
        next: String,
        solved: Solved,
    ) -> Answer;
    /// Ends the session, if there is one.
    async fn sign_out(&self, visit: &Visit) -> Answer;

    /// The step-up page. `factor` is the chosen one, if any; with `choose` the choice is shown.
    async fn verify_view(
        &self,
        visit: &Visit,
        factor: &str,
        choose: bool,
        next: &str,
    ) -> Result<VerifyView, Failure>;
    /// Sends a code to a factor.
    async fn send_code(&self, visit: &Visit, factor: String, next: String) -> Answer;
    /// Judges what the browser answered, as JSON; a right answer proves the session.
    async fn verify_passkey(&self, visit: &Visit, answer: String, next: String) -> Answer;
    /// Compares a code; a right one proves the session.
    async fn verify(&self, visit: &Visit, factor: String, code: Secret, next: String) -> Answer;
}
