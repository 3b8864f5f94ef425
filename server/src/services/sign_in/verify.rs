//! Step-up: a second factor in a session that the password opened.

use regain_app::outcome::{Answer, Cookie, Failure, Outcome, with_next};
use regain_app::services::sign_in::{FactorChoice, VerifyView};
use regain_app::visit::{Session, Visit};
use regain_core::code::{OneTimeCode, RecoveryCode};
use regain_core::contact::{EmailAddress, PhoneNumber};
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::{Delivery, Method};
use regain_core::next_path::NextPath;
use regain_core::registration::{missing, missing_second_factor};
use regain_core::secret::Secret;
use regain_core::time::Timestamp;
use regain_store::{Challenge, Tx};
use uuid::Uuid;

use crate::account_key::account_key;
use crate::audit::{self, Build as _};
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::hold;
use crate::landing::{self, REGISTER};
use crate::messages::from;
use crate::person::{Factor, Person};
use crate::services::failure;
use crate::step_up::{self, Demand};
use crate::temporary_pass;
use crate::verification::{Asker, Checked, Holder, Left, Purpose, Sending, Target, spent_code, with_left};

const PAGE: &str = "/signin/verify";
const PORTAL: &str = "/admin";
/// Where a person adds a method who lacks none for a reset.
const ADD: &str = "/security-info/add";

/// The person who shows a second factor.
pub(super) struct StepUp<'a> {
    pub(super) engine: &'a Engine,
    visit: &'a Visit,
    session: &'a Session,
    pub(super) session_id: Uuid,
    person: Person,
    /// What can be shown here: for the portal nothing but a strong factor.
    pub(super) factors: Vec<Factor>,
    /// Something is asked for here, and nothing of it works at the moment.
    unavailable: bool,
    /// When something that counts here was last shown.
    proved_at: Option<Timestamp>,
    account: String,
    next: Option<NextPath>,
    /// What a proof is good for here.
    pub(super) purpose: Purpose,
}

impl<'a> StepUp<'a> {
    pub(super) async fn begin(engine: &'a Engine, visit: &'a Visit, next: &str) -> Result<Self, Failure> {
        let session = engine.half_open_gate(visit)?;
        let parse = |id: &str| id.parse::<Uuid>().map_err(|_| Failure::Internal);
        let mut tx = engine.store.read().await.map_err(failure)?;
        let person = Person::load(engine, &mut *tx, parse(&session.user_id)?).await.map_err(failure)?;
        let person = person.ok_or(Failure::SignedOut)?;
        let next = NextPath::parse(next);
        let purpose = if agrees(next.as_ref()) { Purpose::Agree } else { Purpose::StepUp };
        let (demand, proved_at) = if purpose == Purpose::Agree {
            // Nothing counts as shown but what was asked for this: where nothing holds there is nothing to agree to.
            let shown = session.held_until.is_none().then(|| engine.now());
            (Demand::Show(engine.agreeing(&mut *tx, &person).await.map_err(failure)?), shown)
        } else if to_portal(engine, session, next.as_ref()) {
            let shown = session.proved_at.filter(|_| session.is_strongly_proved());
            (step_up::strong_demand(&person), shown)
        } else {
            (step_up::demand(&person), step_up::proved_at(&person, session))
        };
        Ok(Self {
            engine,
            visit,
            session,
            session_id: parse(&session.id)?,
            unavailable: demand == Demand::Unavailable,
            factors: demand.factors(),
            proved_at,
            account: account_key(&engine.keys, &person.user.upn_key),
            next,
            person,
            purpose,
        })
    }

