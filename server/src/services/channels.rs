//! Implements [`Channels`].

mod alerts;
mod gateways;
mod test;

pub(super) use test::TESTS;

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::channels::{
    Channels, ChannelsView, GatewayForm, GatewayState, GatewayView, Parked,
};
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};
use regain_core::role::Right;
use regain_core::secret::Secret;
use regain_store::{GatewayRow, OutboxMessage};

use super::failure;
use super::settings::{SettingsPage, tell_of_weaker};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::gateways::caps::{Caps, SETTINGS};
use crate::gateways::edit;
use crate::people::Actor;
use crate::phone_alerts::{self, PhoneAlerts};
use crate::policy;

const PATH: &str = "/admin/channels";
const PAGE: SettingsPage = SettingsPage::new("channels", PATH, Right::ManageChannels);
/// As many given-up messages as a page shows.
const MOST_PARKED: i64 = 50;

#[async_trait]
impl Channels for Engine {
    async fn channels(&self, visit: &Visit) -> Result<ChannelsView, Failure> {
        self.admin_gate(visit, Right::ReadPolicy)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let (caps, version): (Caps, i64) = policy::document(&mut *tx, SETTINGS).await.map_err(failure)?;
        let (alerts, alerts_version): (PhoneAlerts, i64) =
            policy::document(&mut *tx, phone_alerts::SETTING).await.map_err(failure)?;
        let rows = tx.gateways().await.map_err(failure)?;
        let (waiting, given_up) = tx.outbox_counts().await.map_err(failure)?;
        let parked = tx.parked(MOST_PARKED).await.map_err(failure)?;
        let now = self.now();
        let gateways = rows.iter().enumerate().map(|(place, row)| GatewayView {
            can_rise: place.checked_sub(1).is_some_and(|before| rows[before].channel == row.channel),
            state: match row.broken_until {
                Some(until) if until > now => GatewayState::Resting,
                _ if row.failures > 0 => GatewayState::Failing,
                _ if row.last_sent_at.is_some() => GatewayState::Working,
                _ => GatewayState::Untried,
            },
            ..view_of(row)
        });
        Ok(ChannelsView {
            mail: self.config.smtp_url.as_ref().map(|_| self.config.sender()),
            demo: self.demo,
            gateways: gateways.collect(),
            waiting,
            given_up,
            parked: parked.into_iter().map(parked_view).collect(),
            limits: edit::fields_of_caps(&caps),
            version,
            phone_alerts: (alerts::answer(alerts).to_owned(), alerts_version),
            may_change: visit.may(PAGE.right),
        })
    }

    async fn gateway_form(&self, visit: &Visit, id: &str) -> Result<GatewayForm, Failure> {
        self.admin_gate(visit, PAGE.right)?;
        if id.is_empty() {
            let saved = FormState::default().with_value("channel", "sms").with_value("kind", "twilio");
            return Ok(GatewayForm { id: String::new(), saved });
        }
        let row = self.gateway_by(id).await?;
        Ok(GatewayForm { id: row.id.to_string(), saved: edit::fields_of(&row) })
    }

    async fn save_gateway(&self, visit: &Visit, id: &str, typed: FormState, secret: &Secret) -> Answer {
        PAGE.gate(self, visit).await?;
        self.save_gateway_row(visit, id, typed, secret).await
    }

    async fn raise_gateway(&self, visit: &Visit, id: &str) -> Answer {
        PAGE.gate(self, visit).await?;
        self.raise_gateway_row(visit, id).await
    }

    async fn remove_gateway(&self, visit: &Visit, id: &str) -> Answer {
        PAGE.gate(self, visit).await?;
        self.remove_gateway_row(visit, id).await
    }

    async fn send_test(&self, visit: &Visit, gateway: &str, to: &str) -> Answer {
        PAGE.gate(self, visit).await?;
        self.test_channel(visit, gateway, to).await
    }

    async fn retry(&self, visit: &Visit, message: &str) -> Answer {
        PAGE.gate(self, visit).await?;
        let Ok(id) = message.parse() else { return Ok(Outcome::go(PATH)) };
        let mut tx = self.store.write().await.map_err(failure)?;
        if !tx.unpark(id, self.now()).await.map_err(failure)? {
            return Ok(Outcome::go(PATH));
        }
        let record = audit::success(service::PASSWORD, activity::RETRY_MESSAGE)
            .seen(self, visit)
            .on("message", message, "");
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(format!("{PATH}?retried")))
    }

    async fn save_alerts(&self, visit: &Visit, version: &str, chosen: &str) -> Answer {
        PAGE.gate(self, visit).await?;
        self.save_phone_alerts(visit, version, chosen).await
    }

    async fn save_limits(&self, visit: &Visit, version: &str, typed: FormState) -> Answer {
        PAGE.gate(self, visit).await?;
        let mut tx = self.store.write().await.map_err(failure)?;
        tx.lock(SETTINGS).await.map_err(failure)?;
        let (saved, current): (Caps, i64) = policy::document(&mut *tx, SETTINGS).await.map_err(failure)?;
        let wanted = match edit::edit_caps(&typed) {
            Ok(wanted) => wanted,
            Err(problems) => {
                let form = FormState { problems, ..typed };
                return PAGE.refuse(self, visit, tx, PATH.to_owned(), form).await;
            }
        };
        let changes = edit::changes_of_caps(&saved, &wanted);
        if version != current.to_string() && !changes.is_empty() {
            let form = typed.with_problem(FieldProblem::new("", "channels-changed"));
            return PAGE.refuse(self, visit, tx, PATH.to_owned(), form).await;
        }
        if !changes.is_empty() {
            policy::save_document(&mut *tx, SETTINGS, &wanted, current, self.now()).await.map_err(failure)?;
        }
        let actor = Actor::Administrator(visit);
        tell_of_weaker(self, &mut *tx, &changes, &actor).await.map_err(failure)?;
        let record = PAGE.saved(self, &actor, &changes);
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(format!("{PATH}?saved")))
    }
}

impl Engine {
    async fn gateway_by(&self, id: &str) -> Result<GatewayRow, Failure> {
        let mut tx = self.store.read().await.map_err(failure)?;
        let rows = tx.gateways().await.map_err(failure)?;
        rows.into_iter().find(|row| row.id.to_string() == id).ok_or(Failure::NotFound)
    }
}

fn view_of(row: &GatewayRow) -> GatewayView {
    let uri = row.url.parse::<http::Uri>().ok();
    GatewayView {
        id: row.id.to_string(),
        channel: row.channel.clone(),
        name: row.name.clone(),
        host: uri.as_ref().and_then(http::Uri::host).unwrap_or_default().to_owned(),
        state: GatewayState::Untried,
        last_error: row.last_error.clone().zip(row.last_error_at),
        last_sent: row.last_sent_at,
        can_rise: false,
    }
}

fn parked_view(message: OutboxMessage) -> Parked {
    Parked {
        id: message.id.to_string(),
        can_retry: message.purpose == "notice",
        channel: message.channel,
        template: message.template,
        error: message.error.unwrap_or_default(),
        at: message.parked_at.unwrap_or(message.created_at),
        support_code: message.support_code,
    }
}
