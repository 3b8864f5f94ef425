//! Who is told of a reset or an unlock, in the transaction that does it.

use regain_app::pages::security_info::client;
use regain_app::text::Locale;
use regain_app::visit::Visit;
use regain_core::contact::EmailAddress;
use regain_core::method::Method;
use regain_core::network::Source;
use regain_core::role::{Role, is_administrator};
use regain_store::{PushRequest, Result, Tx};

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
        let apart = self.tell_of_distance(tx, standing).await?;
        self.tell_person(tx, visit, standing, "notice-password-reset", apart).await?;
        self.tell_administrators(tx, visit, standing, "notice-admin-reset").await
    }

    /// Somebody approved from elsewhere than where it was asked: in another browser and on another network. It is what a
    /// caller who talks people through looks like, so every Global Administrator hears of it.
    /// True where that is so.
    async fn tell_of_distance(&self, tx: &mut dyn Tx, standing: &Standing) -> Result<bool> {
        let mut apart = None;
        for proof in standing.proofs.iter().filter(|proof| proof.method == Method::AppNotification.as_str()) {
            apart = apart.or(tx.challenge_request(proof.challenge_id).await?.filter(is_apart));
        }
        let Some(request) = apart else { return Ok(false) };
        let user = &standing.person.user;
        for holder in tx.role_holders(Role::GlobalAdministrator.as_str(), MOST_ADMINISTRATORS).await? {
            let to = [holder.mail.clone().unwrap_or_else(|| holder.upn.clone())];
            let locale = holder.locale.as_deref().unwrap_or("en");
            let name = |client: &str| client::name(Locale::from_tag(locale).unwrap_or_default(), client);
            let notice = Notice {
                to: &to,
                template: "notice-admin-apart",
                params: &[
                    ("name", holder.display_name.clone()),
                    ("person", user.display_name.clone()),
                    ("upn", user.upn.clone()),
                    ("address", request.address.clone()),
                    ("device", name(&request.client)),
                    ("approver", request.answered_address.clone().unwrap_or_default()),
                    ("phone", name(request.answered_client.as_deref().unwrap_or_default())),
                ],
                locale,
                support_code: &standing.flow.support_code,
            };
            self.enqueue_notice(tx, &notice).await?;
        }
        Ok(true)
    }

    pub(super) async fn tell_of_unlock(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: &Standing,
    ) -> Result<()> {
        self.tell_person(tx, visit, standing, "notice-account-unlocked", false).await?;
        self.tell_administrators(tx, visit, standing, "notice-admin-unlocked").await
    }

    /// Where the setting says so, or `always`.
    async fn tell_person(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: &Standing,
        template: &str,
        always: bool,
    ) -> Result<()> {
        let person = &standing.person;
        if !person.policy.notifications.users && !always {
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
        self.enqueue_own_notice(tx, person.user.id, &notice).await
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

fn is_apart(request: &PushRequest) -> bool {
    let differs = |answered: &Option<String>, asked: &str| answered.as_deref().is_some_and(|it| it != asked);
    // Two addresses that are unknown need not be the same.
    let unknown = request.address == Source::Unknown.to_string();
    let networks = unknown || differs(&request.answered_address, &request.address);
    networks && differs(&request.answered_client, &request.client)
}
