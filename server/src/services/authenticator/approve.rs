//! What an approval proves, written in the transaction that consumed its challenge.
//!
//! The answer comes from the phone, so the browser that waits cannot be handed a new token here. Its token is bound to
//! the approval in another way: only its page shows the number.

use regain_app::pages::security_info::client::name as client_name;
use regain_app::visit::{Session as VisitSession, Visit};
use regain_core::method::Method;
use regain_core::time::Timestamp;
use regain_store::{AuditRecord, Challenge, Device, PushRequest, Session, Tx};

use super::{Held, Refusal, broken};
use crate::audit::{self, Build as _};
use crate::engine::Engine;
use crate::help_call::proof;
use crate::person::{Change, Person};
use crate::security_info::{Addition, Inventory, shows_something_new};
use crate::services::method_name;
use crate::verification::Purpose;

impl Engine {
    /// Writes the proof and commits; nothing of it counts where the flow or session is over meanwhile.
    pub(super) async fn write_approval(
        &self,
        mut tx: Box<dyn Tx>,
        visit: &Visit,
        device: &Device,
        request: &PushRequest,
        held: &Held,
        consumed: &Challenge,
    ) -> Result<(), Refusal> {
        // The session as it is under the account's lock: its token may have changed since the request was read.
        let session = match &held.session {
            Some(session) => tx.session_by_id(session.id).await.map_err(broken)?,
            None => None,
        };
        let written = match (held.purpose, &held.flow, session) {
            (Purpose::Recovery, Some(flow), _) => {
                self.prove_flow(&mut *tx, visit, flow.id, consumed).await.map_err(broken)?
            }
            (Purpose::StepUp | Purpose::Agree, _, Some(session)) => self
                .prove_elsewhere(&mut *tx, visit, &session, (request, held.purpose))
                .await
                .map_err(broken)?,
            (Purpose::VerifyCaller, ..) => {
                self.know_caller(&mut *tx, visit, held, consumed).await.map_err(broken)?
            }
            (Purpose::Register, _, Some(session)) => {
                self.accept(&mut *tx, visit, device, &session).await.map_err(broken)?
            }
            _ => false,
        };
        if !written {
            return Err(Refusal::Over);
        }
        tx.commit().await.map_err(broken)
    }

    /// A second factor, shown for a session in another browser.
    async fn prove_elsewhere(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        session: &Session,
        (request, purpose): (&PushRequest, Purpose),
    ) -> regain_store::Result<bool> {
        let Some(user) = tx.user(session.user_id).await?.filter(|user| !user.blocked) else {
            return Ok(false);
        };
        let noted = if purpose == Purpose::Agree {
            let by = Method::AppNotification.as_str();
            tx.agree_session(session.id, &session.token_hash, by, self.now()).await?
        } else {
            self.note_proof(tx, session).await?
        };
        if !noted {
            return Ok(false);
        }
        let record = audit::success(audit::service::SIGN_IN, audit::activity::STEP_UP)
            .because(purpose.shown_reason())
            .seen(self, visit)
            .in_flow(&session.support_code)
            .by(&user)
            .to(&user)
            .detail("method", Method::AppNotification.as_str())
            .detail("asked_from", request.address.clone());
        tx.append(&record).await?;
        Ok(true)
    }

    /// Notes that the session's person showed an authenticator. The token stays: its browser is not the one that asks.
    async fn note_proof(&self, tx: &mut dyn Tx, session: &Session) -> regain_store::Result<bool> {
        let by = Method::AppNotification.as_str();
        tx.prove_session(session.id, &session.token_hash, by, self.now()).await
    }

    /// The caller answered, for the call of the administrator who asked in another browser.
    async fn know_caller(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        held: &Held,
        consumed: &Challenge,
    ) -> regain_store::Result<bool> {
        let Some(call) = &held.help_call else { return Ok(false) };
        let admin = tx.user(call.admin_id).await?.filter(|user| !user.blocked);
        let person = tx.user(call.user_id).await?;
        let (Some(admin), Some(person)) = (admin, person) else { return Ok(false) };
        if !tx.add_help_call_proof(&proof(call.id, consumed, self.now())).await? {
            return Ok(false);
        }
        let record = audit::success(audit::service::METHODS, audit::activity::VERIFY_CALLER)
            .seen(self, visit)
            .in_flow(&call.support_code)
            .by(&admin)
            .to(&person)
            .detail("way", "push")
            .detail("method", Method::AppNotification.as_str());
        tx.append(&record).await?;
        Ok(true)
    }

