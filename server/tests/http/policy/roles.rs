//! Who may see and save what.

use regain_core::method::Method;
use regain_core::policy::{Question, ResetPolicy};

use super::{GLOBAL, POLICY, address, assert_saved, last_record, post, save, signed_in, stored};
use crate::support::TestApp;

const TABS: [&str; 5] =
    ["properties", "authentication-methods", "registration", "notifications", "customization"];
const PAGES: [&str; 4] =
    ["security-questions", "select-group", "on-premises-integration", "administrator-policy"];

/// A form that each page would save, if it may.
fn form(page: &str) -> Vec<(&'static str, &'static str)> {
    match page {
        "properties" => vec![("scope", "all"), ("explain", "never")],
        "authentication-methods" => vec![("methods_required", "1"), ("methods[]", "email")],
        "registration" => vec![("registration_required", "no")],
        "notifications" => vec![("notify_users", "no"), ("notify_admins", "yes")],
        "customization" => vec![("helpdesk_customized", "yes"), ("helpdesk_target", "help@contoso.example")],
        "on-premises-integration" => vec![("unlock_allowed", "no")],
        "administrator-policy" => vec![("administrators_enabled", "no")],
        _ => vec![("questions[]", "first-pet")],
    }
}

/// Another form of each page that an Authentication Policy Administrator may save, so that a second save shows.
fn other(page: &str) -> Vec<(&'static str, &'static str)> {
    match page {
        "properties" => vec![("scope", "none"), ("explain", "always")],
        "authentication-methods" => {
            vec![("methods_required", "2"), ("methods[]", "email"), ("methods[]", "app_code")]
        }
        "registration" => vec![("registration_required", "yes"), ("reconfirm_days", "90")],
        "notifications" => vec![("notify_users", "yes"), ("notify_admins", "no")],
        "customization" => {
            vec![("helpdesk_customized", "yes"), ("helpdesk_target", "https://help.contoso.example/")]
        }
        _ => vec![("questions[]", "first-car"), ("questions[]", "first-film")],
    }
}

/// What a page's form leaves in the policy.
fn saved(policy: &ResetPolicy, page: &str) -> String {
    match page {
        "properties" => format!("{:?} {:?}", policy.scope, policy.explain),
        "authentication-methods" => {
            let methods: Vec<_> = policy.methods.iter().map(Method::as_str).collect();
            format!("{} {}", policy.methods_required.count(), methods.join(" "))
        }
        // The days count only while registration is required.
        "registration" if !policy.registration.required_at_sign_in => "not required".to_owned(),
        "registration" => format!("required, {} days", policy.registration.reconfirm_days),
        "notifications" => format!("{} {}", policy.notifications.users, policy.notifications.admins),
        "customization" => format!("{} {}", policy.helpdesk.customized, policy.helpdesk.target),
        _ => {
            let chosen: Vec<_> = policy.questions.chosen.iter().map(Question::id).collect();
            chosen.join(" ")
        }
    }
}

#[tokio::test]
async fn r16_r17_what_either_of_the_two_roles_saves_is_stored() {
    let app = TestApp::start().await;
    let mut global = signed_in(&app, "global", GLOBAL).await;
    let mut policy = signed_in(&app, "policy", POLICY).await;
    for (page, first, second) in [
        ("properties", "All Never", "None Always"),
        ("authentication-methods", "1 email", "2 app_code email"),
        ("registration", "not required", "required, 90 days"),
        ("notifications", "false true", "true false"),
        ("customization", "true help@contoso.example", "true https://help.contoso.example/"),
        ("security-questions", "first-pet", "first-car first-film"),
    ] {
        for (browser, actor) in [(&mut policy, "policy"), (&mut global, "global")] {
            for (form, expected) in [(form(page), first), (other(page), second)] {
                assert_saved(&save(browser, page, &form).await);
                assert_eq!(saved(&stored(&app).await, page), expected);
                let record = last_record(&app).await;
                assert_eq!((record.actor_name.as_str(), record.target_name.as_str()), (actor, page));
            }
        }
    }
}

