//! What all gates share: sending a code, and what an answer ends in.

use regain_app::outcome::{Answer, Cookie, Outcome};
use regain_app::visit::Visit;
use regain_core::flow::Step;
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::{Kind, Method};
use regain_store::{AuditRecord, Challenge, Proof, Result, Tx};
use uuid::Uuid;

use super::record::{name, step};
use super::standing::{Place, Standing, outcome};
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::forms::Derived;
use crate::messages::from;
use crate::services::failure;
use crate::verification::{Asker, Checked, Sending, Target, spent_code, with_left};

impl Engine {
    /// Sends a code and leads to the page that takes it. Where none may leave now, the page is the same and says so.
    /// `recipient` is `None` for a decoy, and for a number that is not the person's: the same words, no message.
    pub(super) async fn send(
        &self,
        mut tx: Box<dyn Tx>,
        visit: &Visit,
        standing: &Standing,
        recipient: Option<Uuid>,
        target: &Target,
    ) -> Answer {
        let asker = Asker { user_id: recipient, ..standing.asker(visit) };
        let [address, device] = from(visit, visit.locale.tag());
        let params = [("name", standing.person.user.display_name.clone()), address, device];
        let template = target.template("reset-code", "reset-code-sms", "reset-code-voice");
        let sending = self.send_code(&mut *tx, &asker, target, template, &params).await;
        let sending = sending.map_err(failure)?;
        let notice = match &sending {
            Sending::Sent(_) => None,
            Sending::TooSoon(_) => Some("code-too-soon"),
            Sending::TooMany(_) => Some("code-too-many"),
            Sending::Over | Sending::Locked(_) => return self.end_asked(tx, visit, standing).await,
        };
        // A new flow within the gap has no code of its own: its page must look, and count, as if it had.
        if notice.is_some() && !standing.has_open(target.method) {
            self.open_challenge(&mut *tx, &asker, target).await.map_err(failure)?;
        }
        tx.update_flow(&standing.row()).await.map_err(failure)?;
        let page = Place::Verify.path();
        let next = match notice {
            None => Outcome::go(page),
            Some(code) => {
                Outcome::refused(page, FormState { notice: Some(code.to_owned()), ..FormState::default() })
            }
        };
        if notice.is_none() {
            self.remember(&mut *tx, visit, &next).await.map_err(failure)?;
        }
        // The page looks the same for a number that is not the person's; what is written down does not.
        if recipient.is_none() && standing.flow.user_id.is_some() {
            self.record_failure(&mut *tx, visit, standing, step::WRONG_NUMBER).await.map_err(failure)?;
        } else {
            let reason = match notice {
                None => format!("User started the {} verification option", name(target.method)),
                Some(_) => {
                    format!("User asked for another {} code too soon or too often", name(target.method))
                }
            };
            self.record_step(&mut *tx, visit, standing, &reason).await.map_err(failure)?;
        }
        tx.commit().await.map_err(failure)?;
        Ok(next)
    }

