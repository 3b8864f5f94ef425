//! Who is calling: whom it is about, what is known, what was found out.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::pages::admin::users::verify_caller::path_of;
use regain_app::services::passes::{Callee, CallerView, KnownCaller, Underway};
use regain_app::services::sign_in::FactorChoice;
use regain_app::text::Locale;
use regain_app::visit::Visit;
use regain_core::contact::PhoneNumber;
use regain_core::form::{FieldProblem, FormState};
use regain_core::limits::CALLER_CHECK_LIFE;
use regain_core::method::Method;
use regain_core::role::Right;
use regain_core::temporary_pass::CallerWay;
use regain_core::time::Duration;
use regain_store::{AuditRecord, CallerCheck, Challenge, Tx};
use uuid::Uuid;

use crate::account_key::account_key;
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::people::{Actor, Refusal};
use crate::person::{Factor, Person};
use crate::services::factor_choice;
use crate::services::failure;
use crate::verification::{Asker, Holder, Purpose};

/// What a message of ours reaches.
const REACHED: [Method; 4] =
    [Method::AppNotification, Method::MobilePhone, Method::OfficePhone, Method::Email];
/// How long the page tells what became of a request.
const SHOWN: Duration = Duration::from_mins(10);

/// An administrator with somebody on the phone.
pub(super) struct Caller<'a> {
    pub(super) engine: &'a Engine,
    pub(super) visit: &'a Visit,
    /// The same in the person's language, for messages.
    spoken: Visit,
    pub(super) admin_id: Uuid,
    pub(super) session_id: Uuid,
    pub(super) person: Person,
    pub(super) account: String,
}

impl<'a> Caller<'a> {
    /// For who may set passwords, of people below them, and never of themselves; a refusal is written down (T112).
    pub(super) async fn begin(engine: &'a Engine, visit: &'a Visit, id: &str) -> Result<Self, Failure> {
        engine.act_gate(visit, Right::ResetUsers, activity::VERIFY_CALLER, id).await?;
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
        let parse = |id: &str| id.parse::<Uuid>().map_err(|_| Failure::Internal);
        let locale = person.user.locale.as_deref().and_then(Locale::from_tag).unwrap_or_default();
        Ok(Self {
            engine,
            visit,
            spoken: Visit { locale, ..visit.clone() },
            admin_id: parse(&session.user_id)?,
            session_id: parse(&session.id)?,
            account: account_key(&engine.keys, &person.user.upn_key),
            person,
        })
    }

    pub(super) async fn view(&self) -> Result<CallerView, Failure> {
        let mut tx = self.engine.store.read().await.map_err(failure)?;
        let known = self.known(&mut *tx).await?;
        // Who is known is not asked for a code any more.
        let underway = if known.is_some() { Underway::Nothing } else { self.underway(&mut *tx).await? };
        let office = self.office().map(|number| number.display());
        Ok(CallerView { callee: self.callee(), known, factors: self.choices(), underway, office })
    }

    pub(super) fn callee(&self) -> Callee {
        let user = &self.person.user;
        Callee { id: user.id.to_string(), name: user.display_name.clone(), upn: user.upn.clone() }
    }

    pub(super) async fn known(&self, tx: &mut dyn Tx) -> Result<Option<KnownCaller>, Failure> {
        let check = tx.caller_check(self.admin_id, self.person.user.id, self.engine.now()).await;
        let check = check.map_err(failure)?;
        Ok(check
            .and_then(|check| Some(KnownCaller { way: check.way.parse().ok()?, until: check.expires_at })))
    }

    async fn underway(&self, tx: &mut dyn Tx) -> Result<Underway, Failure> {
        let Some(challenge) = self.challenge(tx).await? else { return Ok(Underway::Nothing) };
        let factor = self.factors().into_iter().find(|factor| is_for(&challenge, factor));
        let now = self.engine.now();
        let (Some(factor), None) = (factor, challenge.consumed_at) else { return Ok(Underway::Nothing) };
        if factor.method == Method::AppNotification {
            let shown = now.since(challenge.created_at) <= SHOWN;
            let push = self.engine.push_view(tx, &challenge).await.map_err(failure)?.filter(|_| shown);
            return Ok(push.map_or(Underway::Nothing, |push| Underway::Push(choice(&factor), push)));
        }
        let open = challenge.superseded_at.is_none() && challenge.expires_at > now;
        Ok(if open { Underway::Code(choice(&factor)) } else { Underway::Nothing })
    }

