//! The reset and unlock wizard.

use async_trait::async_trait;
use regain_core::eligibility::Refusal;
use regain_core::flow::Intent;
use regain_core::method::{Delivery, Method};
use regain_core::password::profile::PasswordProfile;
use regain_core::policy::Question;
use regain_core::pow::Challenge;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;

use super::account::NameRule;
use super::authenticator::PushView;
use super::toll::{Solved, Toll};
use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// What a step's address answers: its page, or the step that is next.
#[derive(Clone, Debug)]
pub enum Shown<T> {
    /// The page.
    Page(Frame, T),
    /// Another step is next.
    Elsewhere(&'static str),
}

/// What every page of a flow shows.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The flow's support code.
    pub support_code: String,
    /// The name that the flow was begun with, as it was typed.
    pub account: String,
    /// The verification under way, and how many there are. Known to the page only once one is passed: before, it
    /// would tell whose policy holds.
    pub step: Option<(u8, u8)>,
    /// The methods that were passed.
    pub passed: Vec<Method>,
    /// Whether it is only tried out.
    pub drill: bool,
    /// What is to be solved before an answer is looked at: there were many wrong ones from this network.
    pub toll: Option<Toll>,
}

/// The first page.
#[derive(Clone, Debug)]
pub struct StartView {
    /// Sealed; all there is to know about the CAPTCHA.
    pub token: String,
    /// The work that spares the characters.
    pub challenge: Challenge,
    /// The support code of the flow to come.
    pub support_code: String,
    /// The name from the address, if it has one.
    pub username: String,
    /// Nobody but administrators may reset: said instead of the form.
    pub switched_off: bool,
    /// The same, but somebody said to be an administrator and sees the form.
    pub administrator: bool,
}

/// The choice between reset and unlock.
#[derive(Clone, Copy, Debug)]
pub struct WhyView {
    /// What was chosen before.
    pub chosen: Option<Intent>,
}

/// The choice of a method.
#[derive(Clone, Debug)]
pub struct MethodView {
    /// What the flow is for.
    pub intent: Intent,
    /// Whether the choice between reset and unlock can still be changed.
    pub can_go_back: bool,
    /// The ways on offer.
    pub ways: Vec<Way>,
    /// Until when something that the person has does not count, because it is too new; only after the first step is
    /// passed.
    pub new_until: Option<Timestamp>,
}

/// One way to prove who one is.
#[derive(Clone, Debug)]
pub struct Way {
    /// The method.
    pub method: Method,
    /// How its code reaches a phone; of no matter for anything else.
    pub delivery: Delivery,
    /// Whether it is late at the moment, for everybody.
    pub delayed: bool,
    /// Where its code goes, masked; only after the first step is passed.
    pub masked: Option<String>,
}

impl Way {
    /// What the form posts: text and call are two radios of one method.
    pub fn value(&self) -> String {
        match (self.method, self.delivery) {
            (Method::MobilePhone, Delivery::Call) => format!("{}_call", self.method.as_str()),
            _ => self.method.as_str().to_owned(),
        }
    }
}

/// The number to type in full.
#[derive(Clone, Debug)]
pub struct PhoneView {
    /// A mobile phone or an office phone.
    pub method: Method,
    /// Whether it is texted or called.
    pub delivery: Delivery,
    /// The number, masked; only after the first step is passed.
    pub masked: Option<String>,
}

/// The page of a code.
#[derive(Clone, Debug)]
pub struct VerifyView {
    /// How the code comes.
    pub method: Method,
    /// How it reaches a phone.
    pub delivery: Delivery,
    /// How many digits it has.
    pub digits: usize,
    /// Where it went, masked; only after the first step is passed.
    pub masked: Option<String>,
    /// The phone number as it was typed, whoever’s it is.
    pub number: Option<String>,
    /// Whether there is a code to enter: one that left, as far as the page may tell, or one of an app.
    pub is_sent: bool,
    /// Seconds until a new code may be asked for; `None` where none is sent.
    pub resend: Option<u32>,
    /// The request to the person's authenticators, where that is the method.
    pub push: Option<PushView>,
}

/// The questions that were drawn.
#[derive(Clone, Debug)]
pub struct QuestionsView {
    /// In the order of the page.
    pub questions: Vec<Question>,
}

/// The new password.
#[derive(Clone, Debug)]
pub struct PasswordView {
    /// Whose, for password managers.
    pub username: String,
    /// The rules; none where a directory decides.
    pub profile: Option<PasswordProfile>,
    /// The names that it must not contain.
    pub names: NameRule,
    /// A passphrase that would be accepted.
    pub suggestion: Option<Secret>,
}

/// The page on the phone that approved.
#[derive(Clone, Debug)]
pub enum FinishView {
    /// The new password is chosen here.
    Choose(Frame, Box<PasswordView>),
    /// It is done; where a notice went, masked.
    Done(Vec<String>),
    /// Not opened here, or over.
    Over,
}

/// It is done.
#[derive(Clone, Debug)]
pub struct DoneView {
    /// Where a notice went, masked.
    pub notified: Vec<String>,
}

