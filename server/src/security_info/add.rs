//! Adding a proven method.

use regain_app::visit::Visit;
use regain_core::method::Method;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;
use regain_store::{Answer, AuditRecord, Passkey, Result, Tx};
use uuid::Uuid;

use super::notice::Happened;
use super::{Inventory, Me};
use crate::audit::{self, Build as _};
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::forms::Derived;
use crate::gateways::mark;
use crate::passkeys::NewPasskey;
use crate::person::Change;
use crate::services::method_name;
use crate::step_up;

/// A method that was proved.
pub(crate) struct Addition {
    /// The row's id, to which a seed is sealed.
    pub id: Uuid,
    /// Which method.
    pub method: Method,
    /// Address, or number in E.164, from the challenge.
    pub destination: Option<String>,
    /// What is dialled behind an office number.
    pub extension: Option<String>,
    /// Sealed seed.
    pub sealed: Option<Vec<u8>>,
    /// The time step of the first code: it works no second time.
    pub last_step: Option<i64>,
    /// The method that it replaces.
    pub replaces: Option<Uuid>,
    /// What the method is made of besides its row.
    pub material: Material,
}

impl Addition {
    /// A method that is nothing but its row.
    pub fn new(id: Uuid, method: Method) -> Self {
        Self {
            id,
            method,
            destination: None,
            extension: None,
            sealed: None,
            last_step: None,
            replaces: None,
            material: Material::None,
        }
    }
}

/// What some methods are made of.
#[derive(Default)]
pub(crate) enum Material {
    /// The row is all there is.
    #[default]
    None,
    /// The verifiers of a set of recovery codes, in order.
    RecoveryCodes(Vec<String>),
    /// A key of the person's device.
    Passkey(NewPasskey),
}

/// Why a proven method is not added after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The policy allows it no more (R34), or something else comes first (R72).
    NotAllowed,
    /// Something is asked for by now that was not shown in this session: the person registered it meanwhile.
    NotShown,
    /// There are as many as there may be.
    Full,
    /// Methods stay as they are for a time after a reset.
    Held,
}

impl Engine {
    /// Adds a method, drops what it replaces, writes it down and tells it. The first method to step up with, and the first
    /// strong one, is also shown with that: the session gets the new token that comes back.
    pub(crate) async fn add_proven(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        me: &Me<'_>,
        had: &Inventory,
        new: Addition,
    ) -> Result<std::result::Result<Option<Secret>, Refused>> {
        let method = new.method;
        // What takes the place of the method that was shown here was shown a moment ago, too.
        let shown = visit.session.as_ref().and_then(|session| session.proved_by);
        let takes_its_place = shown == Some(method) && replaced(had, &new).is_some();
        let record = match self.add_approved(tx, visit, me, had, new).await? {
            Ok(record) => record,
            Err(refused) => return Ok(Err(refused)),
        };
        let token = if shows_something_new(had, method) || takes_its_place {
            let (token, by) = (self.derive(visit, Derived::Session), method.as_str());
            tx.prove_session(me.session_id, &token_hash(token.expose()), by, self.now())
                .await?
                .then_some(token)
        } else {
            None
        };
        tx.append(&record).await?;
        Ok(Ok(token))
    }

    /// The same, but the session stays as it is: its browser is not the one that asks. The record comes back, for the
    /// caller to append when all rows are written.
    pub(crate) async fn add_approved(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        me: &Me<'_>,
        had: &Inventory,
        new: Addition,
    ) -> Result<std::result::Result<AuditRecord, Refused>> {
        let replaced = replaced(had, &new);
        if me.not_held().is_err() {
            return Ok(Err(Refused::Held));
        }
        if me.may_see(had).is_err() {
            return Ok(Err(Refused::NotShown));
        }
        if !had.allowed().contains(new.method) || !had.may_come_now(new.method) {
            return Ok(Err(Refused::NotAllowed));
        }
        if replaced.is_none() && had.full(new.method).is_some() {
            return Ok(Err(Refused::Full));
        }
        self.note_new(tx, visit, me, had, &new, replaced).await?;
        let label = replaced.map(|row| row.label.clone()).unwrap_or_default();
        if let Some(row) = replaced {
            tx.delete_method(me.user_id, row.id).await?;
            tx.end_help_calls(me.user_id, self.now()).await?;
        }
        tx.add_method(&regain_store::Method {
            id: new.id,
            user_id: me.user_id,
            method: new.method.as_str().to_owned(),
            label,
            destination: new.destination.clone(),
            sealed: new.sealed,
            last_step: new.last_step,
            created_at: place_in_line(replaced).unwrap_or_else(|| self.now()),
            last_used_at: None,
            codes_left: new.material.codes(),
        })
        .await?;
        add_material(tx, new.id, &new.material).await?;
        if let Some(extension) = &new.extension {
            tx.set_extension(new.id, extension).await?;
        }
        let also = new.destination.as_deref().filter(|_| new.method == Method::Email);
        let what = (Happened::Added, new.method, new.destination.as_deref());
        self.tell_of_method(tx, visit, &had.person, what, also).await?;
        let activity =
            if replaced.is_some() { audit::activity::UPDATED } else { audit::activity::REGISTERED };
        Ok(Ok(self.method_record(visit, had, activity, new.method)))
    }

