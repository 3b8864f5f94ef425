//! R242 to R248: from the check boxes to the authentication methods policy, and back.

use regain_core::method::{Method, MethodSet};
use regain_core::policy::{Include, Migration, PolicyMethod, Scope};
use regain_store::User;

use super::authentication_methods::{PATH, record};
use super::{
    address, admin, assert_refused, assert_saved, is_checked, post, save, save_at, stored, strong_admin,
    texting,
};
use crate::support::{Browser, Reply, TestApp};

const EMAIL_AND_PHONE: MethodSet = MethodSet::of(&[Method::Email, Method::MobilePhone]);

fn line(name: &str) -> PolicyMethod {
    name.parse().unwrap()
}

async fn go_to(browser: &mut Browser, state: &str, reason: &str) -> Reply {
    let fields = [("migration", state), ("reason", reason)];
    save_at(browser, &format!("{PATH}/migration"), &fields).await
}

/// Turns methods on for everybody at reset.
async fn turn_on(app: &TestApp, migration: Migration, names: &[&str]) {
    app.set_methods_policy(|policy| {
        policy.migration = migration;
        for name in names {
            let mut rules = policy.rules(line(name));
            rules.reset.on = true;
            policy.set_rules(line(name), rules);
        }
    })
    .await;
}

/// Somebody with an app, an address and a phone; the policy ticks address and phone.
async fn ana(app: &TestApp) -> User {
    let ana = app.add_user("ana").await;
    app.add_app(&ana).await;
    app.add_email(&ana, "ana@home.example").await;
    app.add_phone(&ana, "+37120123456").await;
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods = EMAIL_AND_PHONE;
    })
    .await;
    ana
}

/// The methods that this person can reset with.
async fn usable(app: &TestApp, user: &User) -> MethodSet {
    let mut tx = app.engine.store.read().await.unwrap();
    let person = regain_server::person::Person::load(&app.engine, &mut *tx, user.id).await.unwrap().unwrap();
    person.usable_factors().iter().map(|factor| factor.method).collect()
}

#[tokio::test]
async fn r242_r243_r244_each_state_counts_what_it_says() {
    let app = TestApp::start().await;
    let ana = ana(&app).await;
    turn_on(&app, Migration::PreMigration, &["app_code", "sms"]).await;
    assert_eq!(usable(&app, &ana).await, EMAIL_AND_PHONE);
    turn_on(&app, Migration::InProgress, &[]).await;
    assert_eq!(usable(&app, &ana).await, EMAIL_AND_PHONE.with(Method::AppCode));
    turn_on(&app, Migration::Complete, &[]).await;
    assert_eq!(usable(&app, &ana).await, MethodSet::of(&[Method::AppCode, Method::MobilePhone]));
}

#[tokio::test]
async fn r34_r35_a_method_that_is_turned_off_disappears_at_once_and_comes_back_with_its_data() {
    let app = TestApp::start().await;
    let ana = ana(&app).await;
    turn_on(&app, Migration::Complete, &["app_code", "sms", "email"]).await;
    let all = EMAIL_AND_PHONE.with(Method::AppCode);
    assert_eq!(usable(&app, &ana).await, all);
    let off = |on: bool| {
        move |policy: &mut regain_core::policy::AuthenticationMethodsPolicy| {
            let mut rules = policy.rules(line("sms"));
            rules.reset.on = on;
            policy.set_rules(line("sms"), rules);
        }
    };
    app.set_methods_policy(off(false)).await;
    assert_eq!(usable(&app, &ana).await, all.without(Method::MobilePhone));
    let bob = app.add_user("bob").await;
    let mut browser = app.session(&bob).await;
    let offers = browser.get("/register/method").await.body;
    assert!(offers.contains("value=\"email\"") && !offers.contains("value=\"mobile_phone\""), "{offers}");
    app.set_methods_policy(off(true)).await;
    assert!(browser.get("/register/method").await.body.contains("value=\"mobile_phone\""));
    assert_eq!(usable(&app, &ana).await, all);
}

