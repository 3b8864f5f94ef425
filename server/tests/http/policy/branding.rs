//! *Branding*.

use regain_server::messages::Notice;

use super::{POLICY, admin, assert_refused, assert_saved, post, save_at, signed_in, strong_admin};
use crate::support::smtp::MailServer;
use crate::support::{Browser, Reply, TestApp};

const PATH: &str = "/admin/branding";

#[tokio::test]
async fn r22_a_global_administrator_names_the_organization_everywhere_at_once() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    assert_saved(
        &save_at(&mut browser, PATH, &[("organization_name", "  Contoso & Söhne "), ("time_zone", "UTC")])
            .await,
    );
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
        let fields = [("organization_name", name), ("time_zone", "UTC")];
        assert_refused(&save_at(&mut browser, PATH, &fields).await, problem);
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

/// A PNG of one colour.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.add_text_chunk("Author".to_owned(), "Somebody".to_owned()).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![9; (width * height * 3) as usize]).unwrap();
    writer.finish().unwrap();
    png
}

async fn upload(browser: &mut Browser, field: &str, file: &[u8]) -> Reply {
    let mut body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"logo.png\"\r\n\
         Content-Type: image/png\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    let reply = browser.post_bytes(UPLOAD, body, &headers).await;
    browser.follow(reply).await
}

const UPLOAD: &str = "/admin/branding/logo";
const FIELD: &str = "organization_logo";

/// The address of the logo on a page.
fn logo_of(page: &Reply) -> Option<String> {
    let image = page.body.split("<img").find(|tag| tag.contains("org-logo"))?;
    Some(image.split("src=\"").nth(1)?.split('"').next()?.to_owned())
}

#[tokio::test]
async fn r114_a_logo_is_shown_at_an_address_of_its_own_and_removed() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    assert_saved(&upload(&mut browser, FIELD, &picture(40, 20)).await);
    let first = logo_of(&app.browser().get("/signin").await).expect("a logo on the sign-in page");
    assert_eq!(logo_of(&app.browser().get("/reset?administrator").await), Some(first.clone()));
    assert_eq!(logo_of(&browser.get("/admin").await), Some(first.clone()));
    let served = app.browser().get_raw(&first).await;
    assert_eq!((served.status, served.headers["content-type"].to_str().unwrap()), (200, "image/png"));
    assert!(served.headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert!(!served.body.contains("Somebody"), "metadata is gone");
    assert_saved(&upload(&mut browser, FIELD, &picture(41, 20)).await);
    let second = logo_of(&app.browser().get("/signin").await).expect("another logo");
    assert_ne!(first, second);
    assert_eq!(app.browser().get_raw(&first).await.status, 404);
    assert_saved(&browser.post("/admin/branding/remove-logo", &[]).await);
    assert_eq!(logo_of(&app.browser().get("/signin").await), None);
    assert_eq!(app.browser().get_raw(&second).await.status, 404);
    for odd in ["/branding/logo-.png", "/branding/x", "/branding/logo-%00.png"] {
        assert_eq!(app.browser().get_raw(odd).await.status, 404, "{odd}");
    }
    let log = app.audit().await;
    let saves =
        log.iter().filter(|(name, result, _)| name == "Set company information" && result == "success");
    assert_eq!(saves.count(), 3);
}

#[tokio::test]
async fn r196_mails_carry_name_and_logo_within_them() {
    let mails = MailServer::start().await;
    let app = TestApp::start_mailing(&mails.url).await;
    let mut browser = strong_admin(&app).await;
    let told = || async {
        let user = app.engine.store.read().await.unwrap().user_by_key("admin@contoso.example").await.unwrap();
        let notice = Notice {
            to: &[user.unwrap().upn],
            template: "contact-request",
            params: &[("name", "Ana".to_owned()), ("person", "Bob".to_owned())],
            locale: "en",
            support_code: "ABCD-EFGH",
        };
        let mut tx = app.engine.store.write().await.unwrap();
        app.engine.enqueue_notice(&mut *tx, &notice).await.unwrap();
        tx.commit().await.unwrap();
        app.run_jobs().await;
        mails.mails().last().unwrap().data.clone()
    };
    let before = told().await;
    assert!(!before.contains("image/png") && !before.contains("cid:"), "{before}");
    assert_saved(&upload(&mut browser, FIELD, &picture(80, 72)).await);
    let mail = told().await;
    for part in ["Content-ID: <logo>", "Content-Type: image/png", "Content-Disposition: inline", "cid:logo"] {
        assert!(mail.contains(part), "{part}: {mail}");
    }
    assert!(mail.replace("=\r\n", "").contains("width=3D\"40\" height=3D\"36\""), "{mail}");
    assert!(!mail.contains("/branding/"), "nothing is fetched");
}

#[tokio::test]
async fn a_file_that_is_no_logo_is_refused_and_the_logo_stays() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    assert_saved(&upload(&mut browser, FIELD, &picture(40, 20)).await);
    let before = logo_of(&app.browser().get("/signin").await);
    let large = [picture(40, 20), vec![0; 70_000]].concat();
    for (field, file, problem) in [
        (FIELD, b"".to_vec(), "Choose a PNG file"),
        ("other", picture(4, 4), "Choose a PNG file"),
        (FIELD, b"<svg onload=alert(1)>".to_vec(), "not a PNG picture"),
        (FIELD, picture(600, 4), "larger than 512 by 512"),
        (FIELD, large, "larger than 64 KB"),
    ] {
        let page = upload(&mut browser, field, &file).await;
        assert_refused(&page, problem);
        assert_eq!(page.input("organization_name"), "Regain", "the name is not lost");
    }
    assert_eq!(upload(&mut browser, FIELD, &vec![0; 1_100_000]).await.status, 413);
    for (body, kind) in
        [("a=b", "application/x-www-form-urlencoded"), ("junk", "multipart/form-data; boundary=e")]
    {
        let reply = browser.post_body(UPLOAD, body, &[("content-type", kind)]).await;
        assert_eq!(reply.status, 400, "{kind}");
    }
    assert_eq!(logo_of(&app.browser().get("/signin").await), before);
}

#[tokio::test]
async fn r22_nobody_else_sets_a_logo_and_no_other_site_does() {
    let app = TestApp::start().await;
    let mut policy = signed_in(&app, "policy", POLICY).await;
    assert_eq!(upload(&mut policy, FIELD, &picture(4, 4)).await.status, 403);
    assert_eq!(policy.post("/admin/branding/remove-logo", &[]).await.status, 403);
    let mut stranger = app.browser();
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    assert!(stranger.post_body(UPLOAD, "", &headers).await.location().starts_with("/signin?next="));
    let mut browser = admin(&app).await;
    let evil = [("content-type", "multipart/form-data; boundary=e"), ("sec-fetch-site", "cross-site")];
    assert_eq!(browser.post_body(UPLOAD, "", &evil).await.status, 403);
    assert_eq!(logo_of(&app.browser().get("/signin").await), None);
}
