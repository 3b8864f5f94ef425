//! A passkey as a gate: the browser is asked, and its answer judged.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::reset::Shown;
use regain_app::services::toll::Solved;
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};

use super::standing::Place;
use crate::engine::Engine;
use crate::services::failure;

impl Engine {
    /// What the browser is asked: the same for every account.
    pub(super) async fn reset_passkey_page(&self, visit: &Visit) -> Result<Shown<String>, Failure> {
        let (mut tx, standing) = match self.at_page(visit, Place::Passkey).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(Shown::Elsewhere(elsewhere)),
        };
        let options = match standing.pending() {
            Some(challenge) => self.passkey_options(&mut *tx, challenge).await.map_err(failure)?,
            None => String::new(),
        };
        let frame = self.frame(&mut *tx, visit, &standing).await.map_err(failure)?;
        Ok(Shown::Page(frame, options))
    }

    pub(super) async fn reset_passkey(&self, visit: &Visit, answer: &str, solved: &Solved) -> Answer {
        let (tx, standing) = match self.at_step(visit, Place::Passkey).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        if answer.is_empty() {
            // Nothing was asked of an authenticator: no try.
            let form = FormState::default().with_problem(FieldProblem::new("", "passkey-missing"));
            return Ok(Outcome::refused(Place::Passkey.path(), form));
        }
        if let Err(unpaid) = self.pay(tx, visit, solved, Place::Passkey, FormState::default()).await? {
            return Ok(unpaid);
        }
        let Some(challenge) = standing.pending().cloned() else {
            return Ok(Outcome::go(standing.place().path()));
        };
        let checked = self.check_passkey(&standing.asker(visit), &challenge, answer).await;
        self.conclude(visit, standing, checked.map_err(failure)?, Place::Passkey, "").await
    }
}
