//! The one engine for new passwords: whoever sets one, by whatever way, it is judged and set here (T157).

mod common;

use regain_app::services::account::NameRule;
use regain_core::account::{PersonNames, TypedDetails};
use regain_core::entropy::Entropy;
use regain_core::form::FieldProblem;
use regain_core::password::banned;
use regain_core::password::passphrase;
use regain_core::password::{Blocklists, NewPassword, PasswordProblem, PasswordProfile, Person};
use regain_core::secret::Secret;
use regain_directory::HashError;
use regain_store::{Password, Result, Tx, User};
use uuid::Uuid;

use crate::account_key::{account_key, counter_key, counter_prefix};
use crate::engine::Engine;
use crate::organization;
use crate::password_protection::{self, PasswordProtection};

/// The counter of an account's failed sign-ins in a day.
pub const SIGN_IN_COUNTER: &str = "sign-in";

/// What a new password is judged by, as it is now.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Profile and lists.
    pub protection: PasswordProtection,
    /// The organisation's name, which a password must not contain.
    pub organization: String,
}

/// Why a new password was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// For the form.
    pub problems: Vec<FieldProblem>,
    /// For the audit log (R176).
    pub reason: &'static str,
}

impl Rules {
    /// Loads the rules in force.
    pub async fn load(tx: &mut dyn Tx) -> Result<Self> {
        let protection = password_protection::load(tx).await?;
        let organization = organization::load(tx).await?.name;
        Ok(Self { protection, organization })
    }

    /// The rules for one person: fewer characters are enough where sign-in demands a second factor (ruling 6).
    #[must_use]
    pub fn for_person(mut self, person: &crate::person::Person) -> Self {
        self.protection.profile = self.protection.profile.for_sign_in(person.effective.second_factor);
        self
    }

    /// The profile in force, for the page.
    pub fn profile(&self) -> PasswordProfile {
        self.protection.profile
    }

    /// Judges a password for a person: profile, names, banned words, and passwords that are guessed first.
    pub fn judge(
        &self,
        password: &Secret,
        names: &PersonNames,
    ) -> std::result::Result<NewPassword, Vec<PasswordProblem>> {
        let banned = self.protection.banned_words();
        let lists = Blocklists { banned: &banned, is_common: &common::is_common };
        let person = Person { names, organization: &self.organization };
        NewPassword::parse(password.expose(), &self.protection.profile, &person, &lists)
    }

    /// The names that a password must not contain, for the page, which says so while it is typed.
    pub fn name_rule(&self, names: &PersonNames) -> NameRule {
        let parts = banned::name_parts(&Person { names, organization: &self.organization });
        NameRule { organization: self.organization.clone(), parts }
    }

    /// *Suggest a passphrase*: one that these rules accept for this person.
    pub fn suggest(&self, entropy: &dyn Entropy, names: &PersonNames) -> Option<Secret> {
        let banned = self.protection.banned_words();
        let lists = Blocklists { banned: &banned, is_common: &common::is_common };
        let person = Person { names, organization: &self.organization };
        passphrase::suggest(entropy, &self.protection.profile, &person, &lists)
    }

    /// Judges the fields `new_password` and `confirm_password` of a form (R151).
    pub fn judge_form(
        &self,
        password: &Secret,
        confirmation: &Secret,
        names: &PersonNames,
    ) -> std::result::Result<NewPassword, Refused> {
        if password.is_empty() {
            let problem = FieldProblem::new("new_password", "password-new-empty");
            return Err(Refused { problems: vec![problem], reason: reason(&[]) });
        }
        let judged = self.judge(password, names);
        let mut problems = judged.as_ref().err().cloned().unwrap_or_default();
        let mut fields: Vec<_> = problems.iter().map(|problem| problem.on("new_password")).collect();
        if confirmation != password {
            problems.push(PasswordProblem::Mismatch);
            fields.push(PasswordProblem::Mismatch.on("confirm_password"));
        }
        judged
            .ok()
            .filter(|_| fields.is_empty())
            .ok_or(Refused { problems: fields, reason: reason(&problems) })
    }
}

/// What the audit log says about a refused password; the first is the model's own wording.
pub fn reason(problems: &[PasswordProblem]) -> &'static str {
    if problems.iter().any(|problem| problem.is_fuzzy()) {
        "FuzzyPolicyViolationInvalidPassword"
    } else {
        "PolicyViolationInvalidPassword"
    }
}

