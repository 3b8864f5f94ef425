//! The app's page, and what it is installed by.

use super::open;

#[tokio::test]
async fn the_page_has_its_texts_its_cards_and_no_inline_script() {
    let app = open().await;
    let mut browser = app.browser();
    assert_eq!(browser.get_raw("/authenticator").await.location(), "/authenticator/");
    let page = browser.get_raw("/authenticator/").await;
    assert_eq!(page.status, 200);
    for text in ["Username", "Pairing code", "Add account", "Somebody told me to do this", "It wasn’t me"] {
        page.assert_shows(text);
    }
    for id in ["request-card", "denied-card", "approved-card", "account-card", "authenticator", "pair"] {
        assert!(page.body.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(page.body.contains("rel=\"manifest\""));
    for script in page.body.split("<script").skip(1) {
        assert!(script.split('>').next().unwrap().contains("src="), "{script}");
    }
}

#[tokio::test]
async fn the_manifest_keeps_the_app_to_its_scope() {
    let app = open().await;
    let reply = app.browser().get_raw("/authenticator/manifest.webmanifest").await;
    assert_eq!(reply.headers["content-type"], "application/manifest+json");
    let manifest: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
    for key in ["id", "scope", "start_url"] {
        assert_eq!(manifest[key], "/authenticator/");
    }
    assert_eq!(manifest["display"], "standalone");
    let sizes: Vec<_> =
        manifest["icons"].as_array().unwrap().iter().map(|icon| icon["sizes"].clone()).collect();
    assert_eq!(sizes, ["192x192", "512x512", "512x512"]);
}
