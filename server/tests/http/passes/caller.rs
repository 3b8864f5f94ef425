//! *Verify caller* without a proof: a support code, the office number, a reason.

use std::time::Duration;

use regain_core::policy::Scope;
use regain_store::User;

use super::{KNOWN, act, act_raw, caller_page, help_desk, record};
use crate::reset::walk::Walk;
use crate::support::{Reply, TestApp};

#[track_caller]
fn code_on(page: &Reply) -> String {
    let text = page.text();
    let after = text.split("Support code ").last().expect("a code");
    after.split(' ').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn ruling_16_a_support_code_tells_what_happened_and_not_who_calls() {
    let app = TestApp::start().await;
    app.set_policy(|policy| policy.scope = Scope::All).await;
    let (mut hal, ana) = help_desk(&app).await;
    // Both methods of a reset are passed: a caller whom its owner reported could read out as much.
    let (mut walk, _) = Walk::to_methods(&app, "ana@contoso.example").await;
    let code = code_on(&walk.by_email("ana@mail.example").await);
    let reply = act_raw(&mut hal, &ana, "verify-caller/support-code", &[("support_code", &code)]).await;
    assert_eq!(reply.status, 404, "there is nothing to type it into");
    let page = hal.get(&caller_page(&ana)).await;
    page.assert_hides(KNOWN).assert_shows("Nothing yet").assert_shows("It does not tell who is calling");
    let story = hal.get(&format!("/admin/support-code?code={code}")).await;
    story.assert_shows("User completed the email verification option");
    // Who is in no group that may reset learns nothing, and the code leads to the reason.
    app.set_policy(|policy| policy.scope = Scope::None).await;
    let (_, page) = Walk::start(&app, "ana@contoso.example").await;
    let story = hal.get(&format!("/admin/support-code?code={}", code_on(&page))).await;
    story.assert_shows("password reset is switched off for this user");
}

async fn with_office(app: &TestApp) -> User {
    let user = app.add_user("olga").await;
    let with = User { office_phone: Some("+1 4255550177".to_owned()), ..user.clone() };
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&with).await.unwrap();
    tx.commit().await.unwrap();
    with
}

#[tokio::test]
async fn ruling_16_a_call_back_is_a_tick_and_no_proof() {
    let app = TestApp::start().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, "global_administrator").await;
    let (mut hal, ana) = help_desk(&app).await;
    let olga = with_office(&app).await;
    hal.get(&caller_page(&olga)).await.assert_shows("+1 4255550177");
    let page = act(&mut hal, &olga, "verify-caller/call-back", &[]).await;
    page.assert_shows("Confirm that you called the number").assert_hides(KNOWN);
    let page = act(&mut hal, &olga, "verify-caller/call-back", &[("called_back", "true")]).await;
    page.assert_shows(KNOWN).assert_shows("Less was proved than a reset of this person demands");
    page.assert_shows("Nothing yet");
    let record = record(&app, "Verify caller").await;
    assert!(record.details.contains("call_back"), "{}", record.details);
    let told = app.messages_to("boss@").await;
    assert!(told[0].text.contains("Called the office number") && told[0].text.contains("olga"));
    assert!(!told[0].text.contains("4255550177"), "masked");
    assert!(app.messages_to("olga@").await[0].text.contains("did not prove as much as a reset"));
    // Whom the directory has no number of cannot be called back, whatever is posted.
    hal.get(&caller_page(&ana)).await.assert_shows("no office number");
    let page = act(&mut hal, &ana, "verify-caller/call-back", &[("called_back", "true")]).await;
    page.assert_shows("There is a problem").assert_hides(KNOWN);
}

#[tokio::test]
async fn t112_every_override_has_a_reason_is_recorded_and_told_to_administrators_and_the_person() {
    let app = TestApp::start().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, "global_administrator").await;
    let (mut hal, ana) = help_desk(&app).await;
    for reason in ["", " \n ", &"a".repeat(501)] {
        let page = act(&mut hal, &ana, "verify-caller/override", &[("reason", reason)]).await;
        page.assert_shows("There is a problem").assert_hides(KNOWN);
    }
    assert!(app.messages_to("boss@").await.is_empty());
    for (number, reason) in ["Seen at\nthe desk", "Seen again"].into_iter().enumerate() {
        act(&mut hal, &ana, "verify-caller/override", &[("reason", reason)]).await.assert_shows(KNOWN);
        let record = record(&app, "Verify caller").await;
        assert_eq!(record.reason, reason.replace('\n', " "));
        assert_eq!(record.actor_upn, "hal@contoso.example");
        assert!(record.details.contains("override"), "{}", record.details);
        let mails = app.messages_to("boss@").await;
        assert_eq!(mails.len(), number + 1, "every one is told");
        assert!(mails[0].text.contains(&record.reason), "{}", mails[0].text);
        assert!(mails[0].text.contains("hal@contoso.example"), "{}", mails[0].text);
        for address in ["ana@contoso.example", "ana@mail.example"] {
            let own = app.messages_to(address).await;
            let told = own.iter().filter(|mail| mail.subject.contains("about your account")).count();
            assert_eq!(told, number + 1, "{address}");
        }
    }
}

#[tokio::test]
async fn what_is_known_is_known_to_one_administrator_of_one_person_for_ten_minutes() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    let bob = app.add_user("bob").await;
    let mut other = crate::policy::signed_in(&app, "hope", "helpdesk_administrator").await;
    act(&mut hal, &ana, "verify-caller/override", &[("reason", "Seen")]).await.assert_shows(KNOWN);
    hal.get(&caller_page(&bob)).await.assert_hides(KNOWN);
    other.get(&caller_page(&ana)).await.assert_hides(KNOWN);
    app.advance(Duration::from_mins(10));
    hal.get(&caller_page(&ana)).await.assert_hides(KNOWN);
}

#[tokio::test]
async fn t112_nobody_verifies_themselves_or_who_stands_above() {
    let app = TestApp::start().await;
    let (mut hal, _) = help_desk(&app).await;
    let erin = app.add_user("erin").await;
    app.grant(&erin, "user_administrator").await;
    let mut tx = app.engine.store.read().await.unwrap();
    let own = tx.user_by_key("hal@contoso.example").await.unwrap().unwrap();
    drop(tx);
    for user in [&erin, &own] {
        assert_eq!(hal.get_raw(&caller_page(user)).await.status, 403);
        for what in ["send", "code", "call-back", "override"] {
            let reply =
                act_raw(&mut hal, user, &format!("verify-caller/{what}"), &[("reason", "I say so")]).await;
            assert_eq!(reply.status, 403, "{what}");
        }
        let refused = record(&app, "Verify caller").await;
        assert_eq!((refused.result.as_str(), &*refused.reason), ("failure", "Insufficient privileges"));
        assert_eq!(refused.target_name, user.upn);
    }
}
