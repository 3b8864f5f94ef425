//! Delivers the outbox. A code leaves at most once and never after it died; a notice leaves at least once.

use std::sync::Arc;

use regain_channels::{Message, SendError};
use regain_core::time::{Duration, Timestamp};
use regain_store::{DemoMessage, OutboxMessage, Result, Tx};
use tokio::task::JoinSet;

use crate::audit;
use crate::engine::Engine;
use crate::metrics::Delivery;

/// Longer than the longest send.
const LEASE: Duration = Duration::from_mins(1);
/// Messages under way at once: a slow server must not hold up a thousand notices.
const AT_ONCE: i64 = 50;
const TRIES: i64 = 10;
/// Rounds through the gateways for one code: the person has long asked for another one.
const CODE_ROUNDS: i64 = 2;
/// What is kept of an error: enough to read, not what a server likes to tell.
const ERROR_CHARS: usize = 200;
const FIRST_PAUSE: Duration = Duration::from_secs(5);

/// Delivers until nothing is due.
pub async fn deliver(engine: &Arc<Engine>) -> Result<()> {
    loop {
        let now = engine.now();
        let due = engine.store.read().await?.outbox_is_due(now).await?;
        if !due {
            return Ok(());
        }
        let mut tx = engine.store.write().await?;
        let claimed = tx.claim(now, now.plus(LEASE), AT_ONCE).await?;
        tx.commit().await?;
        let mut sends = JoinSet::new();
        for row in claimed {
            let engine = Arc::clone(engine);
            sends.spawn(async move { deliver_one(&engine, row).await });
        }
        // All of them end before an error is looked at: one that is cut off may have sent its code.
        let mut first_error = Ok(());
        while let Some(done) = sends.join_next().await {
            if let Ok(Err(error)) = done {
                first_error = first_error.and(Err(error));
            }
        }
        first_error?;
    }
}

async fn deliver_one(engine: &Engine, row: OutboxMessage) -> Result<()> {
    // A worker that dies leaves its claim behind and no error: such a row must not go round for ever.
    if row.tries > TRIES {
        return park(engine, &row, "given up after ten tries").await;
    }
    let is_code = row.purpose == "code";
    let code = open_code(engine, &row);
    if is_code && (code.is_none() || !may_send_code(engine, &row).await?) {
        return park(engine, &row, "nobody waits for the code any more").await;
    }
    let message = match engine.render(&row, code.as_deref()).await {
        Ok(message) => message,
        Err(unreadable) => {
            return settle(engine, &row, Err(SendError::Temporary(unreadable.to_string()))).await;
        }
    };
    if engine.demo {
        return keep(engine, &row, &message).await;
    }
    let sent = match (row.channel.as_str(), engine.mail()) {
        ("sms" | "voice", _) => engine.send_by_gateway(&row, message, code.as_deref()).await?,
        ("email", Some(mail)) => mail.send(&message).await,
        _ => return park(engine, &row, "no such channel is set up").await,
    };
    settle(engine, &row, sent).await
}

fn open_code(engine: &Engine, row: &OutboxMessage) -> Option<String> {
    let sealed = row.sealed.as_ref()?;
    String::from_utf8(engine.open("outbox", row.id.as_bytes(), sealed)?).ok()
}

/// Whether the code is still wanted, and surely has not left yet.
async fn may_send_code(engine: &Engine, row: &OutboxMessage) -> Result<bool> {
    let now = engine.now();
    let (Some(dies_at), Some(challenge_id)) = (row.dies_at, row.challenge_id) else { return Ok(false) };
    let open = engine.store.read().await?.challenge_is_open(challenge_id, now).await?;
    // A second claim without a recorded failure: the first may have sent it before its process died.
    let may_have_left = row.tries > 1 && row.error.is_none();
    if dies_at <= now || !open || may_have_left {
        return Ok(false);
    }
    if row.error.is_some() {
        let mut tx = engine.store.write().await?;
        tx.forget_error(row.id).await?;
        tx.commit().await?;
    }
    Ok(true)
}

/// Demo mode: kept and marked as sent at once.
async fn keep(engine: &Engine, row: &OutboxMessage, message: &Message) -> Result<()> {
    let now = engine.now();
    let kept = DemoMessage {
        id: row.id,
        channel: row.channel.clone(),
        recipients: row.recipients.clone(),
        subject: message.subject.clone(),
        text: message.text.clone(),
        html: message.html.clone(),
        sent_at: now,
    };
    let mut tx = engine.store.write().await?;
    tx.add_demo_message(&kept).await?;
    tx.mark_sent(row.id, now).await?;
    tx.commit().await
}

async fn settle(
    engine: &Engine,
    row: &OutboxMessage,
    sent: std::result::Result<(), SendError>,
) -> Result<()> {
    let now = engine.now();
    let error = match sent {
        Ok(()) => {
            let mut tx = engine.store.write().await?;
            tx.mark_sent(row.id, now).await?;
            if row.channel == "email" {
                // It is taken again: what came back once is forgotten.
                for address in serde_json::from_str::<Vec<String>>(&row.recipients).unwrap_or_default() {
                    tx.clear_destination(&address).await?;
                }
            }
            engine.metrics.count_delivery(Delivery::Sent);
            return tx.commit().await;
        }
        Err(error) => error,
    };
    tracing::warn!(message = %row.id, tries = row.tries, %error, "a message did not leave");
    let is_lost = match &error {
        SendError::Permanent(_) | SendError::NoSuchDestination(_) | SendError::SimChanged => true,
        SendError::Unknown(_) => row.purpose == "code",
        SendError::Temporary(_) => false,
    };
    let tries = if row.purpose == "code" && row.channel != "email" { CODE_ROUNDS } else { TRIES };
    let text: String = error.to_string().chars().take(ERROR_CHARS).collect();
    let mut tx = engine.store.write().await?;
    engine.note_failure(&mut *tx, row, &error).await?;
    if is_lost || row.tries >= tries {
        return park_in(engine, tx, row, &text).await;
    }
    engine.metrics.count_delivery(Delivery::Retried);
    tx.retry_at(row.id, next_try(row.tries, now), &text).await?;
    tx.commit().await
}

/// Five seconds, doubled with each try.
fn next_try(tries: i64, now: Timestamp) -> Timestamp {
    let doublings = u32::try_from(tries.clamp(1, TRIES) - 1).unwrap_or(0);
    now.plus(FIRST_PAUSE * 2_u32.pow(doublings))
}

async fn park(engine: &Engine, row: &OutboxMessage, reason: &str) -> Result<()> {
    park_in(engine, engine.store.write().await?, row, reason).await
}

/// Gives a message up, and says so in the audit log (R197).
async fn park_in(engine: &Engine, mut tx: Box<dyn Tx>, row: &OutboxMessage, reason: &str) -> Result<()> {
    let now = engine.now();
    let mut record = audit::failure(audit::service::PASSWORD, audit::activity::MESSAGE, reason);
    record.at = now;
    record.correlation.clone_from(&row.support_code);
    record.target_kind = "message".to_owned();
    record.target_id = row.id.to_string();
    record.target_name.clone_from(&row.template);
    engine.metrics.count_delivery(Delivery::GivenUp);
    tx.park(row.id, reason, now).await?;
    tx.append(&record).await?;
    tx.commit().await
}