    /// Notes that a method is new, unless it belongs to the person's first registration: for a day it counts beside an
    /// older one only (T65). A number that it takes the place of is told.
    async fn note_new(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        me: &Me<'_>,
        had: &Inventory,
        new: &Addition,
        replaced: Option<&regain_store::Method>,
    ) -> Result<()> {
        if !had.registers_first_in(me.signed_in_at()) {
            Change::Added(new.id).note(tx, me.user_id, self.now()).await?;
        }
        let Some(destination) = &new.destination else { return Ok(()) };
        // Mail may reach it again; a number whose SIM card was changed works again for who just proved it, for nobody else.
        tx.clear_mark(destination, mark::BOUNCED).await?;
        if self.is_marked(tx, destination).await? {
            tx.mark_destination(destination, &mark::proved_anew(new.id), self.now()).await?;
        }
        match replaced.and_then(|row| row.destination.as_deref()) {
            Some(old) if old != destination => {
                self.tell_old_number(tx, visit, &had.person, new.method, old).await
            }
            _ => Ok(()),
        }
    }

    async fn is_marked(&self, tx: &mut dyn Tx, destination: &str) -> Result<bool> {
        let marks = tx.destination_marks(&[destination.to_owned()]).await?;
        Ok(marks.iter().any(|(_, known)| known == mark::SIM_CHANGED))
    }

    /// Adds the answers to security questions.
    pub(crate) async fn add_answers(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        me: &Me<'_>,
        had: &Inventory,
        answers: &[Answer],
    ) -> Result<()> {
        tx.set_answers(me.user_id, answers).await?;
        let first = had.registers_first_in(me.signed_in_at());
        let change = if first { Change::FirstAnswered } else { Change::Answered };
        change.note(tx, me.user_id, self.now()).await?;
        self.tell_of_method(tx, visit, &had.person, (Happened::Added, Method::SecurityQuestions, None), None)
            .await?;
        self.record_method(tx, visit, had, audit::activity::REGISTERED, Method::SecurityQuestions).await
    }

    /// Writes down that a method came, changed or went.
    pub(super) async fn record_method(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        of: &Inventory,
        activity: &str,
        method: Method,
    ) -> Result<()> {
        tx.append(&self.method_record(visit, of, activity, method)).await
    }

    /// What is written down then.
    pub(crate) fn method_record(
        &self,
        visit: &Visit,
        of: &Inventory,
        activity: &str,
        method: Method,
    ) -> AuditRecord {
        audit::success(audit::service::METHODS, activity)
            .seen(self, visit)
            .to(&of.person.user)
            .because(method_name(method))
            .detail("method", method.as_str())
    }
}

impl Material {
    fn codes(&self) -> Option<i64> {
        match self {
            Self::RecoveryCodes(verifiers) => i64::try_from(verifiers.len()).ok(),
            Self::None | Self::Passkey(_) => None,
        }
    }
}

async fn add_material(tx: &mut dyn Tx, method_id: Uuid, material: &Material) -> Result<()> {
    match material {
        Material::None => Ok(()),
        Material::RecoveryCodes(verifiers) => tx.add_recovery_codes(method_id, verifiers).await,
        Material::Passkey(NewPasskey { credential_id, credential }) => {
            let (credential_id, credential) = (credential_id.clone(), credential.clone());
            tx.add_passkey(&Passkey { method_id, credential_id, credential }).await
        }
    }
}

/// Whether the method's own proof shows more in the session than the person could show before.
pub(crate) fn shows_something_new(had: &Inventory, method: Method) -> bool {
    let shows = step_up::strength(&had.person, method);
    shows.is_some() && shows > step_up::strongest(&had.person)
}

/// A changed number keeps the place of the old one: the first mobile phone stays the one that resets.
fn place_in_line(replaced: Option<&regain_store::Method>) -> Option<Timestamp> {
    replaced.filter(|row| row.method == Method::MobilePhone.as_str()).map(|row| row.created_at)
}

/// A second address takes the place of the first; a phone that of the one that was to be changed.
fn replaced<'a>(had: &'a Inventory, new: &Addition) -> Option<&'a regain_store::Method> {
    let mut same = had.rows.iter().filter(|row| row.method == new.method.as_str());
    match new.method {
        Method::Email | Method::RecoveryCode => same.next(),
        _ => same.find(|row| Some(row.id) == new.replaces),
    }
}
