//! Dead ends: what is told where reasons are explained, and what every one of them offers.

use regain_core::policy::{Explain, Scope};

use super::walk::{Walk, alice, open, ready};
use crate::support::Reply;

/// R125: the code, a way to help on the page itself and in its footer, and the support code.
#[track_caller]
fn assert_helps(page: &Reply, code: &str) {
    page.assert_shows(code).assert_shows("Contact your administrator").assert_shows("Support code");
    let (main, footer) = page.body.split_once("<footer").expect("a footer");
    for part in [main, footer] {
        assert!(
            part.contains("href=\"/help\"") && part.contains("Contact your administrator"),
            "{code}: {part}"
        );
    }
}

#[tokio::test]
async fn r118_r120_r122_r123_r125_where_reasons_are_explained_each_has_its_text_and_code() {
    let app = open().await;
    let user = alice(&app).await;
    app.add_user("bobby").await;
    let group = app.add_group("Pilot", &[&user]).await;
    app.set_policy(|policy| policy.explain = Explain::Always).await;
    let (_, page) = Walk::start(&app, "bobby@contoso.example").await;
    assert_helps(&page, "SSPR_0014");
    ready(&app, "carol", "+14255550101").await;
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(group.to_string()))).await;
    let (_, page) = Walk::start(&app, "carol@contoso.example").await;
    assert_helps(&page, "SSPR_0013");
    page.assert_shows("not in the group");
    app.set_policy(|policy| policy.scope = Scope::Selected(None)).await;
    let (_, page) = Walk::start(&app, "carol@contoso.example").await;
    assert_helps(&page, "SSPR_0011");
    app.set_policy(|policy| policy.scope = Scope::None).await;
    let (_, page) = Walk::start(&app, "carol@contoso.example").await;
    assert_helps(&page, "SSPR_0009");
}

#[tokio::test]
async fn explained_or_not_unknown_and_blocked_are_told_the_same() {
    let app = open().await;
    app.set_policy(|policy| policy.explain = Explain::Always).await;
    let user = alice(&app).await;
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&regain_store::User { blocked: true, ..user }).await.unwrap();
    tx.commit().await.unwrap();
    let mut shapes = Vec::new();
    for name in ["alice@contoso.example", "ghost@contoso.example"] {
        let (_, page) = Walk::start(&app, name).await;
        page.assert_shows("We can’t reset this password here").assert_hides("SSPR_");
        shapes.push(super::walk::shape(&page, name));
    }
    assert_eq!(shapes[0], shapes[1]);
}

#[tokio::test]
async fn reasons_are_explained_on_these_networks_only() {
    let app = open().await;
    app.add_user("bobby").await;
    app.set_policy(|policy| policy.explain = Explain::OnNetworks(vec!["203.0.113.0/24".to_owned()])).await;
    let (_, page) = Walk::start(&app, "bobby@contoso.example").await;
    page.assert_shows("SSPR_0014");
    let mut walk = Walk { app: &app, browser: app.browser() };
    walk.browser.address = "198.51.100.7".to_owned();
    let reply = walk.start_raw("bobby@contoso.example").await;
    assert_eq!(reply.location(), "/reset/why");
}

#[tokio::test]
async fn an_explained_dead_end_is_an_end() {
    let app = open().await;
    app.add_user("bobby").await;
    app.set_policy(|policy| policy.explain = Explain::Always).await;
    let (mut walk, _) = Walk::start(&app, "bobby@contoso.example").await;
    for (path, field) in
        [("why", ("intent", "reset")), ("method", ("method", "email")), ("verify", ("code", "00000000"))]
    {
        walk.browser.post(&format!("/reset/{path}"), &[field]).await.assert_shows("SSPR_0014");
    }
}

#[tokio::test]
async fn r210_r213_r214_the_administrator_policy_holds_for_administrators() {
    let app = open().await;
    app.set_policy(|policy| {
        policy.scope = Scope::None;
        policy.explain = Explain::Always;
    })
    .await;
    let erin = ready(&app, "erin1", "+14255550104").await;
    app.grant(&erin, "user_administrator").await;
    let (mut walk, _) = Walk::to_methods(&app, "erin1@contoso.example").await;
    walk.by_email("erin1@mail.example").await.assert_shows("One more check");

    let mut tx = app.engine.store.write().await.unwrap();
    let switched = regain_core::policy::AdministratorPolicy { enabled: false };
    let name = regain_server::policy::ADMINISTRATORS;
    regain_server::policy::save_document(&mut *tx, name, &switched, 0, app.now()).await.unwrap();
    tx.commit().await.unwrap();
    let (_, page) = Walk::start(&app, "erin1@contoso.example").await;
    page.assert_shows("SSPR_0009");
}

#[tokio::test]
async fn r231_a_flow_that_is_left_says_where() {
    let app = open().await;
    alice(&app).await;
    Walk::start(&app, "alice@contoso.example").await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let (mut walk, _) = Walk::to_methods(&app, "ghost").await;
    walk.choose("email").await;
    app.advance(std::time::Duration::from_mins(16));
    app.run_jobs().await;
    // What a decoy seemed to do says that it only seemed so.
    let shown = |reason: &str| {
        let reason = reason.strip_prefix("Only in appearance: ").unwrap_or(reason);
        reason.starts_with("Aband").then(|| reason.split(". ").next().unwrap_or_default().to_owned())
    };
    let left: Vec<_> = app.audit().await.iter().filter_map(|(.., reason)| shown(reason)).collect();
    assert_eq!(
        left,
        [
            "Abandoned after entering the user ID",
            "Abandoned after starting the email verification option",
            "Abandoned after starting the email verification option",
        ]
    );
}
