//! What an administrator sees of a user.

use crate::support::{Browser, Reply, TestApp};

async fn as_role(app: &TestApp, name: &str, roles: &[&str]) -> Browser {
    let user = app.add_user(name).await;
    for role in roles {
        app.grant(&user, role).await;
    }
    let mut browser = app.browser();
    browser.try_sign_in(name, crate::support::PASSWORD).await;
    browser
}

/// Her page, as somebody with these roles sees it.
async fn seen_by(app: &TestApp, id: &str, name: &str, roles: &[&str]) -> Reply {
    as_role(app, name, roles).await.get_raw(&format!("/admin/users/{id}")).await
}

#[tokio::test]
async fn r100_authentication_phone_and_email_are_masked_for_who_only_reads() {
    let app = TestApp::start().await;
    let mut ana = app.add_user("ana").await;
    ana.mobile_phone = Some("+371 20123456".to_owned());
    ana.alternate_email = Some("ana@entered.example".to_owned());
    app.save(&ana).await;
    app.add_email(&ana, "ana@home.example").await;
    app.add_phone(&ana, "+37129876543").await;
    let id = ana.id.to_string();
    let whole = ["ana@home.example", "ana@entered.example", "20123456", "29876543"];
    for role in ["global_reader", "authentication_policy_administrator"] {
        let page = seen_by(&app, &id, role, &[role]).await;
        assert_eq!(page.status, 200, "{role}");
        for contact in whole {
            assert!(!page.body.contains(contact), "{role} sees {contact}");
        }
        page.assert_shows("a•••@h•••.example").assert_shows("••••••••43");
        assert_eq!(page.input("mobile_phone"), "••••••••56");
        assert_eq!(page.input("alternate_email"), "a•••@e•••.example");
    }
    for role in ["helpdesk_administrator", "authentication_administrator", "user_administrator"] {
        let page = seen_by(&app, &id, role, &[role]).await;
        for contact in whole {
            assert!(page.body.contains(contact), "{role} does not see {contact}");
        }
    }
}

#[tokio::test]
async fn r100_of_an_account_of_higher_standing_contact_data_is_masked() {
    let app = TestApp::start().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, "global_administrator").await;
    app.add_email(&boss, "boss@home.example").await;
    let page = seen_by(&app, &boss.id.to_string(), "helpdesk", &["helpdesk_administrator"]).await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("boss@home.example"));
}

#[tokio::test]
async fn r100_without_the_right_to_read_users_there_is_no_page() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.add_email(&ana, "ana@home.example").await;
    for (name, roles) in [("reader", &["reports_reader"][..]), ("nobody", &[][..])] {
        let page = seen_by(&app, &ana.id.to_string(), name, roles).await;
        assert_eq!(page.status, 403, "{name}");
        assert!(!page.body.contains("ana@home.example") && !page.body.contains("h•••"), "{name}");
    }
}
