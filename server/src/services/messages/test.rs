//! *Send me a test*: what was typed, with sample values, to the administrator who edits it.

use regain_app::outcome::{Answer, Outcome};
use regain_app::visit::{Session, Visit};
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::Method;
use regain_core::template::{Edited, Way};
use regain_store::{OutboxMessage, Result, Tx};

use super::Subject;
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::messages::{Channel, trial};
use crate::services::channels::TESTS;
use crate::services::failure;

/// Counted together with the tests of *Channels*.
const COUNTER: &str = "system:tests";

pub(super) async fn send(
    engine: &Engine,
    visit: &Visit,
    subject: &Subject,
    edited: &Edited,
    typed: FormState,
) -> Answer {
    let refused = |code: &str| {
        let problem = FieldProblem::new("text", code);
        Ok(Outcome::refused(subject.path(), typed.clone().with_problem(problem)))
    };
    let session = engine.admin_gate(visit, super::PAGE.right)?;
    let mut tx = engine.store.write().await.map_err(failure)?;
    let to = engine.test_address(&mut *tx, session, subject.kind.way).await.map_err(failure)?;
    let (Some(to), Some(channel)) = (to, channel(subject.kind.way)) else {
        return refused("template-test-nowhere");
    };
    let Some((written, code)) = subject.written(engine, edited).await else {
        return refused("template-test-nowhere");
    };
    let now = engine.now();
    let count = tx.count(COUNTER, TESTS.within, now).await.map_err(failure)?.count;
    if count > i64::from(TESTS.times) {
        tx.commit().await.map_err(failure)?;
        return refused("channels-test-often");
    }
    let params = trial::params(&written, code.as_deref());
    let (locale, support) = (subject.locale.tag(), &visit.support_code);
    let row = engine.row(channel, &[to], trial::TEMPLATE, &params, locale, support);
    let dies_at = Some(row.created_at.plus(regain_core::limits::CODE_LIFE));
    tx.enqueue(&OutboxMessage { dies_at, ..row }).await.map_err(failure)?;
    let record = audit::success(service::PASSWORD, activity::TEST_MESSAGE).seen(engine, visit).on(
        "message",
        &format!("{}.{locale}", subject.kind.name),
        subject.kind.name,
    );
    tx.append(&record).await.map_err(failure)?;
    tx.commit().await.map_err(failure)?;
    Ok(Outcome::refused(format!("{}&tested", subject.path()), typed))
}

fn channel(way: Way) -> Option<Channel> {
    match way {
        Way::Mail => Some(Channel::Email),
        Way::Text => Some(Channel::Sms),
        Way::Call => Some(Channel::Voice),
        Way::Push => None,
    }
}

impl Engine {
    /// The administrator's own address or number for a way, if messages can go there.
    pub(super) async fn test_address(
        &self,
        tx: &mut dyn Tx,
        session: &Session,
        way: Way,
    ) -> Result<Option<String>> {
        let Some(channel) = channel(way).filter(|channel| self.channel_works(*channel)) else {
            return Ok(None);
        };
        let Ok(id) = session.user_id.parse() else { return Ok(None) };
        let Some(user) = tx.user(id).await? else { return Ok(None) };
        if channel == Channel::Email {
            return Ok(Some(user.mail.unwrap_or(user.upn)));
        }
        let methods = tx.methods(id).await?;
        let registered = methods.into_iter().find(|row| row.method == Method::MobilePhone.as_str());
        Ok(registered.and_then(|row| row.destination).or(user.mobile_phone))
    }
}
