//! The organisation's time zone, on the page *Branding* and on the command line.

use super::{admin, assert_refused, assert_saved, last_record_of, post, save_at};
use crate::command_line::regain;
use crate::support::TestApp;

const PATH: &str = "/admin/branding";
const ACTIVITY: &str = "Set company information";

fn fields(zone: &str) -> [(&str, &str); 2] {
    [("organization_name", "Contoso"), ("time_zone", zone)]
}

#[tokio::test]
async fn a_time_zone_is_saved_by_its_name_and_written_down() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = browser.get(PATH).await;
    assert_eq!(page.input("time_zone"), "UTC");
    assert!(page.body.contains("<option value=\"Asia/Kolkata\">"), "names are offered");
    assert!(page.body.contains("list=\"time-zone-list\"") && page.body.contains("id=\"time-zone-list\""));
    assert_saved(&save_at(&mut browser, PATH, &fields(" europe/berlin ")).await);
    assert_eq!(browser.get(PATH).await.input("time_zone"), "Europe/Berlin");
    let details = last_record_of(&app, ACTIVITY).await.details;
    for part in ["time_zone", "\"UTC\"", "\"Europe/Berlin\""] {
        assert!(details.contains(part), "{part}: {details}");
    }
    let log = browser.get("/admin/audit-logs").await.text();
    assert!(log.contains(" CET ") || log.contains(" CEST "), "{log}");
}

#[tokio::test]
async fn a_name_that_no_zone_has_is_refused_and_stays_in_its_field() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    assert_saved(&save_at(&mut browser, PATH, &fields("America/New_York")).await);
    for wrong in ["Berlin", "", "Europe/Nowhere", "Factory", "+02:00"] {
        let page = save_at(&mut browser, PATH, &fields(wrong)).await;
        assert_refused(&page, "Enter a region and a city, such as Europe/Berlin, or UTC");
        assert!(page.body.contains("id=\"time-zone-error\""), "at its field");
        assert_eq!(
            (page.input("time_zone").as_str(), page.input("organization_name").as_str()),
            (wrong, "Contoso")
        );
    }
    assert_eq!(browser.get(PATH).await.input("time_zone"), "America/New_York");
    assert_eq!(last_record_of(&app, ACTIVITY).await.result, "failure");
}

#[tokio::test]
async fn t78_a_late_save_of_the_time_zone_changes_nothing_and_says_what_holds() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let old = browser.get(PATH).await.input("version");
    assert_saved(&save_at(&mut browser, PATH, &fields("Europe/Berlin")).await);
    let page = post(&mut browser, PATH, &old, &fields("Asia/Kolkata")).await;
    assert_refused(&page, "Somebody else changed these settings");
    page.assert_shows("“Time zone” is now saved as: Europe/Berlin");
    assert_eq!(page.input("time_zone"), "Asia/Kolkata", "what was typed stays");
    assert_eq!(browser.get(PATH).await.input("time_zone"), "Europe/Berlin");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_shows_and_sets_the_time_zone() {
    let app = TestApp::start().await;
    let (shown, complaint, _) = regain(&app, &["policy", "show", "--json"]);
    assert!(shown.contains("\"time_zone\": \"UTC\""), "{shown} {complaint}");
    let (said, complaint, done) = regain(&app, &["policy", "set", "time_zone", "asia/kolkata"]);
    assert!(done && said.contains("time_zone: UTC → Asia/Kolkata"), "{said} {complaint}");
    let (_, complaint, done) = regain(&app, &["policy", "set", "time_zone", "Calcutta"]);
    assert!(!done && complaint.contains("There is no time zone of this name"), "{complaint}");
    assert!(last_record_of(&app, ACTIVITY).await.details.contains("Asia/Kolkata"));
    assert_eq!(admin(&app).await.get(PATH).await.input("time_zone"), "Asia/Kolkata");
}
