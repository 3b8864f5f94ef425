//! Contact data that an administrator enters.

use regain_core::method::{Method, MethodSet};
use regain_core::policy::{MethodsRequired, Scope};
use regain_core::time::Duration;
use regain_store::User;

use super::{act, act_and_see, page_of, record_of, user_of};
use crate::policy::{admin, signed_in};
use crate::register::phones::can_reset;
use crate::reset::walk::{NEW, Walk};
use crate::support::{Browser, Reply, TestApp};

/// Posts the form of names and contact data; everything that is not named stays empty but the display name.
async fn save(browser: &mut Browser, user: &User, fields: &[(&str, &str)]) -> Reply {
    let mut all = vec![("display_name", user.display_name.as_str())];
    all.extend(fields);
    act_and_see(browser, user, "save", &all).await
}

#[tokio::test]
async fn r94_phones_and_alternate_email_are_set_and_written_down_masked() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = admin(&app).await;
    let fields = [
        ("mobile_phone", "+1 4255550123"),
        ("office_phone", "+371 67000000"),
        ("alternate_email", "ana@mail.example"),
    ];
    save(&mut browser, &ana, &fields).await.assert_shows("Your changes are saved");
    let stored = user_of(&app, &ana).await.unwrap();
    assert_eq!(stored.mobile_phone.as_deref(), Some("+1 4255550123"));
    assert_eq!(stored.office_phone.as_deref(), Some("+371 67000000"));
    assert_eq!(stored.alternate_email.as_deref(), Some("ana@mail.example"));
    let page = browser.get(&page_of(&ana)).await;
    for (name, value) in fields {
        assert_eq!(page.input(name), value);
    }
    let record = record_of(&app, "Admin updated security info").await.unwrap();
    assert_eq!((record.result.as_str(), record.actor_upn.as_str()), ("success", "admin@contoso.example"));
    assert_eq!(record.target_name, "ana@contoso.example");
    for secret in ["4255550123", "67000000", "ana@mail.example"] {
        assert!(!record.details.contains(secret), "R100: {}", record.details);
    }
    // Taken away again, they are gone.
    save(&mut browser, &ana, &[]).await.assert_shows("Your changes are saved");
    let stored = user_of(&app, &ana).await.unwrap();
    assert_eq!((stored.mobile_phone, stored.office_phone, stored.alternate_email), (None, None, None));
}

#[tokio::test]
async fn an_office_phone_keeps_its_extension_and_a_spelling_is_evened_out() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = admin(&app).await;
    let fields = [
        ("office_phone", "tel:+44 (0)20 7946 0123 ext. 0१२"),
        ("mobile_phone", "\u{202A}+٣٧١ ٢٠٠٠٠٠٠١\u{202C} x9"),
    ];
    save(&mut browser, &ana, &fields).await.assert_shows("Your changes are saved");
    let page = browser.get(&page_of(&ana)).await;
    assert_eq!(page.input("office_phone"), "+44 2079460123 x012");
    assert_eq!(page.input("mobile_phone"), "+371 20000001", "nobody dials an extension behind a mobile");
    // What the form shows is what it takes.
    let shown = [("office_phone", "+44 2079460123 x012"), ("mobile_phone", "+371 20000001")];
    save(&mut browser, &ana, &shown).await.assert_shows("Your changes are saved");
    let stored = user_of(&app, &ana).await.unwrap();
    assert_eq!(stored.office_phone.as_deref(), Some("+44 2079460123 x012"));
}

#[tokio::test]
async fn r97_malformed_data_is_refused_at_its_field_and_changes_nothing() {
    let app = TestApp::start().await;
    let mut ana = app.add_user("ana").await;
    ana.mobile_phone = Some("+1 4255550100".to_owned());
    app.save(&ana).await;
    let mut browser = admin(&app).await;
    let phone = "Enter the number with a plus, the country code, a space and the rest";
    let email = "Enter one email address";
    for (name, label, values, problem) in [
        ("mobile_phone", "Mobile phone", ["+14255550123", "425 555 0123", "+1 425", "+999 12345678"], phone),
        ("office_phone", "Office phone", ["+37167000000", "67000000", "office", "+ 371 67000000"], phone),
        (
            "alternate_email",
            "Alternate email",
            ["ana", "a@b@mail.example", "a@mail.example,b@m.example", "a@b"],
            email,
        ),
    ] {
        for value in values {
            let page = save(&mut browser, &ana, &[("first_name", "Anastasia"), (name, value)]).await;
            page.assert_shows("There is a problem").assert_shows(label).assert_shows(problem);
            let anchor = format!("href=\"#{}\"", name.replace('_', "-"));
            assert!(page.body.contains(&anchor), "{anchor} {value}");
            assert_eq!(page.input(name), value, "what was typed stays");
            assert_eq!(page.input("first_name"), "Anastasia", "all of it");
            let stored = user_of(&app, &ana).await.unwrap();
            assert_eq!(stored, ana, "{name} {value}");
        }
    }
    assert_eq!(record_of(&app, "Admin updated security info").await, None);
}

