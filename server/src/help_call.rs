//! A call to the help desk as it stands: whom a message can be sent to, what was answered, what is missing. Nothing of it
//! is stored: each time it is derived from rows, under the policies and methods as they are then.

use regain_core::caller::{self, Evidence, Missing, Origin, can_tell};
use regain_core::limits::HELP_CALL_LIFE;
use regain_core::method::{Age, Method};
use regain_core::time::Timestamp;
use regain_store::{Challenge, HelpCall, HelpCallProof, Result, Tx};
use uuid::Uuid;

use crate::engine::Engine;
use crate::person::{Factor, Person};

/// A call that goes on.
pub(crate) struct Standing {
    /// Its row.
    pub(crate) call: HelpCall,
    /// What was answered and still counts, first to last.
    pub(crate) proved: Vec<Factor>,
    /// What is missing until the caller is known as well as somebody who resets.
    pub(crate) missing: Missing,
}

impl Standing {
    /// Whether a pass may be issued: enough was proved, or others were told that it was not.
    pub(crate) fn may_issue(&self) -> bool {
        self.missing.is_nothing() || self.call.overridden_by.is_some()
    }

    /// How the caller is known, for the audit log.
    pub(crate) fn known_by(&self) -> String {
        match &self.call.overridden_by {
            Some(by) if !self.missing.is_nothing() => by.clone(),
            _ => self.proved.iter().map(|factor| factor.method.as_str()).collect::<Vec<_>>().join(", "),
        }
    }
}

/// Who says that the method is the person's.
pub(crate) fn origin(factor: &Factor) -> Origin {
    if factor.method_id.is_some() { Origin::Registered } else { Origin::Entered }
}

fn evidence(factor: &Factor) -> Evidence {
    Evidence { by: factor.usable(), origin: origin(factor) }
}

fn all_evidence(factors: &[Factor]) -> Vec<Evidence> {
    factors.iter().map(evidence).collect()
}

/// What a code or a request for a call can go to: what works, was not changed lately by somebody else, and may prove
/// anything at all about this person, at a reset or at sign-in.
pub(crate) fn askable(person: &Person) -> Vec<Factor> {
    let allowed = person.effective.methods.union(person.effective.sign_in.methods).intersect(person.working);
    let tells = |factor: &&Factor| {
        can_tell(factor.method)
            && allowed.contains(factor.method)
            && person.works(factor)
            && !matches!(factor.age, Age::Waiting(_))
    };
    person.factors.iter().filter(tells).cloned().collect()
}

/// Of these, what would tell more than is known; any of the person's authenticators may answer, so it stands once.
pub(crate) fn left_to_ask(person: &Person, proved: &[Factor]) -> Vec<Factor> {
    let (demanded, known) = (person.effective.required, all_evidence(proved));
    let mut left: Vec<Factor> = Vec::new();
    for factor in
        askable(person).into_iter().filter(|factor| caller::adds(demanded, &known, &evidence(factor)))
    {
        let again =
            left.iter().any(|one| one.method == Method::AppNotification && one.method == factor.method);
        if !again {
            left.push(factor);
        }
    }
    left
}

/// What is missing until the caller is known as well as somebody who resets the person's password.
pub(crate) fn missing(person: &Person, proved: &[Factor]) -> Missing {
    let bound = person.effective.finishes_on_device
        && person.usable_factors().iter().any(|factor| factor.method.is_of_device());
    caller::missing(person.effective.required, &all_evidence(proved)).with_device(bound)
}

/// A proof counts while the person still has the very thing it was made with (T28).
fn still_counts(proof: &HelpCallProof, factors: &[Factor]) -> Option<Factor> {
    let same = |factor: &&Factor| {
        factor.method.as_str() == proof.method
            && factor.method_id == proof.method_id
            && factor.destination == proof.destination
    };
    factors.iter().find(same).cloned()
}

/// What a consumed challenge proves.
pub(crate) fn proof(help_call_id: Uuid, consumed: &Challenge, proved_at: Timestamp) -> HelpCallProof {
    HelpCallProof {
        challenge_id: consumed.id,
        help_call_id,
        method: consumed.method.clone(),
        method_id: consumed.method_id,
        destination: consumed.destination.clone(),
        proved_at,
    }
}

impl Engine {
    /// The administrator's call about the person, if one goes on.
    pub(crate) async fn help_call(
        &self,
        tx: &mut dyn Tx,
        admin_id: Uuid,
        person: &Person,
    ) -> Result<Option<Standing>> {
        let Some(call) = tx.open_help_call(admin_id, person.user.id, self.now()).await? else {
            return Ok(None);
        };
        let factors = askable(person);
        let proofs = tx.help_call_proofs(call.id).await?;
        let proved: Vec<Factor> = proofs.iter().filter_map(|proof| still_counts(proof, &factors)).collect();
        let missing = missing(person, &proved);
        Ok(Some(Standing { call, proved, missing }))
    }

    /// The same row; a new one where none goes on. The caller of this holds the lock of the person's account.
    pub(crate) async fn begin_help_call(
        &self,
        tx: &mut dyn Tx,
        admin_id: Uuid,
        user_id: Uuid,
        support_code: &str,
    ) -> Result<HelpCall> {
        let now = self.now();
        if let Some(call) = tx.open_help_call(admin_id, user_id, now).await? {
            return Ok(call);
        }
        let call = HelpCall {
            id: self.new_id(),
            admin_id,
            user_id,
            support_code: support_code.to_owned(),
            opened_at: now,
            expires_at: now.plus(HELP_CALL_LIFE),
            overridden_by: None,
            ended_at: None,
        };
        tx.add_help_call(&call).await?;
        Ok(call)
    }
}
