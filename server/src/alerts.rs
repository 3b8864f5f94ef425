//! What every Global Administrator is told at once, and the same not again within a day.

use regain_core::role::Role;
use regain_core::time::Duration;
use regain_store::{AuditRecord, Result, Tx};

use crate::engine::Engine;
use crate::messages::Notice;
use crate::person::Person;

/// More than there ever are: every one is told.
const MAX_TOLD: i64 = 1_000;
const DAY: Duration = Duration::from_hours(24);

/// Something that cannot wait until somebody looks.
pub(crate) struct Alert<'a> {
    /// What it is about: the same is told once a day.
    pub name: &'a str,
    /// The notice's text.
    pub template: &'a str,
    /// Its arguments, besides the administrator's name.
    pub params: &'a [(&'a str, String)],
    /// The flow's or session's support code.
    pub support_code: &'a str,
    /// What the audit log keeps of it.
    pub record: AuditRecord,
}

impl Engine {
    /// Tells it and writes it down, unless that was done today.
    pub(crate) async fn alert(&self, tx: &mut dyn Tx, alert: Alert<'_>) -> Result<()> {
        let key = format!("system:alert:{}", alert.name);
        if tx.count(&key, DAY, self.now()).await?.count > 1 {
            return Ok(());
        }
        for user in tx.role_holders(Role::GlobalAdministrator.as_str(), MAX_TOLD).await? {
            let person = Person::of(self, tx, user).await?;
            let name = ("name", person.user.display_name.clone());
            let params: Vec<_> = alert.params.iter().cloned().chain([name]).collect();
            let notice = Notice {
                to: &person.notice_addresses(),
                template: alert.template,
                params: &params,
                locale: person.user.locale.as_deref().unwrap_or("en"),
                support_code: alert.support_code,
            };
            self.enqueue_notice(tx, &notice).await?;
        }
        tx.append(&AuditRecord { at: self.now(), ..alert.record }).await
    }
}