/// The names of a user, which a password must not contain.
pub fn names_of(user: &User) -> PersonNames {
    PersonNames {
        given: user.given_name.clone(),
        surname: user.surname.clone(),
        display: user.display_name.clone(),
        upn: user.upn.clone(),
    }
}

/// Who sets a password, which decides what else it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The signed-in person, in this session, which stays. It proves the password, so it clears the sign-in lockout;
    /// a recovery lock stays (ruling 9).
    Change {
        /// The session that stays.
        session: Uuid,
    },
    /// The person, through the reset wizard. The flow itself must be closed before, or it is closed as overtaken.
    Reset,
    /// An administrator, on a page or the command line: it must be changed at the next sign-in.
    Administrator,
}

/// A password to store.
#[derive(Clone, Debug)]
pub struct NewVerifier {
    /// From [`Engine::verifier`] or [`regain_directory::Hasher::hash_import`].
    pub verifier: String,
    /// It is a bulk import's quick verifier, over which a job lays argon2id.
    pub imported: bool,
    /// Who sets it.
    pub cause: Cause,
}

impl Engine {
    /// Hashes a password that was judged. Takes long: never inside a transaction.
    pub async fn verifier(&self, password: &NewPassword) -> std::result::Result<String, HashError> {
        self.hasher.hash(password.normalized(), self.new_salt()).await
    }
}

/// Judges a password that somebody else sets or imports (ruling 6). There is no other door for one.
pub(crate) fn judge_temporary(
    password: &Secret,
    names: &PersonNames,
) -> std::result::Result<NewPassword, Vec<PasswordProblem>> {
    NewPassword::parse_temporary(password.expose(), names, &common::is_common)
}

/// Whether it is the password of a template's example row.
pub(crate) fn is_example(password: &Secret) -> bool {
    password.expose().trim().eq_ignore_ascii_case(common::EXAMPLE)
}

/// The names in details that are not a user's yet.
pub(crate) fn names_in(details: &TypedDetails) -> PersonNames {
    PersonNames {
        given: details.given_name.clone(),
        surname: details.surname.clone(),
        display: details.display_name.clone(),
        upn: details.upn.clone(),
    }
}

/// Sets a password, and ends what rested on the old one: sessions, reset flows, challenges, enrolments, the sign-in
/// lockout, and after a reset or by an administrator the temporary pass and the account's other counters too (R128, R182, T91). The caller
/// holds [`crate::account_key::account_lock`], and writes audit and notices in the same transaction.
pub async fn set(engine: &Engine, tx: &mut dyn Tx, user: &User, new: NewVerifier) -> Result<()> {
    let now = engine.now();
    tx.set_password(&Password {
        user_id: user.id,
        verifier: new.verifier,
        temporary: new.cause == Cause::Administrator,
        imported: new.imported,
        set_at: now,
    })
    .await?;
    let kept = match new.cause {
        Cause::Change { session } => Some(session),
        Cause::Reset | Cause::Administrator => None,
    };
    // An enrolment ends with its session; only the kept one needs a word.
    if let Some(session) = kept
        && let Some(enrolment) = tx.enrolment(session).await?
    {
        tx.end_enrolment(enrolment.id).await?;
    }
    tx.end_sessions(user.id, kept).await?;
    if kept.is_none() {
        tx.delete_pass(user.id).await?;
    }
    tx.close_flows(user.id, None, "closed", now).await?;
    tx.void_challenges(user.id, now).await?;
    let account = account_key(&engine.keys, &user.upn_key);
    tx.clear_lockout(&account).await?;
    if kept.is_some() {
        tx.clear_counter(&counter_key(&account, SIGN_IN_COUNTER)).await
    } else {
        tx.clear_counters(&counter_prefix(&account)).await.map(|_| ())
    }
}

/// Whether a password is too old, under the settings as they are now and for this person (R159).
pub async fn is_expired(engine: &Engine, tx: &mut dyn Tx, password: &Password) -> Result<bool> {
    let protection = password_protection::load(tx).await?;
    let too_old = protection.is_expired(password.set_at, engine.now());
    Ok(too_old && !tx.password_never_expires(password.user_id).await?)
}
