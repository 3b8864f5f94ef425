//! Where a flow stands: its rows, read and put together. Nothing here writes.

use regain_app::services::reset::Frame;
use regain_app::visit::Visit;
use regain_core::eligibility::{self, Refusal};
use regain_core::flow::{Ending, FlowFacts, Intent, Step, step};
use regain_core::limits;
use regain_core::method::{Delivery, Method, Usable};
use regain_core::time::Timestamp;
use regain_store::{Challenge, Flow, Proof, Result, Tx};
use serde::{Deserialize, Serialize};

use super::decoy::{self, Mimic};
use crate::account_key::account_lock;
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::person::{Factor, Person};
use crate::verification::{Asker, Holder, Purpose};

/// How a flow ended, as its row says it.
pub(crate) mod outcome {
    /// The password was reset or the account unlocked.
    pub(crate) const DONE: &str = "done";
    /// It was refused.
    pub(crate) const REFUSED: &str = "refused";
    /// The person cancelled it.
    pub(crate) const CANCELLED: &str = "cancelled";
    /// The person said on a phone that it was not them.
    pub(crate) const REPORTED: &str = "reported";
    /// Codes were asked for too often.
    pub(crate) const ASKED_TOO_OFTEN: &str = "asked_too_often";
    /// It ran out.
    pub(crate) const EXPIRED: &str = "expired";
}

/// A page of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Why,
    Method,
    Phone,
    Verify,
    Questions,
    Passkey,
    Password,
    OnPhone,
    Unlock,
    Drill,
    Done,
    Unlocked,
    Drilled,
    Stopped,
}

impl Place {
    /// Its address.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Why => "/reset/why",
            Self::Method => "/reset/method",
            Self::Phone => "/reset/phone",
            Self::Verify => "/reset/verify",
            Self::Questions => "/reset/questions",
            Self::Passkey => "/reset/passkey",
            Self::Password => "/reset/password",
            Self::OnPhone => "/reset/continue",
            Self::Unlock => "/reset/unlock",
            Self::Drill => "/reset/drill",
            Self::Drilled => "/reset/drilled",
            Self::Done => "/reset/done",
            Self::Unlocked => "/reset/unlocked",
            Self::Stopped => "/reset/stopped",
        }
    }
}

/// What a flow's pages need besides its columns.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Body {
    /// Why it was refused. For a decoy it is known to the help desk alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refusal: Option<Refusal>,
    /// Whether the page may tell it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) explained: bool,
    /// What a decoy passes for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mimic: Option<Mimic>,
    /// The groups that a decoy passes for a member of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) groups: Vec<String>,
    /// How the code of the phone under way reaches it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) delivery: Option<Delivery>,
    /// Whether it was begun in a browser in which this person signed in or reset lately.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) known_browser: bool,
    /// The questions that were drawn.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) questions: Vec<String>,
    /// The line of the phone number that was typed last, as a keyed hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) number: Option<String>,
    /// The same as it was typed, sealed: the next page repeats it, and it may be a stranger's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) typed_number: Option<String>,
    /// Where the notice went, masked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) notified: Vec<String>,
}

/// Whether the flow was begun in a browser that is known as its person's.
pub(crate) fn is_known(flow: &Flow) -> bool {
    serde_json::from_str::<Body>(&flow.body).is_ok_and(|body| body.known_browser)
}

/// Why the flow was refused, if it was.
pub(super) fn refusal_of(flow: &Flow) -> Option<Refusal> {
    serde_json::from_str::<Body>(&flow.body).ok()?.refusal
}

/// A flow and everything its step is derived from.
pub(crate) struct Standing {
    pub(crate) flow: Flow,
    pub(crate) body: Body,
    /// Whose flow it is, as of now; dressed up for a decoy.
    pub(crate) person: Person,
    /// The newest challenge.
    pub(crate) challenge: Option<Challenge>,
    /// The gates that were passed, first to last, whether they still count or not.
    pub(crate) proofs: Vec<Proof>,
    /// Until when its tries are used up. What others did to the account shows nowhere.
    pub(crate) locked: Option<Timestamp>,
    /// Everything that the flow may use: what the person can use now, and what was used up in it.
    factors: Vec<Factor>,
    facts: FlowFacts,
}

