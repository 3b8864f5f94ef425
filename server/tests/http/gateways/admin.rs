//! *Channels*: who may see and change it, and that no secret is ever shown.

use regain_store::GatewayRow;

use super::SECRET;
use crate::support::gateway::{FakeGateway, Manner};
use crate::support::{Browser, Reply, TestApp};

const PATH: &str = "/admin/channels";

async fn signed_in(app: &TestApp, role: &str) -> Browser {
    let user = app.add_user(role).await;
    app.grant(&user, role).await;
    let mut browser = app.browser();
    browser.sign_in(role).await;
    browser
}

async fn save(browser: &mut Browser, changed: &[(&str, &str)]) -> Reply {
    let defaults = [
        ("id", ""),
        ("channel", "sms"),
        ("kind", "twilio"),
        ("name", "First"),
        ("url", "https://sms.example"),
        ("account", "AC1"),
        ("sender", "+14255550100"),
        ("cost", "0.075"),
        ("secret", SECRET),
    ];
    let fields = defaults.map(|(name, value)| {
        (name, changed.iter().find(|(other, _)| *other == name).map_or(value, |(_, value)| *value))
    });
    browser.post("/admin/channels/save", &fields).await
}

async fn rows(app: &TestApp) -> Vec<GatewayRow> {
    app.engine.store.read().await.unwrap().gateways().await.unwrap()
}

#[tokio::test]
async fn a_global_administrator_adds_orders_and_removes_gateways() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app, "global_administrator").await;
    browser.get(PATH).await.assert_shows("No gateway is set up");
    save(&mut browser, &[]).await.assert_shows("Your changes are saved").assert_shows("First");
    save(&mut browser, &[("name", "Second"), ("kind", "webhook")]).await;
    let second = rows(&app).await[1].id.to_string();
    browser.post("/admin/channels/raise", &[("id", &second)]).await.assert_shows("The order was saved");
    assert_eq!(rows(&app).await[0].name, "Second");
    browser.get(&format!("{PATH}/remove?id={second}")).await.assert_shows("Remove Second?");
    browser.post("/admin/channels/remove", &[("id", &second)]).await.assert_shows("The gateway was removed");
    browser.post("/admin/channels/remove", &[("id", &second)]).await.assert_shows("First");
    assert_eq!(rows(&app).await.len(), 1);
    let audit = app.audit().await.into_iter().filter(|(activity, ..)| activity == "Update message gateway");
    assert_eq!(audit.count(), 4, "each change once");
}

#[tokio::test]
async fn a_secret_is_never_shown_and_asked_for_again_when_the_host_changes() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app, "global_administrator").await;
    save(&mut browser, &[("secret", "")]).await.assert_shows("Type the secret");
    save(&mut browser, &[]).await;
    let row = rows(&app).await.remove(0);
    let id = row.id.to_string();
    let sealed = row.sealed;
    assert!(!sealed.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()));
    let page = browser.get(&format!("{PATH}/gateway?id={id}")).await;
    assert!(!page.body.contains(SECRET));
    let kept = [("id", id.as_str()), ("name", "Renamed"), ("secret", "")];
    save(&mut browser, &kept).await.assert_shows("Renamed");
    assert_eq!(rows(&app).await[0].sealed, sealed, "an empty secret stays");
    for moved in [("url", "https://evil.example"), ("account", "AC2"), ("kind", "webhook")] {
        let fields = [("id", id.as_str()), ("secret", ""), moved];
        save(&mut browser, &fields).await.assert_shows("Type the secret");
    }
    assert_eq!(rows(&app).await[0].url, "https://sms.example");
    let chain = app.engine.store.read().await.unwrap().audit_chain(0, 1_000).await.unwrap();
    assert!(chain.iter().all(|row| !row.record.details.contains(SECRET)));
}

#[tokio::test]
async fn t127_addresses_inside_are_refused() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app, "global_administrator").await;
    for url in [
        "https://169.254.169.254/",
        "http://10.0.0.1/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
    ] {
        save(&mut browser, &[("url", url)]).await.assert_shows("Requests may not go to this network");
    }
    for url in ["", "sms.example", "file:///etc/passwd", "https://user:password@sms.example"] {
        save(&mut browser, &[("url", url)]).await.assert_shows("This is no address");
    }
    assert!(rows(&app).await.is_empty());
}

#[tokio::test]
async fn a_policy_administrator_reads_and_others_do_not() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app, "authentication_policy_administrator").await;
    browser.get(PATH).await.assert_shows("Gateways").assert_hides("Add gateway");
    assert_eq!(browser.get(&format!("{PATH}/gateway")).await.status, 403);
    assert_eq!(save(&mut browser, &[]).await.status, 403);
    for path in ["raise", "remove", "test", "retry", "alerts"] {
        assert_eq!(browser.post(&format!("{PATH}/{path}"), &[("id", "x")]).await.status, 403, "{path}");
    }
    let mut reader = signed_in(&app, "reports_reader").await;
    assert_eq!(reader.get(PATH).await.status, 403);
    assert_eq!(app.browser().get_raw(PATH).await.status, 303);
}

#[tokio::test]
async fn limits_are_saved_and_bad_ones_refused() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app, "global_administrator").await;
    let version = browser.get(PATH).await.input("version");
    let fields = |countries, money| {
        [
            ("version", version.as_str()),
            ("countries", countries),
            ("per_number", "5"),
            ("per_prefix", "20"),
            ("per_day", "100"),
            ("money", money),
        ]
    };
    browser.post(PATH, &fields("371, 9999", "5")).await.assert_shows("9999 is none");
    browser.post(PATH, &fields("371", "many")).await.assert_shows("whole number");
    browser.post(PATH, &fields("+371, 370", "5")).await.assert_shows("Your changes are saved");
    assert_eq!(browser.get(PATH).await.input("countries"), "371, 370");
    browser.post(PATH, &fields("1", "5")).await.assert_shows("Somebody else saved these settings");
}