    pub(super) async fn view(&self, chosen: &str, choose: bool) -> Result<VerifyView, Failure> {
        if self.factors.is_empty() && self.purpose == Purpose::Agree {
            return Ok(VerifyView::Elsewhere(hold::PAGE.to_owned()));
        }
        if step_up::is_fresh(self.proved_at, self.engine.now()) {
            // What was shown may not be the second factor that sign-in demands: it only lets the person add one.
            let owes = self.session.owes_second_factor;
            return if owes { self.to_registration().await } else { Ok(VerifyView::Elsewhere(self.goal())) };
        }
        let others = self.factors.len() > 1;
        if choose && others {
            return Ok(VerifyView::Choose(self.choices()));
        }
        let mut tx = self.engine.store.read().await.map_err(failure)?;
        let open = self.open_challenge(&mut *tx).await?;
        if let Some(view) = self.push(&mut *tx, chosen, others).await? {
            return Ok(view);
        }
        let Some(factor) = self.factor(chosen).or_else(|| self.first(open.as_ref())) else {
            drop(tx);
            return self.without_factor().await;
        };
        match factor.method {
            Method::Passkey => return self.passkey(&mut *tx, factor, open.as_ref()).await,
            Method::AppNotification => return Ok(VerifyView::Send { factor: choice(factor), others }),
            Method::MobilePhone | Method::OfficePhone | Method::Email => {
                if !open.is_some_and(|challenge| is_for(&challenge, factor)) {
                    return Ok(VerifyView::Send { factor: choice(factor), others });
                }
            }
            Method::AppCode | Method::RecoveryCode | Method::SecurityQuestions => {}
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
        let Some(factor) = self.factor(chosen) else { return Ok(Outcome::go(self.page(""))) };
        match factor.method {
            Method::AppNotification => self.ask_phones(chosen).await,
            Method::Passkey => self.ask_for_passkey(factor).await,
            Method::MobilePhone | Method::OfficePhone | Method::Email => self.send_to(factor, chosen).await,
            Method::AppCode | Method::RecoveryCode | Method::SecurityQuestions => {
                Ok(Outcome::go(self.page("")))
            }
        }
    }

    async fn send_to(&self, factor: &Factor, chosen: &str) -> Answer {
        let target = self.target(factor);
        let template = match self.purpose {
            Purpose::Agree => target.template("agree-code", "agree-code-text", "agree-code-voice"),
            _ => target.template("step-up-code", "step-up-code-text", "step-up-code-voice"),
        };
        let [address, device] = from(self.visit, self.visit.locale.tag());
        let params = [("name", self.person.user.display_name.clone()), address, device];
        let mut tx = self.write_locked().await?;
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
            Sending::Over | Sending::Locked(_) => {
                self.refused(chosen, FieldProblem::new("", "verify-code-locked"))
            }
        })
    }

    pub(super) async fn check(&self, chosen: &str, typed: &Secret) -> Answer {
        let Some(factor) = self.factor(chosen) else { return Ok(Outcome::go(self.page(""))) };
        let refused = |code: &str| Ok(self.refused(chosen, FieldProblem::new("code", code)));
        let one_time =
            || OneTimeCode::parse(typed.expose()).map_err(|problem| format!("verify-{}", problem.code()));
        let (checked, wrong) = match factor.method {
            Method::AppCode => match one_time() {
                Ok(code) => (self.check_app_code(factor, &code).await?, "verify-app-code-wrong"),
                Err(problem) => return refused(&problem),
            },
            Method::MobilePhone | Method::OfficePhone | Method::Email => match one_time() {
                Ok(code) => (self.check_sent_code(factor, &code).await?, "verify-code-wrong"),
                Err(problem) => return refused(&problem),
            },
            Method::RecoveryCode => match RecoveryCode::parse(typed.expose()) {
                Some(code) => (self.check_recovery_code(factor, &code).await?, "verify-code-wrong"),
                None if typed.expose().trim().is_empty() => return refused("verify-code-empty"),
                None => return refused("recovery-code-malformed"),
            },
            // Answered on the phone, or by the browser; questions are never asked here.
            Method::AppNotification | Method::Passkey | Method::SecurityQuestions => {
                return Ok(Outcome::go(self.page("")));
            }
        };
        let problem = match checked {
            Checked::Right(tx, _) => return self.prove(tx, factor).await,
            Checked::Wrong(left) => with_left("code", wrong, left),
            Checked::Spent(spent) => FieldProblem::new("code", spent_code(Some(factor.method), spent)),
            Checked::Dead(_) => FieldProblem::new("code", "verify-code-dead"),
            Checked::Locked(_) => FieldProblem::new("code", "verify-code-locked"),
        };
        self.write_failure(factor).await?;
        Ok(self.refused(chosen, problem))
    }

    /// A transaction in which the session does not end.
    pub(super) async fn write_locked(&self) -> Result<Box<dyn Tx>, Failure> {
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        self.engine.lock_own(&mut *tx, &self.engine.me_registering(self.visit)?).await?;
        Ok(tx)
    }

    async fn check_app_code(&self, factor: &Factor, code: &OneTimeCode) -> Result<Checked, Failure> {
        let challenge = self.new_challenge(factor).await?;
        self.engine.check_app_code(&self.asker(), &challenge, code).await.map_err(failure)
    }

    async fn check_recovery_code(&self, factor: &Factor, code: &RecoveryCode) -> Result<Checked, Failure> {
        let challenge = self.new_challenge(factor).await?;
        self.engine.check_recovery_code(&self.asker(), &challenge, code).await
    }

    /// A challenge for each try of what nobody sends: an app's code is bound to its time step, a saved one works once, and
    /// tries are counted for the account. Whichever of the person's apps or sets it comes from.
    async fn new_challenge(&self, factor: &Factor) -> Result<Challenge, Failure> {
        let mut tx = self.write_locked().await?;
        let target = Target { method_id: None, ..self.target(factor) };
        let challenge =
            self.engine.open_challenge(&mut *tx, &self.asker(), &target).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(challenge)
    }

    async fn check_sent_code(&self, factor: &Factor, code: &OneTimeCode) -> Result<Checked, Failure> {
        let mut tx = self.engine.store.read().await.map_err(failure)?;
        let holder = Holder::Session(self.session_id);
        let newest = self.engine.challenge(&mut *tx, holder, self.purpose).await.map_err(failure)?;
        drop(tx);
        match newest.filter(|challenge| is_for(challenge, factor)) {
            Some(challenge) => self.engine.check_code(&self.asker(), &challenge, code).await.map_err(failure),
            None => Ok(Checked::Dead(Left(0))),
        }
    }

    pub(super) async fn prove(&self, mut tx: Box<dyn Tx>, factor: &Factor) -> Answer {
        let token = if self.purpose == Purpose::Agree {
            self.agree(&mut *tx, factor.method).await?
        } else {
            self.engine.prove_session(&mut *tx, self.session, factor.method).await.map_err(failure)?
        };
        let token = token.ok_or(Failure::SignedOut)?;
        let record = audit::success(audit::service::SIGN_IN, audit::activity::STEP_UP)
            .because(self.purpose.shown_reason())
            .seen(self.engine, self.visit)
            .to(&self.person.user)
            .detail("method", factor.method.as_str());
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(self.goal()).with_cookie(Cookie::Session(token)))
    }

    /// The session may change methods for a while, under a new token (T90).
    async fn agree(&self, tx: &mut dyn Tx, by: Method) -> Result<Option<Secret>, Failure> {
        let token = self.engine.new_token();
        let hash = token_hash(token.expose());
        let now = self.engine.now();
        let agreed = tx.agree_session(self.session_id, &hash, by.as_str(), now).await.map_err(failure)?;
        Ok(agreed.then_some(token))
    }

    pub(super) async fn write_failure(&self, factor: &Factor) -> Result<(), Failure> {
        let record = audit::failure(audit::service::SIGN_IN, audit::activity::STEP_UP, "Wrong code")
            .seen(self.engine, self.visit)
            .to(&self.person.user)
            .detail("method", factor.method.as_str());
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)
    }

    /// Who has nothing that counts here registers it, and comes back; who has something that does not work needs help.
    async fn without_factor(&self) -> Result<VerifyView, Failure> {
        if self.unavailable { self.shut().await } else { self.to_registration().await }
    }

    /// Nothing leads on here but a temporary pass, where there are any.
    async fn shut(&self) -> Result<VerifyView, Failure> {
        let mut tx = self.engine.store.read().await.map_err(failure)?;
        let passes = temporary_pass::load(&mut *tx).await.map_err(failure)?.enabled;
        Ok(VerifyView::Unavailable { passes })
    }

    /// To where a second factor is registered, unless nothing may be one.
    async fn to_registration(&self) -> Result<VerifyView, Failure> {
        let (effective, goal) = (&self.person.effective, self.goal());
        if self.needs_strong() && effective.sign_in.methods.is_empty() {
            return self.shut().await;
        }
        if self.next.as_ref().is_some_and(landing::is_wizard) {
            return Ok(VerifyView::Elsewhere(goal));
        }
        // The wizard asks for what is missing; whom it would ask for nothing adds a method to the others.
        let complete = missing(effective, self.person.working, &self.person.counted()).is_complete()
            && missing_second_factor(effective, self.person.registered()).is_none();
        Ok(VerifyView::Elsewhere(with_next(if complete { ADD } else { REGISTER }, &goal)))
    }

    /// Whether nothing but a strong factor leads on.
    fn needs_strong(&self) -> bool {
        self.session.owes_second_factor || to_portal(self.engine, self.session, self.next.as_ref())
    }

    pub(super) async fn open_challenge(&self, tx: &mut dyn Tx) -> Result<Option<Challenge>, Failure> {
        let holder = Holder::Session(self.session_id);
        let newest = self.engine.challenge(tx, holder, self.purpose).await.map_err(failure)?;
        let now = self.engine.now();
        let is_open = |challenge: &Challenge| {
            challenge.consumed_at.is_none() && challenge.superseded_at.is_none() && challenge.expires_at > now
        };
        Ok(newest.filter(is_open))
    }

    pub(super) fn factor(&self, chosen: &str) -> Option<&Factor> {
        self.factors.iter().find(|factor| id_of(factor) == chosen)
    }

    /// The one whose code is under way, else the strongest.
    fn first(&self, open: Option<&Challenge>) -> Option<&Factor> {
        let under_way =
            open.and_then(|challenge| self.factors.iter().find(|factor| is_for(challenge, factor)));
        under_way.or(self.factors.first())
    }

    /// One choice for all apps, one for all passkeys, and one for all phones that can be asked: any of them counts.
    fn choices(&self) -> Vec<FactorChoice> {
        let mut choices: Vec<FactorChoice> = Vec::new();
        for factor in &self.factors {
            let one_of_many = match factor.method {
                Method::AppCode | Method::AppNotification | Method::Passkey | Method::RecoveryCode => true,
                Method::MobilePhone | Method::OfficePhone | Method::Email | Method::SecurityQuestions => {
                    false
                }
            };
            if !one_of_many || !choices.iter().any(|choice| choice.method == factor.method) {
                choices.push(choice(factor));
            }
        }
        choices
    }

    pub(super) fn asker(&self) -> Asker<'_> {
        Asker {
            holder: Holder::Session(self.session_id),
            purpose: self.purpose,
            account: &self.account,
            user_id: Some(self.person.user.id),
            known_browser: false,
            support_code: &self.visit.support_code,
            visit: self.visit,
        }
    }

    /// By text where texts leave and may be used, else by call. A phone that is none of the person's second factors only
    /// leads to their own security info: it is reached as it can be.
    pub(super) fn target(&self, factor: &Factor) -> Target {
        let ways = self.person.mobile_for_sign_in();
        let delivery = ways.first().or(self.person.mobile.first());
        Target {
            method: factor.method,
            method_id: factor.method_id,
            destination: factor.destination.clone(),
            delivery: delivery.copied().unwrap_or(Delivery::Text),
            extension: None,
        }
    }

    fn goal(&self) -> String {
        landing::after_step_up(self.session, self.next.as_ref())
    }

    pub(super) fn page(&self, chosen: &str) -> String {
        let page = self.next.as_ref().map_or_else(|| PAGE.to_owned(), |next| with_next(PAGE, next.as_str()));
        if chosen.is_empty() {
            page
        } else {
            format!("{page}{}factor={chosen}", if page == PAGE { '?' } else { '&' })
        }
    }

    pub(super) fn refused(&self, chosen: &str, problem: FieldProblem) -> Outcome {
        Outcome::refused(self.page(chosen), FormState::default().with_problem(problem))
    }

    pub(super) fn seconds_to(&self, at: Timestamp) -> u32 {
        u32::try_from(at.since(self.engine.now()).as_secs() + 1).unwrap_or(u32::MAX)
    }
}

