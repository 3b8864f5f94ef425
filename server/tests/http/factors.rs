//! What a person has and cannot show, what is new, what is used up: none of it is nothing.

mod newness;
mod recovery_codes;
mod unavailable;

use regain_store::User;

use crate::support::TestApp;
use crate::support::gateway::{FakeGateway, Manner};

const NUMBER: &str = "+37120000001";

/// A server outside demo mode that texts.
async fn texting() -> (TestApp, FakeGateway) {
    let app = TestApp::start_strict().await;
    let gateway = FakeGateway::start().await;
    crate::gateways::add_gateway(&app, "sms", "webhook", &gateway.url).await;
    app.registration_policy().await;
    app.beyond_the_boxes().await;
    (app, gateway)
}

/// The gateway says of the next text that the number's SIM card was changed.
async fn change_sim(app: &TestApp, gateway: &FakeGateway, user: &User, number: &str) {
    gateway.does(Manner::Answers(200, r#"{"status":"sim_changed"}"#));
    crate::gateways::send_code(app, user, regain_server::messages::Channel::Sms, number).await;
    app.run_jobs().await;
    gateway.does(Manner::Answers(200, "{}"));
}

/// Nothing carries texts any more.
async fn remove_gateways(app: &TestApp) {
    let mut tx = app.engine.store.write().await.unwrap();
    for row in tx.gateways().await.unwrap() {
        tx.delete_gateway(row.id).await.unwrap();
    }
    tx.commit().await.unwrap();
    app.engine.refresh_gateways().await.unwrap();
}
