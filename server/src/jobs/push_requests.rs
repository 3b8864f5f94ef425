//! Marks requests to authenticators that ran out, and tells their owner when nobody answers several (T53).

use regain_core::limits;
use regain_store::{PushRequest, Result, Tx};

use crate::engine::Engine;
use crate::messages::Notice;
use crate::person::Person;

/// As many as one transaction should hold.
const AT_ONCE: i64 = 100;

/// Marks once.
pub async fn expire(engine: &Engine) -> Result<()> {
    let mut tx = engine.store.write().await?;
    let expired = tx.expire_push_requests(engine.now(), AT_ONCE).await?;
    tx.commit().await?;
    for request in expired.iter().filter(|request| request.purpose != "register") {
        let mut tx = engine.store.write().await?;
        if engine.count_unanswered(&mut *tx, &request.account).await? {
            tell_owner(engine, &mut *tx, request).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn tell_owner(engine: &Engine, tx: &mut dyn Tx, request: &PushRequest) -> Result<()> {
    let Some(user_id) = request.user_id else { return Ok(()) };
    let Some(person) = Person::load(engine, tx, user_id).await? else { return Ok(()) };
    let challenge = tx.challenge_by_id(request.challenge_id).await?;
    let flow = match challenge.and_then(|challenge| challenge.flow_id) {
        Some(id) => tx.flow_by_id(id).await?,
        None => None,
    };
    let notice = Notice {
        to: &person.notice_addresses(),
        template: "notice-push-unanswered",
        params: &[
            ("name", person.user.display_name.clone()),
            ("times", limits::PUSH_UNANSWERED.times.to_string()),
        ],
        locale: person.user.locale.as_deref().unwrap_or("en"),
        support_code: flow.as_ref().map_or("", |flow| &flow.support_code),
    };
    engine.enqueue_notice(tx, &notice).await
}