    /// Codes were asked for too often: the flow is over, and nothing is locked.
    pub(super) async fn end_asked(&self, mut tx: Box<dyn Tx>, visit: &Visit, standing: &Standing) -> Answer {
        tx.update_flow(&standing.row()).await.map_err(failure)?;
        tx.close_flow(standing.flow.id, outcome::ASKED_TOO_OFTEN, self.now()).await.map_err(failure)?;
        self.record_failure(&mut *tx, visit, standing, step::ASKED_TOO_OFTEN).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(Place::Stopped.path()))
    }

    /// What an answer ends in. `field` is where the problem shows; empty where no field may be told from another.
    pub(super) async fn conclude(
        &self,
        visit: &Visit,
        standing: Standing,
        checked: Checked,
        here: Place,
        field: &str,
    ) -> Answer {
        let method = standing.method();
        // Of these no new code is asked for: choosing them again opens a new challenge, which gives no new tries.
        let is_chosen_again = method
            .is_some_and(|method| matches!(method.kind(), Kind::App | Kind::Passkey | Kind::RecoveryCode));
        let (here, problem) = match checked {
            Checked::Right(tx, challenge) => return self.pass_gate(tx, visit, standing, &challenge).await,
            Checked::Locked(_) => (Place::Stopped, None),
            Checked::Dead(left) if is_chosen_again => {
                (Place::Method, Some(with_left("method", "app-code-dead", left)))
            }
            Checked::Wrong(left) => {
                let code = match method {
                    Some(Method::Passkey) => "passkey-wrong",
                    Some(Method::SecurityQuestions) => "answers-wrong",
                    _ => "code-wrong",
                };
                (here, Some(with_left(field, code, left)))
            }
            Checked::Dead(left) if field.is_empty() => (here, Some(with_left(field, "answers-dead", left))),
            Checked::Dead(left) => (here, Some(with_left(field, "code-dead", left))),
            Checked::Spent(spent) => (here, Some(FieldProblem::new(field, spent_code(method, spent)))),
        };
        let mut tx = self.store.write().await.map_err(failure)?;
        let locked = self.recovery_lock(&mut *tx, &standing.flow.account).await.map_err(failure)?;
        let failed = self.tried(visit, &standing, standing.method(), false, locked.is_some());
        tx.append(&failed).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(match problem {
            None => Outcome::go(here.path()),
            Some(problem) => Outcome::refused(here.path(), FormState::default().with_problem(problem)),
        })
    }

    /// Writes the proof, gives the flow a new token (T90), and, where it was the last proof of an unlock or a drill, ends that.
    async fn pass_gate(
        &self,
        mut tx: Box<dyn Tx>,
        visit: &Visit,
        standing: Standing,
        by: &Challenge,
    ) -> Answer {
        let token = self.derive(visit, Derived::Flow);
        let passed = self.write_proof(&mut *tx, standing, by, Some(token.expose())).await.map_err(failure)?;
        let Some(standing) = passed else {
            // The flow was closed while the answer was compared: nothing of it counts.
            return Ok(Outcome::go(Place::Stopped.path()));
        };
        let mut records = self.records_of_proof(visit, &standing, by);
        let next = match standing.step() {
            Step::Unlock => {
                let unlocked = self.complete_unlock(&mut *tx, visit, standing).await.map_err(failure)?;
                records.extend(unlocked.1);
                unlocked.0
            }
            Step::Drill => {
                let finished = self.complete_drill(&mut *tx, visit, standing).await.map_err(failure)?;
                records.extend(finished.1);
                finished.0
            }
            _ => Outcome::go(standing.place().path()),
        };
        let next = next.with_cookie(Cookie::Flow(token));
        self.remember(&mut *tx, visit, &next).await.map_err(failure)?;
        tx.append_all(&records).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(next)
    }

    /// Writes the proof of an answer that came from elsewhere: a phone. The flow keeps its token. False when the flow
    /// does not wait for proofs any more.
    pub(crate) async fn prove_flow(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        flow_id: Uuid,
        by: &Challenge,
    ) -> Result<bool> {
        let Some(flow) = tx.flow_by_id(flow_id).await? else { return Ok(false) };
        let standing = self.standing_of(tx, flow).await?;
        let waits = matches!(standing.step(), Step::ChooseMethod | Step::Verify);
        if !waits {
            return Ok(false);
        }
        let Some(standing) = self.write_proof(tx, standing, by, None).await? else { return Ok(false) };
        tx.append_all(&self.records_of_proof(visit, &standing, by)).await?;
        Ok(true)
    }

    async fn write_proof(
        &self,
        tx: &mut dyn Tx,
        mut standing: Standing,
        by: &Challenge,
        token: Option<&str>,
    ) -> Result<Option<Standing>> {
        tx.add_proof(&Proof {
            id: self.new_id(),
            flow_id: standing.flow.id,
            challenge_id: by.id,
            method: by.method.clone(),
            method_id: by.method_id,
            destination: by.destination.clone(),
            verified_at: self.now(),
        })
        .await?;
        standing.flow.method = None;
        standing.body.questions.clear();
        let hash = token.map_or_else(|| standing.flow.token_hash.clone(), token_hash);
        if !tx.update_flow(&standing.row()).await? || !tx.rotate_flow(standing.flow.id, &hash).await? {
            return Ok(None);
        }
        let Some(flow) = tx.flow(&hash).await? else { return Ok(None) };
        self.standing_of(tx, flow).await.map(Some)
    }

    fn records_of_proof(&self, visit: &Visit, standing: &Standing, by: &Challenge) -> Vec<AuditRecord> {
        let mut records = vec![self.tried(visit, standing, by.method.parse().ok(), true, false)];
        if matches!(standing.step(), Step::NewPassword | Step::Unlock | Step::Drill) {
            records.push(self.passed_step(visit, standing, step::ALL));
        }
        records
    }
}

impl Standing {
    /// Whether a challenge of this method can still be answered.
    pub(super) fn has_open(&self, method: Method) -> bool {
        self.step() == Step::Verify
            && self.challenge.as_ref().is_some_and(|challenge| challenge.method == method.as_str())
    }
}
