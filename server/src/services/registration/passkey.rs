//! A passkey: the browser makes it, on the person's device.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::registration::{PasskeySetUp, Show, Shown, Step, Trail};
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::Method;
use regain_store::{Enrolment, Tx};

use super::begin::due_step;
use super::{elsewhere, problem};
use crate::engine::Engine;
use crate::passkeys::Ceremony;
use crate::security_info::{Addition, Body, Material, Me};
use crate::services::failure;

impl Engine {
    pub(super) async fn show_passkey(&self, visit: &Visit, trail: &Trail) -> Shown<PasskeySetUp> {
        let (me, _) = self.to_see(visit).await?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let enrolment = self.live_enrolment(&mut *tx, &me).await.map_err(failure)?;
        match enrolment.as_ref().and_then(ceremony) {
            Some(ceremony) => Ok(Show::Page(PasskeySetUp { options: ceremony.options })),
            None => elsewhere(trail, due_step(enrolment.as_ref())),
        }
    }

    /// What the browser is asked, as an enrolment keeps it.
    pub(super) async fn passkey_ceremony(&self, tx: &mut dyn Tx, me: &Me<'_>) -> Result<String, Failure> {
        let user = tx.user(me.user_id).await.map_err(failure)?.ok_or(Failure::SignedOut)?;
        let known = tx.passkeys(me.user_id).await.map_err(failure)?;
        let names = (user.upn.as_str(), user.display_name.as_str());
        let relying_party = self.relying_party.as_ref().ok_or(Failure::Internal)?;
        let ceremony = relying_party.begin_registration(user.id, names, &known).ok_or(Failure::Internal)?;
        let body = Body { passkey: Some(ceremony), ..Body::default() };
        serde_json::to_string(&body).map_err(|_| Failure::Internal)
    }

    /// A refusal gives nothing away: whoever sends this answer has the authenticator in hand. So it is not counted.
    pub(super) async fn add_passkey(&self, visit: &Visit, trail: &Trail, answer: &str) -> Answer {
        let me = self.me_registering(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let enrolment = tx.enrolment(me.session_id).await.map_err(failure)?;
        let begun = enrolment.as_ref().and_then(ceremony);
        let (Some(enrolment), Some(ceremony)) = (enrolment, begun) else {
            return Ok(Outcome::go(trail.to(Step::Start)));
        };
        if self.has_run_out(&enrolment) {
            drop(tx);
            return self.sign_in_again(&me, trail).await;
        }
        let refused =
            |code: &str| Ok(problem(trail, Step::Passkey, FormState::default(), FieldProblem::new("", code)));
        if answer.is_empty() {
            return refused("passkey-missing");
        }
        let relying_party = self.relying_party.as_ref().ok_or(Failure::Internal)?;
        let Some(passkey) = relying_party.finish_registration(&ceremony.state, answer) else {
            return refused("passkey-refused");
        };
        if tx.knows_passkey(&passkey.credential_id).await.map_err(failure)? {
            return refused("passkey-known");
        }
        drop(tx);
        let addition = Addition {
            material: Material::Passkey(passkey),
            ..Addition::new(self.new_id(), Method::Passkey)
        };
        self.add_enrolled(visit, trail, &me, &enrolment, addition).await
    }
}

fn ceremony(enrolment: &Enrolment) -> Option<Ceremony> {
    Body::of(enrolment).passkey.filter(|_| enrolment.method == Method::Passkey.as_str())
}