    /// Makes a new phone a method, and the codes that it shows another one.
    async fn accept(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        device: &Device,
        session: &Session,
    ) -> regain_store::Result<bool> {
        let enrolment = tx.enrolment(session.id).await?;
        let ours = enrolment.filter(|row| row.method == Method::AppNotification.as_str());
        let (Some(enrolment), Some(had)) = (ours, Inventory::load(self, tx, device.user_id).await?) else {
            return Ok(false);
        };
        if !tx.end_enrolment(enrolment.id).await? {
            return Ok(false);
        }
        let held_until = self.held_until(tx, session, &had.person.policies).await?;
        let visit = as_owner(visit, session, &had.person, held_until);
        let Ok(me) = self.me_registering(&visit) else { return Ok(false) };
        let method_id = self.new_id();
        let addition = Addition::new(method_id, Method::AppNotification);
        let Ok(added) = self.add_approved(tx, &visit, &me, &had, addition).await? else { return Ok(false) };
        let mut records = vec![added];
        tx.rename_method(device.user_id, method_id, &client_name(visit.locale, &device.client)).await?;
        let codes = self.codes_of(&had, device);
        if let Some(codes) = &codes {
            tx.add_method(codes).await?;
            // As new as the phone that shows them.
            if !had.registers_first_in(me.signed_in_at()) {
                Change::Added(codes.id).note(tx, device.user_id, self.now()).await?;
            }
            records.push(self.method_record(&visit, &had, audit::activity::REGISTERED, Method::AppCode));
        }
        if shows_something_new(&had, Method::AppNotification) {
            self.note_proof(tx, session).await?;
        }
        if !tx.accept_device(device.id, method_id, codes.map(|codes| codes.id)).await? {
            return Ok(false);
        }
        tx.append_all(&records).await?;
        Ok(true)
    }

    /// The row of the phone's codes; its owner hears of one phone, not of two methods.
    fn codes_of(&self, had: &Inventory, device: &Device) -> Option<regain_store::Method> {
        // The phone is counted already: what it shows is no other authenticator (R87).
        if !had.allowed().contains(Method::AppCode) {
            return None;
        }
        let id = self.new_id();
        let seed =
            device.seed.as_ref().and_then(|sealed| self.open_seed(device.id, device.user_id, sealed))?;
        Some(regain_store::Method {
            id,
            user_id: device.user_id,
            method: Method::AppCode.as_str().to_owned(),
            label: String::new(),
            destination: None,
            sealed: Some(self.seal_seed(id, device.user_id, &seed)),
            last_step: None,
            created_at: self.now(),
            last_used_at: None,
            codes_left: None,
        })
    }

    /// Writes down that a request was denied.
    pub(super) async fn record_denial(
        &self,
        visit: &Visit,
        request: &PushRequest,
        held: &Held,
        reason: &str,
    ) -> Result<(), Refusal> {
        let (service, activity) = match held.purpose {
            Purpose::Recovery => (audit::service::PASSWORD, audit::activity::PROGRESS),
            Purpose::StepUp | Purpose::Agree => (audit::service::SIGN_IN, audit::activity::STEP_UP),
            Purpose::Register => (audit::service::METHODS, audit::activity::REGISTERED),
            Purpose::VerifyCaller => (audit::service::METHODS, audit::activity::VERIFY_CALLER),
        };
        let reason = format!("{reason} ({})", method_name(Method::AppNotification));
        let record = audit::failure(service, activity, &reason)
            .seen(self, visit)
            .in_flow(held.support_code())
            .detail("asked_from", request.address.clone());
        self.append_about(record, request).await.map_err(broken)
    }

    async fn append_about(&self, record: AuditRecord, request: &PushRequest) -> regain_store::Result<()> {
        let mut tx = self.store.write().await?;
        let user = tx.user(request.user_id.unwrap_or_default()).await?;
        let record = match &user {
            Some(user) => record.by(user).to(user),
            None => record,
        };
        tx.append(&record).await?;
        tx.commit().await
    }
}

/// The phone's visit as its owner's, in the session that registers it.
fn as_owner(visit: &Visit, session: &Session, person: &Person, held_until: Option<Timestamp>) -> Visit {
    Visit {
        support_code: session.support_code.clone(),
        session: Some(VisitSession {
            id: session.id.to_string(),
            user_id: person.user.id.to_string(),
            upn: person.user.upn.clone(),
            display_name: person.user.display_name.clone(),
            roles: person.roles.clone(),
            signed_in_at: session.created_at,
            proved_at: session.proved_at,
            proved_by: session.proved_by.as_deref().and_then(|by| by.parse().ok()),
            must_change_password: false,
            by_pass: session.pass_id.is_some(),
            held_until,
            // A phone may be the very factor that sign-in demands; nothing here asks for it.
            owes_second_factor: false,
            second_factors: person.effective.second_factors,
        }),
        ..visit.clone()
    }
}
