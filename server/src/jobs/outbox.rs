//! Delivers the outbox. A code leaves at most once and never after it died; a notice leaves at least once.

mod push;

use std::sync::Arc;

use regain_channels::{Channel as _, LOGO, Message, SendError};
use regain_core::contact::EmailAddress;
use regain_core::time::{Duration, Timestamp};
use regain_store::{AuditRecord, DemoMessage, OutboxMessage, Result, Tx};
use tokio::task::JoinSet;

use crate::audit;
use crate::engine::Engine;
use crate::metrics::Delivery;
use crate::services::helpdesk;
use crate::verification::owner;

/// Longer than the longest send.
const LEASE: Duration = Duration::from_mins(1);
/// Messages under way at once: a slow server must not hold up a thousand notices.
const AT_ONCE: i64 = 50;
const TRIES: i64 = 10;
/// How much of an error is kept: enough to read, not what a server likes to tell.
const REASON_CHARS: usize = 200;
/// Rounds through the gateways for one code: the person has long asked for another one.
const CODE_ROUNDS: i64 = 2;
const FIRST_PAUSE: Duration = Duration::from_secs(5);

/// Delivers until nothing is due.
pub async fn deliver(engine: &Arc<Engine>) -> Result<()> {
    loop {
        let now = engine.now();
        let due = engine.store.read().await?.outbox_is_due(now).await?;
        // A server that stops claims nothing that it may not come to send.
        if !due || *engine.stopping.borrow() {
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
        finish(sends).await?;
    }
}

/// Waits for every send, whatever becomes of the others: one that was broken off may have left, and nobody would know.
/// The first error comes back in the end.
async fn finish(mut sends: JoinSet<Result<()>>) -> Result<()> {
    let mut result = Ok(());
    while let Some(done) = sends.join_next().await {
        result = result.and(done.unwrap_or(Ok(())));
    }
    result
}

async fn deliver_one(engine: &Engine, row: OutboxMessage) -> Result<()> {
    // A worker that dies leaves its claim behind and no error: such a row must not go round for ever.
    if row.tries > TRIES {
        return park(engine, &row, "given up after ten tries").await;
    }
    match row.channel.as_str() {
        helpdesk::REQUEST => return helpdesk::tell(engine, &row).await,
        owner::LOCKED => return owner::tell(engine, &row).await,
        "push" => return push::deliver(engine, row).await,
        _ if row.is_for_nobody() => return drop_rendered(engine, &row).await,
        _ => {}
    }
    let is_code = row.purpose == "code";
    let opened = open_sealed(engine, &row);
    if is_code && (opened.is_none() || !may_send_code(engine, &row).await?) {
        return park(engine, &row, "nobody waits for the code any more").await;
    }
    let message = match engine.render(&row, opened.as_deref()).await {
        Ok(message) => message,
        Err(unreadable) => {
            return settle(engine, &row, Err(SendError::Temporary(unreadable.to_string()))).await;
        }
    };
    if engine.demo {
        return keep(engine, &row, &message).await;
    }
    let sent = match (row.channel.as_str(), engine.mail()) {
        ("sms" | "voice", _) => engine.send_by_gateway(&row, message, opened.as_deref()).await?,
        ("email", Some(mail)) => mail.send(&message).await,
        _ => return park(engine, &row, "no such channel is set up").await,
    };
    settle(engine, &row, sent).await
}

/// What a job does for a code that nobody is to get takes as long as for any other, and leads nowhere.
async fn drop_rendered(engine: &Engine, row: &OutboxMessage) -> Result<()> {
    let opened = open_sealed(engine, row);
    if let Err(unreadable) = engine.render(row, opened.as_deref()).await {
        tracing::warn!(message = %row.id, %unreadable, "a message to nobody could not be written");
    }
    let mut tx = engine.store.write().await?;
    tx.mark_sent(row.id, engine.now()).await?;
    tx.commit().await
}

/// The code of a code message, the end of the link of a notice.
fn open_sealed(engine: &Engine, row: &OutboxMessage) -> Option<String> {
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
    // The outbox's page fetches it, as all pages do.
    let logo = engine.organization().await.logo.map(|logo| logo.address).unwrap_or_default();
    let kept = DemoMessage {
        id: row.id,
        channel: row.channel.clone(),
        recipients: row.recipients.clone(),
        subject: message.subject.clone(),
        text: message.text.clone(),
        html: message.html.replace(LOGO, &logo),
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
    let reason = presentable(&error.to_string());
    tracing::warn!(message = %row.id, tries = row.tries, error = reason, "a message did not leave");
    let is_lost = match &error {
        SendError::Permanent(_) | SendError::NoSuchDestination(_) | SendError::SimChanged => true,
        SendError::Unknown(_) => row.purpose == "code",
        SendError::Temporary(_) => false,
    };
    let tries = if row.purpose == "code" && row.channel != "email" { CODE_ROUNDS } else { TRIES };
    let mut tx = engine.store.write().await?;
    let noted = engine.note_failure(&mut *tx, row, &error).await?;
    if is_lost || row.tries >= tries {
        return park_in(engine, tx, row, &reason, noted).await;
    }
    engine.metrics.count_delivery(Delivery::Retried);
    tx.retry_at(row.id, next_try(row.tries, now), &reason).await?;
    tx.append_all(noted.as_slice()).await?;
    tx.commit().await
}

/// What another server said, as it may be kept: of some length, on one line, without anybody's whole address.
fn presentable(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(masked).collect();
    words.join(" ").chars().take(REASON_CHARS).collect()
}

fn masked(word: &str) -> String {
    if !word.contains('@') {
        return word.to_owned();
    }
    let address = word.trim_matches(|c: char| !c.is_alphanumeric());
    EmailAddress::parse(address)
        .map_or_else(|_| "•••".to_owned(), |known| word.replace(address, &known.masked()))
}

/// Five seconds, doubled with each try.
fn next_try(tries: i64, now: Timestamp) -> Timestamp {
    let doublings = u32::try_from(tries.clamp(1, TRIES) - 1).unwrap_or(0);
    now.plus(FIRST_PAUSE * 2_u32.pow(doublings))
}

async fn park(engine: &Engine, row: &OutboxMessage, reason: &str) -> Result<()> {
    park_in(engine, engine.store.write().await?, row, reason, None).await
}

/// Gives a message up, and says so in the audit log (R197).
async fn park_in(
    engine: &Engine,
    mut tx: Box<dyn Tx>,
    row: &OutboxMessage,
    reason: &str,
    noted: Option<AuditRecord>,
) -> Result<()> {
    let now = engine.now();
    let mut record = audit::failure(audit::service::PASSWORD, audit::activity::MESSAGE, reason);
    record.at = now;
    record.correlation.clone_from(&row.support_code);
    record.target_kind = "message".to_owned();
    record.target_id = row.id.to_string();
    record.target_name.clone_from(&row.template);
    engine.metrics.count_delivery(Delivery::GivenUp);
    tx.park(row.id, reason, now).await?;
    let records: Vec<AuditRecord> = noted.into_iter().chain([record]).collect();
    tx.append_all(&records).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use regain_store::{Error, Trouble};

    use super::*;

    #[test]
    fn what_a_mail_server_says_names_nobody_and_has_an_end() {
        let kept =
            presentable("550 5.1.1 <alice.smith@mail.example>:\r\nno such user (bob@other.example) a@b@c");
        assert!(kept.starts_with("550 5.1.1 <"), "{kept}");
        for secret in ["alice.smith", "bob@", "a@b", "\n"] {
            assert!(!kept.contains(secret), "{kept}");
        }
        assert_eq!(presentable(&"no ".repeat(1_000)).chars().count(), 200);
    }

    #[tokio::test]
    async fn a_failure_breaks_off_no_other_send() {
        let finished = Arc::new(AtomicBool::new(false));
        let mut sends = JoinSet::new();
        sends.spawn(async { Err(Error::Unavailable(Trouble::Busy)) });
        let slow = Arc::clone(&finished);
        sends.spawn(async move {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            slow.store(true, Ordering::SeqCst);
            Ok(())
        });
        assert!(matches!(finish(sends).await, Err(Error::Unavailable(Trouble::Busy))));
        assert!(finished.load(Ordering::SeqCst));
    }
}
