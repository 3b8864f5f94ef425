//! Who may do what to whom (T105, T112).

use regain_core::role::Role;
use regain_store::User;

use super::{act, page_of, record_of, roles_of, user_of};
use crate::policy::{GLOBAL, signed_in};
use crate::support::{Browser, PASSWORD, Reply, TestApp};

/// Every act, in an order in which each can still be done after the ones before it.
const ACTS: [&str; 12] = [
    "new",
    "names",
    "contact",
    "set-password",
    "remove-method",
    "release",
    "block",
    "group-new",
    "group-add",
    "group-remove",
    "group-delete",
    "delete",
];

/// What each role may do to people without a role, written down by hand.
fn allowed(role: Role) -> Vec<&'static str> {
    match role {
        Role::GlobalAdministrator | Role::UserAdministrator => ACTS.to_vec(),
        Role::HelpdeskAdministrator | Role::PasswordAdministrator => vec!["set-password", "release"],
        Role::AuthenticationAdministrator | Role::PrivilegedAuthenticationAdministrator => {
            vec!["contact", "set-password", "remove-method", "release"]
        }
        _ => vec![],
    }
}

/// Does one thing; what it answers.
async fn try_act(app: &TestApp, browser: &mut Browser, user: &User, what: &str, number: usize) -> Reply {
    let (id, name) = (user.id.to_string(), format!("new{number}"));
    let upn = format!("{name}@contoso.example");
    let group = app.add_group(&format!("Group {what} {number}"), &[user]).await.to_string();
    let empty = app.add_group(&format!("Empty {what} {number}"), &[]).await.to_string();
    let user_form = |what: &str, fields: &[(&'static str, String)]| {
        let mut all = vec![("id", id.clone())];
        all.extend(fields.iter().cloned());
        (format!("/admin/users/{what}"), all)
    };
    let text = ToString::to_string;
    let (path, fields) = match what {
        "new" => (
            "/admin/users/new".to_owned(),
            vec![
                ("user_principal_name", upn),
                ("display_name", name),
                ("initial_password", "a kettle for the first day".to_owned()),
            ],
        ),
        "names" => user_form("save", &[("display_name", text("Renamed"))]),
        "contact" => {
            user_form("save", &[("display_name", text("Renamed")), ("mobile_phone", text("+1 4255550123"))])
        }
        "set-password" => {
            user_form("set-password", &[("temporary_password", text("a kettle for the first day"))])
        }
        "remove-method" => {
            let method = app.methods_of(user).await.first().map(|row| row.id.to_string()).unwrap_or_default();
            user_form("remove-method", &[("method", method)])
        }
        "release" => user_form("release", &[]),
        "block" => user_form("block", &[("blocked", text("true"))]),
        "delete" => user_form("delete", &[]),
        "group-new" => ("/admin/groups/new".to_owned(), vec![("name", format!("Made {number}"))]),
        "group-add" => {
            ("/admin/groups/add-members".to_owned(), vec![("id", empty), ("members[]", id.clone())])
        }
        "group-remove" => {
            ("/admin/groups/remove-member".to_owned(), vec![("id", group), ("member", id.clone())])
        }
        "group-delete" => ("/admin/groups/delete".to_owned(), vec![("id", group)]),
        other => panic!("{other}"),
    };
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post_raw(&path, &fields).await
}

#[tokio::test]
async fn t105_every_role_does_what_it_may_and_nothing_else() {
    let app = TestApp::start().await;
    for (number, role) in Role::ALL.iter().enumerate() {
        let actor = app.add_user(&format!("actor{number}")).await;
        app.grant(&actor, role.as_str()).await;
        let target = app.add_user(&format!("target{number}")).await;
        app.add_email(&target, &format!("target{number}@mail.example")).await;
        let mut browser = app.session(&actor).await;
        for what in ACTS {
            let before = user_of(&app, &target).await;
            let reply = try_act(&app, &mut browser, &target, what, number).await;
            // Names alone and names with contact data go through one form, which changes what the role covers.
            let may = match what {
                "names" => allowed(*role).iter().any(|act| ["names", "contact"].contains(act)),
                what => allowed(*role).contains(&what),
            };
            if may {
                assert_eq!(reply.status, 303, "{role} {what}");
                assert!(reply.location().contains('?'), "{role} {what}: {}", reply.location());
            } else {
                assert_eq!(reply.status, 403, "{role} {what}");
                reply.assert_shows("You cannot open this page");
                assert_eq!(user_of(&app, &target).await, before, "{role} {what}");
            }
        }
    }
    assert!(
        app.engine.store.read().await.unwrap().user_by_key("new5@contoso.example").await.unwrap().is_none()
    );
}

/// Everything that changes an account itself.
async fn assert_untouchable(app: &TestApp, browser: &mut Browser, target: &User, who: &str) {
    let (before, methods) = (user_of(app, target).await, app.methods_of(target).await);
    for (number, what) in
        ["names", "contact", "set-password", "remove-method", "release", "block", "delete"].iter().enumerate()
    {
        let reply = try_act(app, browser, target, what, 100 + number).await;
        assert_eq!(reply.status, 403, "{who} {what}");
    }
    assert_eq!(user_of(app, target).await, before, "{who}");
    assert_eq!(app.methods_of(target).await.len(), methods.len(), "{who}");
    app.execute("DELETE FROM groups").await;
}

#[tokio::test]
async fn t105_t112_nobody_below_touches_an_administrator() {
    let app = TestApp::start().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, GLOBAL).await;
    let una = app.add_user("una").await;
    app.grant(&una, "user_administrator").await;
    for user in [&boss, &una] {
        app.add_email(user, &format!("{}@mail.example", user.display_name)).await;
    }
    for role in [
        "helpdesk_administrator",
        "password_administrator",
        "authentication_administrator",
        "user_administrator",
        "authentication_policy_administrator",
        "reports_reader",
        "global_reader",
    ] {
        let mut browser = signed_in(&app, role, role).await;
        for target in [&boss, &una] {
            assert_untouchable(&app, &mut browser, target, role).await;
        }
    }
    let refused = record_of(&app, "Reset password (by admin)").await.unwrap();
    assert_eq!((refused.result.as_str(), refused.reason.as_str()), ("failure", "Insufficient privileges"));
    app.browser().sign_in("boss").await;
    // The one role between: administrators yes, who can do everything no.
    let mut between = signed_in(&app, "between", "privileged_authentication_administrator").await;
    let reply =
        act(&mut between, &una, "set-password", &[("temporary_password", "a kettle for the first day")])
            .await;
    assert_eq!(reply.status, 303);
    let reply =
        act(&mut between, &boss, "set-password", &[("temporary_password", "a kettle for the first day")])
            .await;
    assert_eq!(reply.status, 403);
    assert!(app.browser().try_sign_in("boss", PASSWORD).await.location().starts_with("/admin"));
}

