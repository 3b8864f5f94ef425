//! `/admin`, and the menu.

use regain_core::policy::Scope;

use super::{admin, signed_in};
use crate::support::TestApp;

#[tokio::test]
async fn the_overview_tells_what_is_set_and_what_is_missing() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = browser.get("/admin").await;
    page.assert_shows("Off. Nobody but administrators").assert_shows("Set-up checklist");
    page.assert_shows("Have a second Global Administrator").assert_shows("asked again every 180 days");
    let user = app.add_user("ana").await;
    let group = app.add_group("Pilot", &[&user]).await;
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(group.to_string()))).await;
    browser.get("/admin").await.assert_shows("On for the group Pilot: 1 person");
}

#[tokio::test]
async fn a_reader_sees_no_settings_on_it() {
    let app = TestApp::start().await;
    let page = signed_in(&app, "reader", "reports_reader").await.get("/admin").await;
    page.assert_shows("Your roles let you read reports")
        .assert_hides("Set-up checklist")
        .assert_hides("Customization");
}

#[tokio::test]
async fn every_entry_of_the_menu_opens() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = browser.get("/admin").await;
    let menu = page.body.split("<nav").find(|part| part.contains("id=\"menu\"")).expect("a menu").to_owned();
    let menu = menu.split("</nav>").next().unwrap_or_default();
    let places: Vec<_> = menu.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(places.len() > 10, "{places:?}");
    for place in places {
        assert_eq!(browser.get(place).await.status, 200, "{place}");
    }
}
