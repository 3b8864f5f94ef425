//! Step-up: a second factor in a session that the password opened.

use regain_app::outcome::{Answer, Cookie, Failure, Outcome, with_next};
use regain_app::services::sign_in::{FactorChoice, VerifyView};
use regain_app::visit::{Session, Visit};
use regain_core::code::OneTimeCode;
use regain_core::contact::{EmailAddress, PhoneNumber};
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::{Delivery, Method};
use regain_core::next_path::NextPath;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;
use regain_store::{Challenge, Tx};
use uuid::Uuid;

use crate::account_key::account_key;
use crate::audit::{self, Build as _};
use crate::engine::Engine;
use crate::landing::{self, REGISTER};
use crate::person::{Factor, Person};
use crate::services::failure;
use crate::step_up;
use crate::verification::{Asker, Checked, Holder, Purpose, Sending, Target};

const PAGE: &str = "/signin/verify";

/// The person who shows a second factor.
pub(super) struct StepUp<'a> {
    engine: &'a Engine,
    visit: &'a Visit,
    session: &'a Session,
    session_id: Uuid,
    person: Person,
    factors: Vec<Factor>,
    account: String,
    next: Option<NextPath>,
}

impl<'a> StepUp<'a> {
    pub(super) async fn begin(engine: &'a Engine, visit: &'a Visit, next: &str) -> Result<Self, Failure> {
        let session = engine.session_gate(visit)?;
        let parse = |id: &str| id.parse::<Uuid>().map_err(|_| Failure::Internal);
        let mut tx = engine.store.read().await.map_err(failure)?;
        let person = Person::load(engine, &mut *tx, parse(&session.user_id)?).await.map_err(failure)?;
        let person = person.ok_or(Failure::SignedOut)?;
        Ok(Self {
            engine,
            visit,
            session,
            session_id: parse(&session.id)?,
            factors: step_up::factors(&person),
            account: account_key(&engine.keys, &person.user.upn_key),
            next: NextPath::parse(next),
            person,
        })
    }

    pub(super) async fn view(&self, chosen: &str, choose: bool) -> Result<VerifyView, Failure> {
        if step_up::is_fresh(self.session, self.engine.now()) {
            return Ok(VerifyView::Elsewhere(self.goal()));
        }
        let others = self.factors.len() > 1;
        if choose && others {
            return Ok(VerifyView::Choose(self.choices()));
        }
        let mut tx = self.engine.store.read().await.map_err(failure)?;
        let open = self.open_challenge(&mut *tx).await?;
        let Some(factor) = self.factor(chosen).or_else(|| self.first(open.as_ref())) else {
            return Ok(self.without_factor());
        };
        let sent = open.is_some_and(|challenge| is_for(&challenge, factor));
        if factor.method != Method::AppCode && !sent {
            return Ok(VerifyView::Send { factor: choice(factor), others });
        }
        let again =
            self.engine.next_send_at(&mut *tx, &self.asker(), factor.method).await.map_err(failure)?;
        Ok(VerifyView::Code {
            factor: choice(factor),
            others,
            wait: again.map_or(0, |at| self.seconds_to(at)),
        })
    }

    pub(super) async fn send(&self, chosen: &str) -> Answer {
        let Some(factor) = self.factor(chosen).filter(|factor| factor.method != Method::AppCode) else {
            return Ok(Outcome::go(self.page("")));
        };
        let target = self.target(factor);
        let template = target.template("step-up-code", "step-up-code-text", "step-up-code-voice");
        let params = [("name", self.person.user.display_name.clone())];
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        let sending = self
            .engine
            .send_code(&mut *tx, &self.asker(), &target, template, &params)
            .await
            .map_err(failure)?;
        // Also a refusal counts.
        tx.commit().await.map_err(failure)?;
        Ok(match sending {
            Sending::Sent(_) => Outcome::go(self.page(chosen)),
            Sending::TooSoon(again) => self.refused(
                chosen,
                FieldProblem::new("", "verify-code-too-soon").with("seconds", &self.seconds_to(again)),
            ),
            Sending::TooMany(again) => {
                let minutes = self.seconds_to(again).div_ceil(60);
                self.refused(chosen, FieldProblem::new("", "verify-code-too-many").with("minutes", &minutes))
            }
            Sending::Locked(_) => self.refused(chosen, FieldProblem::new("", "verify-code-locked")),
        })
    }

    pub(super) async fn check(&self, chosen: &str, typed: &Secret) -> Answer {
        let Some(factor) = self.factor(chosen) else { return Ok(Outcome::go(self.page(""))) };
        let code = match OneTimeCode::parse(typed.expose()) {
            Ok(code) => code,
            Err(problem) => {
                return Ok(
                    self.refused(chosen, FieldProblem::new("code", &format!("verify-{}", problem.code())))
                );
            }
        };
        let (checked, wrong) = if factor.method == Method::AppCode {
            (self.check_app_code(factor, &code).await?, "verify-app-code-wrong")
        } else {
            (self.check_sent_code(factor, &code).await?, "verify-code-wrong")
        };
        let problem = match checked {
            Checked::Right(tx, _) => return self.prove(tx, factor).await,
            Checked::Wrong => FieldProblem::new("code", wrong),
            Checked::Dead => FieldProblem::new("code", "verify-code-dead"),
            Checked::Locked(_) => FieldProblem::new("code", "verify-code-locked"),
        };
        self.write_failure(factor).await?;
        Ok(self.refused(chosen, problem))
    }

