//! Implements [`SignIn`].

use async_trait::async_trait;
use regain_app::outcome::{Answer, Cookie, Failure, Outcome, with_next};
use regain_app::services::sign_in::{PASSWORD_STEP, SignIn, USERNAME_STEP, VerifyView};
use regain_app::services::toll::{Solved, Toll};
use regain_app::visit::Visit;
use regain_core::account::Username;
use regain_core::form::{FieldProblem, FormState};
use regain_core::limits::REFUSALS_TOGETHER;
use regain_core::next_path::NextPath;
use regain_core::policy::EffectivePolicy;
use regain_core::secret::Secret;
use regain_store::{AuditRecord, Tx, User};

use crate::attempt::{RightPassword, Tried, Wrong};
use crate::audit::{self, Build as _};
use crate::engine::Engine;
use crate::landing;
use crate::passwords;
use crate::person::Person;
use crate::refusals::Kind;
use crate::services::failure;

mod pass;
mod passkey;
mod push;
mod session;
pub(super) mod toll;
mod verify;

use toll::Paid;
use verify::StepUp;
pub(crate) use verify::choice as factor_choice;

const PAGE: &str = "/signin";

#[async_trait]
impl SignIn for Engine {
    async fn give_username(&self, _: &Visit, username: String, next: String) -> Answer {
        let next = NextPath::parse(&next);
        Ok(match Username::parse(&username) {
            Ok(username) => to_password(username.as_typed(), next.as_ref(), FormState::default()),
            Err(problem) => {
                to_username(&username, next.as_ref(), FieldProblem::new("username", problem.code()))
            }
        })
    }

    fn toll(&self, visit: &Visit) -> Option<Toll> {
        toll::asked(self, visit)
    }

    async fn sign_in(
        &self,
        visit: &Visit,
        username: String,
        password: Secret,
        next: String,
        solved: Solved,
    ) -> Answer {
        let next = NextPath::parse(&next);
        let username = match Username::parse(&username) {
            Ok(username) => username,
            Err(problem) => {
                return Ok(to_username(
                    &username,
                    next.as_ref(),
                    FieldProblem::new("username", problem.code()),
                ));
            }
        };
        if password.is_empty() && !solved.another {
            let form = crate::toll::keep(FormState::default(), crate::toll::told(visit));
            let form = form.with_problem(FieldProblem::new("password", "password-empty"));
            return Ok(to_password(username.as_typed(), next.as_ref(), form));
        }
        let price = match toll::pay(self, visit, &solved).await? {
            Paid::Yes(price) => price,
            Paid::No(form) => return Ok(to_password(username.as_typed(), next.as_ref(), form)),
        };
        let refuse = |problem| {
            let form = crate::toll::keep(FormState::default(), price).with_problem(problem);
            Ok(to_password(username.as_typed(), next.as_ref(), form))
        };
        match self.try_password(visit, username.key(), &password).await? {
            Tried::Right(right) => match enter(self, visit, &right, next.as_ref()).await? {
                Some(outcome) => Ok(outcome),
                None => refuse(FieldProblem::new("password", "sign-in-incorrect")),
            },
            Tried::Wrong(wrong) => {
                audit_failure(self, visit, &wrong, "Invalid username or password").await?;
                refuse(FieldProblem::new("password", "sign-in-incorrect"))
            }
            Tried::Locked(user, _) => {
                audit_locked(self, visit, user.as_ref()).await?;
                // When it ends is not told: that would help who guesses to pace it.
                refuse(FieldProblem::new("", "sign-in-locked"))
            }
        }
    }

    async fn takes_passes(&self, _: &Visit) -> Result<bool, Failure> {
        pass::takes_passes(self).await
    }

    async fn use_pass(
        &self,
        visit: &Visit,
        username: String,
        typed: Secret,
        next: String,
        solved: Solved,
    ) -> Answer {
        pass::use_pass(self, visit, username, typed, &next, &solved).await
    }

    async fn sign_out(&self, visit: &Visit) -> Answer {
        if let Some(session) = &visit.session {
            let mut tx = self.store.write().await.map_err(failure)?;
            session::end(self, &mut *tx, session).await.map_err(failure)?;
            let record = audit::success(audit::service::SIGN_IN, audit::activity::SIGN_OUT)
                .seen(self, visit)
                .on("user", &session.user_id, &session.upn);
            tx.append(&record).await.map_err(failure)?;
            tx.commit().await.map_err(failure)?;
        }
        // Who signs in next in this browser is another visit.
        Ok(Outcome::go("/signin?signed-out").with_cookie(Cookie::EndSession).with_cookie(Cookie::EndVisit))
    }

    async fn verify_view(
        &self,
        visit: &Visit,
        factor: &str,
        choose: bool,
        next: &str,
    ) -> Result<VerifyView, Failure> {
        StepUp::begin(self, visit, next).await?.view(factor, choose).await
    }

    async fn send_code(&self, visit: &Visit, factor: String, next: String) -> Answer {
        StepUp::begin(self, visit, &next).await?.send(&factor).await
    }

