//! The authentication methods policy: its list, the page of each method, its groups.

use regain_core::policy::{Include, PolicyMethod, SecondFactor};
use regain_store::AuditRecord;

use super::{
    GLOBAL, POLICY, admin, assert_refused, assert_saved, is_checked, last_record_of, post, save_at, signed_in,
};
use crate::support::{Browser, Reply, TestApp};

pub const PATH: &str = "/admin/authentication-methods-policy";
const SAVE: &str = "/admin/authentication-methods-policy/save";

pub async fn record(app: &TestApp) -> AuditRecord {
    last_record_of(app, "Authentication methods policy changes").await
}

fn line(name: &str) -> PolicyMethod {
    name.parse().unwrap()
}

/// Opens a method's page and posts its form.
async fn save(browser: &mut Browser, method: &str, fields: &[(&str, &str)]) -> Reply {
    let page = browser.get(&format!("{PATH}/{method}")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let mut all = vec![("method", method)];
    all.extend(fields);
    post(browser, SAVE, &page.input("version"), &all).await
}

#[tokio::test]
async fn r241_the_list_shows_every_method_with_its_state() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = browser.get(PATH).await;
    page.assert_shows("Pre-migration").assert_shows("Authenticator codes (OATH)").assert_shows("SMS");
    for method in PolicyMethod::all() {
        let link = format!("href=\"{PATH}/{}\"", method.as_str());
        assert!(page.body.contains(&link), "{link}");
        let page = browser.get(&format!("{PATH}/{}", method.as_str())).await;
        assert!(is_checked(&page, "reset", "no"), "off for reset: {}", method.as_str());
        let has_sign_in = page.body.contains("name=\"sign_in\"");
        assert_eq!(has_sign_in, method.method().counts_at_sign_in(), "R53: {}", method.as_str());
    }
    assert!(page.body.contains(&format!("<a href=\"{PATH}\" aria-current=\"page\"")), "it is in the menu");
    for unknown in ["mobile_phone", "security_questions", "carrier_pigeon"] {
        assert_eq!(browser.get(&format!("{PATH}/{unknown}")).await.status, 404, "{unknown}");
    }
}