impl Engine {
    /// The flow of the visit's cookie.
    pub(crate) async fn standing(&self, tx: &mut dyn Tx, visit: &Visit) -> Result<Option<Standing>> {
        let Some(token) = &visit.flow_token else { return Ok(None) };
        match tx.flow(&token_hash(token.expose())).await? {
            Some(flow) => self.standing_of(tx, flow).await.map(Some),
            None => Ok(None),
        }
    }

    /// The same, with the lock of the flow's account: it stands so until the transaction ends.
    pub(crate) async fn locked_standing(&self, tx: &mut dyn Tx, visit: &Visit) -> Result<Option<Standing>> {
        let Some(token) = &visit.flow_token else { return Ok(None) };
        let Some(flow) = tx.flow(&token_hash(token.expose())).await? else { return Ok(None) };
        tx.lock(&account_lock(&flow.account)).await?;
        // Whoever held the lock before may have changed it.
        self.standing(tx, visit).await
    }

    /// A flow's standing. A decoy asks the database the same questions as a person.
    pub(crate) async fn standing_of(&self, tx: &mut dyn Tx, flow: Flow) -> Result<Standing> {
        self.standing_at(tx, flow, self.now()).await
    }

    /// The same, as if it were `now`.
    pub(crate) async fn standing_at(&self, tx: &mut dyn Tx, flow: Flow, now: Timestamp) -> Result<Standing> {
        let body: Body = serde_json::from_str(&flow.body).unwrap_or_default();
        let user = tx.user(flow.user_id.unwrap_or_default()).await?;
        let person =
            Person::of(self, tx, user.unwrap_or_else(|| decoy::ghost(&flow.typed, flow.created_at))).await?;
        let person = match (flow.user_id, body.mimic) {
            (None, Some(mimic)) => {
                let who = body.groups.iter().collect();
                decoy::dress(self, person, mimic, &who)
            }
            _ => person,
        };
        let proofs = tx.proofs(flow.id).await?;
        let challenge = tx.flow_challenge(flow.id).await?;
        let locked = self.flow_lock(tx, flow.id).await?;
        let factors = may_use(&person, &proofs);
        let facts = facts(&flow, &person, &factors, &proofs, challenge.as_ref(), locked, now);
        Ok(Standing { flow, body, person, challenge, proofs, locked, factors, facts })
    }
}

/// The one place that says what a flow may use: the last code of a set that was used up in it stands as proved.
fn may_use(person: &Person, proofs: &[Proof]) -> Vec<Factor> {
    let proved = |spent: &Factor| proofs.iter().any(|proof| proof.method_id == spent.method_id);
    let spent = person.spent_factors().into_iter().filter(proved);
    person.usable_factors().into_iter().chain(spent).collect()
}

fn facts(
    flow: &Flow,
    person: &Person,
    factors: &[Factor],
    proofs: &[Proof],
    challenge: Option<&Challenge>,
    locked: Option<Timestamp>,
    now: Timestamp,
) -> FlowFacts {
    let intent = flow.intent.as_deref().and_then(|intent| intent.parse().ok());
    let offers_unlock = person.effective.unlock_allowed;
    // Unlocking was switched off meanwhile: what was begun as an unlock never becomes a reset (T29).
    let overtaken = intent == Some(Intent::Unlock) && !offers_unlock;
    let ending = match flow.outcome.as_deref() {
        Some(outcome::DONE) => Some(Ending::Done),
        Some(outcome::EXPIRED) => None,
        Some(_) => Some(Ending::Closed),
        None => overtaken.then_some(Ending::Closed),
    };
    FlowFacts {
        intent,
        offers_unlock,
        required: person.effective.required,
        on_device: person.effective.finishes_on_device,
        usable: factors.iter().map(Factor::usable).collect(),
        proofs: proofs.iter().filter_map(|proof| standing_proof(proof, factors)).collect(),
        open_challenge: challenge
            .filter(|challenge| is_open(challenge, now))
            .and_then(|c| c.method.parse().ok()),
        ending,
        expired: flow.expires_at <= now,
        locked: locked.is_some(),
    }
}