    async fn verify_passkey(&self, visit: &Visit, answer: String, next: String) -> Answer {
        StepUp::begin(self, visit, &next).await?.check_passkey(&answer).await
    }

    async fn verify(&self, visit: &Visit, factor: String, code: Secret, next: String) -> Answer {
        StepUp::begin(self, visit, &next).await?.check(&factor, &code).await
    }
}

/// Begins a session; `None` when the account or its password changed since the comparison.
async fn enter(
    engine: &Engine,
    visit: &Visit,
    right: &RightPassword,
    next: Option<&NextPath>,
) -> Result<Option<Outcome>, Failure> {
    session::end_brought_along(engine, visit).await.map_err(failure)?;
    let mut tx = engine.store.write().await.map_err(failure)?;
    if !engine.settle(&mut *tx, right).await.map_err(failure)? {
        return Ok(None);
    }
    let user = &right.user;
    let person = Person::of(engine, &mut *tx, user.clone()).await.map_err(failure)?;
    engine.remember_place(&mut *tx, right).await.map_err(failure)?;
    let begun = session::begin(engine, &mut *tx, visit, &person, None).await.map_err(failure)?;
    let record = audit::success(audit::service::SIGN_IN, audit::activity::SIGN_IN)
        .seen(engine, visit)
        .by(user)
        .to(user)
        .in_flow(&begun.support_code);
    let expired = !right.password.temporary && expire(engine, &mut *tx, right).await.map_err(failure)?;
    let record = if expired { record.because("The password has expired") } else { record };
    tx.append(&record).await.map_err(failure)?;
    tx.commit().await.map_err(failure)?;
    let must_change = right.password.temporary || expired;
    // The registration interrupt waits while methods stay as they are; and a proof of the reset was shown already.
    let policy = person.effective.clone();
    let effective = EffectivePolicy {
        interrupts: policy.interrupts && begun.held_until.is_none(),
        second_factor: policy.second_factor && !begun.carried,
        ..policy
    };
    let to = landing::after_sign_in(&Person { effective, ..person }, must_change, next, engine.now());
    Ok(Some(begun.lead(to)))
}

/// A password that is too old becomes one that must be changed before anything else (R159).
async fn expire(engine: &Engine, tx: &mut dyn Tx, right: &RightPassword) -> regain_store::Result<bool> {
    let password = &right.password;
    Ok(passwords::is_expired(engine, tx, password).await?
        && tx.expire_password(password.user_id, password.set_at).await?)
}

/// The typed name is not written down: people type passwords into the wrong field. Without an account nothing was judged,
/// and nothing new where a guess is repeated: these are written down together. Each costs what a row of its own does, on
/// the disk too, or the second wrong password would tell by its time who has an account (T8).
async fn audit_failure(engine: &Engine, visit: &Visit, wrong: &Wrong, reason: &str) -> Result<(), Failure> {
    let record = failed(engine, visit, wrong.user.as_ref(), reason);
    let judged = wrong.user.is_some() && !wrong.again;
    let has_a_row = judged || engine.is_first_refusal(visit, Kind::NothingJudged, &record);
    let write = async {
        let mut tx = engine.store.write().await?;
        if has_a_row {
            tx.append(&record).await?;
        } else {
            tx.append_in_vain(&record).await?;
        }
        let told = format!("source:{}:sign-in-told", visit.address.key());
        tx.count(&told, REFUSALS_TOGETHER, engine.now()).await?;
        tx.commit().await
    };
    write.await.map_err(failure)
}

/// Nothing was compared: these are written down together.
async fn audit_locked(engine: &Engine, visit: &Visit, user: Option<&User>) -> Result<(), Failure> {
    let record = failed(engine, visit, user, "Sign-in is locked");
    engine.note_refused(visit, Kind::SignInLocked, &record).await.map_err(failure)
}

fn failed(engine: &Engine, visit: &Visit, user: Option<&User>, reason: &str) -> AuditRecord {
    let record = audit::failure(audit::service::SIGN_IN, audit::activity::SIGN_IN, reason);
    // Whoever else is signed in in this browser did not do it.
    let record = record.seen(engine, &Visit { session: None, ..visit.clone() });
    match user {
        Some(user) => record.to(user),
        None => record,
    }
}

fn to_username(typed: &str, next: Option<&NextPath>, problem: FieldProblem) -> Outcome {
    let form = FormState::default().with_value("step", USERNAME_STEP).with_value("username", typed);
    let page = next.map_or_else(|| PAGE.to_owned(), |next| with_next(PAGE, next.as_str()));
    Outcome::refused(page, form.with_problem(problem))
}

fn to_password(typed: &str, next: Option<&NextPath>, form: FormState) -> Outcome {
    let form = form.with_value("step", PASSWORD_STEP).with_value("username", typed);
    let next = next.map(|next| with_next("", next.as_str()).replacen('?', "&", 1)).unwrap_or_default();
    Outcome::refused(format!("{PAGE}?{PASSWORD_STEP}{next}"), form)
}
