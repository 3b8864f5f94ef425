//! What a person registered: methods, answers, and the enrolment under way.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A step that was taken so far ahead of one that matches now was taken while our own clock was set forward by mistake:
/// the widest window that is looked at has ten steps to either side.
pub const STEPS_AHEAD: i64 = 20;

/// A registered, proven method. There is no row before the proof.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Method {
    /// Row id.
    pub id: Uuid,
    /// Whose.
    pub user_id: Uuid,
    /// Which, as [`regain_core::method::Method::as_str`].
    pub method: String,
    /// What its owner calls it.
    pub label: String,
    /// Address, or number in E.164.
    pub destination: Option<String>,
    /// Sealed seed of an authenticator app.
    pub sealed: Option<Vec<u8>>,
    /// Last accepted time step of an authenticator code.
    pub last_step: Option<i64>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last proved something.
    pub last_used_at: Option<Timestamp>,
    /// How many recovery codes of the set are unused; `None` for every other method.
    pub codes_left: Option<i64>,
}

/// One security question with the verifier of its answer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Answer {
    /// Whose.
    pub user_id: Uuid,
    /// The question's id.
    pub question: String,
    /// PHC string of argon2id over the normalised answer.
    pub verifier: String,
    /// How it was normalised (`regain_core::questions::FOLDING`).
    pub folding: i64,
}

/// A method being added in one session: at most one at a time.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Enrolment {
    /// Row id.
    pub id: Uuid,
    /// The session it belongs to.
    pub session_id: Uuid,
    /// Whose.
    pub user_id: Uuid,
    /// Which method.
    pub method: String,
    /// Address or number to prove.
    pub destination: Option<String>,
    /// Sealed seed to prove.
    pub sealed: Option<Vec<u8>>,
    /// What else the wizard needs, as JSON.
    pub body: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A combination of methods, registered or entered by an administrator, and how many people have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MethodMix {
    /// An authenticator for notifications.
    pub app_notification: bool,
    /// An authenticator app for codes.
    pub app_code: bool,
    /// A mobile phone.
    pub mobile_phone: bool,
    /// An office phone.
    pub office_phone: bool,
    /// An alternate email address.
    pub email: bool,
    /// A passkey.
    pub passkey: bool,
    /// Unused recovery codes.
    pub recovery_code: bool,
    /// Answered security questions.
    pub questions: bool,
    /// Whether they hold a role.
    pub administrator: bool,
    /// How many people.
    pub people: i64,
}

/// Methods, answers, enrolments.
#[async_trait]
pub trait Methods {
    /// The user's methods, oldest first.
    async fn methods(&mut self, user_id: Uuid) -> Result<Vec<Method>>;
    /// Adds a proven method.
    async fn add_method(&mut self, method: &Method) -> Result<()>;
    /// Renames a method of this user. False when it is gone.
    async fn rename_method(&mut self, user_id: Uuid, id: Uuid, label: &str) -> Result<bool>;
    /// Deletes a method of this user; the codes of a phone go with the phone, and what either showed in a session, or
    /// agreed to, goes with it. False when it was gone.
    async fn delete_method(&mut self, user_id: Uuid, id: Uuid) -> Result<bool>;
    /// Takes a time step, if it is later than every step taken before. False otherwise: a code works once. A step that
    /// was taken more than [`STEPS_AHEAD`] ahead does not count: it was taken under a clock that was wrong.
    async fn take_step(&mut self, id: Uuid, step: i64, at: Timestamp) -> Result<bool>;
    /// Notes that a method proved something.
    async fn touch_method(&mut self, id: Uuid, at: Timestamp) -> Result<()>;

    /// The user's answers, in no meaningful order.
    async fn answers(&mut self, user_id: Uuid) -> Result<Vec<Answer>>;
    /// Replaces all answers of a user; an empty list deletes them.
    async fn set_answers(&mut self, user_id: Uuid, answers: &[Answer]) -> Result<()>;

    /// How many people have which methods, among the first `most` who may sign in.
    async fn method_mix(&mut self, most: i64) -> Result<Vec<MethodMix>>;

    /// The enrolment under way in a session.
    async fn enrolment(&mut self, session_id: Uuid) -> Result<Option<Enrolment>>;
    /// Begins an enrolment; one that was under way in the session is dropped.
    async fn begin_enrolment(&mut self, enrolment: &Enrolment) -> Result<()>;
    /// Ends an enrolment. False when it was over already: the one who gets true adds the method.
    async fn end_enrolment(&mut self, id: Uuid) -> Result<bool>;
}
