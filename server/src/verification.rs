//! Proving something: codes that are sent, codes from an app, answers. One engine for resets, registration and step-up.
//!
//! A try is counted in a transaction of its own, committed before anything is compared; counters belong to the account,
//! so no new code, flow or session gives new tries. The right answer consumes its challenge exactly once, in the
//! transaction in which the caller writes down what was proved ([`Checked::Right`]). A person sees the tries left of
//! their own reset alone: where the account's are used up, answers are compared with nothing, as for an unknown name.

mod app_code;
mod breaker;
mod counting;
mod credentials;
mod limits;
pub(crate) mod owner;
mod push;
mod send;

use regain_app::visit::Visit;
use regain_core::code::OneTimeCode;
use regain_core::form::FieldProblem;
use regain_core::method::Method;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;
use regain_store::{Challenge, Result, Tx};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::account_key::account_lock;
use crate::engine::Engine;

pub(crate) use app_code::period_of;
pub use app_code::{Match, SEED_BYTES, seed_base32};
pub(crate) use limits::recovery_keys;
pub use push::{Answering, AskedFrom, Asking};
pub use send::{Sending, Target};

use counting::Counted;

/// What a challenge belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A reset flow.
    Flow(Uuid),
    /// A signed-in session.
    Session(Uuid),
    /// A call to the help desk.
    HelpCall(Uuid),
}

/// What a proof is good for, and nothing else (T42).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A gate of a reset or an unlock.
    Recovery,
    /// Adding a method.
    Register,
    /// A second factor in a session.
    StepUp,
    /// Showing the help desk who is calling: it opens nothing by itself.
    VerifyCaller,
    /// An older method's agreement to changes after a reset.
    Agree,
}

impl Purpose {
    /// The name in rows, keyed hashes and counters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recovery => "recovery",
            Self::Register => "register",
            Self::StepUp => "step_up",
            Self::VerifyCaller => "verify_caller",
            Self::Agree => "agree",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Recovery, Self::Register, Self::StepUp, Self::VerifyCaller, Self::Agree];
        all.into_iter().find(|purpose| purpose.as_str() == name)
    }

    /// Why the audit log says that an account was locked for it.
    pub fn locked_reason(self) -> &'static str {
        match self {
            Self::Recovery => "Too many failed tries to get back into the account",
            Self::Register => "Too many failed tries to add a method",
            Self::StepUp => "Too many failed tries to show a second factor",
            Self::VerifyCaller => "Too many failed tries to verify a caller",
            Self::Agree => "Too many failed tries to agree to changes after a reset",
        }
    }

    /// What the audit log says of a second factor that was shown for it.
    pub fn shown_reason(self) -> &'static str {
        match self {
            Self::Agree => "An older method agreed to changes after a reset",
            Self::Recovery | Self::Register | Self::StepUp | Self::VerifyCaller => "",
        }
    }
}

/// Who asks, as limits and messages need it.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    /// What the challenge belongs to.
    pub holder: Holder,
    /// What for.
    pub purpose: Purpose,
    /// The account that limits count for, known or not; see `account_key`.
    pub account: &'a str,
    /// The person; `None` for a decoy, which gets the same words and no message.
    pub user_id: Option<Uuid>,
    /// Whether the reset was begun in a browser in which this person signed in or reset lately: sends and tries of its
    /// own.
    pub known_browser: bool,
    /// The flow's or session's support code.
    pub support_code: &'a str,
    /// The request.
    pub visit: &'a Visit,
}

impl Asker<'_> {
    /// The reset, if it is one: who is signed in, or on the phone with the help desk, is told more.
    fn flow(&self) -> Option<Uuid> {
        match self.holder {
            Holder::Flow(id) => Some(id),
            Holder::Session(_) | Holder::HelpCall(_) => None,
        }
    }

    /// Whether it is somebody who is signed in, or whose browser is known.
    fn is_no_stranger(&self) -> bool {
        self.known_browser || self.flow().is_none()
    }
}

/// What a try ends in.
pub enum Checked {
    /// Right. The challenge is consumed in this open transaction, which holds the account's lock: write what was proved,
    /// then commit.
    Right(Box<dyn Tx>, Challenge),
    /// Wrong; another try with the same code is possible.
    Wrong(Left),
    /// There is no code to compare with any more: expired, or tried too often.
    Dead(Left),
    /// A code that was right before. It counts as no try.
    Spent(Spent),
    /// Too many wrong tries; nothing is compared until then.
    Locked(Timestamp),
}

/// How many tries are left: of the code, or, where it is dead, of the reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left(pub i64);

