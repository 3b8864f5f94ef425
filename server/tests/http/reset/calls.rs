//! Calls: to the mobile phone as another way of the same method, and to the office phone.

use regain_core::method::Method;

use super::walk::{Walk, alice, open, ready};
use crate::gateways::add_gateway;
use crate::support::TestApp;

async fn voice_messages(app: &TestApp, to: &str) -> usize {
    app.messages_to(to).await.iter().filter(|message| message.channel == "voice").count()
}

#[tokio::test]
async fn text_and_call_are_two_ways_of_one_method() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    page.assert_shows("Text my mobile phone").assert_shows("Call my mobile phone");
    let phone = walk.choose("mobile_phone_call").await;
    phone.assert_shows("we call it");
    assert!(phone.body.contains(">Call me</button>"), "{}", phone.body);
    walk.type_number("+14255550100").await.assert_shows("press #");
    assert_eq!(voice_messages(&app, "+14255550100").await, 1);
    let code = app.code_for("+14255550100").await;
    let next = walk.enter(&code).await;
    next.assert_shows("Email my alternate email").assert_hides("Text my mobile phone");
    walk.by_email("alice@mail.example").await.assert_shows("Choose a new password");
}

/// What the authentication methods policy lets be used decides, for people and decoys alike.
#[tokio::test]
async fn only_ways_that_are_on_for_reset_are_offered() {
    let app = open().await;
    alice(&app).await;
    app.set_methods_policy(|policy| {
        policy.migration = regain_core::policy::Migration::Complete;
        for (name, on) in [("email", true), ("voice", true), ("sms", false)] {
            let mut rules = policy.rules(name.parse().unwrap());
            rules.reset.on = on;
            policy.set_rules(name.parse().unwrap(), rules);
        }
    })
    .await;
    for name in ["nobody@contoso.example", "alice@contoso.example"] {
        let (mut walk, page) = Walk::to_methods(&app, name).await;
        page.assert_shows("Call my mobile phone").assert_hides("Text my mobile phone");
        walk.choose("mobile_phone").await.assert_shows("There is a problem");
        walk.choose("mobile_phone_call").await.assert_shows("we call it");
    }
}

#[tokio::test]
async fn t63_a_phone_rings_twice_at_most() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    for _ in 0..3 {
        walk.choose("mobile_phone_call").await;
        walk.type_number("+14255550100").await;
        app.run_jobs().await;
        app.advance(regain_core::time::Duration::from_secs(121));
    }
    assert_eq!(voice_messages(&app, "+14255550100").await, 2);
}

#[tokio::test]
async fn an_office_phone_is_called_with_its_extension() {
    let app = open().await;
    let user = ready(&app, "alice", "+14255550100").await;
    let mut tx = app.engine.store.write().await.unwrap();
    let office = Some("+1 4255550177 x123".to_owned());
    tx.update_user(&regain_store::User { office_phone: office, ..user }).await.unwrap();
    tx.commit().await.unwrap();
    app.set_policy(|policy| policy.methods.insert(Method::OfficePhone)).await;
    let (mut walk, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    page.assert_shows("Call my office phone");
    walk.choose("office_phone").await.assert_shows("Type your office number");
    walk.type_number("+14255550177").await.assert_shows("press #");
    let code = app.code_for("+14255550177").await;
    walk.enter(&code).await.assert_shows("One more check");
}

#[tokio::test]
async fn t1_a_decoy_is_called_in_the_same_words() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, page) = Walk::to_methods(&app, "nobody@contoso.example").await;
    page.assert_shows("Call my mobile phone");
    walk.choose("mobile_phone_call").await.assert_shows("we call it");
    walk.type_number("+14255550100").await.assert_shows("we are calling it");
    assert_eq!(voice_messages(&app, "+14255550100").await, 0);
}

#[tokio::test]
async fn f12_a_way_whose_gateways_all_fail_is_said_to_be_slow_to_everybody() {
    let app = TestApp::start_strict().await;
    app.set_policy(|policy| policy.scope = regain_core::policy::Scope::All).await;
    add_gateway(&app, "sms", "twilio", "http://127.0.0.1:9").await;
    alice(&app).await;
    for slow in [false, true] {
        if slow {
            app.execute(&format!("UPDATE gateways SET broken_until = {}", app.now().micros() + 60_000_000))
                .await;
            app.engine.refresh_gateways().await.unwrap();
        }
        for name in ["alice@contoso.example", "nobody@contoso.example"] {
            let (_, page) = Walk::to_methods(&app, name).await;
            page.assert_shows("Text my mobile phone").assert_hides("Call my mobile phone");
            assert_eq!(page.text().contains("This way is slow"), slow, "{name}");
        }
    }
}