#[tokio::test]
async fn alerts_to_phones_are_switched_and_written_down() {
    const ALERTS: &str = "/admin/channels/alerts";
    let app = TestApp::start().await;
    let mut browser = signed_in(&app, "global_administrator").await;
    browser.get(PATH).await.assert_shows("Alerts to phones").assert_shows("In the app only");
    let choose =
        |chosen: &'static str, version: &'static str| [("version", version), ("phone_alerts", chosen)];
    browser.post(ALERTS, &choose("by_pigeon", "0")).await.assert_shows("Choose how phones learn");
    browser.post(ALERTS, &choose("in_app", "0")).await.assert_shows("Your changes are saved");
    browser.post(ALERTS, &choose("in_app", "0")).await.assert_shows("Your changes are saved");
    browser.post(ALERTS, &choose("web_push", "0")).await.assert_shows("Somebody else saved these settings");
    let chain = app.engine.store.read().await.unwrap().audit_chain(0, 1_000).await.unwrap();
    let changed = chain
        .iter()
        .filter(|row| row.record.details.contains("phone_alerts") && row.record.details.contains("in_app"));
    assert_eq!(changed.count(), 1, "a change is written down, saving the same is not one");
    browser.post(ALERTS, &choose("web_push", "1")).await.assert_shows("Your changes are saved");
}

#[tokio::test]
async fn a_test_goes_out_at_once_and_says_what_became_of_it() {
    let app = TestApp::start().await;
    let gateway = FakeGateway::start().await;
    let mut browser = signed_in(&app, "global_administrator").await;
    save(&mut browser, &[("url", &gateway.url)]).await;
    let id = rows(&app).await[0].id.to_string();
    let test = [("gateway", id.as_str()), ("to", "+371 20000001")];
    browser.post("/admin/channels/test", &test).await.assert_shows("The test was sent");
    assert_eq!(gateway.requests()[0].field("To"), "+37120000001");
    gateway.does(Manner::Answers(500, "secret stack trace"));
    let failed = browser.post("/admin/channels/test", &test).await;
    failed.assert_shows("The test did not go out").assert_hides("stack trace");
    assert_eq!(failed.input("name"), "First", "the gateway’s fields are there");
    let nowhere = [("gateway", id.as_str()), ("to", "nobody")];
    browser.post("/admin/channels/test", &nowhere).await.assert_shows("Type where the test goes");
}

/// The mails about weaker settings that boss got, the newest first.
async fn told(app: &TestApp) -> Vec<String> {
    let mails = app.messages_to("boss@contoso.example").await;
    mails.into_iter().map(|mail| mail.text).filter(|text| text.contains("→")).collect()
}

#[tokio::test]
async fn t115_other_gateways_are_mailed_to_every_global_administrator() {
    let app = TestApp::start().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, "global_administrator").await;
    let mut browser = signed_in(&app, "global_administrator").await;
    save(&mut browser, &[]).await;
    assert!(told(&app).await[0].contains("Gateways for text messages"), "who carries codes reads them");
    save(&mut browser, &[("name", "Second"), ("kind", "webhook")]).await;
    assert!(told(&app).await[0].contains("Second (sms.example)"));
    let all = rows(&app).await;
    let (first, second) = (all[0].id.to_string(), all[1].id.to_string());
    browser.post("/admin/channels/raise", &[("id", &second)]).await;
    assert!(told(&app).await[0].contains("→ Second (sms.example), First (sms.example, AC1)"));
    save(&mut browser, &[("id", &first), ("url", "https://other.example")]).await;
    assert!(told(&app).await[0].contains("First (other.example, AC1)"));
    let before = told(&app).await.len();
    save(&mut browser, &[("id", &first), ("url", "https://other.example"), ("cost", "0.1")]).await;
    assert_eq!(told(&app).await.len(), before, "what it costs is no matter of safety");
    browser.post("/admin/channels/remove", &[("id", &second)]).await;
    let mails = told(&app).await;
    assert!(mails[0].contains("Second (sms.example), First (other.example, AC1) → First"), "{}", mails[0]);
}

#[tokio::test]
async fn t115_higher_limits_are_mailed_to_every_global_administrator() {
    let app = TestApp::start().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, "global_administrator").await;
    let mut browser = signed_in(&app, "global_administrator").await;
    let limits = async |browser: &mut Browser, changed: (&str, &str)| {
        let page = browser.get(PATH).await;
        let version = page.input("version");
        let saved = [
            ("countries", "371"),
            ("per_number", "10"),
            ("per_prefix", "50"),
            ("per_day", "2000"),
            ("money", "5"),
        ];
        let mut fields =
            saved.map(|(name, old)| (name, if name == changed.0 { changed.1 } else { old })).to_vec();
        fields.push(("version", &version));
        browser.post("/admin/channels", &fields).await.assert_shows("saved");
    };
    limits(&mut browser, ("", "")).await;
    assert!(told(&app).await.is_empty(), "lower limits are nobody's worry");
    for (field, value) in [
        ("countries", "371, 370"),
        ("countries", ""),
        ("per_number", "11"),
        ("per_prefix", "0"),
        ("per_day", "2001"),
        ("money", "6"),
    ] {
        let before = told(&app).await.len();
        limits(&mut browser, (field, value)).await;
        assert_eq!(told(&app).await.len(), before + 1, "{field} {value}");
        limits(&mut browser, ("", "")).await;
        assert_eq!(told(&app).await.len(), before + 1, "{field} back again");
    }
}