/// Why a code that was right is not any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spent {
    /// It was used.
    Used,
    /// A newer one was sent.
    Replaced,
}

impl Engine {
    /// The newest challenge of the holder for this purpose, whatever its state.
    pub async fn challenge(
        &self,
        tx: &mut dyn Tx,
        holder: Holder,
        purpose: Purpose,
    ) -> Result<Option<Challenge>> {
        match holder {
            Holder::Flow(id) => tx.flow_challenge(id).await,
            Holder::Session(id) => tx.session_challenge(id, purpose.as_str()).await,
            Holder::HelpCall(id) => tx.help_call_challenge(id).await,
        }
    }

    /// Opens a challenge that needs no message: a code from an app, answers.
    pub async fn open_challenge(
        &self,
        tx: &mut dyn Tx,
        asker: &Asker<'_>,
        target: &Target,
    ) -> Result<Challenge> {
        tx.lock(&account_lock(asker.account)).await?;
        let challenge = self.new_challenge(asker, target);
        tx.add_challenge(&challenge).await?;
        if target.method == Method::Passkey {
            self.begin_passkey_ceremony(tx, &challenge).await?;
        }
        Ok(challenge)
    }

    /// Compares a code that was sent.
    pub async fn check_code(
        &self,
        asker: &Asker<'_>,
        challenge: &Challenge,
        typed: &OneTimeCode,
    ) -> Result<Checked> {
        let judged = match self.count_first(asker, challenge).await? {
            Counted::Refused(refused) => return Ok(refused),
            Counted::Once { judged } => judged,
        };
        if self.is_code_of(challenge, typed) & judged {
            return self.consume(asker, challenge).await;
        }
        if let Some(spent) = self.spent_code(asker, challenge, typed).await? {
            self.forgive(asker, challenge, judged).await?;
            return Ok(Checked::Spent(spent));
        }
        self.count_wrong(asker, challenge, judged).await
    }

    fn is_code_of(&self, challenge: &Challenge, typed: &OneTimeCode) -> bool {
        let mac = self.code_mac(challenge, typed.expose());
        challenge.mac.as_ref().is_some_and(|stored| bool::from(stored.as_slice().ct_eq(&mac)))
    }

    /// Whether `typed` was the code of an older message to the same person, for the same purpose: used, or replaced.
    async fn spent_code(
        &self,
        asker: &Asker<'_>,
        challenge: &Challenge,
        typed: &OneTimeCode,
    ) -> Result<Option<Spent>> {
        let user_id = asker.user_id.unwrap_or_default();
        let since = self.now().minus(regain_core::limits::FLOW_LIFE);
        let mut tx = self.store.read().await?;
        let older = tx.spent_challenges(user_id, asker.purpose.as_str(), &challenge.method, since).await?;
        let found = older.iter().find(|older| older.id != challenge.id && self.is_code_of(older, typed));
        let spent = |row: &Challenge| if row.consumed_at.is_some() { Spent::Used } else { Spent::Replaced };
        Ok(found.map(spent))
    }

    /// Compares a code from an authenticator app or hardware token with the person's seeds. Each time step works once (T48, T49).
    pub async fn check_app_code(
        &self,
        asker: &Asker<'_>,
        challenge: &Challenge,
        typed: &OneTimeCode,
    ) -> Result<Checked> {
        let judged = match self.count_first(asker, challenge).await? {
            Counted::Refused(refused) => return Ok(refused),
            Counted::Once { judged } => judged,
        };
        let user_id = asker.user_id.filter(|_| judged);
        let Some((method_id, found)) = self.match_app_code(user_id, typed).await? else {
            return self.count_wrong(asker, challenge, judged).await;
        };
        let mut tx = self.write_locked(asker).await?;
        if !tx.take_step(method_id, found.step, self.now()).await? {
            drop(tx);
            // It shows for a while yet: people type it twice.
            self.forgive(asker, challenge, judged).await?;
            return Ok(Checked::Spent(Spent::Used));
        }
        // Only a hardware token has a clock that drifts; what an app shows changes nothing here.
        tx.set_drift(method_id, found.drift).await?;
        // The proof names the app that made it, so that it falls with the app (T28).
        self.consume_in(tx, asker, &Challenge { method_id: Some(method_id), ..challenge.clone() }).await
    }

