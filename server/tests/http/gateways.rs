//! Text messages and calls through gateways.

mod admin;
mod caps;
mod drain;
mod numbers;
mod sending;
mod twilio;
mod voice;

use regain_core::secret::Secret;
use regain_core::time::Duration;
use regain_server::messages::{Channel, CodeMessage};
use regain_store::{Challenge, GatewayRow, User};
use uuid::Uuid;

use crate::support::TestApp;
use crate::support::gateway::FakeGateway;

const NUMBER: &str = "+37120000001";
const CODE: &str = "482913";
const SECRET: &str = "a secret of a gateway";
const LIFE: Duration = Duration::from_mins(5);

/// A gateway in the database, after those that are there.
pub(crate) async fn add_gateway(app: &TestApp, channel: &str, kind: &str, url: &str) -> Uuid {
    let engine = &app.engine;
    let id = engine.new_id();
    let mut tx = engine.store.write().await.unwrap();
    let position = i64::try_from(tx.gateways().await.unwrap().len()).unwrap() + 1;
    let row = GatewayRow {
        id,
        channel: channel.to_owned(),
        position,
        kind: kind.to_owned(),
        name: format!("Gateway {position}"),
        url: url.to_owned(),
        account: "AC1".to_owned(),
        sender: "+14255550100".to_owned(),
        sealed: engine.seal("gateway", id.as_bytes(), Secret::from(SECRET).expose().as_bytes()),
        cost: 75,
        changed_at: app.now(),
        failures: 0,
        broken_until: None,
        last_error: None,
        last_error_at: None,
        last_sent_at: None,
    };
    tx.save_gateway(&row).await.unwrap();
    tx.commit().await.unwrap();
    engine.refresh_gateways().await.unwrap();
    id
}

/// A server outside demo mode with one gateway.
pub(crate) async fn start(channel: &str, kind: &str) -> (TestApp, FakeGateway, Uuid) {
    let app = TestApp::start_strict().await;
    let gateway = FakeGateway::start().await;
    let id = add_gateway(&app, channel, kind, &gateway.url).await;
    (app, gateway, id)
}

/// A code of a reset on its way to a number; its challenge.
pub(crate) async fn send_code(app: &TestApp, user: &User, channel: Channel, to: &str) -> Uuid {
    send_code_for(app, user, channel, to, |_| {}).await
}

/// The same for something else.
async fn send_code_for(
    app: &TestApp,
    user: &User,
    channel: Channel,
    to: &str,
    change: impl FnOnce(&mut Challenge),
) -> Uuid {
    let engine = &app.engine;
    let method = if channel == Channel::Email { "email" } else { "mobile_phone" };
    let mut challenge = Challenge {
        id: engine.new_id(),
        flow_id: None,
        session_id: None,
        help_call_id: None,
        user_id: Some(user.id),
        purpose: "recovery".to_owned(),
        method: method.to_owned(),
        method_id: None,
        destination: Some(to.to_owned()),
        mac: None,
        attempts: 0,
        created_at: app.now(),
        expires_at: app.now().plus(LIFE),
        consumed_at: None,
        superseded_at: None,
    };
    change(&mut challenge);
    let template = match channel {
        Channel::Email | Channel::Push => "reset-code",
        Channel::Sms => "reset-code-sms",
        Channel::Voice => "reset-code-voice",
    };
    let message = CodeMessage {
        channel,
        to: Some(to),
        template,
        params: &[("name", "Ana".to_owned()), ("address", "203.0.113.1".to_owned())],
        code: CODE,
        challenge_id: challenge.id,
        dies_at: challenge.expires_at,
        locale: "en",
        support_code: "ABCD-EFGH",
    };
    let mut tx = engine.store.write().await.unwrap();
    tx.add_challenge(&challenge).await.unwrap();
    engine.enqueue_code(&mut *tx, &message).await.unwrap();
    tx.commit().await.unwrap();
    challenge.id
}

/// How many messages wait, and how many were given up.
async fn counts(app: &TestApp) -> (i64, i64) {
    app.engine.store.read().await.unwrap().outbox_counts().await.unwrap()
}

/// Why the newest was given up.
async fn reason(app: &TestApp) -> String {
    let parked = app.engine.store.read().await.unwrap().parked(1).await.unwrap();
    parked[0].error.clone().unwrap_or_default()
}
