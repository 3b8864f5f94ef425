//! Times as people read them: in the zone of the organisation, which each of them names.

use jiff::civil::DateTime;
use proptest::prelude::*;
use regain_app::text::{Locale, Zone, when};
use regain_core::limits;
use regain_core::time::{Duration, Timestamp};
use regain_server::account_key::{account_key, counter_key};
use regain_server::audit::{self, Build as _, activity, service};
use regain_server::organization::{self, OrganizationSettings};
use regain_server::policy;
use regain_store::AuditRecord;

use crate::policy::{GLOBAL, signed_in};
use crate::reset::walk::{Walk, alice, open, wrong};
use crate::support::{Reply, TestApp};

const LOG: &str = "/admin/audit-logs";
/// In sentences.
const LONG: &str = "%-d %B %Y at %H:%M";
/// In the audit log.
const EXACT: &str = "%-d %b %Y, %H:%M:%S";

async fn set_zone(app: &TestApp, zone: &str) {
    let settings = OrganizationSettings { time_zone: zone.to_owned(), ..OrganizationSettings::default() };
    let mut tx = app.engine.store.write().await.unwrap();
    policy::save_document(&mut *tx, organization::SETTINGS, &settings, 0, app.now()).await.unwrap();
    tx.commit().await.unwrap();
    app.engine.forget_organization();
}

fn written(at: Timestamp, form: &str) -> String {
    jiff::Timestamp::from_second(at.seconds()).unwrap().strftime(form).to_string()
}

/// Kathmandu has no summer time, and no name for its time.
fn in_kathmandu(at: Timestamp, form: &str) -> String {
    format!("{} UTC+05:45", written(at.plus(Duration::from_mins(345)), form))
}

/// When the oldest record of the log was written.
async fn first_record(app: &TestApp) -> Timestamp {
    let rows = app.engine.store.read().await.unwrap().audit_chain(0, 1).await.unwrap();
    rows[0].record.at
}

/// Whether a text says one of the minutes between two instants: the clock of the tests runs.
#[track_caller]
fn assert_says(text: &str, between: (Timestamp, Timestamp), says: impl Fn(Timestamp) -> String) {
    let (first, last) = (between.0.seconds().div_euclid(60), between.1.seconds().div_euclid(60));
    let possible: Vec<_> = (first..=last).map(|minute| says(Timestamp::from_seconds(minute * 60))).collect();
    assert!(possible.iter().any(|possible| text.contains(possible)), "none of {possible:?}: {text}");
}

