//! Marks requests to authenticators that ran out, and tells their owner when nobody answers several (T53).

use regain_core::limits;
use regain_store::{PushRequest, Result, Tx};

use crate::engine::Engine;
use crate::messages::Notice;
use crate::person::Person;
use crate::verification::Purpose;

/// So many are looked for at once.
const AT_ONCE: i64 = 100;

/// Marks once.
pub async fn expire(engine: &Engine) -> Result<()> {
    let due = engine.store.read().await?.overdue_push_requests(engine.now(), AT_ONCE).await?;
    for request in due {
        expire_one(engine, &request).await?;
    }
    Ok(())
}

/// One request in a transaction: no two accounts are locked at once.
async fn expire_one(engine: &Engine, request: &PushRequest) -> Result<()> {
    let mut tx = engine.store.write().await?;
    engine.lock_account(&mut *tx, &request.account).await?;
    if !tx.expire_push_request(request.id, engine.now()).await? {
        return Ok(());
    }
    let counts = Purpose::named(&request.purpose) != Some(Purpose::Register);
    if counts && engine.count_unanswered(&mut *tx, &request.account).await? {
        tell_owner(engine, &mut *tx, request).await?;
    }
    tx.commit().await
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
