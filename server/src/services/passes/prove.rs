//! The ways that need no message: a support code, the office number, a reason.

use regain_app::outcome::{Answer, Failure};
use regain_core::code::SupportCode;
use regain_core::form::{FieldProblem, FormState};
use regain_core::limits::{CALLER_CODE_LIFE, CALLER_CODE_TRIES};
use regain_core::temporary_pass::CallerWay;
use regain_core::time::Timestamp;
use regain_store::Session;

use super::Caller;
use crate::account_key::{account_lock, counter_key};
use crate::alerts::Alert;
use crate::audit::{self, Build as _, activity, service};
use crate::http::IDLE;
use crate::services::failure;
use crate::step_up;

/// The counter of tried support codes.
const TRIES: &str = "caller-code";
/// Long enough to explain, short enough for a mail.
const REASON_CHARS: usize = 500;

/// What a support code leads to.
enum Found {
    /// A visit in which the person was recognised.
    Recognised,
    /// Somebody began with the person's name, or came with the password alone.
    Unrecognised,
    /// No visit of this person, or one of long ago.
    Nothing,
}

impl Caller<'_> {
    pub(super) async fn check_support_code(&self, typed: &str) -> Answer {
        let form = FormState::default().with_value("support_code", typed);
        let refused = |code: &str| self.refused(form.clone(), FieldProblem::new("support_code", code));
        let Some(code) = SupportCode::parse(typed) else { return Ok(refused("support-code-malformed")) };
        if let Some(again) = self.count_support_code().await? {
            return Ok(self.refused(form.clone(), self.too_many("caller-support-code-many", again)));
        }
        let (problem, reason) = match self.look_for(&code).await? {
            Found::Recognised => {
                let mut tx = self.engine.store.write().await.map_err(failure)?;
                tx.lock(&account_lock(&self.account)).await.map_err(failure)?;
                tx.uncount(&counter_key(&self.account, TRIES)).await.map_err(failure)?;
                return self.know(tx, CallerWay::SupportCode, None).await;
            }
            Found::Unrecognised => {
                ("caller-support-code-unproved", "Support code of a visit without any verification")
            }
            Found::Nothing => ("caller-support-code-wrong", "Wrong support code"),
        };
        self.write_failure(CallerWay::SupportCode, None, reason).await?;
        Ok(refused(problem))
    }

    /// Counts before anything is compared. `Some`: no more until then.
    async fn count_support_code(&self) -> Result<Option<Timestamp>, Failure> {
        let rate = CALLER_CODE_TRIES;
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        tx.lock(&account_lock(&self.account)).await.map_err(failure)?;
        let key = counter_key(&self.account, TRIES);
        let counter = tx.count(&key, rate.within, self.engine.now()).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok((counter.count > i64::from(rate.times)).then(|| counter.started_at.plus(rate.within)))
    }

    /// A support code is no secret of the person: whoever types a username gets one. It tells who calls only where the
    /// person was recognised in that visit: past a method of a reset or past the second factor. Who knows the password
    /// alone must not get around the second factor by a call; it is enough of who has none, and could register without us.
    async fn look_for(&self, code: &SupportCode) -> Result<Found, Failure> {
        let (id, now) = (self.person.user.id, self.engine.now());
        let recent = |created_at: Timestamp| now.since(created_at) <= CALLER_CODE_LIFE;
        let mut tx = self.engine.store.read().await.map_err(failure)?;
        let sessions = tx.sessions_of(id).await.map_err(failure)?;
        let is_meant = |session: &&Session| {
            session.support_code == code.as_str()
                && session.pass_id.is_none()
                && session.expires_at > now
                && now.since(session.seen_at) < IDLE
                && recent(session.created_at)
        };
        if let Some(session) = sessions.iter().find(is_meant) {
            let shown = session.proved_at.is_some() || step_up::factors(&self.person).is_empty();
            return Ok(if shown { Found::Recognised } else { Found::Unrecognised });
        }
        let flow = tx.flow_by_support_code(code.as_str()).await.map_err(failure)?;
        let flow = flow.filter(|flow| flow.user_id == Some(id) && recent(flow.created_at));
        let Some(flow) = flow else { return Ok(Found::Nothing) };
        let proofs = tx.proofs(flow.id).await.map_err(failure)?;
        Ok(if proofs.is_empty() { Found::Unrecognised } else { Found::Recognised })
    }

    pub(super) async fn called_back(&self, confirmed: bool) -> Answer {
        let refused = |field, code| Ok(self.refused(FormState::default(), FieldProblem::new(field, code)));
        if self.office().is_none() {
            return refused("", "caller-no-office");
        }
        if !confirmed {
            return refused("called_back", "caller-confirm");
        }
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        tx.lock(&account_lock(&self.account)).await.map_err(failure)?;
        self.know(tx, CallerWay::CallBack, None).await
    }

    pub(super) async fn override_check(&self, typed: &str) -> Answer {
        let form = FormState::default().with_value("reason", typed);
        let reason = readable(typed);
        let problem = match reason.chars().count() {
            0 => Some(FieldProblem::new("reason", "caller-reason-empty")),
            n if n > REASON_CHARS => {
                Some(FieldProblem::new("reason", "caller-reason-long").with("most", &REASON_CHARS))
            }
            _ => None,
        };
        if let Some(problem) = problem {
            return Ok(self.refused(form, problem));
        }
        if let Some(first) = self.engine.show_again_first(self.visit, &self.page()) {
            return Ok(first);
        }
        self.write_override(&reason).await
    }

    /// The check, its record and the mails in one transaction. Each has a name of its own, so that every one is told.
    async fn write_override(&self, reason: &str) -> Answer {
        let user = &self.person.user;
        let check = self.engine.new_check(self.admin_id, user.id, CallerWay::Override);
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        tx.lock(&account_lock(&self.account)).await.map_err(failure)?;
        tx.add_caller_check(&check).await.map_err(failure)?;
        let record = audit::success(service::METHODS, activity::VERIFY_CALLER).seen(self.engine, self.visit);
        let record = record.to(user).because(reason).detail("way", CallerWay::Override.as_str());
        let issuer = self.visit.session.as_ref().map(|session| session.upn.clone()).unwrap_or_default();
        let alert = Alert {
            name: &format!("caller-override:{}", check.id),
            template: "notice-caller-override",
            params: &[
                ("issuer", issuer),
                ("person", user.display_name.clone()),
                ("upn", user.upn.clone()),
                ("why", reason.to_owned()),
            ],
            support_code: &self.visit.support_code,
            record,
        };
        self.engine.alert(&mut *tx, alert).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(regain_app::outcome::Outcome::go(self.page()))
    }
}

/// One line of what was typed, without characters that print nothing.
fn readable(typed: &str) -> String {
    let words = typed.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