/// Locks alice's way back; the page that says until when, and between when and when that is.
async fn locked_page(app: &TestApp) -> (Reply, (Timestamp, Timestamp)) {
    let (mut walk, _) = Walk::to_methods(app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = wrong(&app.code_for("alice@mail.example").await);
    for _ in 0..3 {
        walk.enter(&code).await;
    }
    app.advance(std::time::Duration::from_secs(31));
    walk.browser.post("/reset/verify/resend", &[]).await;
    let code = wrong(&app.code_for("alice@mail.example").await);
    walk.enter(&code).await;
    // The page rounds up.
    let until = || app.now().plus(limits::RECOVERY_LOCK).plus(Duration::from_secs(59));
    let first = until();
    let page = walk.enter(&code).await;
    (page, (first, until()))
}

#[tokio::test]
async fn before_anybody_chose_a_zone_times_are_utc_and_say_so() {
    let app = open().await;
    alice(&app).await;
    let began = app.now();
    let (page, until) = locked_page(&app).await;
    assert_says(&page.text(), until, |at| format!("You can try again after {} UTC.", written(at, LONG)));
    let mails: Vec<_> =
        app.messages_to("alice@mail.example").await.into_iter().map(|mail| mail.text).collect();
    let says = |at| format!("On {} UTC somebody asked", written(at, LONG));
    assert_says(&mails.join("\n"), (began, app.now()), says);
    let mut admin = signed_in(&app, "admin", GLOBAL).await;
    let first = first_record(&app).await;
    admin.get(LOG).await.assert_shows(&format!("{} UTC", written(first, EXACT)));
}

#[tokio::test]
async fn the_page_of_a_lock_is_in_the_zone() {
    let app = open().await;
    set_zone(&app, "Asia/Kathmandu").await;
    let alice = alice(&app).await;
    let (page, until) = locked_page(&app).await;
    let says = |at| format!("You can try again after {}.", in_kathmandu(at, LONG));
    assert_says(&page.text(), until, says);
    let account = account_key(&app.engine.keys, &alice.upn_key);
    let until = app.now().plus(Duration::from_hours(30));
    let mut tx = app.engine.store.write().await.unwrap();
    tx.lock_counter(&counter_key(&account, "recovery:failed"), until, app.now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = app.session(&alice).await;
    app.prove_by(&alice, "mobile_phone").await;
    let page = browser.get("/security-info").await;
    page.assert_shows(&format!("on your own again from {}", in_kathmandu(until, LONG)));
    let mut admin = signed_in(&app, "admin", GLOBAL).await;
    let page = admin.get(&format!("/admin/users/{}", alice.id)).await;
    page.assert_shows(&format!("Locked until {}.", in_kathmandu(until, LONG)));
}

#[tokio::test]
async fn a_mail_is_in_the_zone() {
    let app = open().await;
    set_zone(&app, "Asia/Kathmandu").await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let before = app.now();
    walk.choose("email").await;
    let sent = (before, app.now());
    let mails = app.messages_to("alice@mail.example").await;
    for text in [&mails[0].text, &mails[0].html] {
        assert_says(text, sent, |at| format!("On {} somebody asked", in_kathmandu(at, LONG)));
    }
}

#[tokio::test]
async fn the_audit_log_is_in_the_zone_and_its_files_are_utc() {
    let app = TestApp::start().await;
    set_zone(&app, "Asia/Kathmandu").await;
    let mut admin = signed_in(&app, "admin", GLOBAL).await;
    let at = first_record(&app).await;
    let (shown, utc) = (in_kathmandu(at, EXACT), written(at, "%Y-%m-%dT%H:%M:%S"));
    let page = admin.get(LOG).await;
    page.assert_shows(&shown).assert_shows("Times in downloads are UTC");
    assert!(page.body.contains(&format!("datetime=\"{utc}Z\"")), "programs read the same instant");
    admin.get(&format!("{LOG}/1")).await.assert_shows(&shown);
    for format in ["csv", "json"] {
        let file = admin.get_raw(&format!("{LOG}/export.{format}")).await.body;
        assert!(file.contains(&utc) && !file.contains("UTC+05:45"), "{file}");
        let after =
            file.split(&utc).nth(1).unwrap().trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
        assert!(after.starts_with('Z'), "{format}");
    }
}

#[tokio::test]
async fn a_day_that_is_typed_is_a_day_of_the_zone() {
    let app = TestApp::start().await;
    set_zone(&app, "Asia/Kathmandu").await;
    // At eight in the evening, UTC, it is the next day there.
    let to_evening = (20 * 3_600 - app.now().seconds()).rem_euclid(86_400);
    app.advance(std::time::Duration::from_secs(to_evening.unsigned_abs()));
    let record = audit::failure(service::PASSWORD, activity::PROGRESS, "wrong code");
    let record = AuditRecord { at: app.now(), ..record.in_flow("AAAA-1111") };
    let mut tx = app.engine.store.write().await.unwrap();
    tx.append(&record).await.unwrap();
    tx.commit().await.unwrap();
    let mut admin = signed_in(&app, "admin", GLOBAL).await;
    let (utc, there) = (app.now(), app.now().plus(Duration::from_hours(24)));
    for (day, found) in [(utc, false), (there, true)] {
        let day = written(day, "%Y-%m-%d");
        let page = admin.get(&format!("{LOG}?from={day}&until={day}")).await;
        assert_eq!(page.body.contains("wrong code"), found, "{day}: {}", page.text());
    }
}

/// How far from UTC a zone's time is by its name, in minutes.
fn distance(name: &str) -> i64 {
    match name {
        "UTC" => 0,
        "CET" => 60,
        "CEST" => 120,
        "EST" => -300,
        "EDT" => -240,
        "IST" => 330,
        numeric => {
            let (sign, digits) = numeric.strip_prefix("UTC").unwrap().split_at(1);
            let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
            let far = hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap();
            if sign == "-" { -far } else { far }
        }
    }
}

const ZONES: [&str; 6] =
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "America/Sao_Paulo"];

proptest! {
    /// Also in the hour that comes twice: what is read is one minute, and no other.
    #[test]
    fn a_time_that_is_read_is_one_instant(seconds in 946_684_800i64..2_145_916_800, zone in 0..ZONES.len()) {
        let zone = Zone::named(ZONES[zone]).unwrap();
        let text = when::moment_in(Timestamp::from_seconds(seconds), &zone, Locale::English);
        let (clock, name) = text.rsplit_once(' ').unwrap();
        let clock = DateTime::strptime("%d %B %Y at %H:%M", clock).unwrap();
        let clock = jiff::tz::TimeZone::UTC.to_timestamp(clock).unwrap().as_second();
        prop_assert_eq!(clock - distance(name) * 60, seconds.div_euclid(60) * 60, "{}", text);
    }
}