#[tokio::test]
async fn include_and_exclude_hold_for_nested_groups_too() {
    let app = TestApp::start().await;
    let ana = ana(&app).await;
    let bob = app.add_user("bob").await;
    app.add_phone(&bob, "+37120999999").await;
    let (outer, inner) = (app.add_group("outer", &[]).await, app.add_group("inner", &[&ana]).await);
    let mut tx = app.engine.store.write().await.unwrap();
    tx.add_member(outer, regain_store::GroupMember::Group(inner)).await.unwrap();
    tx.commit().await.unwrap();
    turn_on(&app, Migration::Complete, &["app_code", "sms", "email"]).await;
    app.set_methods_policy(|policy| {
        let mut rules = policy.rules(line("sms"));
        rules.reset.include = Include::Selected(vec![outer.to_string()]);
        policy.set_rules(line("sms"), rules);
    })
    .await;
    assert!(usable(&app, &ana).await.contains(Method::MobilePhone), "through the nested group");
    assert!(usable(&app, &bob).await.is_empty());
    app.set_methods_policy(|policy| {
        let mut rules = policy.rules(line("sms"));
        rules.reset.exclude = vec![inner.to_string()];
        policy.set_rules(line("sms"), rules);
    })
    .await;
    assert!(!usable(&app, &ana).await.contains(Method::MobilePhone), "an exclusion wins");
}

#[tokio::test]
async fn r245_the_old_tab_links_here_in_every_state_and_is_read_only_in_complete() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    for state in Migration::ALL {
        turn_on(&app, *state, &["email", "sms"]).await;
        let page = browser.get(&address("authentication-methods")).await;
        assert!(page.body.contains(&format!("href=\"{PATH}\">Authentication methods policy")), "{state}");
    }
    let page = browser.get(&address("authentication-methods")).await;
    for method in PolicyMethod::BOXES.iter() {
        let value = format!("value=\"{method}\"");
        let tag = page.body.split('<').find(|tag| tag.contains("name=\"methods[]\"") && tag.contains(&value));
        let fixed = tag.expect("a box").contains("disabled");
        assert_eq!(fixed, method != Method::SecurityQuestions, "{method}");
    }
    // The server refuses, too: a browser posts none of these boxes.
    let forged = [("methods_required", "2"), ("methods[]", "app_code"), ("methods[]", "email")];
    let reply = save(&mut browser, "authentication-methods", &forged).await;
    assert_refused(&reply, "these boxes cannot be changed here");
    assert_eq!(stored(&app).await.methods, EMAIL_AND_PHONE);
    // The number of methods stays here (R244).
    assert_saved(&save(&mut browser, "authentication-methods", &[("methods_required", "1")]).await);
    let saved = stored(&app).await;
    assert_eq!((saved.methods, saved.methods_required.as_str()), (EMAIL_AND_PHONE, "1"), "the boxes keep");
}