/// Whether the way leads to where an older method agrees to changes after a reset.
fn agrees(next: Option<&NextPath>) -> bool {
    next.is_some_and(|next| next.path() == hold::PAGE)
}

/// Whether the way leads into the portal, where it asks for a second factor.
fn to_portal(engine: &Engine, session: &Session, next: Option<&NextPath>) -> bool {
    let goal = landing::after_registration(session, next);
    let path = goal.split(['?', '#']).next().unwrap_or_default();
    !engine.demo && !session.roles.is_empty() && (path == PORTAL || path.starts_with("/admin/"))
}

pub(super) fn id_of(factor: &Factor) -> String {
    factor.method_id.map(|id| id.to_string()).unwrap_or_default()
}

fn is_for(challenge: &Challenge, factor: &Factor) -> bool {
    challenge.method == factor.method.as_str()
        && (challenge.method_id == factor.method_id || factor.method == Method::AppNotification)
        && challenge.destination == factor.destination
}

/// A method as a page offers it, with its address masked.
pub(crate) fn choice(factor: &Factor) -> FactorChoice {
    let destination = factor.destination.as_deref().unwrap_or_default();
    let masked = match factor.method {
        Method::Email => EmailAddress::parse(destination).map(|address| address.masked()).ok(),
        _ => PhoneNumber::parse(destination, None).map(|number| number.masked()).ok(),
    };
    FactorChoice { id: id_of(factor), method: factor.method, masked: masked.unwrap_or_default() }
}