#[tokio::test]
async fn r94_who_may_set_methods_only_leaves_names_as_they_are() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = signed_in(&app, "authie", "authentication_administrator").await;
    let fields = [
        ("display_name", "Somebody Else"),
        ("mail", "else@contoso.example"),
        ("mobile_phone", "+1 4255550123"),
    ];
    act_and_see(&mut browser, &ana, "save", &fields).await.assert_shows("Your changes are saved");
    let stored = user_of(&app, &ana).await.unwrap();
    assert_eq!((stored.display_name.as_str(), &stored.mail), ("ana", &ana.mail));
    assert_eq!(stored.mobile_phone.as_deref(), Some("+1 4255550123"));
}

#[tokio::test]
async fn r51_an_administrator_has_no_form_for_questions_and_answers() {
    let app = TestApp::start().await;
    app.questions_policy().await;
    let ana = app.add_user("ana").await;
    let answer = regain_store::Answer {
        user_id: ana.id,
        question: "first-pet".to_owned(),
        verifier: "verifier of ana".to_owned(),
        folding: 2,
    };
    let mut tx = app.engine.store.write().await.unwrap();
    tx.set_answers(ana.id, std::slice::from_ref(&answer)).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = admin(&app).await;
    let page = browser.get(&page_of(&ana)).await;
    page.assert_shows("Security questions");
    assert!(!page.body.contains("name=\"answer") && !page.body.contains("name=\"question"));
    assert!(!page.body.contains("first-pet") && !page.body.contains("verifier"));
    let id = ana.id.to_string();
    let mut fields = vec![("id", id.as_str()), ("user_id", &id), ("username", "ana@contoso.example")];
    for field in ["question_0", "question_1", "question_2", "question_3", "question_4"] {
        fields.push((
            field,
            ["first-pet", "first-car", "first-film", "first-concert", "favorite-food"][fields.len() - 3],
        ));
    }
    for (field, typed) in [
        ("answer_0", "forged one"),
        ("answer_1", "forged two"),
        ("answer_2", "forged three"),
        ("answer_3", "forged four"),
        ("answer_4", "forged five"),
    ] {
        fields.push((field, typed));
    }
    browser.post("/register/questions", &fields).await;
    act(
        &mut browser,
        &ana,
        "save",
        &[("display_name", "ana"), ("question_0", "first-car"), ("answer_0", "forged")],
    )
    .await;
    let mut tx = app.engine.store.read().await.unwrap();
    assert_eq!(tx.answers(ana.id).await.unwrap(), [answer]);
    let boss = tx.user_by_key("admin@contoso.example").await.unwrap().unwrap();
    assert!(tx.answers(boss.id).await.unwrap().is_empty(), "R54");
}

#[tokio::test]
async fn t62_an_administrator_cannot_enter_a_number_that_costs_extra() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = admin(&app).await;
    for (field, number) in [("mobile_phone", "+49 9001234567"), ("office_phone", "+1 9005550123")] {
        let page = save(&mut browser, &ana, &[(field, number)]).await;
        page.assert_shows("There is a problem").assert_shows("cost extra");
        assert_eq!(page.input(field), number);
    }
    let stored = user_of(&app, &ana).await.unwrap();
    assert_eq!((stored.mobile_phone, stored.office_phone), (None, None));
}

async fn entered_counts(app: &TestApp, required: MethodsRequired) {
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods_required = required;
        policy.methods = MethodSet::of(&[Method::Email, Method::MobilePhone]);
    })
    .await;
}

const FIRST: [(&str, &str); 2] = [("mobile_phone", "+371 20000001"), ("alternate_email", "ana@mail.example")];

#[tokio::test]
async fn r96_the_first_values_of_somebody_without_any_method_count_at_once() {
    let app = TestApp::start().await;
    entered_counts(&app, MethodsRequired::Two).await;
    let ana = app.add_user("ana").await;
    let mut browser = admin(&app).await;
    save(&mut browser, &ana, &FIRST).await.assert_shows("Your changes are saved");
    assert!(can_reset(&app, &ana).await);
    let (mut walk, _) = Walk::to_methods(&app, "ana@contoso.example").await;
    walk.by_email("ana@mail.example").await;
    walk.by_text("+37120000001").await.assert_shows("Choose a new password");
}