/// A proof counts while the person still has the very thing it was made with (T28).
fn standing_proof(proof: &Proof, factors: &[Factor]) -> Option<Usable> {
    let same = |factor: &&Factor| {
        factor.method.as_str() == proof.method
            && match factor.method {
                // Any app, passkey or saved code of the person proves; the row says which one did.
                Method::AppCode | Method::AppNotification | Method::Passkey | Method::RecoveryCode => {
                    proof.method_id.is_none() || factor.method_id == proof.method_id
                }
                Method::Email | Method::MobilePhone | Method::OfficePhone | Method::SecurityQuestions => {
                    factor.destination == proof.destination
                }
            }
    };
    factors.iter().find(same).map(Factor::usable)
}

fn is_open(challenge: &Challenge, now: Timestamp) -> bool {
    challenge.consumed_at.is_none()
        && challenge.superseded_at.is_none()
        && challenge.expires_at > now
        && challenge.attempts < i64::from(limits::WRONG_PER_CODE)
}

impl Standing {
    /// The derived step.
    pub(crate) fn step(&self) -> Step {
        step(&self.facts)
    }

    /// What the flow is for.
    pub(crate) fn intent(&self) -> Intent {
        self.facts.intent_now().unwrap_or(Intent::Reset)
    }

    /// What the person chose, if anything.
    pub(crate) fn chosen_intent(&self) -> Option<Intent> {
        self.facts.intent
    }

    /// Whether the choice between reset and unlock can still be changed: as long as nothing was sent or proved.
    pub(crate) fn can_change_intent(&self) -> bool {
        self.facts.intent != Some(Intent::Drill)
            && self.facts.offers_unlock
            && self.challenge.is_none()
            && self.facts.proofs.is_empty()
    }

    /// The method under way.
    pub(crate) fn method(&self) -> Option<Method> {
        self.flow.method.as_deref().and_then(|method| method.parse().ok())
    }

    /// How a code reaches the phone under way: as it was chosen, if the policies and gateways still let it.
    pub(crate) fn delivery(&self) -> Delivery {
        if self.method() == Some(Method::OfficePhone) {
            return Delivery::Call;
        }
        let ways = self.person.mobile_for_reset();
        let chosen = self.body.delivery.filter(|chosen| ways.contains(chosen));
        chosen.or(ways.first().copied()).unwrap_or(Delivery::Text)
    }

    /// Whether the reset will end on the phone that approved, once all gates are passed.
    pub(super) fn will_end_on_phone(&self) -> bool {
        self.facts.ends_on_phone()
    }

    /// Whether a step was passed: only then anything about the person may be shown.
    pub(crate) fn has_passed(&self) -> bool {
        self.facts.kinds_passed() > 0
    }

    /// The person's factors that would add a proof, in the order of the page.
    pub(crate) fn remaining(&self) -> Vec<Factor> {
        let remaining = self.facts.remaining();
        let mut factors = self.factors.clone();
        factors.retain(|factor| !self.person.is_spent(factor) && remaining.contains(&&factor.usable()));
        factors.sort_by_key(|factor| Method::LISTED.iter().position(|method| *method == factor.method));
        factors
    }

    /// Until when something that the person has does not count here, because it is too new (T65).
    pub(crate) fn new_until(&self) -> Option<Timestamp> {
        let counts = self.remaining();
        let left_out = self.person.counted_factors().into_iter().filter(|factor| {
            let proved = self.facts.proofs.iter().any(|proof| proof.same_kind(&factor.usable()));
            !proved && !counts.iter().any(|one| one.method == factor.method)
        });
        left_out.filter_map(|factor| factor.age.until()).max().filter(|_| self.has_passed())
    }

