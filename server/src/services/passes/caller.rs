//! Who is calling: whom it is about, what is known so far, what can still be asked.

use regain_app::outcome::{Failure, Outcome};
use regain_app::pages::admin::users::verify_caller::path_of;
use regain_app::services::passes::{Callee, CallerView, Known, Question, Underway};
use regain_app::text::Locale;
use regain_app::visit::Visit;
use regain_core::contact::PhoneNumber;
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::{Delivery, Method};
use regain_core::role::Right;
use regain_store::{AuditRecord, Challenge, HelpCall, Tx};
use uuid::Uuid;

use crate::account_key::account_key;
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::help_call::{Standing, left_to_ask, missing, origin};
use crate::people::{Actor, Refusal};
use crate::person::{Factor, Person};
use crate::services::{factor_choice, failure};
use crate::verification::{Asker, Holder, Purpose};

/// What is posted for the authenticator, whichever of them answers.
const PUSH: &str = "push";

/// An administrator with somebody on the phone.
pub(super) struct Caller<'a> {
    pub(super) engine: &'a Engine,
    pub(super) visit: &'a Visit,
    /// The same in the person's language, for messages.
    pub(super) spoken: Visit,
    pub(super) admin_id: Uuid,
    pub(super) person: Person,
    pub(super) account: String,
}

impl<'a> Caller<'a> {
    /// For who may set passwords, of people below them, and never of themselves; a refusal is written down (T112).
    pub(super) async fn begin(engine: &'a Engine, visit: &'a Visit, id: &str) -> Result<Self, Failure> {
        engine.right_gate(visit, Right::ResetUsers, activity::VERIFY_CALLER, id).await?;
        let session = visit.session.as_ref().ok_or(Failure::SignedOut)?;
        let user_id: Uuid = id.parse().map_err(|_| Failure::NotFound)?;
        let mut tx = engine.store.read().await.map_err(failure)?;
        let person = Person::load(engine, &mut *tx, user_id).await.map_err(failure)?;
        let person = person.ok_or(Failure::NotFound)?;
        if !engine.may_help(&mut *tx, visit, user_id).await.map_err(failure)? {
            drop(tx);
            let refused: Result<(), _> = Err(Refusal::Forbidden);
            let actor = Actor::Administrator(visit);
            engine.note_refusal(&actor, activity::VERIFY_CALLER, user_id, &refused).await;
            return Err(Failure::Forbidden);
        }
        let admin_id = session.user_id.parse().map_err(|_| Failure::Internal)?;
        let locale = person.user.locale.as_deref().and_then(Locale::from_tag).unwrap_or_default();
        let account = account_key(&engine.keys, &person.user.upn_key);
        Ok(Self { engine, visit, spoken: Visit { locale, ..visit.clone() }, admin_id, person, account })
    }

    pub(super) async fn view(&self) -> Result<CallerView, Failure> {
        let mut tx = self.engine.store.read().await.map_err(failure)?;
        let standing = self.standing(&mut *tx).await?;
        let proved = standing.as_ref().map(|standing| standing.proved.clone()).unwrap_or_default();
        let underway = match &standing {
            // Who is known is not asked for a code any more.
            Some(standing) if !standing.may_issue() => self.underway(&mut *tx, &standing.call).await?,
            _ => Underway::Nothing,
        };
        Ok(CallerView {
            callee: self.callee(),
            known: self.known(standing.as_ref()),
            left: left_to_ask(&self.person, &proved).iter().map(|factor| self.question(factor)).collect(),
            underway,
            office: self.office().map(|number| number.display()),
        })
    }

    pub(super) fn callee(&self) -> Callee {
        let user = &self.person.user;
        Callee { id: user.id.to_string(), name: user.display_name.clone(), upn: user.upn.clone() }
    }

    pub(super) async fn standing(&self, tx: &mut dyn Tx) -> Result<Option<Standing>, Failure> {
        self.engine.help_call(tx, self.admin_id, &self.person).await.map_err(failure)
    }

