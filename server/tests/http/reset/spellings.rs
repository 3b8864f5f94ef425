//! A number is known in every spelling that people, phones and documents give it, and digits in every script.

use regain_core::method::{Method, MethodSet};
use regain_core::policy::Scope;
use regain_store::User;

use super::walk::{Walk, alice, open, ready, shape};
use crate::gateways::add_gateway;
use crate::support::TestApp;
use crate::support::gateway::FakeGateway;

async fn asked<'a>(app: &'a TestApp, name: &str) -> Walk<'a> {
    let (mut walk, _) = Walk::to_methods(app, name).await;
    walk.choose("mobile_phone").await.assert_shows("Type your mobile number");
    walk
}

#[tokio::test]
async fn every_spelling_of_the_number_is_the_number() {
    let app = open().await;
    let spellings = [
        ("", "+44 (0)7700 900123"),
        ("", "0044 7700 900123"),
        ("GB", "07700 900123"),
        ("GB", "447700900123"),
        ("LV", "\u{202A}+44\u{A0}7700\u{202F}900123\u{202C}"),
        ("", "tel:+44-7700-900123"),
        ("", "(+44) 7700 900123"),
        ("", "+४४ ७७०० ९००१२३"),
        ("", "＋４４７７００９００１２３"),
    ];
    for (index, (country, typed)) in spellings.into_iter().enumerate() {
        // One number has so many codes in ten minutes, and in a day.
        let name = format!("person{index}");
        ready(&app, &name, "+447700900123").await;
        app.advance(std::time::Duration::from_hours(25));
        let mut walk = asked(&app, &format!("{name}@contoso.example")).await;
        let page = walk.browser.post("/reset/phone", &[("country", country), ("phone", typed)]).await;
        page.assert_shows("Enter your verification code");
        assert_eq!(app.messages_to("+447700900123").await.len(), index + 1, "{typed}");
        let visible = typed.trim_matches(['\u{202A}', '\u{202C}']).split_whitespace();
        page.assert_shows(&visible.collect::<Vec<_>>().join(" "));
        page.assert_shows("+44 7700900123");
    }
}

#[tokio::test]
async fn numbers_of_before_this_version_and_of_before_a_reform_go_on_working() {
    let app = open().await;
    for (name, stored, typed, dialled) in [
        ("mex", "+5215512345678", "+52 55 1234 5678", "+525512345678"),
        ("mexico", "+525512345678", "+52 1 55 1234 5678", "+525512345678"),
        ("arg", "+5491123456789", "+54 11 15 2345-6789", "+5491123456789"),
        ("argentina", "+541123456780", "+54 9 11 2345-6780", "+541123456780"),
        ("brit", "+4407700900124", "+44 7700 900124", "+447700900124"),
    ] {
        ready(&app, name, stored).await;
        let mut walk = asked(&app, &format!("{name}@contoso.example")).await;
        walk.type_number(typed).await.assert_shows("Enter your verification code");
        let code = app.code_for(stored).await;
        walk.enter(&code).await.assert_shows("One more check");
        assert_eq!(regain_core::contact::phone::dialled(stored), dialled);
    }
}

/// What leaves is dialled as its country dials it now.
#[tokio::test]
async fn a_number_of_before_a_reform_is_dialled_as_it_is_today() {
    let (app, gateway, _) = crate::gateways::start("sms", "twilio").await;
    let ana = app.add_user("ana").await;
    crate::gateways::send_code(&app, &ana, regain_server::messages::Channel::Sms, "+5215512345678").await;
    app.run_jobs().await;
    assert_eq!(gateway.requests().last().unwrap().field("To"), "+525512345678");
}

#[tokio::test]
async fn an_impossible_number_is_refused_before_anything_is_sent_or_counted() {
    let app = open().await;
    alice(&app).await;
    let mut pages = Vec::new();
    for name in ["alice@contoso.example", "ghost@contoso.example"] {
        let mut walk = asked(&app, name).await;
        for (country, typed, problem) in [
            ("", "+1 425555010", "too few digits"),
            ("", "+1 42555501000", "too many digits"),
            ("LV", "2000012", "too few digits"),
            ("", "+47 412 3456", "Phone numbers in this country have a different number of digits"),
            ("", "+999 4255550100", "No country has this code"),
            ("", "4255550100", "Choose your country"),
            ("", "+1 4255550100 or 101", "Enter a phone number"),
        ] {
            let page = walk.browser.post("/reset/phone", &[("country", country), ("phone", typed)]).await;
            page.assert_shows("There is a problem").assert_shows(problem);
            assert_eq!(page.input("phone"), typed, "nothing is lost");
            pages.push(shape(&page, name));
        }
        // As many as codes may be asked for, and more; the next one is sent all the same.
        walk.type_number("+1 4255550100").await.assert_shows("is on its way");
    }
    let (known, unknown) = pages.split_at(pages.len() / 2);
    assert_eq!(known, unknown);
    assert_eq!(app.messages_to("+1425").await.len(), 1);
}

#[tokio::test]
async fn t5_the_page_repeats_what_was_typed_whoever_s_number_it_is() {
    let app = open().await;
    alice(&app).await;
    ready(&app, "bob", "+14255550100").await;
    let mut pages = Vec::new();
    for (name, number) in [
        ("alice@contoso.example", "001 425 555 0100"),
        ("bob@contoso.example", "001 425 555 0177"),
        ("ghost@contoso.example", "001 425 555 0100"),
    ] {
        let mut walk = asked(&app, name).await;
        let page = walk.type_number(number).await;
        page.assert_shows(&format!("You typed: {number} (+1 {})", number[4..].replace(' ', "")));
        walk.browser.get("/reset/verify").await.assert_shows("You typed: 001 425");
        pages.push(shape(&page, name).replace("0177", "0100"));
    }
    assert!(pages.iter().all(|page| *page == pages[0]));
}

#[tokio::test]
async fn a_code_is_typed_with_the_digits_of_any_script() {
    let app = open().await;
    ready(&app, "alice", "+14255550100").await;
    for zero in ['٠', '०', '０', '๐'] {
        app.advance(std::time::Duration::from_hours(25));
        let mut walk = asked(&app, "alice@contoso.example").await;
        walk.type_number("+1 4255550100").await;
        let code = app.code_for("+14255550100").await;
        let in_script = |digit: char| char::from_u32(u32::from(zero) + digit.to_digit(10).unwrap()).unwrap();
        let code: String = code.chars().map(in_script).collect();
        walk.enter(&code).await.assert_shows("One more check");
    }
}

#[tokio::test]
async fn an_extension_that_an_administrator_entered_is_dialled() {
    let app = TestApp::start_strict().await;
    let gateway = FakeGateway::start().await;
    add_gateway(&app, "voice", "twilio", &gateway.url).await;
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods = MethodSet::of(&[Method::Email, Method::OfficePhone]);
    })
    .await;
    let user = ready(&app, "alice", "+14255550100").await;
    app.save(&User { office_phone: Some("+44 2079460123 x012".to_owned()), ..user }).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("office_phone").await;
    walk.type_number("+44 20 7946 0123").await.assert_shows("press #");
    app.run_jobs().await;
    let calls = gateway.requests();
    assert_eq!(calls.last().unwrap().field("To"), "+442079460123");
    assert!(calls.last().unwrap().field("SendDigits").ends_with("012"), "{}", calls.last().unwrap().body);
}
