//! What a source pays that is over its limit: a CAPTCHA before each further answer. It is not refused: an office, a school
//! or a guest network has one address, and somebody in it who mistypes, or worse.

use data_encoding::BASE64URL_NOPAD;
use regain_app::services::toll::{Solved, Toll};
use regain_app::visit::Visit;
use regain_core::code::SupportCode;
use regain_core::form::FormState;
use regain_core::limits;
use regain_store::{Result, Tx};

use crate::captcha::{self, Action, Answer, Effort, WrongAnswer};
use crate::engine::Engine;

/// Where the problem shows.
pub(crate) const FIELD: &str = "characters";

/// What a refused form keeps of the price, for the page that it leads to.
pub(crate) const EFFORT: &str = "effort";

/// The price that the refused form was told; the page itself asks the database nothing.
pub(crate) fn told(visit: &Visit) -> Option<Effort> {
    visit.form.value(EFFORT).parse().ok().and_then(Effort::of_bits)
}

/// The form with the price, so that its page asks for it.
pub(crate) fn keep(form: FormState, price: Option<Effort>) -> FormState {
    match price {
        Some(price) => form.with_value(EFFORT, price.bits().to_string()),
        None => form,
    }
}

impl Engine {
    /// Makes one, for a page.
    pub(crate) fn issue_toll(&self, action: Action, effort: Effort, support_code: &str) -> Toll {
        let code = SupportCode::parse(support_code).unwrap_or_else(|| SupportCode::generate(&*self.entropy));
        let issued = captcha::issue(&self.keys, &*self.entropy, self.now(), action, effort, code);
        Toll { token: issued.token, challenge: issued.challenge }
    }

    /// Looks at what was solved before an answer; `Some` is the problem with it.
    pub(crate) async fn judge_toll(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        action: Action,
        solved: &Solved,
        price: Effort,
    ) -> Result<Option<&'static str>> {
        if solved.characters.trim().is_empty() && solved.solution.is_empty() {
            return Ok(Some("toll-empty"));
        }
        let opened = match captcha::open(&self.keys, self.now(), action, &solved.captcha) {
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
    pub(crate) async fn spend_captcha(
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

    /// Counts a wrong answer. False where the source had very many.
    async fn counts_wrong_answer(&self, tx: &mut dyn Tx, visit: &Visit) -> Result<bool> {
        let rate = limits::CAPTCHA_FAILURES_BY_SOURCE;
        let key = format!("source:{}:captcha", visit.address.key());
        Ok(tx.count(&key, rate.within, self.now()).await?.count <= i64::from(rate.times))
    }
}
