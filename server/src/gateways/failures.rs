//! What a failure says about an address or number: it is kept, shown to its owner, and acted on.

use regain_channels::SendError;
use regain_store::{AuditRecord, OutboxMessage, Result, Tx};
use uuid::Uuid;

use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::messages::Notice;
use crate::person::Person;

/// Marks of an address or number.
pub(crate) mod mark {
    /// There is no such address: mail to it came back.
    pub(crate) const BOUNCED: &str = "bounced";
    /// The number moved to another SIM card: it proves nothing until it was registered anew (T66).
    pub(crate) const SIM_CHANGED: &str = "sim_changed";

    /// The number was proved anew since then, as this method.
    pub(crate) fn proved_anew(method_id: uuid::Uuid) -> String {
        format!("proved_anew:{method_id}")
    }
}

impl Engine {
    /// Keeps what a failure says about where the message should have gone. The record comes back, for the caller to
    /// append when all rows are written.
    pub(crate) async fn note_failure(
        &self,
        tx: &mut dyn Tx,
        row: &OutboxMessage,
        error: &SendError,
    ) -> Result<Option<AuditRecord>> {
        let mark = match error {
            SendError::NoSuchDestination(_) => mark::BOUNCED,
            SendError::SimChanged => mark::SIM_CHANGED,
            _ => return Ok(None),
        };
        let recipients: Vec<String> = serde_json::from_str(&row.recipients).unwrap_or_default();
        for destination in &recipients {
            // Whoever proved it anew did so before it moved once more.
            tx.clear_destination(destination).await?;
            tx.mark_destination(destination, mark, self.now()).await?;
            if mark == mark::SIM_CHANGED {
                // What the number showed lately, of whomever, may have been shown by whoever holds it now.
                tx.unprove_sessions(destination).await?;
            }
        }
        if mark == mark::SIM_CHANGED {
            return self.suspend(tx, row.challenge_id, &row.support_code).await.map(Some);
        }
        Ok(None)
    }

    /// Tells a number's owner by mail that it is suspended; the record of it comes back.
    async fn suspend(
        &self,
        tx: &mut dyn Tx,
        challenge: Option<Uuid>,
        support_code: &str,
    ) -> Result<AuditRecord> {
        let owner = match challenge {
            Some(challenge) => tx.challenge_user(challenge).await?,
            None => None,
        };
        let mut record =
            audit::failure(service::METHODS, activity::SUSPENDED, "The number’s SIM card was changed lately")
                .in_flow(support_code);
        record.at = self.now();
        if let Some(owner) = owner
            && let Some(person) = Person::load(self, tx, owner).await?
        {
            record = record.to(&person.user);
            tx.void_challenges(owner, self.now()).await?;
            self.tell_plainly(tx, &person, "notice-number-suspended", support_code).await?;
        }
        Ok(record)
    }

    /// A notice that says nothing but what happened.
    pub(super) async fn tell_plainly(
        &self,
        tx: &mut dyn Tx,
        person: &Person,
        template: &str,
        support_code: &str,
    ) -> Result<()> {
        let notice = Notice {
            to: &person.notice_addresses(),
            template,
            params: &[("name", person.user.display_name.clone())],
            locale: person.user.locale.as_deref().unwrap_or("en"),
            support_code,
        };
        self.enqueue_notice(tx, &notice).await
    }
}
