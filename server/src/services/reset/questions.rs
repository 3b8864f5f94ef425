//! Security questions: all drawn ones on one page, judged together (R47 to R49, T59).

use regain_app::outcome::{Answer as Outcomes, Outcome};
use regain_app::services::reset::QuestionsView;
use regain_app::services::toll::Solved;
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};
use regain_core::questions::{self, answer_field};
use regain_core::secret::Secret;
use regain_store::{Result, Tx};

use super::standing::{Place, Standing};
use crate::engine::Engine;
use crate::services::failure;
use crate::verification::{Checked, Target};

pub(super) fn view(standing: &Standing) -> QuestionsView {
    let settings = &standing.person.policy.questions;
    QuestionsView { questions: standing.body.questions.iter().filter_map(|id| settings.known(id)).collect() }
}

/// Whether what was drawn is what the policy asks for now: so many, and each still known.
fn is_whole(standing: &Standing) -> bool {
    let (settings, drawn) = (&standing.person.policy.questions, &standing.body.questions);
    drawn.len() == usize::from(settings.to_reset) && drawn.iter().all(|id| settings.known(id).is_some())
}

impl Engine {
    pub(super) async fn ask_questions(
        &self,
        mut tx: Box<dyn Tx>,
        visit: &Visit,
        mut standing: Standing,
        target: &Target,
    ) -> Outcomes {
        if !is_whole(&standing) {
            standing.body.questions = self.draw(&mut *tx, &standing).await.map_err(failure)?;
        }
        self.open_gate(tx, visit, &standing, target).await
    }

    /// Draws from what the person answered; a decoy has answered some of the policy's, always the same for its name.
    async fn draw(&self, tx: &mut dyn Tx, standing: &Standing) -> Result<Vec<String>> {
        let settings = &standing.person.policy.questions;
        let answered: Vec<String> = match standing.flow.user_id {
            Some(user_id) => tx.answers(user_id).await?.into_iter().map(|answer| answer.question).collect(),
            None => {
                let mut all: Vec<String> =
                    settings.chosen.iter().map(|question| question.id().to_owned()).collect();
                let place = |id: &String| {
                    self.keys.stable_bytes("question", &format!("{} {id}", standing.flow.account))
                };
                all.sort_by_cached_key(place);
                all.truncate(usize::from(settings.to_register));
                all
            }
        };
        let asked: Vec<String> = answered.into_iter().filter(|id| settings.known(id).is_some()).collect();
        Ok(questions::draw(&asked, settings.to_reset, &*self.entropy))
    }

    pub(super) async fn reset_answer(
        &self,
        visit: &Visit,
        answers: Vec<Secret>,
        solved: &Solved,
    ) -> Outcomes {
        let (mut tx, mut standing) = match self.at_step(visit, Place::Questions).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        if !is_whole(&standing) {
            // The policy changed since the draw: a new one, or another method where there is too little left to draw.
            drop(tx);
            let standing = self.redraw(visit, standing).await.map_err(failure)?;
            let next = if is_whole(&standing) { Place::Questions } else { Place::Method };
            return Ok(Outcome::go(next.path()));
        }
        let drawn = standing.body.questions.clone();
        let missing: Vec<_> = (0..drawn.len())
            .filter(|index| answers.get(*index).is_none_or(|answer| answer.expose().trim().is_empty()))
            .map(|index| FieldProblem::new(&answer_field(index), "answer-empty"))
            .collect();
        if !missing.is_empty() {
            let form = FormState { problems: missing, ..FormState::default() };
            return Ok(Outcome::refused(Place::Questions.path(), form));
        }
        let pairs = pairs(&mut *tx, &standing, &drawn, answers).await.map_err(failure)?;
        if let Err(unpaid) = self.pay(tx, visit, solved, Place::Questions, FormState::default()).await? {
            return Ok(unpaid);
        }
        let Some(challenge) = standing.pending().cloned() else {
            return Ok(Outcome::go(standing.place().path()));
        };
        let checked = self.check_answers(&standing.asker(visit), &challenge, pairs).await?;
        if matches!(checked, Checked::Wrong(_) | Checked::Dead(_)) {
            standing = self.redraw(visit, standing).await.map_err(failure)?;
        }
        self.conclude(visit, standing, checked, Place::Questions, "").await
    }

    /// After a wrong set the draw starts over (R49).
    async fn redraw(&self, visit: &Visit, before: Standing) -> Result<Standing> {
        let mut tx = self.store.write().await?;
        let Some(mut standing) = self.locked_standing(&mut *tx, visit).await? else { return Ok(before) };
        standing.body.questions = self.draw(&mut *tx, &standing).await?;
        tx.update_flow(&standing.row()).await?;
        tx.commit().await?;
        Ok(standing)
    }
}

/// Each verifier with what was typed for it. A decoy has none, and takes as long.
async fn pairs(
    tx: &mut dyn Tx,
    standing: &Standing,
    drawn: &[String],
    typed: Vec<Secret>,
) -> Result<Vec<(Option<String>, Secret)>> {
    let stored = match standing.flow.user_id {
        Some(user_id) => tx.answers(user_id).await?,
        None => Vec::new(),
    };
    let pair = |(id, answer): (&String, Secret)| {
        let known = stored.iter().find(|answer| answer.question == *id);
        let folding = known.map_or(questions::FOLDING, |known| known.folding);
        let normal = Secret::from(questions::normalized_by(folding, answer.expose()));
        (known.map(|known| known.verifier.clone()), normal)
    };
    Ok(drawn.iter().zip(typed).map(pair).collect())
}
