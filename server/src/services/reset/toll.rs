//! What a reset's page asks of a source that had many wrong answers.

use regain_app::outcome::{Failure, Outcome};
use regain_app::services::reset::Frame;
use regain_app::services::toll::Solved;
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};
use regain_store::{Result, Tx};

use super::standing::{Place, Standing};
use crate::captcha::Action;
use crate::engine::Engine;
use crate::services::failure;
use crate::toll::FIELD;

impl Engine {
    /// What a page shows of its flow, and what is to be solved on it.
    pub(super) async fn frame(&self, tx: &mut dyn Tx, visit: &Visit, standing: &Standing) -> Result<Frame> {
        let price = self.price_of_source(tx, visit.address).await?;
        let toll = price.map(|effort| self.issue_toll(Action::Prove, effort, &standing.flow.support_code));
        Ok(Frame { toll, ..standing.frame() })
    }

    /// Looks at what was solved, if something was asked, before the answer is looked at; `Err` is the page again, with
    /// what was typed. Ends the transaction: what was spent and counted stays so.
    pub(super) async fn pay(
        &self,
        mut tx: Box<dyn Tx>,
        visit: &Visit,
        solved: &Solved,
        here: Place,
        form: FormState,
    ) -> std::result::Result<std::result::Result<(), Outcome>, Failure> {
        let Some(price) = self.price_of_source(&mut *tx, visit.address).await.map_err(failure)? else {
            return Ok(Ok(()));
        };
        let code = self.judge_toll(&mut *tx, visit, Action::Prove, solved, price).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(match code {
            None => Ok(()),
            Some(code) => {
                Err(Outcome::refused(here.path(), form.with_problem(FieldProblem::new(FIELD, code))))
            }
        })
    }
}
