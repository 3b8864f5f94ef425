//! A drill: a reset that is tried out by somebody who is signed in. It asks for the same proofs, counts on the same
//! counters, and ends in a date: the last day on which a reset would have worked. The password stays as it is.

use regain_app::outcome::{Answer, Cookie, Outcome};
use regain_app::visit::Visit;
use regain_core::code::SupportCode;
use regain_core::eligibility;
use regain_core::flow::Intent;
use regain_core::form::{FieldProblem, FormState};
use regain_core::limits;
use regain_store::{AuditRecord, Flow, Result, Tx};

use super::complete::Cleared;
use super::record::{reason, step};
use super::standing::{Body, Place, Standing};
use crate::account_key::account_key;
use crate::audit::{self, Build as _, activity, service};
use crate::browser;
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::forms::Derived;
use crate::person::Person;
use crate::security_info::Me;
use crate::services::failure;

/// Where a drill is explained and begun.
const PAGE: &str = "/security-info/drill";

impl Engine {
    /// Begins a drill for the signed-in person.
    pub(crate) async fn begin_drill(&self, visit: &Visit, me: &Me<'_>, person: &Person) -> Answer {
        let user = &person.user;
        let mut tx = self.store.write().await.map_err(failure)?;
        self.lock_own(&mut *tx, me).await?;
        let support_code = SupportCode::generate(&*self.entropy);
        if let Err(refusal) = eligibility::check(&person.facts()) {
            let failed = audit::failure(service::PASSWORD, activity::DRILL, &reason(refusal));
            tx.append(&failed.seen(self, visit).to(user)).await.map_err(failure)?;
            tx.commit().await.map_err(failure)?;
            let problem = FieldProblem::new("", "drill-not-ready");
            return Ok(Outcome::refused(PAGE, FormState::default().with_problem(problem)));
        }
        let (token, now) = (self.derive(visit, Derived::Flow), self.now());
        // Who is signed in is no stranger.
        let body = Body { known_browser: true, ..Body::default() };
        let flow = Flow {
            id: self.new_id(),
            token_hash: token_hash(token.expose()),
            support_code: support_code.as_str().to_owned(),
            typed: user.upn.clone(),
            account: account_key(&self.keys, &user.upn_key),
            user_id: Some(user.id),
            intent: Some(Intent::Drill.as_str().to_owned()),
            method: None,
            body: serde_json::to_string(&body).unwrap_or_default(),
            address: visit.address.to_string(),
            client: visit.client.clone(),
            browser: browser::of(visit),
            locale: visit.locale.tag().to_owned(),
            created_at: now,
            expires_at: now.plus(limits::FLOW_LIFE),
            closed_at: None,
            outcome: None,
        };
        tx.add_flow(&flow).await.map_err(failure)?;
        let record = audit::success(service::PASSWORD, activity::DRILL).because(step::OPTIONS);
        let record = record.seen(self, visit).in_flow(support_code.as_str()).to(user);
        let next = Outcome::go(Place::Method.path()).with_cookie(Cookie::Flow(token));
        self.remember(&mut *tx, visit, &next).await.map_err(failure)?;
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(next)
    }

    /// Only where the last proof did not end it by itself: it came from a phone, or the policy asks for less by now.
    pub(super) async fn reset_drill(&self, visit: &Visit) -> Answer {
        let mut tx = match self.at_step(visit, Place::Drill).await? {
            Ok((tx, _)) => tx,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let cleared = self.clear(&mut *tx, visit, &[Place::Drill]).await.map_err(failure)?;
        let (next, records) = self.drill_if(&mut *tx, visit, cleared).await.map_err(failure)?;
        tx.append_all(&records).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(next)
    }

    /// Right after the last proof, in its transaction. What is to be written down comes back: rows first, then the log.
    pub(super) async fn complete_drill(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: Standing,
    ) -> Result<(Outcome, Vec<AuditRecord>)> {
        let cleared = self.judge(tx, visit, standing, &[Place::Drill]).await?;
        self.drill_if(tx, visit, cleared).await
    }

    async fn drill_if(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        cleared: Cleared,
    ) -> Result<(Outcome, Vec<AuditRecord>)> {
        let standing = match cleared {
            Cleared::No(elsewhere, records) => return Ok((elsewhere, records)),
            Cleared::Yes(standing) => *standing,
        };
        if !self.win(tx, &standing).await? {
            return Ok((Outcome::go(Place::Stopped.path()), Vec::new()));
        }
        let user = &standing.person.user;
        tx.record_drill(user.id, self.now()).await?;
        let record = audit::success(service::PASSWORD, activity::DRILL).because(step::DRILLED);
        Ok((Outcome::go(Place::Drilled.path()), vec![self.flow_record(visit, &standing, record).by(user)]))
    }
}