#[tokio::test]
async fn r18_who_may_save_which_tab() {
    let app = TestApp::start().await;
    let mut global = signed_in(&app, "global", GLOBAL).await;
    let mut policy = signed_in(&app, "policy", POLICY).await;
    for page in ["on-premises-integration", "administrator-policy"] {
        let shown = policy.get(&address(page)).await;
        assert_eq!(shown.status, 200, "it may be read");
        shown.assert_shows("Your roles do not let you change them").assert_hides("Discard");
        let version = global.get(&address(page)).await.input("version");
        let reply = post(&mut policy, &address(page), &version, &form(page)).await;
        assert_eq!(reply.status, 403, "{page}");
        let record = last_record(&app).await;
        assert_eq!((record.result.as_str(), record.reason.as_str()), ("failure", "Insufficient privileges"));
        assert_eq!(
            (record.actor_upn.as_str(), record.target_name.as_str()),
            ("policy@contoso.example", page)
        );
        assert_saved(&save(&mut global, page, &form(page)).await);
    }
}

#[tokio::test]
async fn r19_r20_r21_every_other_role_sees_no_tab_and_saves_none() {
    let app = TestApp::start().await;
    for role in [
        "reports_reader",
        "helpdesk_administrator",
        "user_administrator",
        "global_reader",
        "security_administrator",
    ] {
        let mut browser = signed_in(&app, role, role).await;
        assert_eq!(browser.get("/admin").await.status, 200, "everybody with a role has an overview");
        for page in TABS.iter().chain(&PAGES) {
            let reply = browser.get(&address(page)).await;
            assert_eq!(reply.status, 403, "{role} {page}");
            reply.assert_shows("You cannot open this page");
            if *page != "select-group" {
                assert_eq!(
                    post(&mut browser, &address(page), "0", &form(page)).await.status,
                    403,
                    "{role} {page}"
                );
                assert_eq!(last_record(&app).await.reason, "Insufficient privileges", "R23: {role} {page}");
            }
        }
        assert_eq!(browser.get("/admin/branding").await.status, 403);
        assert_eq!(browser.get("/admin/password-protection").await.status, 403);
    }
    assert_eq!(stored(&app).await, regain_core::policy::ResetPolicy::default());
}

#[tokio::test]
async fn r19_nobody_gets_in_without_a_role_or_without_signing_in() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut ana = app.browser();
    ana.sign_in("ana").await;
    let mut stranger = app.browser();
    let pages = TABS.iter().chain(&PAGES).map(|page| address(page));
    for path in pages.chain(["/admin", "/admin/branding", "/admin/password-protection"].map(str::to_owned)) {
        assert_eq!(ana.get(&path).await.status, 403, "{path}");
        let reply = stranger.get_raw(&path).await;
        assert_eq!(reply.status, 303, "{path}");
        assert!(reply.location().starts_with("/signin?next="), "{path}: {}", reply.location());
        let reply = stranger.post_raw(&path, &form("registration")).await;
        assert!(
            reply.status == 303 && reply.location().starts_with("/signin") || reply.status == 405,
            "{path}"
        );
    }
    assert_eq!(stored(&app).await, regain_core::policy::ResetPolicy::default());
}

#[tokio::test]
async fn the_portal_needs_a_second_factor_outside_demo_mode() {
    let app = TestApp::start_strict().await;
    let user = app.add_user("admin").await;
    app.grant(&user, GLOBAL).await;
    app.add_email(&user, "admin@mail.example").await;
    let mut browser = app.browser();
    browser.try_sign_in("admin", crate::support::PASSWORD).await;
    for path in ["/admin", "/admin/password-reset/properties", "/admin/branding"] {
        let reply = browser.get_raw(path).await;
        assert_eq!(reply.status, 303, "{path}");
        assert!(!reply.location().starts_with("/admin"), "{path}: {}", reply.location());
    }
    let reply = browser.post_raw("/admin/password-reset/properties", &form("properties")).await;
    assert_ne!(reply.location(), "/admin/password-reset/properties?saved");
    assert_eq!(stored(&app).await, regain_core::policy::ResetPolicy::default());
}

#[tokio::test]
async fn t98_only_a_post_saves() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app, "admin", GLOBAL).await;
    let version = browser.get(&address("registration")).await.input("version");
    for query in [
        format!("?version={version}&registration_required=no"),
        format!("?version={version}&registration_required=no&_method=post"),
    ] {
        browser.get(&format!("{}{query}", address("registration"))).await;
        assert!(stored(&app).await.registration.required_at_sign_in);
    }
}
