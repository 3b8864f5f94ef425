//! The first page and its CAPTCHA. Showing it asks the database nothing.

use regain_app::outcome::{Failure, Outcome};
use regain_app::services::reset::{StartForm, StartView};
use regain_app::visit::Visit;
use regain_core::account::Username;
use regain_core::code::SupportCode;
use regain_core::form::{FieldProblem, FormState};
use regain_core::limits::{self, Rate};
use regain_store::Tx;

use crate::captcha::{self, Action, Answer, Effort, Issued, Opened, Passed, Refused};
use crate::engine::Engine;
use crate::services::failure;

const PAGE: &str = "/reset";

/// What the first form holds once it was read.
pub(super) struct Entry {
    pub(super) username: Username,
    pub(super) opened: Opened,
}

impl Engine {
    pub(super) async fn reset_start_page(&self, visit: &Visit) -> StartView {
        let entrance = self.entrance().await;
        // A form that was refused before the CAPTCHA was looked at comes back with the same one.
        let kept = visit.form.value("captcha");
        let again = captcha::open(&self.keys, self.now(), Action::StartReset, kept).ok();
        let support_code = match &again {
            Some(opened) => opened.support_code().clone(),
            None => SupportCode::generate(&*self.entropy),
        };
        let issued = match again {
            Some(opened) => Issued { token: kept.to_owned(), challenge: opened.challenge() },
            None => {
                let effort = if entrance.under_attack { Effort::Raised } else { Effort::Usual };
                let (keys, entropy) = (&self.keys, &*self.entropy);
                captcha::issue(keys, entropy, self.now(), Action::StartReset, effort, support_code.clone())
            }
        };
        let administrator = visit.has_flag("administrator") || visit.form.is_refused();
        StartView {
            token: issued.token,
            challenge: issued.challenge,
            support_code: support_code.as_str().to_owned(),
            username: visit.query_value("username").unwrap_or_default(),
            switched_off: entrance.switched_off && !administrator,
            administrator: entrance.switched_off && administrator,
        }
    }

    /// Asks the database no more than the page: it costs nothing to want another picture.
    pub(super) async fn reset_another_picture(&self, username: String) -> Outcome {
        let form = FormState::default().with_value("username", username);
        let page = if self.entrance().await.switched_off { "/reset?administrator" } else { PAGE };
        Outcome::refused(page, form)
    }

    /// Reads the form. What is plainly missing is told before the CAPTCHA is spent.
    pub(super) fn read_entry(&self, form: &StartForm) -> Result<Entry, Outcome> {
        let username = Username::parse(&form.username);
        let opened = captcha::open(&self.keys, self.now(), Action::StartReset, &form.captcha);
        let mut problems = Vec::new();
        if let Err(problem) = &username {
            problems.push(FieldProblem::new("username", problem.code()));
        }
        match &opened {
            Err(Refused::Expired) => problems.push(FieldProblem::new("characters", "captcha-expired")),
            Err(Refused::Invalid) => problems.push(FieldProblem::new("characters", "captcha-wrong")),
            Ok(_) if form.characters.trim().is_empty() && form.solution.is_empty() => {
                problems.push(FieldProblem::new("characters", "captcha-empty"));
            }
            Ok(_) => {}
        }
        match (username, opened) {
            (Ok(username), Ok(opened)) if problems.is_empty() => Ok(Entry { username, opened }),
            (_, opened) => {
                let mut state = FormState { problems, ..typed(form) };
                if opened.is_ok() {
                    state =
                        state.with_value("captcha", &form.captcha).with_value("characters", &form.characters);
                    state = state.with_value("solution", &form.solution);
                }
                Err(Outcome::refused(PAGE, state))
            }
        }
    }

    /// Looks at the answer and spends the token, so that it buys one try; both are counted for the source. Only a passed
    /// CAPTCHA leaves the transaction open, so that it is spent together with what it opens. Of a source with very many
    /// wrong answers those are not kept any more, or it could fill the disk: another guess at the same picture costs it
    /// another request, which is dearer than the work of a new one.
    pub(super) async fn pass_captcha(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        form: &StartForm,
        opened: Opened,
    ) -> Result<Result<Passed, Outcome>, Failure> {
        let id = data_encoding::BASE64URL_NOPAD.encode(opened.id().as_bytes());
        let (token, expires) = (format!("captcha:{id}"), opened.expires());
        let answer = Answer { characters: &form.characters, nonce: &form.solution };
        let passed = match opened.judge(&answer) {
            Ok(passed) if tx.spend_token(&token, expires).await.map_err(failure)? => Some(passed),
            _ => None,
        };
        if passed.is_some() {
            self.count_source(tx, visit, "starts", limits::STARTS_BY_SOURCE).await?;
        } else if self.counts_wrong_answer(tx, visit).await.map_err(failure)? {
            tx.spend_token(&token, expires).await.map_err(failure)?;
        }
        Ok(passed.ok_or_else(|| {
            let problem = FieldProblem::new("characters", "captcha-wrong");
            Outcome::refused(PAGE, typed(form).with_problem(problem))
        }))
    }

    /// Counts a wrong answer. False where the source had very many.
    async fn counts_wrong_answer(&self, tx: &mut dyn Tx, visit: &Visit) -> regain_store::Result<bool> {
        let rate = limits::CAPTCHA_FAILURES_BY_SOURCE;
        let key = format!("source:{}:captcha", verification::source_key(visit.address));
        Ok(tx.count(&key, rate.within, self.now()).await?.count <= i64::from(rate.times))
    }

    async fn count_source(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        what: &str,
        rate: Rate,
    ) -> Result<(), Failure> {
        let now = self.now();
        let key = format!("source:{}:{what}", visit.address.key());
        let counter = tx.count(&key, rate.within, now).await.map_err(failure)?;
        if counter.count <= i64::from(rate.times) {
            return Ok(());
        }
        let left = counter.started_at.plus(rate.within).since(now).as_secs();
        Err(Failure::Throttled(u32::try_from(left).unwrap_or(u32::MAX).max(1)))
    }
}

fn typed(form: &StartForm) -> FormState {
    FormState::default().with_value("username", &form.username)
}
