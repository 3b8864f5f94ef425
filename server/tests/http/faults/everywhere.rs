//! With the database gone, every address says so, and none says that we made a mistake.

/// Pages that ask the database something, whoever opens them.
const PAGES: [&str; 12] = [
    "/reset/why",
    "/reset/method",
    "/reset/phone",
    "/reset/verify",
    "/reset/password",
    "/reset/done",
    "/authenticator/api/requests",
    "/demo/outbox",
    "/demo/outbox.json",
    "/branding/logo-00ff.png",
    "/admin/audit-logs/export.csv",
    "/hooks/voice/AAAA",
];

/// Forms that whoever sends them must be written down for.
const FORMS: [(&str, &[(&str, &str)]); 8] = [
    ("/signin", &[("username", "alice")]),
    ("/signin", &[("username", "alice"), ("password", "correct horse battery staple")]),
    ("/reset/why", &[("intent", "reset")]),
    ("/reset/method", &[("method", "email")]),
    ("/reset/phone", &[("phone", "+14255550100"), ("country", "")]),
    ("/reset/verify", &[("code", "12345678")]),
    ("/reset/verify/resend", &[]),
    ("/reset/password", &[("new_password", "violet kettle"), ("confirm_password", "violet kettle")]),
];

#[tokio::test]
async fn no_store_failure_is_called_a_mistake_of_ours() {
    let app = crate::reset::walk::open().await;
    crate::reset::walk::alice(&app).await;
    let admin = app.add_user("admin").await;
    app.grant(&admin, "global_administrator").await;
    let mut signed_in = app.browser();
    signed_in.sign_in("admin").await;
    let (walk, _) = crate::reset::walk::Walk::to_methods(&app, "alice@contoso.example").await;
    app.engine.store.close().await;
    let mut told = 0;
    for mut browser in [walk.browser, signed_in] {
        for path in PAGES {
            let reply = browser.get_raw(path).await;
            assert!(reply.status != 500 && reply.status < 504, "{path}: {}", reply.status);
            told += usize::from(reply.status == 503);
        }
        for (path, fields) in FORMS {
            let reply = browser.post_raw(path, fields).await;
            assert!(reply.status != 500 && reply.status < 504, "{path}: {}", reply.status);
            if reply.status == 503 {
                reply.assert_shows("Nothing was lost");
                assert!(reply.headers.contains_key("retry-after"), "{path}");
                told += 1;
            }
        }
    }
    assert!(told > 20, "only {told} of {} say it", 2 * (PAGES.len() + FORMS.len()));
    assert_eq!(app.browser().get_raw("/livez").await.status, 200);
    assert_eq!(app.browser().get_raw("/readyz").await.status, 503);
}