    /// Compares all drawn answers together; which one was wrong is told to nobody (T59). Each is a verifier (`None` for
    /// a decoy) with what was typed, already normalised.
    pub async fn check_answers(
        &self,
        asker: &Asker<'_>,
        challenge: &Challenge,
        answers: Vec<(Option<String>, Secret)>,
    ) -> std::result::Result<Checked, regain_app::outcome::Failure> {
        let judged = match self.count_first(asker, challenge).await.map_err(crate::services::failure)? {
            Counted::Refused(refused) => return Ok(refused),
            Counted::Once { judged } => judged,
        };
        let mut right = judged && !answers.is_empty();
        for (verifier, typed) in answers {
            let verdict = match self.hasher.verify(&typed, verifier).await {
                Ok(verdict) => verdict,
                Err(error) => {
                    self.forgive(asker, challenge, judged).await.map_err(crate::services::failure)?;
                    return Err(crate::services::hash_failure(error));
                }
            };
            right &= verdict != regain_directory::Verdict::Wrong;
        }
        let checked = if right {
            self.consume(asker, challenge).await
        } else {
            self.count_wrong(asker, challenge, judged).await
        };
        checked.map_err(crate::services::failure)
    }

    async fn consume(&self, asker: &Asker<'_>, challenge: &Challenge) -> Result<Checked> {
        let tx = self.write_locked(asker).await?;
        self.consume_in(tx, asker, challenge).await
    }

    /// A transaction in which nobody else changes what belongs to the account: no password is set beside a proof.
    async fn write_locked(&self, asker: &Asker<'_>) -> Result<Box<dyn Tx>> {
        let mut tx = self.store.write().await?;
        tx.lock(&account_lock(asker.account)).await?;
        Ok(tx)
    }

    /// The caller holds the account's lock in `tx`.
    async fn consume_in(
        &self,
        mut tx: Box<dyn Tx>,
        asker: &Asker<'_>,
        challenge: &Challenge,
    ) -> Result<Checked> {
        let now = self.now();
        if !tx.consume_challenge(challenge.id, now).await? {
            return Ok(Checked::Dead(self.left_of_holder(&mut *tx, asker).await?));
        }
        self.uncount(&mut *tx, asker, challenge, true).await?;
        if let Some(method_id) = challenge.method_id {
            tx.touch_method(method_id, now).await?;
        }
        let consumed = Challenge { consumed_at: Some(now), ..challenge.clone() };
        Ok(Checked::Right(tx, consumed))
    }

    fn new_challenge(&self, asker: &Asker<'_>, target: &Target) -> Challenge {
        let now = self.now();
        let (flow_id, session_id, help_call_id) = match asker.holder {
            Holder::Flow(id) => (Some(id), None, None),
            Holder::Session(id) => (None, Some(id), None),
            Holder::HelpCall(id) => (None, None, Some(id)),
        };
        Challenge {
            id: self.new_id(),
            flow_id,
            session_id,
            help_call_id,
            user_id: asker.user_id,
            purpose: asker.purpose.as_str().to_owned(),
            method: target.method.as_str().to_owned(),
            method_id: target.method_id,
            destination: target.destination.clone(),
            mac: None,
            attempts: 0,
            created_at: now,
            expires_at: now.plus(life(target.method)),
            consumed_at: None,
            superseded_at: None,
        }
    }

    /// Bound to purpose, holder, method and the challenge itself: no other row accepts the code (T19, T20, T42).
    fn code_mac(&self, challenge: &Challenge, code: &str) -> Vec<u8> {
        let holder = challenge.flow_id.or(challenge.session_id).or(challenge.help_call_id);
        let holder = holder.unwrap_or_default().to_string();
        self.keys.code_mac(&[&challenge.purpose, &holder, &challenge.method, &challenge.id.to_string()], code)
    }
}

/// The problem that tells how many tries are left.
pub(crate) fn with_left(field: &str, code: &str, Left(left): Left) -> FieldProblem {
    FieldProblem::new(field, code).with("left", &left)
}

/// The problem that tells why a code that was right is not any more.
pub(crate) fn spent_code(method: Option<Method>, spent: Spent) -> &'static str {
    match (spent, method) {
        (Spent::Used, Some(Method::RecoveryCode)) => "recovery-code-used",
        (Spent::Used, _) => "code-used",
        (Spent::Replaced, _) => "code-replaced",
    }
}

/// A sent code lives five minutes. What nobody sends may be answered as long as its flow lives.
fn life(method: Method) -> regain_core::time::Duration {
    match method {
        Method::Email | Method::MobilePhone | Method::OfficePhone => regain_core::limits::CODE_LIFE,
        Method::AppNotification => regain_core::limits::PUSH_LIFE,
        Method::Passkey | Method::AppCode | Method::RecoveryCode | Method::SecurityQuestions => {
            regain_core::limits::FLOW_LIFE
        }
    }
}
