//! Step-up by a passkey: the browser is asked, and its answer judged.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::sign_in::VerifyView;
use regain_core::form::FieldProblem;
use regain_core::method::Method;
use regain_store::{Challenge, Tx};

use super::verify::{StepUp, choice};
use crate::person::Factor;
use crate::services::failure;
use crate::verification::{Checked, Left, Target, with_left};

impl StepUp<'_> {
    /// What the browser is asked, once it is.
    pub(super) async fn passkey(
        &self,
        tx: &mut dyn Tx,
        factor: &Factor,
        open: Option<&Challenge>,
    ) -> Result<VerifyView, Failure> {
        let options = match open.filter(|challenge| challenge.method == Method::Passkey.as_str()) {
            Some(challenge) => Some(self.engine.passkey_options(tx, challenge).await.map_err(failure)?),
            None => None,
        };
        Ok(VerifyView::Passkey { factor: choice(factor), others: self.factors.len() > 1, options })
    }

    /// Asks the browser for a passkey, whichever.
    pub(super) async fn ask_for_passkey(&self, factor: &Factor) -> Answer {
        let mut tx = self.write_locked().await?;
        let target = Target { method_id: None, ..self.target(factor) };
        self.engine.open_challenge(&mut *tx, &self.asker(), &target).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(self.page(&super::verify::id_of(factor))))
    }

    pub(super) async fn check_passkey(&self, answer: &str) -> Answer {
        let Some(factor) = self.factors.iter().find(|factor| factor.method == Method::Passkey) else {
            return Ok(Outcome::go(self.page("")));
        };
        let chosen = super::verify::id_of(factor);
        if answer.is_empty() {
            return Ok(self.refused(&chosen, FieldProblem::new("", "passkey-missing")));
        }
        let mut tx = self.engine.store.read().await.map_err(failure)?;
        let open = self.open_challenge(&mut *tx).await?;
        drop(tx);
        let checked = match open.filter(|challenge| challenge.method == Method::Passkey.as_str()) {
            Some(challenge) => {
                self.engine.check_passkey(&self.asker(), &challenge, answer).await.map_err(failure)?
            }
            None => Checked::Dead(Left(0)),
        };
        let problem = match checked {
            Checked::Right(tx, _) => return self.prove(tx, factor).await,
            Checked::Wrong(left) => with_left("", "passkey-wrong", left),
            Checked::Dead(_) | Checked::Spent(_) => FieldProblem::new("", "passkey-dead"),
            Checked::Locked(_) => FieldProblem::new("", "verify-code-locked"),
        };
        self.write_failure(factor).await?;
        Ok(self.refused(&chosen, problem))
    }
}
