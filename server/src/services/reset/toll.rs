//! What a source pays that had many wrong answers: a CAPTCHA before each further one. It is not refused: an office, a
//! school or a guest network has one address, and somebody in it who mistypes, or worse.

use data_encoding::BASE64URL_NOPAD;
use regain_app::outcome::{Failure, Outcome};
use regain_app::services::reset::{Frame, Solved, Toll};
use regain_app::visit::Visit;
use regain_core::code::SupportCode;
use regain_core::form::{FieldProblem, FormState};
use regain_store::{Result, Tx};

use super::standing::{Place, Standing};
use crate::captcha::{self, Action, Answer, Effort, WrongAnswer};
use crate::engine::Engine;
use crate::services::failure;

/// Where the problem shows.
const FIELD: &str = "characters";

impl Engine {
    /// What a page shows of its flow, and what is to be solved on it.
    pub(super) async fn frame(&self, tx: &mut dyn Tx, visit: &Visit, standing: &Standing) -> Result<Frame> {
        let price = self.price_of_source(tx, visit.address).await?;
        let toll = price.map(|effort| self.issue_toll(effort, &standing.flow.support_code));
        Ok(Frame { toll, ..standing.frame() })
    }

    fn issue_toll(&self, effort: Effort, support_code: &str) -> Toll {
        let code = SupportCode::parse(support_code).unwrap_or_else(|| SupportCode::generate(&*self.entropy));
        let issued = captcha::issue(&self.keys, &*self.entropy, self.now(), Action::Prove, effort, code);
        Toll { token: issued.token, challenge: issued.challenge }
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
        let code = self.judge_toll(&mut *tx, visit, solved, price).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(match code {
            None => Ok(()),
            Some(code) => {
                Err(Outcome::refused(here.path(), form.with_problem(FieldProblem::new(FIELD, code))))
            }
        })
    }

    async fn judge_toll(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        solved: &Solved,
        price: Effort,
    ) -> Result<Option<&'static str>> {
        if solved.characters.trim().is_empty() && solved.solution.is_empty() {
            return Ok(Some("toll-empty"));
        }
        let opened = match captcha::open(&self.keys, self.now(), Action::Prove, &solved.captcha) {
            Ok(opened) => opened,
            Err(captcha::Refused::Expired) => return Ok(Some("captcha-expired")),
            Err(captcha::Refused::Invalid) => return Ok(Some("captcha-wrong")),
        };
        let answer = Answer { characters: &solved.characters, nonce: &solved.solution };
        Ok(match self.spend_captcha(tx, visit, opened, &answer, price).await? {
            Ok(_) => None,
            Err(WrongAnswer::Wrong) => Some("captcha-wrong"),
            Err(WrongAnswer::TooCheap) => Some("captcha-dearer"),
        })
    }

    /// Looks at an answer and spends its token, so that it buys one try. Of a source with very many wrong answers those
    /// are not kept any more, or it could fill the disk: another guess at the same picture costs it another request,
    /// which is dearer than the work of a new one.
    pub(super) async fn spend_captcha(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        opened: captcha::Opened,
        answer: &Answer<'_>,
        price: Effort,
    ) -> Result<std::result::Result<captcha::Passed, WrongAnswer>> {
        let id = format!("captcha:{}", BASE64URL_NOPAD.encode(opened.id().as_bytes()));
        let expires = opened.expires();
        let judged = opened.judge(answer, price);
        if judged.is_ok() {
            let first = tx.spend_token(&id, expires).await?;
            return Ok(judged.and_then(|passed| if first { Ok(passed) } else { Err(WrongAnswer::Wrong) }));
        }
        if self.counts_wrong_answer(tx, visit).await? {
            tx.spend_token(&id, expires).await?;
        }
        Ok(judged)
    }
}
