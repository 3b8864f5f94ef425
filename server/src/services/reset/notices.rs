//! Who is told of a reset or an unlock, in the transaction that does it.

use regain_app::visit::Visit;
use regain_core::contact::EmailAddress;
use regain_core::role::{Role, is_administrator};
use regain_store::{Result, Tx};

use super::standing::Standing;
use crate::engine::Engine;
use crate::messages::{Notice, from};

/// More Global Administrators than anybody has; the mail goes to each.
const MOST_ADMINISTRATORS: i64 = 1_000;

impl Engine {
    /// Where the person is told, masked, for the last page.
    pub(super) fn addresses_told(&self, standing: &Standing) -> Vec<String> {
        if !standing.person.policy.notifications.users {
            return Vec::new();
        }
        let masked = |address: &String| EmailAddress::parse(address).ok().map(|address| address.masked());
        standing.person.notice_addresses().iter().filter_map(masked).collect()
    }

    pub(super) async fn tell_of_reset(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: &Standing,
    ) -> Result<()> {
        self.tell_person(tx, visit, standing, "notice-password-reset").await?;
        self.tell_administrators(tx, visit, standing, "notice-admin-reset").await
    }

    pub(super) async fn tell_of_unlock(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: &Standing,
    ) -> Result<()> {
        self.tell_person(tx, visit, standing, "notice-account-unlocked").await?;
        self.tell_administrators(tx, visit, standing, "notice-admin-unlocked").await
    }

    async fn tell_person(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: &Standing,
        template: &str,
    ) -> Result<()> {
        let person = &standing.person;
        if !person.policy.notifications.users {
            return Ok(());
        }
        let locale = person.user.locale.as_deref().unwrap_or(&standing.flow.locale);
        let [address, device] = from(visit, locale);
        let notice = Notice {
            to: &person.notice_addresses(),
            template,
            params: &[("name", person.user.display_name.clone()), address, device],
            locale,
            support_code: &standing.flow.support_code,
        };
        self.enqueue_notice(tx, &notice).await
    }

    /// Every Global Administrator, at the primary address, when an administrator did it (R193, R194).
    async fn tell_administrators(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: &Standing,
        template: &str,
    ) -> Result<()> {
        let person = &standing.person;
        if !person.policy.notifications.admins || !is_administrator(&person.roles) {
            return Ok(());
        }
        let holders = tx.role_holders(Role::GlobalAdministrator.as_str(), MOST_ADMINISTRATORS).await?;
        for holder in holders {
            let to = [holder.mail.clone().unwrap_or_else(|| holder.upn.clone())];
            let locale = holder.locale.as_deref().unwrap_or("en");
            let [address, device] = from(visit, locale);
            let notice = Notice {
                to: &to,
                template,
                params: &[
                    ("name", holder.display_name.clone()),
                    ("administrator", person.user.display_name.clone()),
                    ("upn", person.user.upn.clone()),
                    address,
                    device,
                ],
                locale,
                support_code: &standing.flow.support_code,
            };
            self.enqueue_notice(tx, &notice).await?;
        }
        Ok(())
    }
}