#[tokio::test]
async fn a_method_is_on_for_groups_and_off_for_others_and_every_change_is_written_down() {
    let app = TestApp::start().await;
    let (field, leavers) = (app.add_group("Field", &[]).await, app.add_group("Leavers", &[]).await);
    let (field, leavers) = (field.to_string(), leavers.to_string());
    let mut browser = admin(&app).await;
    let fields = [
        ("reset", "yes"),
        ("reset_include", "selected"),
        ("reset_groups[]", field.as_str()),
        ("reset_exclude[]", leavers.as_str()),
        ("sign_in", "no"),
    ];
    let reply = save(&mut browser, "sms", &fields).await;
    assert_saved(&reply);
    reply.assert_shows("Field").assert_shows("Leavers");
    let rules = app.methods_policy().await.rules(line("sms"));
    assert!(rules.reset.on && !rules.sign_in.on);
    assert_eq!(rules.reset.include, Include::Selected(vec![field]));
    assert_eq!(rules.reset.exclude, [leavers]);
    let record = record(&app).await;
    assert_eq!((record.target_name.as_str(), record.result.as_str()), ("sms", "success"));
    assert!(
        record.details.contains(r#"{"new":"Field","old":"","property":"reset_groups"}"#),
        "groups stand by name: {}",
        record.details
    );
    assert!(record.details.contains(r#"{"new":"yes","old":"no","property":"reset"}"#), "{}", record.details);
    browser.get(PATH).await.assert_shows("1 group, except 1 group");
}

#[tokio::test]
async fn a_group_has_one_spelling_however_it_is_posted() {
    let app = TestApp::start().await;
    let group = app.add_group("Field", &[]).await.to_string();
    let mut browser = admin(&app).await;
    let loud = group.to_uppercase();
    let fields = [
        ("reset", "yes"),
        ("reset_include", "all"),
        ("reset_exclude[]", loud.as_str()),
        ("reset_exclude[]", group.as_str()),
        ("sign_in", "no"),
    ];
    assert_saved(&save(&mut browser, "sms", &fields).await);
    assert_eq!(app.methods_policy().await.rules(line("sms")).reset.exclude, [group]);
}

#[tokio::test]
async fn groups_are_picked_on_a_page_of_their_own_without_a_script() {
    let app = TestApp::start().await;
    let (field, night) = (app.add_group("Field", &[]).await, app.add_group("Night", &[]).await);
    let mut browser = admin(&app).await;
    let typed = "version=0&method=sms&reset=yes&reset_include=all&sign_in=yes&sign_in_include=all&office=";
    let picker = format!("{PATH}/sms/select-groups?{typed}&for=reset_groups");
    let page = browser.get(&picker).await;
    page.assert_shows("Select groups").assert_shows("Field").assert_shows("Night");
    assert_eq!(page.input("reset"), "yes", "what was typed goes along");
    let ticked = format!("{picker}&reset_groups%5B%5D={field}&q=Night");
    let page = browser.get(&ticked).await;
    assert!(is_checked(&page, "reset_groups[]", &field.to_string()), "a search keeps what is ticked");
    page.assert_shows("Night");
    let back = format!("{PATH}/sms?{typed}&reset_groups%5B%5D={field}&reset_groups%5B%5D={night}");
    let page = browser.get(&back).await;
    page.assert_shows("Field").assert_shows("Night").assert_shows("You have changes to save");
    assert!(!app.methods_policy().await.rules(line("sms")).reset.on, "nothing is saved by a GET");
    assert_eq!(browser.get(&format!("{PATH}/pigeon/select-groups")).await.status, 404);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_changes_nothing() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let before = app.methods_policy().await;
    let gone = "6a1f7a52-6d6d-4d0c-9d54-0b0d3cbb8a11";
    for (fields, problem) in [
        (&[("reset", "perhaps"), ("sign_in", "no")][..], "Choose one of the answers"),
        (&[("sign_in", "no")], "Choose one of the answers"),
        (&[("reset", "yes"), ("reset_include", "some"), ("sign_in", "no")], "Choose one of the answers"),
        (&[("reset", "yes"), ("reset_include", "selected"), ("sign_in", "no")], "Select at least one group"),
        (
            &[("reset", "yes"), ("reset_include", "selected"), ("reset_groups[]", gone), ("sign_in", "no")],
            "That group does not exist any more",
        ),
        (
            &[("reset", "yes"), ("reset_include", "all"), ("reset_exclude[]", "' OR 1=1"), ("sign_in", "no")],
            "That group does not exist any more",
        ),
    ] {
        let reply = save(&mut browser, "sms", fields).await;
        assert_refused(&reply, problem);
        assert_eq!(app.methods_policy().await, before, "{fields:?}");
        assert_eq!(record(&app).await.result, "failure");
    }
    // A list where one value belongs is no form of ours.
    let twice = [("method", "sms"), ("reset", "yes"), ("reset", "no")];
    assert_eq!(browser.post(SAVE, &twice).await.status, 400);
    assert_eq!(browser.post(SAVE, &[("method", "pigeon")]).await.status, 404);
    assert_eq!(app.methods_policy().await, before);
}

#[tokio::test]
async fn who_may_read_and_who_may_save() {
    let app = TestApp::start().await;
    let mut policy = signed_in(&app, "policy", POLICY).await;
    let mut global = signed_in(&app, "global", GLOBAL).await;
    for browser in [&mut policy, &mut global] {
        assert_saved(&save_at(browser, PATH, &[("second_factor", "everyone")]).await);
        assert_saved(&save_at(browser, PATH, &[("second_factor", "administrators")]).await);
    }
    for role in ["reports_reader", "helpdesk_administrator", "global_reader", "user_administrator"] {
        let mut browser = signed_in(&app, role, role).await;
        for page in ["", "/sms", "/migration", "/migration-guide", "/sms/select-groups"] {
            assert_eq!(browser.get(&format!("{PATH}{page}")).await.status, 403, "{role} {page}");
        }
        for (page, fields) in [
            ("", &[("second_factor", "nobody")][..]),
            ("/save", &[("method", "sms"), ("reset", "yes")]),
            ("/migration", &[("migration", "complete")]),
            ("/migrate", &[("chosen[]", "email"), ("office", "no")]),
        ] {
            assert_eq!(browser.post(&format!("{PATH}{page}"), fields).await.status, 403, "{role} {page}");
            assert_eq!(record(&app).await.reason, "Insufficient privileges", "{role} {page}");
        }
    }
    let saved = app.methods_policy().await;
    assert_eq!(saved.second_factor, SecondFactor::Administrators);
    let mut stranger = app.browser();
    assert!(stranger.get_raw(PATH).await.location().starts_with("/signin"));
}

#[tokio::test]
async fn t78_a_save_from_an_older_version_is_refused() {
    let app = TestApp::start().await;
    let (mut first, mut second) = (admin(&app).await, signed_in(&app, "second", POLICY).await);
    let old = second.get(PATH).await.input("version");
    assert_saved(&save_at(&mut first, PATH, &[("second_factor", "everyone")]).await);
    let reply = post(&mut second, PATH, &old, &[("second_factor", "nobody")]).await;
    assert_refused(&reply, "Somebody else changed these settings");
    reply.assert_shows("“Second factor at sign-in” is now saved as: Everyone");
    assert_eq!(app.methods_policy().await.second_factor, SecondFactor::Everyone);
}

#[tokio::test]
async fn t115_a_weaker_second_factor_is_mailed_to_every_global_administrator() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    assert_saved(&save_at(&mut browser, PATH, &[("second_factor", "everyone")]).await);
    assert!(app.messages_to("admin@contoso.example").await.is_empty(), "this protects nobody less");
    assert_saved(&save_at(&mut browser, PATH, &[("second_factor", "nobody")]).await);
    let messages = app.messages_to("admin@contoso.example").await;
    assert!(messages[0].text.contains("Second factor at sign-in: Everyone → Nobody"), "{}", messages[0].text);
}

#[tokio::test]
async fn where_a_reset_ends_is_a_setting_like_the_others() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = browser.get(PATH).await;
    page.assert_shows("Choose the new password on the device that approved");
    assert_eq!(app.methods_policy().await.finish_on_device, SecondFactor::Administrators);
    // What is not sent stays.
    assert_saved(&save_at(&mut browser, PATH, &[("finish_on_device", "everyone")]).await);
    let saved = app.methods_policy().await;
    assert_eq!(
        (saved.finish_on_device, saved.second_factor),
        (SecondFactor::Everyone, SecondFactor::Administrators)
    );
    assert_eq!(record(&app).await.result, "success");
    let reply = save_at(&mut browser, PATH, &[("finish_on_device", "somebody")]).await;
    assert_refused(&reply, "Choose one of the answers");
    let old = browser.get(PATH).await.input("version");
    assert_saved(&save_at(&mut browser, PATH, &[("finish_on_device", "nobody")]).await);
    let reply = post(&mut browser, PATH, &old, &[("finish_on_device", "administrators")]).await;
    assert_refused(&reply, "is now saved as: Nobody");
    let messages = app.messages_to("admin@contoso.example").await;
    let weaker = "Choose the new password on the device that approved: Everyone → Nobody";
    assert!(messages[0].text.contains(weaker), "{}", messages[0].text);
}

#[tokio::test]
async fn the_hold_after_a_reset_is_0_to_72_hours() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    browser.get(PATH).await.assert_shows("Hours after a reset in which methods stay as they are");
    assert_eq!(app.methods_policy().await.hold_hours, 24);
    for hours in ["0", "72"] {
        assert_saved(&save_at(&mut browser, PATH, &[("hold_hours", hours)]).await);
        assert_eq!(app.methods_policy().await.hold_hours.to_string(), hours);
    }
    for wrong in ["73", "-1", "one", "1.5"] {
        let reply = save_at(&mut browser, PATH, &[("hold_hours", wrong)]).await;
        assert_refused(&reply, "Enter a whole number from 0 to 72");
    }
    let messages = app.messages_to("admin@contoso.example").await;
    assert!(messages[0].text.contains("stay as they are: 24 → 0"), "{}", messages[0].text);
}

