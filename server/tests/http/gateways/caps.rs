//! Caps: what is over one is not sent, and pages say the same as ever (T62).

use regain_server::messages::Channel;

use super::{NUMBER, counts, reason, send_code, start};
use crate::support::TestApp;

async fn limit(app: &TestApp, body: &str) {
    app.execute(&format!(
        "INSERT INTO settings (name, version, body, changed_at) VALUES ('channels', 1, '{body}', 0)"
    ))
    .await;
}

#[tokio::test]
async fn t62_no_more_goes_to_one_number_in_a_day() {
    let (app, gateway, _) = start("sms", "twilio").await;
    limit(&app, r#"{"per_number":2}"#).await;
    let ana = app.add_user("ana").await;
    for _ in 0..3 {
        send_code(&app, &ana, Channel::Sms, NUMBER).await;
        app.run_jobs().await;
    }
    send_code(&app, &ana, Channel::Sms, "+37129999999").await;
    app.run_jobs().await;
    assert_eq!(gateway.requests().len(), 3);
    assert_eq!(counts(&app).await.1, 1);
    assert_eq!(reason(&app).await, "the cap of one number is reached");
}

#[tokio::test]
async fn t62_a_block_of_numbers_is_capped_even_in_one_rush() {
    let (app, gateway, _) = start("sms", "twilio").await;
    limit(&app, r#"{"per_prefix":5}"#).await;
    let ana = app.add_user("ana").await;
    for number in 0..20 {
        send_code(&app, &ana, Channel::Sms, &format!("+37120000{number:03}")).await;
    }
    app.run_jobs().await;
    assert_eq!(gateway.requests().len(), 5);
}

#[tokio::test]
async fn t62_the_cap_of_money_stops_everything_and_tells_administrators_once() {
    let (app, gateway, _) = start("sms", "twilio").await;
    limit(&app, r#"{"money":200}"#).await;
    let admin = app.add_user("admin").await;
    app.grant(&admin, "global_administrator").await;
    for number in 0..6 {
        send_code(&app, &admin, Channel::Sms, &format!("+3712{number}000001")).await;
    }
    app.run_jobs().await;
    assert_eq!(gateway.requests().len(), 2, "a message costs 75 thousandths");
    let audit = app.audit().await;
    let stopped = audit.iter().filter(|(activity, ..)| activity == "Sending stopped by a cap").count();
    assert_eq!(stopped, 1);
}

#[tokio::test]
async fn t62_other_countries_are_not_served() {
    let (app, gateway, _) = start("sms", "twilio").await;
    limit(&app, r#"{"countries":["371"]}"#).await;
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Sms, "+14255550199").await;
    send_code(&app, &ana, Channel::Sms, NUMBER).await;
    app.run_jobs().await;
    assert_eq!(gateway.requests().len(), 1);
}

#[tokio::test]
async fn t62_nothing_is_sent_to_a_number_that_costs_extra() {
    let (app, gateway, _) = start("sms", "twilio").await;
    let ana = app.add_user("ana").await;
    for number in ["+19005550123", "+447911123456", "+449011234567", "+37190000001"] {
        send_code(&app, &ana, Channel::Sms, number).await;
    }
    app.run_jobs().await;
    let asked: Vec<String> = gateway.requests().iter().map(|request| request.field("To")).collect();
    assert_eq!(asked, ["+447911123456"]);
    assert_eq!(reason(&app).await, "the number costs extra");
}
