//! *Registration*, *Notifications*, *Customization*, *On-premises integration*, *Administrator policy*.

use super::{address, admin, assert_refused, assert_saved, is_checked, last_record, save, save_at, stored};
use crate::support::TestApp;

#[tokio::test]
async fn r55_r56_r57_r58_registration_is_saved_within_its_range() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = browser.get(&address("registration")).await;
    assert!(is_checked(&page, "registration_required", "yes"), "R60: the default is Yes");
    assert_eq!(page.input("reconfirm_days"), "180", "R57: the default");
    for days in ["0", "180", "730", " 42 "] {
        let fields = [("registration_required", "yes"), ("reconfirm_days", days)];
        assert_saved(&save(&mut browser, "registration", &fields).await);
        assert_eq!(stored(&app).await.registration.reconfirm_days.to_string(), days.trim());
    }
    for days in ["-1", "731", "1.5", "many", "", "99999999999999999999", "1e2", "+5", "٣٠", "0x10"] {
        let fields = [("registration_required", "yes"), ("reconfirm_days", days)];
        let reply = save(&mut browser, "registration", &fields).await;
        assert_refused(&reply, "0 to 730");
        assert!(reply.body.contains("href=\"#reconfirm-days\""), "the summary links to the field");
        assert_eq!(reply.input("reconfirm_days"), days, "what was typed stays");
        assert_eq!(stored(&app).await.registration.reconfirm_days, 42);
    }
}

#[tokio::test]
async fn r24_r59_days_are_ignored_while_registration_is_not_required() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    for days in ["3", "nonsense"] {
        let fields = [("registration_required", "no"), ("reconfirm_days", days)];
        assert_saved(&save(&mut browser, "registration", &fields).await);
        let registration = stored(&app).await.registration;
        assert!(!registration.required_at_sign_in);
        assert_eq!(registration.reconfirm_days, 180);
    }
}

#[tokio::test]
async fn a_refused_form_is_shown_once() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let fields = [("registration_required", "yes"), ("reconfirm_days", "many")];
    assert_refused(&save(&mut browser, "registration", &fields).await, "0 to 730");
    let page = browser.get(&address("registration")).await;
    page.assert_hides("There is a problem");
    assert_eq!(page.input("reconfirm_days"), "180", "opened again, or discarded, it shows what is saved");
}

#[tokio::test]
async fn r187_r188_r195_notifications_are_saved() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = browser.get(&address("notifications")).await;
    assert!(is_checked(&page, "notify_users", "yes") && is_checked(&page, "notify_admins", "no"), "R195");
    for (users, admins) in [("no", "no"), ("no", "yes"), ("yes", "yes"), ("yes", "no")] {
        let fields = [("notify_users", users), ("notify_admins", admins)];
        assert_saved(&save(&mut browser, "notifications", &fields).await);
        let saved = stored(&app).await.notifications;
        assert_eq!((saved.users, saved.admins), (users == "yes", admins == "yes"));
    }
    for value in ["maybe", "", "Yes", "true"] {
        let fields = [("notify_users", "no"), ("notify_admins", value)];
        assert_refused(&save(&mut browser, "notifications", &fields).await, "Choose one of the answers");
        assert!(stored(&app).await.notifications.users, "one wrong answer saves none");
    }
}

#[tokio::test]
async fn r199_r200_r202_the_help_link_is_saved_and_shown() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    for (target, href) in [
        ("https://support.contoso.com/", "https://support.contoso.com/"),
        ("helpdesk@contoso.example", "mailto:helpdesk@contoso.example"),
    ] {
        let fields = [("helpdesk_customized", "yes"), ("helpdesk_target", target)];
        assert_saved(&save(&mut browser, "customization", &fields).await);
        assert_eq!(browser.get(&address("customization")).await.input("helpdesk_target"), target);
        let page = app.browser().get("/signin").await;
        assert!(page.body.contains(&format!("href=\"{href}\"")), "at once, without waiting for a cache");
    }
}

#[tokio::test]
async fn r201_t88_a_link_that_is_none_is_refused() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let long = format!("https://contoso.example/{}", "a".repeat(5000));
    for target in [
        "",
        "   ",
        "nonsense",
        "javascript:alert(1)",
        " java\tscript:alert(1)",
        "data:text/html,hello",
        "vbscript:x",
        "https://user@evil.example/",
        "https://",
        "//evil.example",
        "a@b.example, c@d.example",
        "mailto:x@y.example?bcc=z@y.example",
        "https://contoso.example/\u{0}",
        &long,
    ] {
        let fields = [("helpdesk_customized", "yes"), ("helpdesk_target", target)];
        let reply = save(&mut browser, "customization", &fields).await;
        assert_refused(&reply, "Enter");
        assert!(reply.body.contains("href=\"#helpdesk-target\""), "{target}");
        assert!(!stored(&app).await.helpdesk.customized, "{target}");
    }
    let fields = [("helpdesk_customized", "no"), ("helpdesk_target", "javascript:alert(1)")];
    assert_saved(&save(&mut browser, "customization", &fields).await);
    assert_eq!(stored(&app).await.helpdesk.target, "", "what belongs to Yes is ignored with No");
}

