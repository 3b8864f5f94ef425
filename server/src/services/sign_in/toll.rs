//! What is asked of a source with very many wrong passwords, at sign-in and where a password is changed.

use regain_app::outcome::Failure;
use regain_app::services::toll::{Solved, Toll, another_picture};
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};

use crate::captcha::{Action, Effort};
use crate::engine::Engine;
use crate::services::failure;
use crate::toll::{self, FIELD};

/// What the page shows, as the refused form was told.
pub(super) fn asked(engine: &Engine, visit: &Visit) -> Option<Toll> {
    let effort = toll::told(visit)?;
    Some(engine.issue_toll(Action::SignIn, effort, &visit.support_code))
}

/// What was paid, or why nothing is compared.
pub(in crate::services) enum Paid {
    /// A password may be compared; what it costs is for the page that follows a wrong one.
    Yes(Option<Effort>),
    /// Nothing is compared: the page again, with this in its form.
    No(FormState),
}

/// Looks at what was solved, if something is asked of this source.
pub(in crate::services) async fn pay(
    engine: &Engine,
    visit: &Visit,
    solved: &Solved,
) -> Result<Paid, Failure> {
    let mut tx = engine.store.read().await.map_err(failure)?;
    let price = engine.price_of_sign_in(&mut *tx, visit).await.map_err(failure)?;
    drop(tx);
    let Some(price) = price else { return Ok(Paid::Yes(None)) };
    let form = toll::keep(FormState::default(), Some(price));
    if solved.another {
        return Ok(Paid::No(another_picture(form)));
    }
    let mut tx = engine.store.write().await.map_err(failure)?;
    let problem = engine.judge_toll(&mut *tx, visit, Action::SignIn, solved, price).await.map_err(failure)?;
    tx.commit().await.map_err(failure)?;
    Ok(match problem {
        None => Paid::Yes(Some(price)),
        Some(code) => Paid::No(form.with_problem(FieldProblem::new(FIELD, code))),
    })
}
