//! The choice between reset and unlock.

use regain_app::outcome::{Answer, Outcome};
use regain_app::services::reset::WhyView;
use regain_app::visit::Visit;
use regain_core::flow::Intent;
use regain_core::form::{FieldProblem, FormState};

use super::record::step;
use super::standing::{Place, Standing};
use crate::engine::Engine;
use crate::services::failure;

pub(super) fn view(standing: &Standing) -> WhyView {
    WhyView { chosen: standing.chosen_intent() }
}

impl Engine {
    pub(super) async fn reset_intent(&self, visit: &Visit, intent: &str) -> Answer {
        let (mut tx, mut standing) = match self.at_step(visit, Place::Why).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        // A drill is begun elsewhere, by somebody who is signed in.
        let Some(intent) = intent.parse::<Intent>().ok().filter(|intent| *intent != Intent::Drill) else {
            let problem = FieldProblem::new("intent", "intent-missing");
            return Ok(Outcome::refused(Place::Why.path(), FormState::default().with_problem(problem)));
        };
        // Chosen again, it changes nothing and is no further step.
        if standing.chosen_intent() == Some(intent) {
            return Ok(Outcome::go(Place::Method.path()));
        }
        standing.flow.intent = Some(intent.as_str().to_owned());
        tx.update_flow(&standing.row()).await.map_err(failure)?;
        self.record_step(&mut *tx, visit, &standing, step::OPTIONS).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(Place::Method.path()))
    }
}
