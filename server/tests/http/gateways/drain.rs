//! A thousand messages.

use std::time::Instant;

use regain_core::time::Duration;
use regain_server::messages::Channel;

use super::{counts, send_code, start};

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "it is the real time that counts")]
async fn a_thousand_messages_drain_within_a_minute() {
    let (app, gateway, _) = start("sms", "twilio").await;
    gateway.takes(Duration::from_millis(50));
    app.execute(
        "INSERT INTO settings (name, version, body, changed_at)
         VALUES ('channels', 1, '{\"per_number\":0,\"per_prefix\":0,\"per_day\":0}', 0)",
    )
    .await;
    let ana = app.add_user("ana").await;
    for number in 0..1_000 {
        send_code(&app, &ana, Channel::Sms, &format!("+371200{number:05}")).await;
    }
    let begun = Instant::now();
    app.run_jobs().await;
    let took = begun.elapsed();
    assert_eq!(gateway.requests().len(), 1_000);
    assert_eq!(counts(&app).await, (0, 0));
    assert!(took < Duration::from_mins(1), "{took:?}");
}
