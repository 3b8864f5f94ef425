//! Security questions: chosen and answered in one form.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::registration::{QuestionEntry, Show, Shown, Step, Trail};
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::method::Method;
use regain_core::questions::{FOLDING, check_registration, question_field};
use regain_core::secret::Secret;
use uuid::Uuid;

use super::app::on_from_added;
use super::{closed, elsewhere};
use crate::engine::Engine;
use crate::services::{failure, hash_failure};

impl Engine {
    pub(super) async fn show_questions(&self, visit: &Visit, trail: &Trail) -> Shown<QuestionEntry> {
        let (me, inventory) = self.to_see(visit).await?;
        me.may_change(&inventory, self)?;
        if closed(&inventory, trail).is_some()
            || inventory.may_add(trail.way, Method::SecurityQuestions).is_err()
        {
            return elsewhere(trail, Step::Method);
        }
        let settings = inventory.person.policy.questions;
        Ok(Show::Page(QuestionEntry { offered: settings.chosen, number: settings.to_register }))
    }

    pub(super) async fn add_questions(
        &self,
        visit: &Visit,
        trail: &Trail,
        mut chosen: Vec<(String, Secret)>,
    ) -> Answer {
        let (me, inventory) = self.to_change(visit).await?;
        if self.is_over(&me) {
            return self.sign_in_again(&me, trail).await;
        }
        let method = Method::SecurityQuestions;
        if closed(&inventory, trail).is_some() || inventory.may_add(trail.way, method).is_err() {
            return Ok(Outcome::go(trail.to(Step::Method)));
        }
        let settings = &inventory.person.policy.questions;
        chosen.truncate(usize::from(settings.to_register));
        let accepted = match check_registration(&chosen, &settings.chosen, settings.to_register) {
            Ok(accepted) => accepted,
            Err(problems) => {
                let form = FormState { problems, ..kept(&chosen) };
                return Ok(Outcome::refused(trail.to(Step::Questions), form));
            }
        };
        let answers = self.hash_answers(me.user_id, accepted).await?;
        let mut tx = self.store.write().await.map_err(failure)?;
        self.lock_own(&mut *tx, &me).await?;
        let had = self.inventory_of(&mut *tx, &me).await?;
        if had.may_add(trail.way, method).is_err() {
            return Ok(Outcome::go(trail.to(Step::Start)));
        }
        if let Some(enrolment) = tx.enrolment(me.session_id).await.map_err(failure)? {
            tx.end_enrolment(enrolment.id).await.map_err(failure)?;
        }
        if me.may_see(&had).is_err() {
            return Err(Failure::StepUp);
        }
        self.add_answers(&mut *tx, visit, &me, &had, &answers).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(on_from_added(trail, method, None))
    }

    async fn hash_answers(
        &self,
        user_id: Uuid,
        accepted: Vec<(String, regain_core::questions::Answer)>,
    ) -> Result<Vec<regain_store::Answer>, Failure> {
        let mut answers = Vec::with_capacity(accepted.len());
        for (question, answer) in accepted {
            let plain = Secret::from(answer.expose());
            let verifier = self.hasher.hash(&plain, self.new_salt()).await.map_err(hash_failure)?;
            answers.push(regain_store::Answer { user_id, question, verifier, folding: FOLDING });
        }
        Ok(answers)
    }
}

/// The questions, to choose from where one was; never the answers.
fn kept(chosen: &[(String, Secret)]) -> FormState {
    chosen.iter().enumerate().fold(FormState::default(), |form, (index, (question, _))| {
        form.with_value(&question_field(index), question)
    })
}
