//! Recovery codes: shown until their owner says that they are saved, and never again (NIST SP 800-63B-4, 4.2.1.1).

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::registration::{RecoveryCodesSetUp, Show, Shown, Step, Trail};
use regain_app::visit::Visit;
use regain_core::code::RecoveryCode;
use regain_core::form::{FieldProblem, FormState};
use regain_core::limits::RECOVERY_CODES;
use regain_core::method::Method;
use regain_core::secret::Secret;
use regain_store::Enrolment;
use uuid::Uuid;

use super::begin::due_step;
use super::{elsewhere, problem};
use crate::engine::Engine;
use crate::security_info::{Addition, Material};
use crate::services::{failure, hash_failure};

/// Bound to the enrolment's row and the person: sealed codes open nowhere else (T145).
const SEALED: &str = "recovery-codes";

impl Engine {
    /// A fresh set, sealed for its enrolment.
    pub(super) fn seal_new_codes(&self, enrolment_id: Uuid, user_id: Uuid) -> Vec<u8> {
        let codes: Vec<Secret> =
            (0..RECOVERY_CODES).map(|_| RecoveryCode::generate(&*self.entropy).readable()).collect();
        let lines = Secret::from(codes.iter().map(Secret::expose).collect::<Vec<_>>().join("\n"));
        self.seal(SEALED, &row(enrolment_id, user_id), lines.expose().as_bytes())
    }

    fn sealed_codes(&self, enrolment: &Enrolment) -> Option<Secret> {
        let sealed =
            enrolment.sealed.as_deref().filter(|_| enrolment.method == Method::RecoveryCode.as_str())?;
        let lines = self.open(SEALED, &row(enrolment.id, enrolment.user_id), sealed)?;
        String::from_utf8(lines).ok().map(Secret::from)
    }

    pub(super) async fn show_recovery_codes(
        &self,
        visit: &Visit,
        trail: &Trail,
    ) -> Shown<RecoveryCodesSetUp> {
        let organization = self.organization().await.name;
        let (me, inventory) = self.to_see(visit).await?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let enrolment = self.live_enrolment(&mut *tx, &me).await.map_err(failure)?;
        let Some(codes) = enrolment.as_ref().and_then(|enrolment| self.sealed_codes(enrolment)) else {
            return elsewhere(trail, due_step(enrolment.as_ref()));
        };
        let replaces = inventory.count(Method::RecoveryCode) > 0;
        let username = inventory.person.user.upn;
        Ok(Show::Page(RecoveryCodesSetUp { codes, organization, username, replaces }))
    }

    pub(super) async fn add_recovery_codes(&self, visit: &Visit, trail: &Trail, saved: bool) -> Answer {
        let me = self.me_registering(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let enrolment = tx.enrolment(me.session_id).await.map_err(failure)?;
        drop(tx);
        let codes = enrolment.as_ref().and_then(|enrolment| self.sealed_codes(enrolment));
        let (Some(enrolment), Some(codes)) = (enrolment, codes) else {
            return Ok(Outcome::go(trail.to(Step::Start)));
        };
        if self.has_run_out(&enrolment) {
            return self.sign_in_again(&me, trail).await;
        }
        if !saved {
            let unsaved = FieldProblem::new("saved", "recovery-codes-unsaved");
            return Ok(problem(trail, Step::RecoveryCodes, FormState::default(), unsaved));
        }
        let addition = Addition {
            material: Material::RecoveryCodes(self.hash_codes(&codes).await?),
            ..Addition::new(self.new_id(), Method::RecoveryCode)
        };
        self.add_enrolled(visit, trail, &me, &enrolment, addition).await
    }

    /// All with one salt, so that a typed code is hashed once to be found among them. With 80 bits each, nobody gains
    /// anything by that.
    async fn hash_codes(&self, lines: &Secret) -> Result<Vec<String>, Failure> {
        let salt = self.new_salt();
        let mut verifiers = Vec::with_capacity(RECOVERY_CODES);
        for code in lines.expose().lines().filter_map(RecoveryCode::parse) {
            verifiers.push(self.hasher.hash(code.expose(), salt).await.map_err(hash_failure)?);
        }
        Ok(verifiers)
    }
}

fn row(enrolment_id: Uuid, user_id: Uuid) -> Vec<u8> {
    [enrolment_id.as_bytes().as_slice(), user_id.as_bytes()].concat()
}
