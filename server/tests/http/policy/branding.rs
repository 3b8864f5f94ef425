//! *Branding*.

use super::{POLICY, admin, assert_refused, assert_saved, post, save_at, signed_in};
use crate::support::TestApp;

const PATH: &str = "/admin/branding";

#[tokio::test]
async fn r22_a_global_administrator_names_the_organization_everywhere_at_once() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    assert_saved(&save_at(&mut browser, PATH, &[("organization_name", "  Contoso & Söhne ")]).await);
    let page = app.browser().get("/signin").await;
    page.assert_shows("Contoso & Söhne");
    assert!(
        app.audit()
            .await
            .iter()
            .any(|(activity, result, _)| activity == "Set company information" && result == "success")
    );
    for (name, problem) in [
        ("", "Enter the name"),
        ("  ", "Enter the name"),
        ("a\u{200b}b", "cannot be seen"),
        (&"a".repeat(101), "100 characters"),
    ] {
        assert_refused(&save_at(&mut browser, PATH, &[("organization_name", name)]).await, problem);
    }
    app.browser().get("/signin").await.assert_shows("Contoso & Söhne");
}

#[tokio::test]
async fn r22_nobody_else_does() {
    let app = TestApp::start().await;
    let mut browser = signed_in(&app, "policy", POLICY).await;
    assert_eq!(browser.get(PATH).await.status, 403);
    assert_eq!(post(&mut browser, PATH, "0", &[("organization_name", "Evil")]).await.status, 403);
    app.browser().get("/signin").await.assert_hides("Evil");
}