    /// The newest challenge of this session for this person. One for somebody else is none here.
    pub(super) async fn challenge(&self, tx: &mut dyn Tx) -> Result<Option<Challenge>, Failure> {
        let holder = Holder::Session(self.session_id);
        let newest = self.engine.challenge(tx, holder, Purpose::VerifyCaller).await.map_err(failure)?;
        Ok(newest.filter(|challenge| challenge.user_id == Some(self.person.user.id)))
    }

    /// What the person registered and a message can reach. What an administrator entered could be the administrator's
    /// own; a code from an app is good for signing in, so nobody shall learn to read one out (T42).
    pub(super) fn factors(&self) -> Vec<Factor> {
        let person = &self.person;
        let reached = |factor: &&Factor| {
            factor.method_id.is_some()
                && REACHED.contains(&factor.method)
                && person.working.contains(factor.method)
                && !person.is_suspended(factor)
                && !person.is_cooling(factor)
        };
        person.factors.iter().filter(reached).cloned().collect()
    }

    fn choices(&self) -> Vec<FactorChoice> {
        let mut choices: Vec<FactorChoice> = Vec::new();
        for factor in self.factors() {
            // Any of the person's authenticators may answer.
            let again = choices.iter().any(|choice| choice.method == Method::AppNotification);
            if factor.method != Method::AppNotification || !again {
                choices.push(choice(&factor));
            }
        }
        choices
    }

    /// The number that the directory has.
    pub(super) fn office(&self) -> Option<PhoneNumber> {
        PhoneNumber::parse_stored(self.person.user.office_phone.as_deref()?).ok()
    }

    pub(super) fn asker(&self) -> Asker<'_> {
        Asker {
            holder: Holder::Session(self.session_id),
            purpose: Purpose::VerifyCaller,
            account: &self.account,
            user_id: Some(self.person.user.id),
            support_code: &self.visit.support_code,
            visit: &self.spoken,
        }
    }

    pub(super) fn page(&self) -> String {
        path_of(&self.person.user.id.to_string())
    }

    pub(super) fn refused(&self, form: FormState, problem: FieldProblem) -> Outcome {
        Outcome::refused(self.page(), form.with_problem(problem))
    }

    /// Writes down that the caller is the person, in a transaction that the caller of this began.
    pub(super) async fn know(&self, mut tx: Box<dyn Tx>, way: CallerWay, method: Option<Method>) -> Answer {
        let check = self.engine.new_check(self.admin_id, self.person.user.id, way);
        tx.add_caller_check(&check).await.map_err(failure)?;
        let record = audit::success(service::METHODS, activity::VERIFY_CALLER).seen(self.engine, self.visit);
        let record = about(record.to(&self.person.user), way, method);
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(self.page()))
    }

    /// Writes down a try that came to nothing.
    pub(super) async fn write_failure(
        &self,
        way: CallerWay,
        method: Option<Method>,
        reason: &str,
    ) -> Result<(), Failure> {
        let record = audit::failure(service::METHODS, activity::VERIFY_CALLER, reason);
        let record = about(record.seen(self.engine, self.visit).to(&self.person.user), way, method);
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)
    }
}

impl Engine {
    /// A check as of now; nothing is written yet.
    pub(crate) fn new_check(&self, admin_id: Uuid, user_id: Uuid, way: CallerWay) -> CallerCheck {
        let now = self.now();
        CallerCheck {
            id: self.new_id(),
            admin_id,
            user_id,
            way: way.as_str().to_owned(),
            checked_at: now,
            expires_at: now.plus(CALLER_CHECK_LIFE),
        }
    }
}

fn about(record: AuditRecord, way: CallerWay, method: Option<Method>) -> AuditRecord {
    let record = record.detail("way", way.as_str());
    match method {
        Some(method) => record.detail("method", method.as_str()),
        None => record,
    }
}

fn choice(factor: &Factor) -> FactorChoice {
    factor_choice(factor)
}

pub(super) fn is_for(challenge: &Challenge, factor: &Factor) -> bool {
    challenge.method == factor.method.as_str()
        && (challenge.method_id == factor.method_id || factor.method == Method::AppNotification)
        && challenge.destination == factor.destination
}