#[tokio::test]
async fn the_unlock_switch_is_saved_and_the_page_says_that_no_directory_is_connected() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let tab = "on-premises-integration";
    browser.get(&address(tab)).await.assert_shows("No directory is connected");
    assert!(stored(&app).await.unlock_allowed, "ruling 5: the default is on");
    assert_saved(&save(&mut browser, tab, &[("unlock_allowed", "no")]).await);
    assert!(!stored(&app).await.unlock_allowed);
    assert_refused(&save(&mut browser, tab, &[]).await, "Choose one of the answers");
}

#[tokio::test]
async fn r212_r213_the_administrator_policy_is_read_only_but_for_its_switch() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let path = address("administrator-policy");
    let page = browser.get(&path).await;
    page.assert_shows("2, of different kinds")
        .assert_shows("Never available")
        .assert_shows("Mobile app code");
    assert!(is_checked(&page, "administrators_enabled", "yes"), "R208");
    let forged =
        [("administrators_enabled", "no"), ("methods_required", "1"), ("methods[]", "security_questions")];
    assert_saved(&save_at(&mut browser, &path, &forged).await);
    assert!(is_checked(&browser.get(&path).await, "administrators_enabled", "no"));
    let record = last_record(&app).await;
    assert_eq!(record.result, "success");
    assert!(
        record.details.contains(r#"{"new":"no","old":"yes","property":"administrators_enabled"}"#),
        "{}",
        record.details
    );
    assert!(!record.details.contains("methods"), "T114: a field that the page does not have is nothing");
    assert_refused(
        &save_at(&mut browser, &path, &[("administrators_enabled", "1")]).await,
        "Choose one of the answers",
    );
}

#[tokio::test]
async fn r23_a_save_is_recorded_with_old_and_new_values_and_so_is_a_refused_one() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let fields = [("registration_required", "yes"), ("reconfirm_days", "41")];
    save(&mut browser, "registration", &fields).await;
    let record = last_record(&app).await;
    assert_eq!((record.result.as_str(), record.category.as_str()), ("success", "Policy"));
    assert_eq!(record.service, "Self-service Password Management");
    assert_eq!(record.actor_upn, "admin@contoso.example");
    assert_eq!(record.target_name, "registration");
    assert!(
        record.details.contains(r#"{"new":"41","old":"180","property":"reconfirm_days"}"#),
        "{}",
        record.details
    );
    let fields = [("registration_required", "yes"), ("reconfirm_days", "731")];
    save(&mut browser, "registration", &fields).await;
    let record = last_record(&app).await;
    assert_eq!(
        (record.result.as_str(), record.reason.as_str()),
        ("failure", "Enter a whole number from 0 to 730")
    );
}

#[tokio::test]
async fn t115_weaker_settings_are_mailed_to_every_global_administrator() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    save(&mut browser, "registration", &[("registration_required", "no")]).await;
    assert!(app.messages_to("admin@contoso.example").await.is_empty(), "this protects nobody less");
    save(&mut browser, "notifications", &[("notify_users", "no"), ("notify_admins", "no")]).await;
    let messages = app.messages_to("admin@contoso.example").await;
    let message = messages.first().expect("a message");
    assert!(message.text.contains("Notify users on password resets?: Yes → No"), "{}", message.text);
}

#[tokio::test]
async fn a_change_that_met_the_end_of_the_session_is_said_not_to_be_saved() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let path = address("notifications");
    let version = browser.get(&path).await.input("version");
    browser.cookies.remove(crate::support::SESSION);
    let fields = [("version", version.as_str()), ("notify_users", "no"), ("notify_admins", "yes")];
    let reply = browser.post_raw(&path, &fields).await;
    let next = "/admin/password-reset/notifications?unsaved";
    assert_eq!(reply.location(), "/signin?next=%2Fadmin%2Fpassword%2Dreset%2Fnotifications%3Funsaved");
    let reply = browser.try_sign_in_to("admin", crate::support::PASSWORD, next).await;
    assert_eq!(reply.location(), next);
    let page = browser.follow(reply).await;
    page.assert_shows("your change was not saved").assert_hides("Your changes are saved");
    assert!(stored(&app).await.notifications.users, "nothing was saved");
    let page = save(&mut browser, "notifications", &fields[1..]).await;
    assert_saved(&page);
    page.assert_hides("was not saved");
}