    /// The newest challenge, if it belongs to the method under way and was not answered yet. It may be dead.
    pub(crate) fn pending(&self) -> Option<&Challenge> {
        self.challenge.as_ref().filter(|challenge| {
            challenge.consumed_at.is_none() && Some(challenge.method.as_str()) == self.flow.method.as_deref()
        })
    }

    /// Whether the code that is waited for went nowhere, because the number that was typed is not the person's.
    pub(crate) fn sent_nowhere(&self) -> bool {
        let phone = matches!(self.method(), Some(Method::MobilePhone | Method::OfficePhone));
        phone && self.pending().is_some_and(|challenge| challenge.destination.is_none())
    }

    /// The facts that decide whether the person may go on: of the flow's own methods.
    pub(crate) fn eligibility(&self) -> eligibility::Facts {
        eligibility::Facts { usable: self.facts.usable.clone(), ..self.person.facts() }
    }

    /// The page that is next.
    pub(crate) fn place(&self) -> Place {
        match self.step() {
            Step::ChooseIntent => Place::Why,
            Step::ChooseMethod | Step::Verify => self.proving(),
            Step::NewPassword if self.facts.ends_on_phone() => Place::OnPhone,
            Step::NewPassword => Place::Password,
            Step::Unlock => Place::Unlock,
            Step::Drill => Place::Drill,
            Step::Done => match self.chosen_intent() {
                Some(Intent::Unlock) => Place::Unlocked,
                Some(Intent::Drill) => Place::Drilled,
                _ => Place::Done,
            },
            Step::Locked | Step::Expired | Step::Closed => Place::Stopped,
        }
    }

    fn proving(&self) -> Place {
        if self.remaining().is_empty() {
            return Place::Stopped;
        }
        match (self.method(), self.pending()) {
            (Some(Method::SecurityQuestions), Some(_)) => Place::Questions,
            (Some(Method::Passkey), Some(_)) => Place::Passkey,
            (Some(_), Some(_)) => Place::Verify,
            (Some(Method::MobilePhone | Method::OfficePhone), None) => Place::Phone,
            _ => Place::Method,
        }
    }

    /// Whether the page may be opened, or its form sent, as things stand.
    pub(crate) fn allows(&self, here: Place) -> bool {
        let place = self.place();
        let proving =
            matches!(place, Place::Method | Place::Phone | Place::Verify | Place::Questions | Place::Passkey);
        let phone = matches!(self.method(), Some(Method::MobilePhone | Method::OfficePhone));
        place == here
            || match here {
                Place::Why => place == Place::Method && self.can_change_intent(),
                Place::Method => proving,
                Place::Phone => proving && phone,
                _ => false,
            }
    }

    /// What every page shows.
    pub(crate) fn frame(&self) -> Frame {
        let mut passed: Vec<Method> = self.facts.proofs.iter().map(|proof| proof.method).collect();
        passed.dedup();
        let last = u8::from(self.intent() == Intent::Reset);
        let done = u8::try_from(self.facts.kinds_passed()).unwrap_or(u8::MAX);
        let of = u8::try_from(self.facts.required.count()).unwrap_or(u8::MAX).saturating_add(last);
        let step = (done > 0 && done < of).then_some((done + 1, of));
        let (support_code, account) = (self.flow.support_code.clone(), self.flow.typed.clone());
        let drill = self.intent() == Intent::Drill;
        Frame { support_code, account, step, passed, drill, toll: None }
    }

    /// Who asks for a code or answers one.
    pub(crate) fn asker<'a>(&'a self, visit: &'a Visit) -> Asker<'a> {
        Asker {
            holder: Holder::Flow(self.flow.id),
            purpose: Purpose::Recovery,
            account: &self.flow.account,
            user_id: self.flow.user_id,
            known_browser: self.body.known_browser,
            support_code: &self.flow.support_code,
            visit,
        }
    }

    /// The flow's row with what this standing changed in its body.
    pub(crate) fn row(&self) -> Flow {
        Flow { body: serde_json::to_string(&self.body).unwrap_or_default(), ..self.flow.clone() }
    }
}