#[tokio::test]
async fn a_second_factor_that_nobody_can_show_is_refused() {
    let app = TestApp::start().await;
    app.set_methods_policy(|policy| {
        policy.second_factor = SecondFactor::Nobody;
        for method in PolicyMethod::all() {
            let mut rules = policy.rules(method);
            rules.sign_in.on = false;
            policy.set_rules(method, rules);
        }
    })
    .await;
    let mut browser = admin(&app).await;
    let reply = save_at(&mut browser, PATH, &[("second_factor", "everyone")]).await;
    assert_refused(&reply, "Sign-in demands a second factor");
    let on = [("reset", "no"), ("sign_in", "yes"), ("sign_in_include", "all")];
    assert_saved(&save(&mut browser, "app_code", &on).await);
    assert_saved(&save_at(&mut browser, PATH, &[("second_factor", "everyone")]).await);
    let reply = save(&mut browser, "app_code", &[("reset", "no"), ("sign_in", "no")]).await;
    assert_refused(&reply, "Sign-in demands a second factor");
}

#[tokio::test]
async fn a_group_that_rules_name_is_told_where_groups_are() {
    let app = TestApp::start().await;
    let group = app.add_group("Field", &[]).await;
    app.set_methods_policy(|policy| {
        let mut rules = policy.rules(line("sms"));
        rules.reset.exclude = vec![group.to_string()];
        policy.set_rules(line("sms"), rules);
    })
    .await;
    let mut browser = admin(&app).await;
    browser.get("/admin/groups").await.assert_shows("Authentication methods policy");
    let page = browser.get(&format!("/admin/groups/{group}/delete")).await;
    page.assert_shows("Rules of the authentication methods policy name this group");
}