    /// A challenge for each try: an app's code is bound to its time step, and tries are counted for the account.
    async fn check_app_code(&self, factor: &Factor, code: &OneTimeCode) -> Result<Checked, Failure> {
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        // Whichever of the person's apps it comes from.
        let target = Target { method_id: None, ..self.target(factor) };
        let challenge =
            self.engine.open_challenge(&mut *tx, &self.asker(), &target).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        self.engine.check_app_code(&self.asker(), &challenge, code).await.map_err(failure)
    }

    async fn check_sent_code(&self, factor: &Factor, code: &OneTimeCode) -> Result<Checked, Failure> {
        let mut tx = self.engine.store.read().await.map_err(failure)?;
        let holder = Holder::Session(self.session_id);
        let newest = self.engine.challenge(&mut *tx, holder, Purpose::StepUp).await.map_err(failure)?;
        drop(tx);
        match newest.filter(|challenge| is_for(challenge, factor)) {
            Some(challenge) => self.engine.check_code(&self.asker(), &challenge, code).await.map_err(failure),
            None => Ok(Checked::Dead),
        }
    }

    async fn prove(&self, mut tx: Box<dyn Tx>, factor: &Factor) -> Answer {
        let token = self.engine.prove_session(&mut *tx, self.session).await.map_err(failure)?;
        let token = token.ok_or(Failure::SignedOut)?;
        let record = audit::success(audit::service::SIGN_IN, audit::activity::STEP_UP)
            .seen(self.engine, self.visit)
            .to(&self.person.user)
            .detail("method", factor.method.as_str());
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(self.goal()).with_cookie(Cookie::Session(token)))
    }

    async fn write_failure(&self, factor: &Factor) -> Result<(), Failure> {
        let record = audit::failure(audit::service::SIGN_IN, audit::activity::STEP_UP, "Wrong code")
            .seen(self.engine, self.visit)
            .to(&self.person.user)
            .detail("method", factor.method.as_str());
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)
    }

    /// Who has no second factor at all registers one, and comes back; who has one that works no more needs help.
    fn without_factor(&self) -> VerifyView {
        if self.person.factors.iter().any(|factor| factor.method_id.is_some()) {
            return VerifyView::Unavailable;
        }
        VerifyView::Elsewhere(with_next(REGISTER, &self.goal()))
    }

    async fn open_challenge(&self, tx: &mut dyn Tx) -> Result<Option<Challenge>, Failure> {
        let holder = Holder::Session(self.session_id);
        let newest = self.engine.challenge(tx, holder, Purpose::StepUp).await.map_err(failure)?;
        let now = self.engine.now();
        let is_open = |challenge: &Challenge| {
            challenge.consumed_at.is_none() && challenge.superseded_at.is_none() && challenge.expires_at > now
        };
        Ok(newest.filter(is_open))
    }

    fn factor(&self, chosen: &str) -> Option<&Factor> {
        self.factors.iter().find(|factor| id_of(factor) == chosen)
    }

    /// The one whose code is under way, else the strongest.
    fn first(&self, open: Option<&Challenge>) -> Option<&Factor> {
        let under_way =
            open.and_then(|challenge| self.factors.iter().find(|factor| is_for(challenge, factor)));
        under_way.or(self.factors.first())
    }

    /// One choice for all apps: a code of any of them counts.
    fn choices(&self) -> Vec<FactorChoice> {
        let mut choices: Vec<FactorChoice> = Vec::new();
        for factor in &self.factors {
            let app_again =
                factor.method == Method::AppCode && choices.iter().any(|c| c.method == Method::AppCode);
            if !app_again {
                choices.push(choice(factor));
            }
        }
        choices
    }

    fn asker(&self) -> Asker<'_> {
        Asker {
            holder: Holder::Session(self.session_id),
            purpose: Purpose::StepUp,
            account: &self.account,
            user_id: Some(self.person.user.id),
            support_code: &self.visit.support_code,
            visit: self.visit,
        }
    }

    /// By text where texts leave, else by call.
    fn target(&self, factor: &Factor) -> Target {
        Target {
            method: factor.method,
            method_id: factor.method_id,
            destination: factor.destination.clone(),
            delivery: self.person.mobile.first().copied().unwrap_or(Delivery::Text),
            extension: None,
        }
    }

    fn goal(&self) -> String {
        landing::after_registration(self.session, self.next.as_ref())
    }

    fn page(&self, chosen: &str) -> String {
        let page = self.next.as_ref().map_or_else(|| PAGE.to_owned(), |next| with_next(PAGE, next.as_str()));
        if chosen.is_empty() {
            page
        } else {
            format!("{page}{}factor={chosen}", if page == PAGE { '?' } else { '&' })
        }
    }

    fn refused(&self, chosen: &str, problem: FieldProblem) -> Outcome {
        Outcome::refused(self.page(chosen), FormState::default().with_problem(problem))
    }

    fn seconds_to(&self, at: Timestamp) -> u32 {
        u32::try_from(at.since(self.engine.now()).as_secs() + 1).unwrap_or(u32::MAX)
    }
}

fn id_of(factor: &Factor) -> String {
    factor.method_id.map(|id| id.to_string()).unwrap_or_default()
}

fn is_for(challenge: &Challenge, factor: &Factor) -> bool {
    challenge.method == factor.method.as_str()
        && challenge.method_id == factor.method_id
        && challenge.destination == factor.destination
}

fn choice(factor: &Factor) -> FactorChoice {
    let destination = factor.destination.as_deref().unwrap_or_default();
    let masked = match factor.method {
        Method::Email => EmailAddress::parse(destination).map(|address| address.masked()).ok(),
        _ => PhoneNumber::parse(destination, None).map(|number| number.masked()).ok(),
    };
    FactorChoice { id: id_of(factor), method: factor.method, masked: masked.unwrap_or_default() }
}
