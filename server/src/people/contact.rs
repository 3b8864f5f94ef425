//! Contact data that somebody other than its owner enters.

use regain_core::method::Method;
use regain_store::{Tx, User};

use super::{Actor, Refusal};
use crate::engine::Engine;
use crate::messages::Channel;
use crate::person::{Change, Person, entered};

impl Engine {
    /// What changed about a person's contact data waits for a day before it opens a reset, and what was under way with the
    /// old values dies: codes here, proofs because they name what they were made with. The first values of a person who
    /// has nothing at all count at once (R96): there is nobody yet whom they could take the place of.
    pub(super) async fn note_contact(
        &self,
        tx: &mut dyn Tx,
        actor: &Actor<'_>,
        before: &Person,
        after: &User,
    ) -> Result<(), Refusal> {
        let (id, now) = (after.id, self.now());
        let is_first = before.factors.is_empty() && !before.changes.took_something();
        for ((method, old), (_, new)) in entered(&before.user).into_iter().zip(entered(after)) {
            if old == new {
                continue;
            }
            if let Some(old) = old {
                Change::Withdrawn(method).note(tx, id, now).await?;
                self.tell_number(tx, actor, after, method, &old).await?;
            }
            if let Some(new) = new.filter(|_| !is_first) {
                Change::Entered(method, new).note(tx, id, now).await?;
            }
        }
        tx.void_challenges(id, now).await?;
        Ok(())
    }

    /// A number that was taken away hears of it itself: whoever holds it may be the person.
    async fn tell_number(
        &self,
        tx: &mut dyn Tx,
        actor: &Actor<'_>,
        user: &User,
        method: Method,
        old: &str,
    ) -> Result<(), Refusal> {
        if method != Method::MobilePhone || !self.channel_works(Channel::Sms) {
            return Ok(());
        }
        let locale = user.locale.as_deref().unwrap_or("en");
        Ok(self.enqueue_text(tx, old, "notice-number-replaced", locale, actor.support_code()).await?)
    }
}
