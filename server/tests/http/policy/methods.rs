//! *Authentication methods*.

use regain_core::method::{Method, MethodSet};
use regain_core::policy::{MethodsRequired, PolicyMethod};

use super::{address, admin, assert_refused, assert_saved, is_checked, save, stored, strong_admin, texting};
use crate::support::{Browser, Reply, TestApp};

const TAB: &str = "authentication-methods";

async fn choose(browser: &mut Browser, number: &str, methods: &[&str]) -> Reply {
    let mut fields = vec![("methods_required", number)];
    fields.extend(methods.iter().map(|method| ("methods[]", *method)));
    save(browser, TAB, &fields).await
}

#[tokio::test]
async fn r25_r27_r28_the_number_and_six_methods_are_offered_and_saved() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = browser.get(&address(TAB)).await;
    assert!(is_checked(&page, "methods_required", "2"), "ruling 1");
    for method in PolicyMethod::BOXES.iter() {
        let default = matches!(method, Method::Email | Method::MobilePhone);
        assert_eq!(is_checked(&page, "methods[]", method.as_str()), default, "R28: {method}");
    }
    page.assert_hides("No authenticator is set up for notifications yet");
    let four = ["app_notification", "app_code", "email", "mobile_phone"];
    assert_saved(&choose(&mut browser, "2", &four).await);
    let saved = stored(&app).await;
    assert_eq!(saved.methods.len(), 4);
    assert_saved(&choose(&mut browser, "1", &["email"]).await);
    let saved = stored(&app).await;
    assert_eq!(
        (saved.methods_required, saved.methods),
        (MethodsRequired::One, MethodSet::of(&[Method::Email]))
    );
}

#[tokio::test]
async fn r26_any_other_number_or_method_is_refused() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    for number in ["0", "3", "-1", "two", "", "01"] {
        assert_refused(
            &choose(&mut browser, number, &["email", "mobile_phone"]).await,
            "Choose one of the answers",
        );
    }
    assert_refused(
        &choose(&mut browser, "2", &["email", "carrier_pigeon"]).await,
        "Choose one of the answers",
    );
    assert_eq!(stored(&app).await.methods, MethodSet::of(&[Method::Email, Method::MobilePhone]));
}

#[tokio::test]
async fn r29_r30_r31_r32_what_cannot_prove_anybody_is_refused() {
    let app = texting().await;
    let mut browser = strong_admin(&app).await;
    for (number, methods, problem) in [
        ("2", &[][..], "Tick at least one method"),
        ("1", &[], "Tick at least one method"),
        ("1", &["app_notification"], "An app cannot be the only method"),
        ("1", &["app_code"], "An app cannot be the only method"),
        ("1", &["app_code", "app_notification"], "An app cannot be the only method"),
        ("1", &["security_questions"], "Security questions cannot be the only method"),
        (
            "1",
            &["app_notification", "security_questions"],
            "neither notifications nor security questions count",
        ),
        ("2", &["email"], "these are of one kind"),
        ("2", &["app_code", "app_notification"], "these are of one kind"),
        ("2", &["app_notification", "office_phone"], "only one of these kinds is set up"),
    ] {
        let reply = choose(&mut browser, number, methods).await;
        assert_refused(&reply, problem);
        assert!(reply.body.contains("href=\"#methods\""), "the summary links to the group");
        for method in methods {
            assert!(is_checked(&reply, "methods[]", method), "what was ticked stays");
        }
        let saved = stored(&app).await;
        assert_eq!(saved.methods, MethodSet::of(&[Method::Email, Method::MobilePhone]), "{methods:?}");
        assert_eq!(saved.methods_required, MethodsRequired::Two);
    }
}

#[tokio::test]
async fn r24_r38_numbers_of_questions_count_only_while_questions_are_ticked() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let fields = [
        ("methods_required", "2"),
        ("methods[]", "email"),
        ("methods[]", "mobile_phone"),
        ("questions_to_register", "nonsense"),
        ("questions_to_reset", "9"),
    ];
    assert_saved(&save(&mut browser, TAB, &fields).await);
    let saved = stored(&app).await.questions;
    assert_eq!((saved.to_register, saved.to_reset), (5, 3), "R39: the defaults stay");
}

#[tokio::test]
async fn a_repeated_field_is_told_on_a_page_and_changes_nothing() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let fields = [("methods_required", "1"), ("methods_required", "2"), ("methods[]", "email")];
    let reply = save(&mut browser, TAB, &fields).await;
    assert_eq!(reply.status, 400);
    reply.assert_shows("We could not read that form");
    assert_eq!(stored(&app).await.methods.len(), 2);
}
