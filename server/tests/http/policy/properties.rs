//! *Properties* and *Select group*.

use regain_core::policy::{Explain, Scope};
use regain_store::GroupMember;

use super::{address, admin, assert_refused, assert_saved, is_checked, last_record, post, save, stored};
use crate::support::{Browser, Reply, TestApp};

const TAB: &str = "properties";
const PICKER: &str = "/admin/password-reset/select-group";

async fn scope(browser: &mut Browser, scope: &str, group: &str) -> Reply {
    save(browser, TAB, &[("scope", scope), ("group", group), ("explain", "never")]).await
}

#[tokio::test]
async fn r1_r4_r9_none_all_and_back_are_saved() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let page = browser.get(&address(TAB)).await;
    assert!(is_checked(&page, "scope", "none") && is_checked(&page, "explain", "never"), "the defaults");
    assert_saved(&scope(&mut browser, "all", "").await);
    assert_eq!(stored(&app).await.scope, Scope::All);
    assert_saved(&scope(&mut browser, "none", "").await);
    assert_eq!(stored(&app).await.scope, Scope::None);
    for forged in ["everybody", "", "ALL"] {
        assert_refused(&scope(&mut browser, forged, "").await, "Choose one of the answers");
        assert_eq!(stored(&app).await.scope, Scope::None);
    }
}

#[tokio::test]
async fn r3_r5_r6_r10_one_group_is_chosen_and_shown_with_its_members() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let (ana, bo) = (app.add_user("ana").await, app.add_user("bo").await);
    let inner = app.add_group("Inner", &[&bo]).await;
    let outer = app.add_group("Outer", &[&ana]).await;
    let mut tx = app.engine.store.write().await.unwrap();
    tx.add_member(outer, GroupMember::Group(inner)).await.unwrap();
    tx.commit().await.unwrap();
    let reply = scope(&mut browser, "selected", &outer.to_string()).await;
    assert_saved(&reply);
    reply.assert_shows("Outer").assert_shows("1 person in the group, 1 more through nested groups");
    reply.assert_shows("Of 3 people, 3 in scope, 0 registered, 0 ready.");
    assert!(last_record(&app).await.details.contains(r#""new":"Outer""#), "the record names the group");
    assert_saved(&scope(&mut browser, "selected", &inner.to_string()).await);
    assert_eq!(
        stored(&app).await.scope,
        Scope::Selected(Some(inner.to_string())),
        "the other one is replaced"
    );
}

#[tokio::test]
async fn r5_two_groups_at_once_are_no_form() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let (one, other) = (app.add_group("One", &[]).await, app.add_group("Other", &[]).await);
    assert_saved(&scope(&mut browser, "selected", &one.to_string()).await);
    let version = browser.get(&address(TAB)).await.input("version");
    for groups in [format!("group={other}&group={one}"), format!("group[]={other}&group[]={one}")] {
        let body = format!("version={version}&scope=selected&explain=never&{groups}");
        let reply = browser.post_body(&address(TAB), &body, &[]).await;
        assert_eq!(reply.status, 400, "{groups}");
        reply.assert_shows("We could not read that form");
        assert_eq!(stored(&app).await.scope, Scope::Selected(Some(one.to_string())));
    }
}

#[tokio::test]
async fn r7_r11_selected_without_a_group_that_exists_is_refused() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    browser.get(&address(TAB)).await.assert_shows("No groups selected");
    let reply = scope(&mut browser, "selected", "").await;
    assert_refused(&reply, "Select a group, or choose None or All");
    assert!(reply.body.contains("href=\"#group\"") && reply.body.contains("id=\"group\""));
    assert!(is_checked(&reply, "scope", "selected"), "what was chosen stays");
    let user = app.add_user("ana").await;
    for gone in [app.engine.new_id().to_string(), user.id.to_string(), "nonsense".to_owned()] {
        assert_refused(&scope(&mut browser, "selected", &gone).await, "That group does not exist any more");
        assert_eq!(stored(&app).await.scope, Scope::None);
    }
}

#[tokio::test]
async fn a_group_that_is_deleted_leaves_nobody_enabled_and_the_tab_says_so() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let group = app.add_group("Pilot", &[]).await;
    assert_saved(&scope(&mut browser, "selected", &group.to_string()).await);
    let mut tx = app.engine.store.write().await.unwrap();
    tx.delete_group(group).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(stored(&app).await.scope, Scope::Selected(None));
    browser.get(&address(TAB)).await.assert_shows("The chosen group was deleted");
}

