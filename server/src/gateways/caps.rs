//! How much may be sent, to whom, and for how much: against people who let others pay for calls and texts (T62).

use regain_app::outcome::Failure;
use regain_core::contact::PhoneNumber;
use regain_core::contact::phone::line_of;
use regain_core::time::Duration;
use regain_store::{DeliveryRow, GatewayRow, OutboxMessage, Result, Tx};
use serde::{Deserialize, Serialize};

use crate::alerts::Alert;
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::services::failure;

/// The name under which the settings are stored.
pub(crate) const SETTINGS: &str = "channels";
/// What counts together.
const DAY: Duration = Duration::from_hours(24);
/// Numbers that differ in their last digits alone are one prefix: pumping walks through a block of them.
const PREFIX_LEAVES_OUT: usize = 3;

/// The settings document `channels`. Zero means no cap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Caps {
    /// Calling codes, digits only; empty: every country.
    pub(crate) countries: Vec<String>,
    /// Messages to one number in a day.
    pub(crate) per_number: i64,
    /// Messages to numbers that differ in their last three digits alone, in a day.
    pub(crate) per_prefix: i64,
    /// Messages in a day.
    pub(crate) per_day: i64,
    /// What a day may cost, in thousandths of the currency.
    pub(crate) money: i64,
}

impl Default for Caps {
    fn default() -> Self {
        Self { countries: Vec::new(), per_number: 10, per_prefix: 50, per_day: 2_000, money: 0 }
    }
}

/// A cap that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    Premium,
    Country,
    Number,
    Prefix,
    Day,
    Money,
}

impl Reached {
    /// As the audit log and the queue say it.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::Premium => "the number costs extra",
            Self::Country => "the number’s country is not among the allowed ones",
            Self::Number => "the cap of one number is reached",
            Self::Prefix => "the cap of one range of numbers is reached",
            Self::Day => "the cap of a day is reached",
            Self::Money => "the cap of money is reached",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Premium => "premium",
            Self::Country => "country",
            Self::Number => "number",
            Self::Prefix => "prefix",
            Self::Day => "day",
            Self::Money => "money",
        }
    }

    /// Whether administrators must hear of it: one number or a foreign country is everyday life.
    const fn alerts(self) -> bool {
        matches!(self, Self::Prefix | Self::Day | Self::Money)
    }
}

impl Caps {
    /// Whether numbers of this country are served at all.
    pub(crate) fn serves(&self, number: &str) -> bool {
        let code = PhoneNumber::parse(number, None).map(|number| number.calling_code().to_owned());
        self.countries.is_empty() || code.is_ok_and(|code| self.countries.contains(&code))
    }
}

impl Engine {
    /// Whether numbers of this country are served at all: the same for everybody, so that it can be told at once.
    pub(crate) async fn serves_number(&self, number: &str) -> std::result::Result<bool, Failure> {
        let mut tx = self.store.read().await.map_err(failure)?;
        let caps: Result<(Caps, i64)> = crate::policy::document(&mut *tx, SETTINGS).await;
        Ok(caps.map_err(failure)?.0.serves(number))
    }

    /// Writes down that a message is about to be handed over, unless a cap is reached. Counted and written in one
    /// transaction, so that workers side by side cannot go over together.
    pub(super) async fn reserve(
        &self,
        row: &OutboxMessage,
        number: &str,
        first: &GatewayRow,
    ) -> Result<std::result::Result<(), Reached>> {
        let now = self.now();
        let mut tx = self.store.write().await?;
        tx.lock("deliveries").await?;
        let (caps, _): (Caps, i64) = crate::policy::document(&mut *tx, SETTINGS).await?;
        let delivery = DeliveryRow {
            message_id: row.id,
            channel: row.channel.clone(),
            gateway_id: Some(first.id),
            number_key: self.keys.subject(counted_with(&row.template), &line_of(number)),
            prefix: prefix(number),
            cost: first.cost,
            state: "sending".to_owned(),
            created_at: now,
            changed_at: now,
        };
        let reached = if PhoneNumber::parse(number, None).is_ok_and(|number| number.is_premium()) {
            // Wherever the number came from: this is the last place before it costs.
            Some(Reached::Premium)
        } else if caps.serves(number) {
            let (number_key, prefix) = (&delivery.number_key, &delivery.prefix);
            let used = tx.spent(now.minus(DAY), number_key, prefix, row.id).await?;
            let over = |cap: i64, used: i64| cap > 0 && used > cap;
            [
                (Reached::Number, over(caps.per_number, used.to_number + 1)),
                (Reached::Prefix, over(caps.per_prefix, used.to_prefix + 1)),
                (Reached::Day, over(caps.per_day, used.messages + 1)),
                (Reached::Money, over(caps.money, used.cost + first.cost)),
            ]
            .into_iter()
            .find_map(|(cap, over)| over.then_some(cap))
        } else {
            Some(Reached::Country)
        };
        match reached {
            None => tx.begin_delivery(&delivery).await?,
            Some(reached) if reached.alerts() => {
                self.tell_of_cap(&mut *tx, reached, &row.support_code).await?;
            }
            Some(_) => {}
        }
        tx.commit().await?;
        Ok(reached.map_or(Ok(()), Err))
    }

    async fn tell_of_cap(&self, tx: &mut dyn Tx, reached: Reached, support_code: &str) -> Result<()> {
        let record = audit::failure(service::PASSWORD, activity::SENDING_STOPPED, reached.reason())
            .on("cap", reached.name(), reached.name())
            .in_flow(support_code);
        let params = &[("cap", reached.name().to_owned())];
        let (name, template) = (reached.name(), "notice-sending-stopped");
        self.alert(tx, Alert { name, template, params, support_code, record }).await
    }
}

/// Messages to one number count together; those that whoever registers it asks for apart, so that strangers who do use up
/// nothing of its owner.
fn counted_with(template: &str) -> &'static str {
    if template.starts_with("register-") { "destination to register" } else { "destination" }
}

/// The number without its last digits.
fn prefix(number: &str) -> String {
    let keep = number.len().saturating_sub(PREFIX_LEAVES_OUT);
    number.get(..keep).unwrap_or(number).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t62_only_countries_that_are_named_are_served() {
        let everywhere = Caps::default();
        assert!(everywhere.serves("+37120000000"));
        let baltic = Caps { countries: vec!["371".to_owned(), "370".to_owned()], ..everywhere };
        assert!(baltic.serves("+37120000000"));
        assert!(!baltic.serves("+14255550100"));
        assert!(!baltic.serves("nonsense"));
    }

    #[test]
    fn t61_what_is_asked_for_while_registering_counts_apart() {
        assert_ne!(counted_with("register-code-text"), counted_with("reset-code-sms"));
        assert_eq!(counted_with("step-up-code-text"), counted_with("reset-code-voice"));
    }

    #[test]
    fn t62_a_block_of_numbers_is_one_prefix() {
        assert_eq!(prefix("+37120000001"), prefix("+37120000999"));
        assert_ne!(prefix("+37120000001"), prefix("+37120001001"));
    }
}
