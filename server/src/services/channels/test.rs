//! *Send test*: one message at once, past the queue, so that the page can say what became of it.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::text::text;
use regain_app::visit::Visit;
use regain_channels::{Channel as _, Message, SendError};
use regain_core::contact::{EmailAddress, PhoneNumber};
use regain_core::form::FieldProblem;
use regain_core::limits::Rate;
use regain_core::time::Duration;
use regain_store::{GatewayRow, OutboxMessage};

use super::{PAGE, PATH};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::gateways::edit;
use crate::messages::Channel;
use crate::services::failure;

/// The test's texts.
const TEMPLATE: &str = crate::gateways::calls::TEST;
/// An administrator who is not one must not find a way to bother the world.
pub(in crate::services) const TESTS: Rate = Rate { times: 10, within: Duration::from_hours(1) };

impl Engine {
    pub(super) async fn test_channel(&self, visit: &Visit, gateway: &str, to: &str) -> Answer {
        let row = if gateway.is_empty() { None } else { Some(self.gateway_by(gateway).await?) };
        let form = row.as_ref().map(edit::fields_of).unwrap_or_default().with_value("to", to);
        let path =
            row.as_ref().map_or_else(|| PATH.to_owned(), |row| format!("{PATH}/gateway?id={}", row.id));
        let refused =
            |problem: FieldProblem| Outcome::refused(path.clone(), form.clone().with_problem(problem));
        let to = match &row {
            None => EmailAddress::parse(to).map(|to| to.as_str().to_owned()).ok(),
            Some(_) => match PhoneNumber::parse(to, None) {
                Ok(number) if number.is_premium() => {
                    return Ok(refused(FieldProblem::new("to", "phone-premium")));
                }
                number => number.map(|to| to.e164()).ok(),
            },
        };
        let Some(to) = to else { return Ok(refused(FieldProblem::new("to", "channels-test-to"))) };
        if row.is_none() && !self.mail_takes(&to).await {
            return Ok(refused(FieldProblem::new("to", "email-not-taken")));
        }
        if !self.may_test().await? {
            return Ok(refused(FieldProblem::new("to", "channels-test-often")));
        }
        let sent = self.send_test_message(visit, row.as_ref(), &to).await?;
        self.record_test(visit, row.as_ref(), sent.as_ref().err()).await?;
        Ok(match sent {
            Ok(()) => Outcome::go(format!("{PATH}?tested")),
            Err(error) => refused(FieldProblem::new("to", "channels-test-failed").with("reason", &error)),
        })
    }

    async fn may_test(&self) -> Result<bool, Failure> {
        let mut tx = self.store.write().await.map_err(failure)?;
        let counter = tx.count("system:tests", TESTS.within, self.now()).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(counter.count <= i64::from(TESTS.times))
    }

    async fn send_test_message(
        &self,
        visit: &Visit,
        gateway: Option<&GatewayRow>,
        to: &str,
    ) -> Result<Result<(), SendError>, Failure> {
        let organization = self.organization().await.name;
        let channel = match gateway.map(|row| row.channel.as_str()) {
            None => Channel::Email,
            Some("voice") => Channel::Voice,
            Some(_) => Channel::Sms,
        };
        let row = self.test_row(visit, channel, to);
        let call = match gateway {
            Some(gateway) if channel == Channel::Voice => {
                Some(self.begin_call(&row, gateway, "").await.map_err(failure)?)
            }
            _ => None,
        };
        let named = [("organization", organization.clone())];
        let body = text(visit.locale, &format!("message-{TEMPLATE}-body"), &named);
        let message = Message {
            id: row.id.to_string(),
            to: vec![to.to_owned()],
            subject: text(visit.locale, &format!("message-{TEMPLATE}-subject"), &named),
            html: format!("<!DOCTYPE html><title></title><p>{}</p>", crate::messages::escape(&body)),
            text: body,
            logo: None,
            locale: visit.locale.tag().to_owned(),
            reply_to: None,
            sender_name: organization,
            at: self.now(),
            receipt_url: None,
            call,
        };
        let unusable =
            || SendError::Temporary("the channel is not set up, or its secret cannot be read".to_owned());
        Ok(match gateway {
            None => match self.mail() {
                Some(mail) => mail.send(&message).await,
                None => Err(unusable()),
            },
            Some(row) => match self.gateway(row) {
                Some(way) => way.send(&message).await,
                None => Err(unusable()),
            },
        })
    }

    /// The row that the outbox would have had.
    fn test_row(&self, visit: &Visit, channel: Channel, to: &str) -> OutboxMessage {
        let (locale, code) = (visit.locale.tag(), &visit.support_code);
        let row = self.row(channel, &[to.to_owned()], TEMPLATE, &[], locale, code);
        OutboxMessage { dies_at: Some(row.created_at.plus(regain_core::limits::CODE_LIFE)), ..row }
    }

    async fn record_test(
        &self,
        visit: &Visit,
        gateway: Option<&GatewayRow>,
        error: Option<&SendError>,
    ) -> Result<(), Failure> {
        let record = match error {
            None => audit::success(service::PASSWORD, activity::TEST_MESSAGE),
            Some(error) => audit::failure(service::PASSWORD, activity::TEST_MESSAGE, &error.to_string()),
        };
        let (id, name) =
            gateway.map_or((String::new(), "mail"), |row| (row.id.to_string(), row.name.as_str()));
        let record = record.seen(self, visit).on("gateway", &id, name).detail("page", PAGE.name);
        let mut tx = self.store.write().await.map_err(failure)?;
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)
    }
}
