//! Sign-in with a temporary pass.

use regain_app::outcome::{Answer, Failure, Outcome, with_next};
use regain_app::pages::signin::temporary_pass::PATH;
use regain_app::services::toll::Solved;
use regain_app::visit::Visit;
use regain_core::account::Username;
use regain_core::code::PassCode;
use regain_core::form::{FieldProblem, FormState};
use regain_core::next_path::NextPath;
use regain_core::secret::Secret;

use super::toll::{self, Paid};
use super::{audit_failure, audit_locked, session};
use crate::attempt::{RightPass, TriedPass};
use crate::audit::{self, Build as _};
use crate::engine::Engine;
use crate::landing;
use crate::person::Person;
use crate::services::failure;
use crate::temporary_pass;

pub(super) async fn takes_passes(engine: &Engine) -> Result<bool, Failure> {
    let mut tx = engine.store.read().await.map_err(failure)?;
    Ok(temporary_pass::load(&mut *tx).await.map_err(failure)?.enabled)
}

/// Unknown, blocked, without a pass, with one that has run out, or with another one: the same answer.
pub(super) async fn use_pass(
    engine: &Engine,
    visit: &Visit,
    username: String,
    typed: Secret,
    next: &str,
    solved: &Solved,
) -> Answer {
    let next = NextPath::parse(next);
    let show = |form: FormState| {
        let page = next.as_ref().map_or_else(|| PATH.to_owned(), |next| with_next(PATH, next.as_str()));
        Ok(Outcome::refused(page, form.with_value("username", username.as_str())))
    };
    let told = crate::toll::told(visit);
    let refuse = |field: &str, code: &str| {
        show(crate::toll::keep(FormState::default(), told).with_problem(FieldProblem::new(field, code)))
    };
    let name = match Username::parse(&username) {
        Ok(name) => name,
        Err(problem) => return refuse("username", problem.code()),
    };
    if typed.expose().trim().is_empty() && !solved.another {
        return refuse("pass", "pass-empty");
    }
    let price = match toll::pay(engine, visit, solved).await? {
        Paid::Yes(price) => price,
        Paid::No(form) => return show(form),
    };
    let refuse = |field: &str, code: &str| {
        show(crate::toll::keep(FormState::default(), price).with_problem(FieldProblem::new(field, code)))
    };
    // What cannot be a pass is tried as it is, and is wrong in the same time.
    let tried = PassCode::parse(typed.expose()).map_or(typed, |code| code.secret().clone());
    match engine.try_pass(visit, name.key(), &tried).await? {
        TriedPass::Right(right) => match enter(engine, visit, &right, next.as_ref()).await? {
            Some(outcome) => Ok(outcome),
            None => refuse("pass", "pass-incorrect"),
        },
        TriedPass::Wrong(wrong) => {
            audit_failure(engine, visit, &wrong, "Invalid username or temporary pass").await?;
            refuse("pass", "pass-incorrect")
        }
        TriedPass::Locked(user) => {
            audit_locked(engine, visit, user.as_ref()).await?;
            refuse("", "sign-in-locked")
        }
    }
}

/// Begins a session that reaches the person's own security info; `None` when the pass died since the comparison.
async fn enter(
    engine: &Engine,
    visit: &Visit,
    right: &RightPass,
    next: Option<&NextPath>,
) -> Result<Option<Outcome>, Failure> {
    session::end_brought_along(engine, visit).await.map_err(failure)?;
    let mut tx = engine.store.write().await.map_err(failure)?;
    if !engine.settle_pass(&mut *tx, right).await.map_err(failure)? {
        return Ok(None);
    }
    let user = &right.user;
    let person = Person::of(engine, &mut *tx, user.clone()).await.map_err(failure)?;
    let begun = session::begin(engine, &mut *tx, visit, &person, Some(&right.pass)).await.map_err(failure)?;
    let record = audit::success(audit::service::SIGN_IN, audit::activity::SIGN_IN)
        .seen(engine, visit)
        .by(user)
        .to(user)
        .in_flow(&begun.support_code)
        .because("With a temporary pass")
        .detail("issuedBy", right.pass.issuer.as_str());
    tx.append(&record).await.map_err(failure)?;
    tx.commit().await.map_err(failure)?;
    let to = landing::after_pass(&person, next);
    Ok(Some(begun.lead(to)))
}