#[tokio::test]
async fn r247_the_way_back_from_complete_asks_for_a_reason_which_is_written_down() {
    let app = TestApp::start().await;
    turn_on(&app, Migration::InProgress, &["email", "sms"]).await;
    let mut browser = admin(&app).await;
    browser.get(&format!("{PATH}/migration")).await.assert_hides("Needed to leave");
    assert_saved(&go_to(&mut browser, "complete", "").await);
    browser.get(&format!("{PATH}/migration")).await.assert_shows("Needed to leave");
    for (reason, problem) in [
        ("", "Enter why"),
        ("   ", "Enter why"),
        (&"x".repeat(201), "at most 200"),
        ("a\nb", "without line breaks"),
    ] {
        assert_refused(&go_to(&mut browser, "in_progress", reason).await, problem);
        assert_eq!(app.methods_policy().await.migration, Migration::Complete);
    }
    assert_saved(&go_to(&mut browser, "in_progress", "Phones were missing").await);
    let record = record(&app).await;
    assert_eq!(record.reason, "Phones were missing");
    assert!(
        record.details.contains(r#"{"new":"in_progress","old":"complete","property":"migration"}"#),
        "{}",
        record.details
    );
    assert_saved(&go_to(&mut browser, "pre_migration", "").await);
    assert_refused(&go_to(&mut browser, "post_migration", "").await, "Choose one of the answers");
}

#[tokio::test]
async fn r246_who_began_in_progress_cannot_go_to_pre_migration() {
    let app = TestApp::start().await;
    turn_on(&app, Migration::InProgress, &["email", "sms"]).await;
    app.set_methods_policy(|policy| policy.began = Migration::InProgress).await;
    let mut browser = admin(&app).await;
    browser.get(&format!("{PATH}/migration")).await.assert_shows("there is no way back to this");
    let reply = go_to(&mut browser, "pre_migration", "").await;
    assert_refused(&reply, "cannot go to Pre-migration");
    assert_eq!(app.methods_policy().await.migration, Migration::InProgress);
    assert_saved(&go_to(&mut browser, "complete", "").await);
    assert_refused(&go_to(&mut browser, "pre_migration", "because").await, "cannot go to Pre-migration");
    assert_saved(&go_to(&mut browser, "in_progress", "because").await);
}

#[tokio::test]
async fn a_state_in_which_nobody_could_reset_is_refused() {
    let app = texting().await;
    let mut browser = strong_admin(&app).await;
    let reply = go_to(&mut browser, "complete", "").await;
    assert_refused(&reply, "Then nobody would have a method to reset with");
    turn_on(&app, Migration::PreMigration, &["email"]).await;
    assert_refused(&go_to(&mut browser, "complete", "").await, "would be of one kind");
    // Calls are on, and nothing here can call.
    turn_on(&app, Migration::PreMigration, &["email", "voice"]).await;
    assert_refused(
        &go_to(&mut browser, "complete", "").await,
        "only one kind of those that remain is set up",
    );
    turn_on(&app, Migration::PreMigration, &["sms"]).await;
    assert_saved(&go_to(&mut browser, "complete", "").await);
    let page = browser.get(&format!("{PATH}/sms")).await;
    let off = [("method", "sms"), ("reset", "no"), ("sign_in", "no")];
    let reply = post(&mut browser, &format!("{PATH}/save"), &page.input("version"), &off).await;
    assert_refused(&reply, "only one kind of those that remain is set up");
    assert!(app.methods_policy().await.rules(line("sms")).reset.on);
}

#[tokio::test]
async fn r248_the_guide_proposes_the_union_and_migrates_after_a_question() {
    let app = TestApp::start().await;
    let ana = ana(&app).await;
    turn_on(&app, Migration::PreMigration, &["app_code"]).await;
    let mut browser = admin(&app).await;
    let guide = browser.get(&format!("{PATH}/migration-guide")).await;
    for (name, proposed) in
        [("sms", true), ("voice", true), ("email", true), ("app_code", true), ("app_notification", false)]
    {
        assert_eq!(is_checked(&guide, "chosen[]", name), proposed, "{name}");
    }
    assert!(is_checked(&guide, "office", "no"));
    let version = guide.input("version");
    let query =
        format!("version={version}&chosen%5B%5D=sms&chosen%5B%5D=email&chosen%5B%5D=app_code&office=no");
    let confirm = browser.get(&format!("{PATH}/migration-guide/confirm?{query}")).await;
    confirm.assert_shows("Complete the migration?").assert_shows("Voice call");
    assert_eq!(app.methods_policy().await.migration, Migration::PreMigration, "a GET changes nothing");
    assert_eq!(confirm.input("version"), version);
    let chosen = [("chosen[]", "sms"), ("chosen[]", "email"), ("chosen[]", "app_code"), ("office", "no")];
    let reply = post(&mut browser, &format!("{PATH}/migrate"), &version, &chosen).await;
    assert_saved(&reply);
    let policy = app.methods_policy().await;
    assert_eq!(policy.migration, Migration::Complete);
    assert!(!policy.rules(line("voice")).reset.on);
    assert_eq!(usable(&app, &ana).await, EMAIL_AND_PHONE.with(Method::AppCode));
    let details = record(&app).await.details;
    assert!(
        details.contains("\"property\":\"chosen\"") && details.contains("\"old\":\"pre_migration\""),
        "{details}"
    );
    // Twice is once: the form is out of date.
    let again = [("chosen[]", "email"), ("office", "no")];
    let reply = post(&mut browser, &format!("{PATH}/migrate"), &version, &again).await;
    assert_refused(&reply, "Somebody else changed these settings");
}

#[tokio::test]
async fn the_guide_refuses_what_cannot_be_met_or_read() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let version = browser.get(&format!("{PATH}/migration-guide")).await.input("version");
    for (fields, problem) in [
        (&[("office", "no")][..], "Then nobody would have a method to reset with"),
        (&[("chosen[]", "email"), ("office", "no")], "would be of one kind"),
        (&[("chosen[]", "pigeon"), ("office", "no")], "Choose one of the answers"),
        (&[("chosen[]", "email"), ("chosen[]", "sms")], "Choose one of the answers"),
    ] {
        let reply = post(&mut browser, &format!("{PATH}/migrate"), &version, fields).await;
        assert_refused(&reply, problem);
        reply.assert_shows("Migration guide");
        assert_eq!(app.methods_policy().await.migration, Migration::PreMigration);
    }
}

#[tokio::test]
async fn the_reset_page_offers_what_both_policies_leave() {
    let app = TestApp::start().await;
    ana(&app).await;
    turn_on(&app, Migration::Complete, &["app_code", "email"]).await;
    let (_, page) = crate::reset::walk::Walk::to_methods(&app, "ana@contoso.example").await;
    page.assert_shows("Enter a code from my authenticator app").assert_hides("Text my mobile phone");
}
