//! What is far too long comes back as far as it fits, so that there is something to shorten.

use crate::support::{Browser, TestApp};

const CUT: &str = "Its end is missing here";

fn long() -> String {
    "ä0\"<".repeat(2_500)
}

async fn admin(app: &TestApp) -> Browser {
    let user = app.add_user("admin").await;
    app.grant(&user, "global_administrator").await;
    let mut browser = app.browser();
    browser.sign_in("admin").await;
    browser
}

#[tokio::test]
async fn a_name_of_ten_thousand_characters_is_not_lost() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    let long = long();
    let page = browser.post("/signin", &[("username", &long)]).await;
    let kept = page.assert_shows("Your username is too long").assert_shows(CUT).input("username");
    assert!(kept.chars().count() > 500 && long.starts_with(&kept), "{kept}");
    let captcha = browser.get("/reset?administrator").await.input("captcha");
    let fields = [("username", long.as_str()), ("captcha", captcha.as_str()), ("characters", "abc")];
    let page = browser.post("/reset", &fields).await;
    assert!(long.starts_with(&page.input("username")) && page.input("username").len() > 500);
    assert_eq!(page.input("captcha"), captcha, "what is short stays whole");
    let page = browser.get("/signin").await;
    page.assert_hides(CUT);
}

#[tokio::test]
async fn neither_is_what_an_administrator_typed() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let long = long();
    for (page, post, field, others) in [
        ("/admin/branding", "/admin/branding", "organization_name", [("version", "0"), ("", "")]),
        (
            "/admin/password-reset/customization",
            "/admin/password-reset/customization",
            "helpdesk_target",
            [("version", "1"), ("helpdesk_customized", "yes")],
        ),
        ("/admin/users/new", "/admin/users/new", "display_name", [("", ""), ("first_name", "Ana")]),
        ("/admin/groups/new", "/admin/groups/new", "name", [("", ""), ("description", "Short")]),
    ] {
        let shown = browser.get(page).await;
        let version = if others[0].0.is_empty() { String::new() } else { shown.input("version") };
        let mut fields = vec![("version", version.as_str()), others[1], (field, long.as_str())];
        fields.retain(|(name, _)| !name.is_empty());
        let page = browser.post(post, &fields).await;
        page.assert_shows("There is a problem").assert_shows(CUT);
        let kept = page.input(field);
        assert!(kept.chars().count() > 500 && long.starts_with(&kept), "{post}: {kept}");
    }
}

#[tokio::test]
async fn no_field_cuts_what_is_pasted_into_it() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    for page in ["/security-info/change-password", "/admin/users/new", "/admin/password-reset/customization"]
    {
        assert!(!browser.get(page).await.body.contains("maxlength=\""), "{page}");
    }
}
