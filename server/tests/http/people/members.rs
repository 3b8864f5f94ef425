//! Members of groups, direct and nested.

use regain_core::policy::Scope;
use uuid::Uuid;

use super::{GROUPS, act_on_group, group_page, record_of};
use crate::policy::admin;
use crate::support::{Browser, Reply, TestApp};

async fn add(browser: &mut Browser, group: Uuid, members: &[Uuid]) -> Reply {
    let ids: Vec<String> = members.iter().map(ToString::to_string).collect();
    let fields: Vec<(&str, &str)> = ids.iter().map(|id| ("members[]", id.as_str())).collect();
    act_on_group(browser, group, "add-members", &fields).await
}

async fn is_member(app: &TestApp, user: Uuid, group: Uuid) -> bool {
    app.engine.store.read().await.unwrap().is_member(user, group).await.unwrap()
}

#[tokio::test]
async fn r6_people_and_groups_are_found_added_and_removed() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let (ana, bo) = (app.add_user("ana").await, app.add_user("bo").await);
    let inner = app.add_group("Analysts", &[&bo]).await;
    let pilot = app.add_group("Pilot", &[]).await;
    let search = format!("{}/add-members", group_page(pilot));
    browser.get(&search).await.assert_hides("ana@contoso.example").assert_hides("Analysts");
    let found = browser.get(&format!("{search}?q=an")).await;
    found
        .assert_shows("ana (ana@contoso.example)")
        .assert_shows("Analysts (group)")
        .assert_hides("bo@contoso.example");
    add(&mut browser, pilot, &[]).await.assert_shows("Choose at least one user or group");
    let page = add(&mut browser, pilot, &[ana.id, inner]).await;
    page.assert_shows("The members are added").assert_shows("ana@contoso.example").assert_shows("Analysts");
    page.assert_shows("2 people, 1 directly and the others through groups inside it");
    assert!(is_member(&app, ana.id, pilot).await && is_member(&app, bo.id, pilot).await);
    let record = record_of(&app, "Add member to group").await.unwrap();
    assert_eq!(record.target_name, "Pilot");
    browser.get(&format!("{search}?q=an")).await.assert_shows("all that match are members already");
    // Added once more, nothing is added.
    add(&mut browser, pilot, &[ana.id]).await.assert_shows("The members are added");
    browser.get(&group_page(pilot)).await.assert_shows("2 people, 1 directly");
    for member in [ana.id, inner] {
        let fields = [("member", member.to_string())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        act_on_group(&mut browser, pilot, "remove-member", &fields)
            .await
            .assert_shows("The member is removed");
        // A second click finds it gone.
        act_on_group(&mut browser, pilot, "remove-member", &fields)
            .await
            .assert_shows("The member is removed");
    }
    assert!(!is_member(&app, ana.id, pilot).await && !is_member(&app, bo.id, pilot).await);
    browser.get(&group_page(pilot)).await.assert_shows("This group has no members");
    assert_eq!(record_of(&app, "Remove member from group").await.unwrap().target_name, "Pilot");
}

#[tokio::test]
async fn a_cycle_of_groups_harms_nothing() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let (ana, bo) = (app.add_user("ana").await, app.add_user("bo").await);
    let (one, other) = (app.add_group("One", &[&ana]).await, app.add_group("Other", &[&bo]).await);
    let third = app.add_group("Third", &[]).await;
    add(&mut browser, one, &[one]).await.assert_shows("A group cannot be a member of itself");
    for (group, member) in [(one, other), (other, third), (third, one)] {
        add(&mut browser, group, &[member]).await.assert_shows("The members are added");
    }
    for group in [one, other, third] {
        let page = browser.get(&group_page(group)).await;
        assert_eq!(page.status, 200);
        page.assert_shows("2 people");
        assert!(is_member(&app, ana.id, group).await && is_member(&app, bo.id, group).await);
    }
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(third.to_string()))).await;
    let page = browser.get("/admin/password-reset/properties").await;
    page.assert_shows("Of 3 people, 3 in scope, 0 registered, 0 ready.");
    assert_eq!(browser.get(GROUPS).await.status, 200);
    act_on_group(&mut browser, other, "delete", &[]).await.assert_shows("The group is deleted");
    assert!(!is_member(&app, bo.id, third).await && is_member(&app, ana.id, third).await);
}

#[tokio::test]
async fn nobody_who_does_not_exist_becomes_a_member() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let ana = app.add_user("ana").await;
    let pilot = app.add_group("Pilot", &[]).await;
    let reply = add(&mut browser, pilot, &[ana.id, app.engine.new_id()]).await;
    assert_eq!(reply.status, 404);
    assert!(!is_member(&app, ana.id, pilot).await, "all or nothing");
}

#[tokio::test]
async fn two_who_add_the_same_member_at_once_add_it_once() {
    let app = TestApp::start().await;
    let browser = admin(&app).await;
    let ana = app.add_user("ana").await;
    let pilot = app.add_group("Pilot", &[]).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let mut browser = browser.clone();
        tasks.spawn(async move { add(&mut browser, pilot, &[ana.id]).await.status });
    }
    assert!(tasks.join_all().await.iter().all(|status| *status == 200));
    let added = app.audit().await.into_iter().filter(|(activity, ..)| activity == "Add member to group");
    assert_eq!(added.count(), 1);
}