/// Why it does not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// No flow is under way in this browser.
    Nothing,
    /// A quarter of an hour has passed.
    Expired,
    /// Overtaken by another flow of the account.
    Overtaken,
    /// Too many tries.
    Locked {
        /// When it opens again, a whole minute.
        until: Timestamp,
    },
    /// Codes were asked for too often.
    AskedTooOften,
    /// Refused; the reason where the policy explains.
    Refused(Option<Refusal>),
}

/// The end of a flow that did not reach its aim.
#[derive(Clone, Debug)]
pub struct StoppedView {
    /// The flow's support code; none without a flow.
    pub support_code: Option<String>,
    /// Why.
    pub why: Stopped,
}

/// The form of the first page.
pub struct StartForm {
    /// *Username*.
    pub username: String,
    /// The sealed token.
    pub captcha: String,
    /// *Characters you see or hear*.
    pub characters: String,
    /// What the browser found by itself.
    pub solution: String,
}

/// The reset and unlock wizard. Each page is derived from the flow's rows, whoever opened it and in whatever order.
#[async_trait]
pub trait Reset: Send + Sync {
    /// `/reset`. Asks the database nothing.
    async fn start_page(&self, visit: &Visit) -> StartView;
    /// *New picture*: the page again, with what was typed; nothing is judged.
    async fn another_picture(&self, visit: &Visit, username: String) -> Answer;
    /// Begins a flow, for every name alike.
    async fn start(&self, visit: &Visit, form: StartForm) -> Answer;

    /// `/reset/why`
    async fn why_page(&self, visit: &Visit) -> Result<Shown<WhyView>, Failure>;
    /// Chooses between reset and unlock.
    async fn choose_intent(&self, visit: &Visit, intent: &str) -> Answer;

    /// `/reset/method`
    async fn method_page(&self, visit: &Visit) -> Result<Shown<MethodView>, Failure>;
    /// Chooses a method and, where a code is sent without further ado, sends it.
    async fn choose_method(&self, visit: &Visit, method: &str) -> Answer;

    /// `/reset/phone`
    async fn phone_page(&self, visit: &Visit) -> Result<Shown<PhoneView>, Failure>;
    /// Takes the number and, if it is the person's, sends a code to it.
    async fn give_number(&self, visit: &Visit, country: &str, number: &str, solved: Solved) -> Answer;

    /// `/reset/verify`
    async fn verify_page(&self, visit: &Visit) -> Result<Shown<VerifyView>, Failure>;
    /// Takes a code.
    async fn verify(&self, visit: &Visit, code: Secret, solved: Solved) -> Answer;
    /// Sends another code.
    async fn resend(&self, visit: &Visit) -> Answer;

    /// `/reset/questions`
    async fn questions_page(&self, visit: &Visit) -> Result<Shown<QuestionsView>, Failure>;
    /// Takes the answers, in the order of the page.
    async fn answer(&self, visit: &Visit, answers: Vec<Secret>, solved: Solved) -> Answer;

    /// `/reset/passkey`: what the browser is asked, as JSON.
    async fn passkey_page(&self, visit: &Visit) -> Result<Shown<String>, Failure>;
    /// Takes what the browser answered, as JSON.
    async fn prove_by_passkey(&self, visit: &Visit, answer: &str, solved: Solved) -> Answer;

    /// `/reset/password`
    async fn password_page(&self, visit: &Visit) -> Result<Shown<PasswordView>, Failure>;
    /// Sets the password.
    async fn set_password(&self, visit: &Visit, password: Secret, confirmation: Secret) -> Answer;

    /// `/reset/continue`: all gates are passed, and the new password is chosen on the phone that approved.
    async fn continue_page(&self, visit: &Visit) -> Result<Shown<()>, Failure>;
    /// `/authenticator/password`: that page on the phone.
    async fn finish_page(&self, visit: &Visit) -> Result<FinishView, Failure>;
    /// Opens it, once.
    async fn open_finish(&self, visit: &Visit, link: Secret) -> Answer;
    /// Sets the password there.
    async fn finish(&self, visit: &Visit, password: Secret, confirmation: Secret) -> Answer;

    /// `/reset/unlock`: shown only where the last step was passed and nothing followed.
    async fn unlock_page(&self, visit: &Visit) -> Result<Shown<()>, Failure>;
    /// Unlocks the account.
    async fn unlock(&self, visit: &Visit) -> Answer;

    /// `/reset/drill`: shown only where the last proof of a drill was passed and nothing followed.
    async fn drill_page(&self, visit: &Visit) -> Result<Shown<()>, Failure>;
    /// Ends the drill.
    async fn finish_drill(&self, visit: &Visit) -> Answer;

    /// Ends the flow without changing anything.
    async fn cancel(&self, visit: &Visit) -> Answer;

    /// `/reset/done`, `/reset/unlocked` and `/reset/drilled`, by what was done.
    async fn done_page(&self, visit: &Visit, intent: Intent) -> Result<Shown<DoneView>, Failure>;
    /// `/reset/stopped`; `Err` leads to the step that is next.
    async fn stopped_page(&self, visit: &Visit) -> Result<Result<StoppedView, &'static str>, Failure>;
}
