//! Telling the owner of an account that somebody's wrong answers locked it.

use regain_store::{OutboxMessage, Result, Tx};
use uuid::Uuid;

use super::Asker;
use crate::engine::Engine;
use crate::messages::{Channel, Notice};
use crate::person::Person;

/// The channel of such a row in the outbox: none that a message leaves by.
pub(crate) const LOCKED: &str = "locked";

const TEMPLATE: &str = "notice-recovery-locked";

/// Writes one row, for a name that nobody has as well: where its owner is reached, a job finds out.
pub(super) async fn enqueue(engine: &Engine, tx: &mut dyn Tx, asker: &Asker<'_>) -> Result<()> {
    let owner = asker.user_id.map(|id| id.to_string());
    let row = engine.row(Channel::Email, owner.as_slice(), TEMPLATE, &[], "en", asker.support_code);
    tx.enqueue(&OutboxMessage { channel: LOCKED.to_owned(), ..row }).await
}

/// Turns the row into the owner's notices.
pub(crate) async fn tell(engine: &Engine, row: &OutboxMessage) -> Result<()> {
    let mut tx = engine.store.write().await?;
    let owners: Vec<Uuid> = serde_json::from_str(&row.recipients).unwrap_or_default();
    for id in owners {
        if let Some(person) = Person::load(engine, &mut *tx, id).await? {
            let notice = Notice {
                to: &person.notice_addresses(),
                template: TEMPLATE,
                params: &[("name", person.user.display_name.clone())],
                locale: person.user.locale.as_deref().unwrap_or("en"),
                support_code: &row.support_code,
            };
            engine.enqueue_own_notice(&mut *tx, id, &notice).await?;
        }
    }
    tx.mark_sent(row.id, engine.now()).await?;
    tx.commit().await
}