    pub(super) fn known(&self, standing: Option<&Standing>) -> Known {
        Known {
            demanded: self.person.effective.required.count(),
            missing: standing.map_or_else(|| missing(&self.person, &[]), |standing| standing.missing),
            proved: standing.iter().flat_map(|one| &one.proved).map(|one| self.question(one)).collect(),
            overridden: standing.is_some_and(|standing| standing.call.overridden_by.is_some()),
            until: standing.map(|standing| standing.call.expires_at),
        }
    }

    async fn underway(&self, tx: &mut dyn Tx, call: &HelpCall) -> Result<Underway, Failure> {
        let challenge = tx.help_call_challenge(call.id).await.map_err(failure)?;
        let Some(challenge) = challenge.filter(|one| one.consumed_at.is_none()) else {
            return Ok(Underway::Nothing);
        };
        let factors = left_to_ask(&self.person, &[]);
        let Some(factor) = factors.iter().find(|factor| is_for(&challenge, factor)) else {
            return Ok(Underway::Nothing);
        };
        if factor.method == Method::AppNotification {
            let push = self.engine.push_view(tx, &challenge).await.map_err(failure)?;
            return Ok(push.map_or(Underway::Nothing, Underway::Push));
        }
        let open = challenge.superseded_at.is_none() && challenge.expires_at > self.engine.now();
        Ok(if open { Underway::Code(self.question(factor)) } else { Underway::Nothing })
    }

    /// A method as the page shows it.
    pub(super) fn question(&self, factor: &Factor) -> Question {
        let shown = factor_choice(factor);
        let id = match (factor.method, factor.method_id) {
            (Method::AppNotification, _) => PUSH.to_owned(),
            (_, Some(_)) => shown.id,
            (method, None) => format!("entered-{method}"),
        };
        Question {
            id,
            method: factor.method,
            delivery: self.delivery(factor.method),
            masked: shown.masked,
            origin: origin(factor),
        }
    }

    /// By text where texts leave, else by call.
    pub(super) fn delivery(&self, method: Method) -> Delivery {
        match method {
            Method::OfficePhone => Delivery::Call,
            _ => self.person.mobile.first().copied().unwrap_or(Delivery::Text),
        }
    }

    /// The number that the directory has.
    pub(super) fn office(&self) -> Option<PhoneNumber> {
        PhoneNumber::parse_stored(self.person.user.office_phone.as_deref()?).ok()
    }

    pub(super) fn asker<'c>(&'c self, call: &'c HelpCall) -> Asker<'c> {
        Asker {
            holder: Holder::HelpCall(call.id),
            purpose: Purpose::VerifyCaller,
            account: &self.account,
            user_id: Some(self.person.user.id),
            known_browser: false,
            support_code: &call.support_code,
            visit: &self.spoken,
        }
    }

    /// The call, begun where none goes on; `tx` holds the lock of the person's account.
    pub(super) async fn begin_call(&self, tx: &mut dyn Tx) -> Result<HelpCall, Failure> {
        let (admin, user) = (self.admin_id, self.person.user.id);
        let begun = self.engine.begin_help_call(tx, admin, user, &self.visit.support_code).await;
        begun.map_err(failure)
    }

    pub(super) async fn write_locked(&self) -> Result<Box<dyn Tx>, Failure> {
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        self.engine.lock_account(&mut *tx, &self.account).await.map_err(failure)?;
        Ok(tx)
    }

    pub(super) fn page(&self) -> String {
        path_of(&self.person.user.id.to_string())
    }

    pub(super) fn refused(&self, form: FormState, problem: FieldProblem) -> Outcome {
        Outcome::refused(self.page(), form.with_problem(problem))
    }

    /// Begins a record of something that was found out; `way` is how.
    pub(super) fn record(&self, way: &str) -> AuditRecord {
        let record = audit::success(service::METHODS, activity::VERIFY_CALLER).seen(self.engine, self.visit);
        record.to(&self.person.user).detail("way", way)
    }
}

pub(super) fn is_for(challenge: &Challenge, factor: &Factor) -> bool {
    challenge.method == factor.method.as_str()
        && (challenge.method_id == factor.method_id || factor.method == Method::AppNotification)
        && challenge.destination == factor.destination
}