#[tokio::test]
async fn t105_a_denied_act_is_written_down() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = signed_in(&app, "reader", "reports_reader").await;
    for (what, activity) in [
        ("new", "Add user"),
        ("names", "Update user"),
        ("set-password", "Reset password (by admin)"),
        ("remove-method", "Admin updated security info"),
        ("release", "Release lock (by admin)"),
        ("delete", "Delete user"),
        ("group-new", "Add group"),
        ("group-add", "Add member to group"),
        ("group-remove", "Remove member from group"),
        ("group-delete", "Delete group"),
    ] {
        assert_eq!(try_act(&app, &mut browser, &ana, what, 7).await.status, 403);
        let record = record_of(&app, activity).await.unwrap_or_else(|| panic!("{what} left no record"));
        assert_eq!(
            (record.result.as_str(), record.reason.as_str()),
            ("failure", "Insufficient privileges"),
            "{what}"
        );
        assert_eq!(record.actor_upn, "reader@contoso.example");
    }
    assert_eq!(act(&mut browser, &ana, "roles", &[("roles[]", GLOBAL)]).await.status, 403);
    assert_eq!(record_of(&app, "Add member to role").await.unwrap().result, "failure");
    assert!(roles_of(&app, &ana).await.is_empty());
}

#[tokio::test]
async fn t105_without_a_role_or_a_session_there_is_no_portal() {
    let app = TestApp::start().await;
    let (ana, bo) = (app.add_user("ana").await, app.add_user("bo").await);
    let mut hers = app.session(&ana).await;
    let mut stranger = app.browser();
    for path in [
        "/admin/users",
        "/admin/users/new",
        "/admin/groups",
        "/admin/groups/new",
        "/admin/roles",
        &page_of(&bo),
    ] {
        let page = hers.get(path).await;
        assert_eq!(page.status, 403, "{path}");
        page.assert_hides("bo@contoso.example");
        assert!(stranger.get_raw(path).await.location().starts_with("/signin?next="), "{path}");
    }
    for (number, what) in ACTS.iter().enumerate() {
        assert_eq!(try_act(&app, &mut hers, &bo, what, 200 + number).await.status, 403, "{what}");
        let reply = try_act(&app, &mut stranger, &bo, what, 300 + number).await;
        assert!(
            reply.status == 303 && reply.location().starts_with("/signin"),
            "{what}: {}",
            reply.location()
        );
    }
    assert_eq!(user_of(&app, &bo).await, Some(bo));
}
