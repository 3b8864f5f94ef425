//! A push message: leaves at most once for each request, while the request is open, and says nothing about it.

use data_encoding::BASE64URL_NOPAD;
use regain_app::pages::security_info::client::name as client_name;
use regain_app::text::Locale;
use regain_channels::{Message, Push, PushError, PushTo};
use regain_core::time::Duration;
use regain_store::{Device, OutboxMessage, Result};
use serde_json::json;
use uuid::Uuid;

use super::{keep, park};
use crate::engine::Engine;
use crate::messages::Notice;
use crate::metrics::Delivery;
use crate::person::Person;

/// When a service says *not now* and not when.
const PAUSE: Duration = Duration::from_secs(5);

/// Delivers one.
pub(super) async fn deliver(engine: &Engine, row: OutboxMessage) -> Result<()> {
    let now = engine.now();
    let mut tx = engine.store.read().await?;
    let wanted = match (row.challenge_id, row.dies_at) {
        (Some(id), Some(dies_at)) if dies_at > now && engine.wakes_phones(&mut *tx).await? => {
            tx.challenge_is_open(id, now).await?
        }
        _ => false,
    };
    let recipients: Vec<Uuid> = serde_json::from_str(&row.recipients).unwrap_or_default();
    let device = match recipients.first() {
        Some(id) => tx.device(*id).await?,
        None => None,
    };
    drop(tx);
    let subscription = device.as_ref().and_then(Device::subscription);
    let (Some(device), Some(subscription), true) = (device, subscription, wanted) else {
        return park(engine, &row, "nobody waits for the request any more").await;
    };
    let message = match engine.render(&row, None).await {
        Ok(message) => message,
        Err(unreadable) => return park(engine, &row, &unreadable.to_string()).await,
    };
    let to = PushTo { endpoint: subscription.endpoint, key: subscription.key, auth: subscription.auth };
    let sent = send(engine, &row, &message, &to).await;
    if sent.is_ok() {
        let mut tx = engine.store.write().await?;
        tx.mark_pushed(device.id, engine.now()).await?;
        tx.commit().await?;
    }
    if sent == Err(PushError::Gone) {
        give_up_on(engine, &row, &device, &to.endpoint).await?;
    }
    if engine.demo {
        // Demo mode shows what leaves, wherever the phone's push service is.
        return keep(engine, &row, &message).await;
    }
    match sent {
        Ok(()) => {
            let mut tx = engine.store.write().await?;
            tx.mark_sent(row.id, engine.now()).await?;
            tx.commit().await?;
            engine.metrics.count_delivery(Delivery::Sent);
            Ok(())
        }
        Err(PushError::Gone) => park(engine, &row, "the subscription is over").await,
        Err(PushError::Refused(reason)) => park(engine, &row, &reason).await,
        Err(PushError::Later(after, reason)) => {
            let due = engine.now().plus(after.unwrap_or(PAUSE));
            if row.dies_at.is_none_or(|dies_at| due >= dies_at) {
                return park(engine, &row, &reason).await;
            }
            let mut tx = engine.store.write().await?;
            tx.retry_at(row.id, due, &reason).await?;
            tx.commit().await?;
            engine.metrics.count_delivery(Delivery::Retried);
            Ok(())
        }
    }
}

/// The form of declarative web push, which browsers show by themselves if the app's worker fails; older workers read it.
async fn send(
    engine: &Engine,
    row: &OutboxMessage,
    message: &Message,
    to: &PushTo,
) -> std::result::Result<(), PushError> {
    let Some(web_push) = &engine.web_push else { return Err(PushError::Refused("no key".to_owned())) };
    let params: serde_json::Value = serde_json::from_str(&row.params).unwrap_or_default();
    let request: Uuid = params["request"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
    let page = engine.config.public_url.link("/authenticator/");
    let content = json!({
        "web_push": 8030,
        "notification": {
            "title": message.sender_name,
            "body": message.text,
            "lang": message.locale,
            "tag": request,
            "navigate": page,
        },
    });
    let now = engine.now();
    let life = row.dies_at.map_or(Duration::ZERO, |dies_at| dies_at.since(now));
    let push = Push {
        content: content.to_string().into_bytes(),
        life,
        topic: BASE64URL_NOPAD.encode(request.as_bytes()),
    };
    web_push.send(to, &push, now, &*engine.entropy).await
}

/// The phone is not reached any more: nothing is sent there again, and its owner hears of it once (F13).
async fn give_up_on(engine: &Engine, row: &OutboxMessage, device: &Device, endpoint: &str) -> Result<()> {
    let mut tx = engine.store.write().await?;
    if tx.drop_subscription(device.id, endpoint).await?
        && let Some(person) = Person::load(engine, &mut *tx, device.user_id).await?
    {
        let locale = person.user.locale.as_deref().unwrap_or(&row.locale);
        let name = client_name(Locale::from_tag(locale).unwrap_or_default(), &device.client);
        let notice = Notice {
            to: &person.notice_addresses(),
            template: "notice-push-off",
            params: &[("name", person.user.display_name.clone()), ("device", name)],
            locale,
            support_code: &row.support_code,
        };
        engine.enqueue_notice(&mut *tx, &notice).await?;
    }
    tx.commit().await
}
