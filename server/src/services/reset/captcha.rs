//! The first page and its CAPTCHA. Showing it asks the database nothing.

use regain_app::outcome::Outcome;
use regain_app::services::reset::{StartForm, StartView};
use regain_app::services::toll::another_picture;
use regain_app::visit::Visit;
use regain_core::account::Username;
use regain_core::code::SupportCode;
use regain_core::form::{FieldProblem, FormState};
use regain_core::limits;
use regain_store::{Result, Tx};

use crate::captcha::{self, Action, Answer, Effort, Issued, Opened, Passed, Refused, WrongAnswer};
use crate::engine::Engine;
use crate::toll::{self, EFFORT};

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
                let usual = if entrance.under_attack { Effort::RAISED } else { Effort::USUAL };
                let effort = toll::told(visit).unwrap_or(usual).max(usual);
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
        let form = another_picture(FormState::default().with_value("username", username));
        let page = if self.entrance().await.switched_off { "/reset?administrator" } else { PAGE };
        Outcome::refused(page, form)
    }

    /// Reads the form. What is plainly missing is told before the CAPTCHA is spent.
    pub(super) fn read_entry(&self, form: &StartForm) -> std::result::Result<Entry, Outcome> {
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

    /// Looks at the answer and counts the source. One that begins very often, or had many wrong answers, pays with more
    /// work; it is not refused. Only a passed CAPTCHA leaves the transaction open, so that it is spent together with what
    /// it opens.
    pub(super) async fn pass_captcha(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        form: &StartForm,
        opened: Opened,
    ) -> Result<std::result::Result<Passed, Outcome>> {
        let price = self.price_of_start(tx, visit).await?;
        let answer = Answer { characters: &form.characters, nonce: &form.solution };
        let code = match self.spend_captcha(tx, visit, opened, &answer, price).await? {
            Ok(passed) => {
                let rate = limits::STARTS_BY_SOURCE;
                tx.count(&starts_of(visit), rate.within, self.now()).await?;
                return Ok(Ok(passed));
            }
            Err(WrongAnswer::Wrong) => "captcha-wrong",
            Err(WrongAnswer::TooCheap) => "captcha-dearer",
        };
        let form = typed(form).with_value(EFFORT, price.bits().to_string());
        Ok(Err(Outcome::refused(PAGE, form.with_problem(FieldProblem::new("characters", code)))))
    }

    async fn price_of_start(&self, tx: &mut dyn Tx, visit: &Visit) -> Result<Effort> {
        let rate = limits::STARTS_BY_SOURCE;
        let starts = tx.counter(&starts_of(visit), rate.within, self.now()).await?;
        let of_starts = Effort::beyond(starts.map_or(0, |counter| counter.count), rate.times);
        let of_failures = self.price_of_source(tx, visit.address).await?;
        Ok(of_starts.max(of_failures).unwrap_or(Effort::USUAL))
    }
}

fn starts_of(visit: &Visit) -> String {
    format!("source:{}:starts", visit.address.key())
}

fn typed(form: &StartForm) -> FormState {
    FormState::default().with_value("username", &form.username)
}