#[tokio::test]
async fn a_changed_value_waits_a_day_and_the_old_ones_hear_of_it() {
    let app = TestApp::start().await;
    entered_counts(&app, MethodsRequired::One).await;
    let ana = app.add_user("ana").await;
    let mut browser = admin(&app).await;
    save(&mut browser, &ana, &FIRST).await;
    let changed = [("mobile_phone", "+371 20000009"), ("alternate_email", "eve@evil.example")];
    save(&mut browser, &ana, &changed).await.assert_shows("Your changes are saved");
    assert!(!can_reset(&app, &ana).await);
    assert!(app.messages_to("+37120000001").await[0].text.contains("replaced"));
    let mails = app.messages_to("ana@mail.example").await;
    assert!(mails.iter().any(|mail| mail.subject.contains("contact data")), "{mails:?}");
    let (_, page) = Walk::to_methods(&app, "ana@contoso.example").await;
    page.assert_hides("eve@");
    // Their owner sees why, and until when.
    let mut hers = app.session(&ana).await;
    hers.get("/security-info").await.assert_shows("An administrator changed this. It counts");
    let page = browser.get(&page_of(&ana)).await;
    page.assert_shows("Mobile phone: changed less than a day ago").assert_shows("Alternate email: changed");
    app.advance(Duration::from_hours(24));
    assert!(can_reset(&app, &ana).await);
}

#[tokio::test]
async fn a_value_added_to_somebody_who_has_something_waits_and_so_does_one_after_a_removal() {
    let app = TestApp::start().await;
    entered_counts(&app, MethodsRequired::One).await;
    let mut browser = admin(&app).await;
    // Registered by themselves; entered; answers are methods, too.
    let (ana, bob, cy) = (app.add_user("ana").await, app.add_user("bob").await, app.add_user("cy").await);
    app.add_app(&ana).await;
    save(&mut browser, &ana, &[("alternate_email", "eve@evil.example")]).await;
    save(&mut browser, &bob, &FIRST[..1]).await;
    save(&mut browser, &bob, &[FIRST[0], ("alternate_email", "eve@evil.example")]).await;
    save(&mut browser, &cy, &FIRST).await;
    save(&mut browser, &cy, &[]).await;
    save(&mut browser, &cy, &[("alternate_email", "eve@evil.example")]).await;
    for name in ["ana", "bob", "cy"] {
        let (mut walk, _) = Walk::to_methods(&app, &format!("{name}@contoso.example")).await;
        walk.choose("email").await;
        app.run_jobs().await;
        assert!(codes_to(&app, "eve@evil.example").await.is_empty(), "{name}");
    }
    app.advance(Duration::from_hours(24));
    for user in [&ana, &bob, &cy] {
        assert!(can_reset(&app, user).await, "{}", user.upn);
    }
}

async fn codes_to(app: &TestApp, to: &str) -> Vec<String> {
    let messages = app.messages_to(to).await;
    messages.into_iter().map(|message| message.subject).filter(|subject| subject.contains("code")).collect()
}

#[tokio::test]
async fn what_was_under_way_with_the_old_value_dies() {
    let app = TestApp::start().await;
    entered_counts(&app, MethodsRequired::Two).await;
    let ana = app.add_user("ana").await;
    app.add_phone(&ana, "+37120000001").await;
    let mut browser = admin(&app).await;
    let mut row = user_of(&app, &ana).await.unwrap();
    row.alternate_email = Some("old@mail.example".to_owned());
    app.save(&row).await;
    // A proof that was made, and a code on its way.
    let (mut proved, _) = Walk::to_methods(&app, "ana@contoso.example").await;
    proved.by_email("old@mail.example").await.assert_shows("by email");
    app.advance(Duration::from_mins(2));
    let (mut asked, _) = Walk::to_methods(&app, "ana@contoso.example").await;
    asked.choose("email").await;
    let code = app.code_for("old@mail.example").await;
    save(&mut browser, &ana, &[("alternate_email", "new@mail.example")]).await;
    asked.enter(&code).await.assert_hides("by email");
    proved.by_text("+37120000001").await.assert_hides("Choose a new password");
    proved.finish(NEW).await.assert_hides("Your password has been reset");
}

/// The command line passes by the same rule.
#[tokio::test]
async fn a_value_changed_on_the_command_line_waits_as_well() {
    let app = TestApp::start().await;
    entered_counts(&app, MethodsRequired::One).await;
    let ana = app.add_user("ana").await;
    let actor = regain_server::people::Actor::command_line(&app.engine);
    for (address, counts) in [("ana@mail.example", true), ("eve@evil.example", false)] {
        let typed = regain_core::account::TypedDetails {
            upn: ana.upn.clone(),
            display_name: ana.display_name.clone(),
            alternate_email: address.to_owned(),
            ..Default::default()
        };
        let scope = regain_server::people::Scope::ALL;
        app.engine.update_user(&actor, ana.id, &typed.parse().unwrap(), scope).await.unwrap();
        assert_eq!(can_reset(&app, &ana).await, counts, "{address}");
    }
}
