//! The registration wizard.

mod trail;
mod view;

use async_trait::async_trait;
use regain_core::secret::Secret;

use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

pub use trail::{Step, Trail, Way};
pub use view::*;

/// A step to show, or where to go instead: a step that is not due leads to the one that is.
pub enum Show<T> {
    /// The page.
    Page(T),
    /// One of our own paths.
    Elsewhere(String),
}

/// What a page of the wizard asks for.
pub type Shown<T> = Result<Show<T>, Failure>;

/// A number as it was typed.
pub struct TypedPhone {
    /// Two letters, ISO 3166; may be empty.
    pub country: String,
    /// The number in any form.
    pub number: String,
    /// The id of the phone that it replaces; empty for one more phone.
    pub replaces: String,
    /// Which kind of phone, as [`regain_core::method::Method::as_str`]; empty for a mobile phone.
    pub kind: String,
    /// *Text me a code* or *Call me*, as [`regain_core::method::Delivery::as_str`].
    pub delivery: String,
    /// What is dialled behind an office phone's number.
    pub extension: String,
}

/// The registration wizard. Every method needs a session.
#[async_trait]
pub trait Registration: Send + Sync {
    /// `/register`: what it is about.
    async fn start(&self, visit: &Visit, trail: &Trail) -> Shown<Start>;
    /// Which methods can be added.
    async fn offers(&self, visit: &Visit, trail: &Trail) -> Shown<Offers>;
    /// The key of the authenticator app that is being added.
    async fn app(&self, visit: &Visit, trail: &Trail) -> Shown<AppSetUp>;
    /// The code that pairs an authenticator, or the test of the one that was paired.
    async fn notifications(&self, visit: &Visit, trail: &Trail) -> Shown<NotificationSetUp>;
    /// What the browser is asked for a passkey.
    async fn passkey(&self, visit: &Visit, trail: &Trail) -> Shown<PasskeySetUp>;
    /// The recovery codes to save.
    async fn recovery_codes(&self, visit: &Visit, trail: &Trail) -> Shown<RecoveryCodesSetUp>;
    /// The address to begin with.
    async fn email(&self, visit: &Visit, trail: &Trail) -> Shown<EmailEntry>;
    /// The number to begin with; `replaces` names the phone that is changed, `kind` the kind of phone.
    async fn phone(&self, visit: &Visit, trail: &Trail, replaces: &str, kind: &str) -> Shown<PhoneEntry>;
    /// Where the code went.
    async fn code(&self, visit: &Visit, trail: &Trail) -> Shown<CodeEntry>;
    /// The questions to choose from.
    async fn questions(&self, visit: &Visit, trail: &Trail) -> Shown<QuestionEntry>;
    /// What was added; `method` is what the address says it was.
    async fn added(&self, visit: &Visit, trail: &Trail, method: &str) -> Shown<Added>;
    /// Everything, to be looked at.
    async fn review(&self, visit: &Visit, trail: &Trail) -> Shown<Review>;

    /// Begins to add `method`.
    async fn choose(&self, visit: &Visit, trail: &Trail, method: &str) -> Answer;
    /// Adds the app whose code it is.
    async fn confirm_app(&self, visit: &Visit, trail: &Trail, code: &Secret) -> Answer;
    /// Adds the passkey that the browser made; `answer` is JSON, empty where it made none.
    async fn confirm_passkey(&self, visit: &Visit, trail: &Trail, answer: &str) -> Answer;
    /// Adds the recovery codes that were shown, once the person says that they are saved.
    async fn confirm_recovery_codes(&self, visit: &Visit, trail: &Trail, saved: bool) -> Answer;
    /// Asks the paired authenticator once more.
    async fn ask_again(&self, visit: &Visit, trail: &Trail) -> Answer;
    /// Sends a code to an address.
    async fn send_email(&self, visit: &Visit, trail: &Trail, address: &str) -> Answer;
    /// Sends a code to a phone.
    async fn send_text(&self, visit: &Visit, trail: &Trail, typed: &TypedPhone) -> Answer;
    /// Sends another code to where the last one went.
    async fn resend(&self, visit: &Visit, trail: &Trail) -> Answer;
    /// Adds the address or phone whose code it is.
    async fn confirm_code(&self, visit: &Visit, trail: &Trail, code: &Secret) -> Answer;
    /// Adds security questions: the id of each with its answer as typed.
    async fn save_questions(&self, visit: &Visit, trail: &Trail, chosen: Vec<(String, Secret)>) -> Answer;
    /// *Looks good*.
    async fn finish(&self, visit: &Visit, trail: &Trail) -> Answer;
    /// *Not now*.
    async fn skip(&self, visit: &Visit, trail: &Trail) -> Answer;
}
