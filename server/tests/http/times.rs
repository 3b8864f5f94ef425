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
use crate::support::TestApp;

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

/// Locks alice's way back; the page that says until when, and until when that is.
async fn locked_page(app: &TestApp) -> (crate::support::Reply, Timestamp) {
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
    let page = walk.enter(&code).await;
    let minutes = (app.now().plus(limits::RECOVERY_LOCK).seconds() + 59).div_euclid(60);
    (page, Timestamp::from_seconds(minutes * 60))
}

#[tokio::test]
async fn before_anybody_chose_a_zone_times_are_utc_and_say_so() {
    let app = open().await;
    alice(&app).await;
    let sent = app.now();
    let (page, until) = locked_page(&app).await;
    page.assert_shows(&format!("You can try again after {} UTC.", written(until, LONG)));
    let mails = app.messages_to("alice@mail.example").await;
    let says = format!("On {} UTC somebody asked", written(sent, LONG));
    assert!(mails.iter().any(|mail| mail.text.contains(&says)), "{says}");
    let mut admin = signed_in(&app, "admin", GLOBAL).await;
    admin.get(LOG).await.assert_shows(&format!("{} UTC", written(sent, EXACT)));
}

#[tokio::test]
async fn the_page_of_a_lock_is_in_the_zone() {
    let app = open().await;
    set_zone(&app, "Asia/Kathmandu").await;
    let alice = alice(&app).await;
    let (page, until) = locked_page(&app).await;
    page.assert_shows(&format!("You can try again after {}.", in_kathmandu(until, LONG)));
    let account = account_key(&app.engine.keys, &alice.upn_key);
    let until = app.now().plus(Duration::from_hours(30));
    let mut tx = app.engine.store.write().await.unwrap();
    tx.lock_counter(&counter_key(&account, "recovery:failed"), until, app.now()).await.unwrap();
    tx.commit().await.unwrap();
    let page = app.session(&alice).await.get("/security-info").await;
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
    let sent = app.now();
    walk.choose("email").await;
    let mails = app.messages_to("alice@mail.example").await;
    let says = format!("On {} somebody asked", in_kathmandu(sent, LONG));
    assert!(mails[0].text.contains(&says) && mails[0].html.contains(&says), "{}", mails[0].text);
}

#[tokio::test]
async fn the_audit_log_is_in_the_zone_and_its_files_are_utc() {
    let app = TestApp::start().await;
    set_zone(&app, "Asia/Kathmandu").await;
    let mut admin = signed_in(&app, "admin", GLOBAL).await;
    let (shown, utc) = (in_kathmandu(app.now(), EXACT), written(app.now(), "%Y-%m-%dT%H:%M:%S"));
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
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Africa/Casablanca"];

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