#[tokio::test]
async fn r8_the_picker_carries_what_is_typed_and_saves_nothing() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let group = app.add_group("SSPR-Test-Group", &[]).await;
    app.add_group("Another", &[]).await;
    let version = browser.get(&address(TAB)).await.input("version");
    let typed =
        "scope=selected&group=&explain=on_networks&explain_networks=10.0.0.0%2F8%0D%0A2001%3Adb8%3A%3A%2F32";
    let page = browser.get(&format!("{PICKER}?version={version}&{typed}")).await;
    page.assert_shows("Select group").assert_shows("SSPR-Test-Group").assert_shows("Another");
    let page = browser.get(&format!("{PICKER}?version={version}&{typed}&q=test-gr")).await;
    page.assert_shows("SSPR-Test-Group").assert_hides("Another").assert_shows("1 group found");
    assert_eq!(page.input("explain_networks"), "10.0.0.0/8\r\n2001:db8::/32", "the form behind goes along");
    browser.get(&format!("{PICKER}?q=nothing-like-it")).await.assert_shows("No groups match");

    let typed = typed.replace("group=", &format!("group={group}"));
    let page = browser.get(&format!("{}?version={version}&{typed}", address(TAB))).await;
    page.assert_shows("SSPR-Test-Group")
        .assert_shows("2001:db8::/32")
        .assert_shows("You have changes to save");
    assert!(is_checked(&page, "scope", "selected") && is_checked(&page, "explain", "on_networks"));
    assert_eq!(page.input("group"), group.to_string());
    assert_eq!(stored(&app).await.scope, Scope::None, "nothing is saved before Save");

    // Somebody else saves in between: the trip does not hide it.
    app.set_policy(|policy| policy.scope = Scope::All).await;
    let page = browser.get(&format!("{}?version={version}&{typed}", address(TAB))).await;
    let fields = [("scope", "selected"), ("group", &group.to_string()), ("explain", "never")];
    let reply = post(&mut browser, &address(TAB), &page.input("version"), &fields).await;
    assert_refused(&reply, "Somebody else changed these settings");
}

#[tokio::test]
async fn a_search_is_a_text_and_nothing_else() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    app.add_group("100% real", &[]).await;
    app.add_group("Other", &[]).await;
    browser.get(&format!("{PICKER}?q=%25")).await.assert_shows("100% real").assert_hides("Other");
    assert_eq!(browser.get(&format!("{PICKER}?q=%00")).await.status, 200);
    for query in ["%ff", "'%20OR%201=1", "_", "\\"] {
        let page = browser.get(&format!("{PICKER}?q={query}")).await;
        assert_eq!(page.status, 200, "{query}");
        page.assert_hides("Other");
    }
}

#[tokio::test]
async fn ruling_3_reasons_can_be_bound_to_networks() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let fields = |networks| [("scope", "none"), ("explain", "on_networks"), ("explain_networks", networks)];
    let reply = save(&mut browser, TAB, &fields("10.0.0.0/8\r\nnot a network\r\n10.0.0.0/33")).await;
    assert_refused(&reply, "“not a network” is not a network");
    reply.assert_shows("“10.0.0.0/33” is not a network");
    assert_refused(&save(&mut browser, TAB, &fields(" \r\n ,")).await, "Enter at least one network");
    assert_eq!(stored(&app).await.explain, Explain::Never);
    assert_saved(&save(&mut browser, TAB, &fields("10.0.0.0/8\r\n\r\n2001:db8::/32, 10.0.0.0/8")).await);
    let networks = vec!["10.0.0.0/8".to_owned(), "2001:db8::/32".to_owned()];
    assert_eq!(stored(&app).await.explain, Explain::OnNetworks(networks));
    let fields = [("scope", "none"), ("explain", "always"), ("explain_networks", "nonsense")];
    assert_saved(&save(&mut browser, TAB, &fields).await);
    assert_eq!(stored(&app).await.explain, Explain::Always);
}

#[tokio::test]
async fn r14_the_tab_says_that_administrators_have_their_own_policy() {
    let app = TestApp::start().await;
    let page = admin(&app).await.get(&address(TAB)).await;
    page.assert_shows("Administrators can reset at any time and always need two methods");
    assert!(page.body.contains("href=\"/admin/password-reset/administrator-policy\""));
}
