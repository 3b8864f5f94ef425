//! Implements [`Account`].

use async_trait::async_trait;
use regain_app::outcome::{Answer, Cookie, Failure, Outcome, with_next};
use regain_app::services::account::{Account, ChangePasswordView};
use regain_app::services::toll::{Solved, Toll, another_picture};
use regain_app::visit::{Session, Visit};
use regain_core::form::{FieldProblem, FormState};
use regain_core::next_path::NextPath;
use regain_core::password::{NewPassword, PasswordProblem, normalize};
use regain_core::policy::EffectivePolicy;
use regain_core::secret::Secret;
use regain_store::{AuditRecord, Tx, User};
use uuid::Uuid;

use crate::attempt::{RightPassword, Tried};
use crate::audit::{self, Build as _};
use crate::captcha::Action;
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::forms::Derived;
use crate::landing::{self, CHANGE_PASSWORD};
use crate::messages::{Notice, from};
use crate::passwords::{self, Cause, NewVerifier, Refused, Rules};
use crate::person::Person;
use crate::refusals::Kind;
use crate::services::sign_in::toll::{Paid, pay};
use crate::services::{failure, hash_failure};

/// The signed-in person, and the rules that the new password meets.
struct Change<'a> {
    engine: &'a Engine,
    visit: &'a Visit,
    session: &'a Session,
    session_id: Uuid,
    user: User,
    rules: Rules,
}

#[async_trait]
impl Account for Engine {
    async fn change_password_view(&self, visit: &Visit) -> Result<ChangePasswordView, Failure> {
        let change = Change::begin(self, visit).await?;
        Ok(ChangePasswordView {
            profile: Some(change.rules.profile()),
            names: change.rules.name_rule(&passwords::names_of(&change.user)),
            required: change.session.must_change_password,
            expired: change.has_expired().await?,
            toll: change.toll().await.map_err(failure)?,
            upn: change.user.upn,
        })
    }

    async fn change_password(
        &self,
        visit: &Visit,
        current: Secret,
        new: Secret,
        confirmation: Secret,
        next: String,
        solved: Solved,
    ) -> Answer {
        let change = Change::begin(self, visit).await?;
        let next = NextPath::parse(&next);
        if solved.another {
            return Ok(Outcome::refused(page(next.as_ref()), another_picture(FormState::default())));
        }
        let password = match change.judge(&current, &new, &confirmation) {
            Ok(password) => password,
            Err(refused) => return change.refuse(refused, next.as_ref()).await,
        };
        if let Paid::No(form) = pay(self, visit, &solved).await? {
            return Ok(Outcome::refused(page(next.as_ref()), form));
        }
        match self.try_password(visit, &change.user.upn_key, &current).await? {
            Tried::Right(right) => change.finish(&right, &password, next.as_ref()).await,
            Tried::Wrong(_) => change.refuse(wrong_current(), next.as_ref()).await,
            Tried::Locked(..) => {
                let problems = vec![FieldProblem::new("", "sign-in-locked")];
                change.refuse_locked(Refused { problems, reason: "Sign-in is locked" }, next.as_ref()).await
            }
        }
    }
}

impl<'a> Change<'a> {
    /// A person whose password must be changed passes here, and only here.
    async fn begin(engine: &'a Engine, visit: &'a Visit) -> Result<Self, Failure> {
        let session = visit.session.as_ref().ok_or(Failure::SignedOut)?;
        let parse = |id: &str| id.parse::<Uuid>().map_err(|_| Failure::Internal);
        let mut tx = engine.store.read().await.map_err(failure)?;
        let user = tx.user(parse(&session.user_id)?).await.map_err(failure)?.ok_or(Failure::SignedOut)?;
        if session.owes_second_factor {
            return Err(Failure::StepUp);
        }
        let person = Person::of(engine, &mut *tx, user.clone()).await.map_err(failure)?;
        let rules = Rules::load(&mut *tx).await.map_err(failure)?.for_person(&person);
        Ok(Self { engine, visit, session, session_id: parse(&session.id)?, user, rules })
    }

    /// Whether the present password is too old, for this person.
    async fn has_expired(&self) -> Result<bool, Failure> {
        let found = async {
            let mut tx = self.engine.store.read().await?;
            let Some(password) = tx.password(self.user.id).await? else { return Ok(false) };
            passwords::is_expired(self.engine, &mut *tx, &password).await
        };
        found.await.map_err(failure)
    }

    /// What is asked first where many passwords from here were wrong.
    async fn toll(&self) -> regain_store::Result<Option<Toll>> {
        let price = self.engine.price_of_sign_in(&mut *self.engine.store.read().await?, self.visit).await?;
        Ok(price.map(|effort| self.engine.issue_toll(Action::SignIn, effort, &self.visit.support_code)))
    }

