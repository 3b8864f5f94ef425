//! Making, changing and deleting groups.

use regain_core::policy::{Explain, Scope};

use super::{GROUPS, act_on_group, group_page, record_of};
use crate::policy::{admin, signed_in, stored};
use crate::reset::walk::{Walk, ready};
use crate::support::{Browser, Reply, TestApp};

async fn create(browser: &mut Browser, name: &str, description: &str) -> Reply {
    browser.post(&format!("{GROUPS}/new"), &[("name", name), ("description", description)]).await
}

async fn names(app: &TestApp) -> Vec<String> {
    let page = regain_store::Page { after: String::new(), limit: 100 };
    let groups = app.engine.store.read().await.unwrap().groups("", &page).await.unwrap();
    groups.into_iter().map(|group| group.name).collect()
}

#[tokio::test]
async fn r3_a_group_is_made_renamed_and_written_down() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app, "una", "user_administrator").await;
    browser.get(GROUPS).await.assert_shows("New group");
    let page = create(&mut browser, " SSPR <b>Pilot</b> ", "The first ones").await;
    page.assert_shows("The group is created")
        .assert_shows("SSPR <b>Pilot</b>")
        .assert_shows("The first ones");
    assert!(!page.body.contains("<b>Pilot"), "escaped");
    page.assert_shows("This group has no members").assert_shows("Add members");
    let record = record_of(&app, "Add group").await.unwrap();
    assert_eq!(
        (record.target_name.as_str(), record.actor_upn.as_str()),
        ("SSPR <b>Pilot</b>", "una@contoso.example")
    );
    let id = record.target_id.parse().unwrap();
    let fields = [("name", "Pilot"), ("description", "")];
    act_on_group(&mut browser, id, "save", &fields).await.assert_shows("Your changes are saved");
    assert_eq!(names(&app).await, ["Pilot"]);
    let record = record_of(&app, "Update group").await.unwrap();
    assert!(record.details.contains(r#""old":"SSPR <b>Pilot</b>""#), "{}", record.details);
}

#[tokio::test]
async fn a_name_is_needed_and_stands_once() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    create(&mut browser, "Pilot", "").await.assert_shows("The group is created");
    let other = app.add_group("Other", &[]).await;
    for (name, problem) in [
        ("", "Enter a name for the group"),
        ("   ", "Enter a name for the group"),
        ("PILOT", "There is a group with this name already"),
        (" pilot ", "There is a group with this name already"),
        (&"x".repeat(257), "Shorten this to 256 characters"),
    ] {
        let page = create(&mut browser, name, "kept as typed").await;
        page.assert_shows("There is a problem").assert_shows(problem).assert_shows("kept as typed");
        assert_eq!(page.input("name"), name);
        let page =
            act_on_group(&mut browser, other, "save", &[("name", name), ("description", "kept")]).await;
        page.assert_shows("There is a problem").assert_shows(problem).assert_shows("kept");
    }
    let page = create(&mut browser, "Third", &"x".repeat(1025)).await;
    page.assert_shows("Shorten this to 1024 characters");
    assert_eq!(names(&app).await, ["Other", "Pilot"]);
}

#[tokio::test]
async fn r11_r12_deleting_the_chosen_group_asks_with_the_number_and_enables_nobody() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let (ana, bo) = (ready(&app, "ana01", "+14255550111").await, ready(&app, "bo001", "+14255550112").await);
    let inner = app.add_group("Inner", &[&bo]).await;
    let pilot = app.add_group("Pilot", &[&ana]).await;
    act_on_group(&mut browser, pilot, "add-members", &[("members[]", &inner.to_string())]).await;
    let idle = app.add_group("Idle", &[&ana]).await;
    app.set_policy(|policy| {
        policy.scope = Scope::Selected(Some(pilot.to_string()));
        policy.explain = Explain::Always;
    })
    .await;
    let (_, page) = Walk::start(&app, "bo001@contoso.example").await;
    page.assert_hides("SSPR_");
    browser.get(&group_page(pilot)).await.assert_shows("The password reset policy is enabled for this group");
    let question = browser.get(&format!("{}/delete", group_page(pilot))).await;
    question
        .assert_shows("Delete Pilot?")
        .assert_shows("This group is in use")
        .assert_shows("2 people lose password reset until you choose another group");
    browser.get(&format!("{}/delete", group_page(idle))).await.assert_hides("This group is in use");
    assert_eq!(names(&app).await.len(), 3, "a page deletes nothing");
    act_on_group(&mut browser, pilot, "delete", &[]).await.assert_shows("The group is deleted");
    assert_eq!(names(&app).await, ["Idle", "Inner"], "its members stay");
    assert_eq!(stored(&app).await.scope, Scope::Selected(None));
    for name in ["ana01@contoso.example", "bo001@contoso.example"] {
        let (_, page) = Walk::start(&app, name).await;
        page.assert_shows("SSPR_0011");
    }
    browser.get("/admin/password-reset/properties").await.assert_shows("The chosen group was deleted");
    assert_eq!(record_of(&app, "Delete group").await.unwrap().target_name, "Pilot");
    assert_eq!(act_on_group(&mut browser, pilot, "delete", &[]).await.status, 404);
}

#[tokio::test]
async fn unknown_groups_wrong_methods_and_lists_are_refused() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let pilot = app.add_group("Pilot", &[]).await;
    for id in [app.engine.new_id().to_string(), "nothing".to_owned(), "%00".to_owned()] {
        for path in
            [format!("{GROUPS}/{id}"), format!("{GROUPS}/{id}/delete"), format!("{GROUPS}/{id}/add-members")]
        {
            assert_eq!(browser.get(&path).await.status, 404, "{path}");
        }
    }
    let unknown = app.engine.new_id();
    for (what, fields) in [
        ("save", [("name", "x"), ("description", "")]),
        ("delete", [("x", ""), ("y", "")]),
        ("add-members", [("members[]", "00000000-0000-0000-0000-000000000000"), ("q", "x")]),
    ] {
        assert_eq!(act_on_group(&mut browser, unknown, what, &fields).await.status, 404, "{what}");
        assert_eq!(browser.get(&format!("{GROUPS}/{what}?id={pilot}")).await.status, 405, "GET {what}");
    }
    assert_eq!(browser.post_raw(GROUPS, &[("name", "x")]).await.status, 405);
    for (what, body) in [
        ("new", "name[]=x".to_owned()),
        ("new", "name=x&name=y".to_owned()),
        ("save", format!("id={pilot}&name[a]=x")),
        ("delete", format!("id[]={pilot}")),
        ("remove-member", format!("id={pilot}&member[]=x")),
    ] {
        let reply = browser.post_body(&format!("{GROUPS}/{what}"), &body, &[]).await;
        assert_eq!(reply.status, 400, "{what} {body}");
    }
    assert_eq!(names(&app).await, ["Pilot"]);
}