    /// The current password was right: everything in one transaction.
    async fn finish(&self, right: &RightPassword, password: &NewPassword, next: Option<&NextPath>) -> Answer {
        let verifier = self.engine.verifier(password).await.map_err(hash_failure)?;
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        if !self.engine.settle(&mut *tx, right).await.map_err(failure)? {
            drop(tx);
            return self.refuse(wrong_current(), next).await;
        }
        let cause = Cause::Change { session: self.session_id };
        let new = NewVerifier { verifier, imported: false, cause };
        passwords::set(self.engine, &mut *tx, &self.user, new).await.map_err(failure)?;
        let token = self.engine.derive(self.visit, Derived::Session);
        if !tx.rotate_session(self.session_id, &token_hash(token.expose())).await.map_err(failure)? {
            return Err(Failure::SignedOut);
        }
        let person = Person::of(self.engine, &mut *tx, self.user.clone()).await.map_err(failure)?;
        self.write_down(&mut *tx, &person).await.map_err(failure)?;
        let outcome = Outcome::go(self.landing(&person, next)).with_cookie(Cookie::Session(token));
        self.engine.remember(&mut *tx, self.visit, &outcome).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(outcome)
    }

    async fn write_down(&self, tx: &mut dyn Tx, person: &Person) -> regain_store::Result<()> {
        let locale = self.user.locale.as_deref().unwrap_or(self.visit.locale.tag());
        let [address, device] = from(self.visit, locale);
        let notice = Notice {
            to: &person.notice_addresses(),
            template: "notice-password-changed",
            params: &[("name", self.user.display_name.clone()), address, device],
            locale,
            support_code: &self.visit.support_code,
        };
        self.engine.enqueue_own_notice(tx, self.user.id, &notice).await?;
        let record = audit::success(audit::service::PASSWORD, audit::activity::CHANGE_PASSWORD);
        tx.append(&record.seen(self.engine, self.visit).to(&self.user)).await
    }

    /// Who had to change it goes on to where sign-in was leading; who chose to sees that it is done.
    fn landing(&self, person: &Person, next: Option<&NextPath>) -> String {
        let going_elsewhere = next.filter(|next| next.path() != CHANGE_PASSWORD);
        if self.session.must_change_password && (next.is_none() || going_elsewhere.is_some()) {
            let interrupts = person.effective.interrupts && self.session.held_until.is_none();
            let effective = EffectivePolicy { interrupts, ..person.effective.clone() };
            let person = Person { effective, ..person.clone() };
            return landing::after_sign_in(&person, false, going_elsewhere, self.engine.now());
        }
        format!("{CHANGE_PASSWORD}?changed")
    }

    async fn refuse(&self, refused: Refused, next: Option<&NextPath>) -> Answer {
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        tx.append(&self.refusal(&refused)).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(shown_again(refused, next))
    }

    /// Nothing was compared: these are written down together.
    async fn refuse_locked(&self, refused: Refused, next: Option<&NextPath>) -> Answer {
        let record = self.refusal(&refused);
        self.engine.note_refused(self.visit, Kind::SignInLocked, &record).await.map_err(failure)?;
        Ok(shown_again(refused, next))
    }

    fn refusal(&self, refused: &Refused) -> AuditRecord {
        let activity = audit::activity::CHANGE_PASSWORD;
        let record = audit::failure(audit::service::PASSWORD, activity, refused.reason);
        record.seen(self.engine, self.visit).to(&self.user)
    }

    /// Everything that needs no hash comes before the first one.
    fn judge(&self, current: &Secret, new: &Secret, confirmation: &Secret) -> Result<NewPassword, Refused> {
        let judged = self.rules.judge_form(new, confirmation, &passwords::names_of(&self.user));
        let mut refused = judged
            .as_ref()
            .err()
            .cloned()
            .unwrap_or_else(|| Refused { problems: Vec::new(), reason: passwords::reason(&[]) });
        if current.is_empty() {
            refused.problems.insert(0, FieldProblem::new("current_password", "password-current-empty"));
        } else if normalize(current.expose()) == normalize(new.expose()) {
            // If what was typed as current is not, this refuses a password that it need not: no harm (R156).
            refused.problems = vec![PasswordProblem::SameAsCurrent.on("new_password")];
        }
        judged.ok().filter(|_| refused.problems.is_empty()).ok_or(refused)
    }
}

fn page(next: Option<&NextPath>) -> String {
    next.map_or_else(|| CHANGE_PASSWORD.to_owned(), |next| with_next(CHANGE_PASSWORD, next.as_str()))
}

fn shown_again(refused: Refused, next: Option<&NextPath>) -> Outcome {
    Outcome::refused(page(next), FormState { problems: refused.problems, ..FormState::default() })
}

fn wrong_current() -> Refused {
    let problems = vec![FieldProblem::new("current_password", "password-current-wrong")];
    Refused { problems, reason: "InvalidCurrentPassword" }
}
