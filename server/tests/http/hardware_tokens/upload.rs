//! The file.

use std::time::Duration;

use super::{HEAD, PATH, SECRET, SEED, UPLOAD, manager, send, send_raw, tokens_of, upload_one};
use crate::policy::{GLOBAL, POLICY, signed_in};
use crate::support::TestApp;

#[tokio::test]
async fn good_rows_are_taken_with_and_without_a_mark_and_bad_ones_are_told_by_line() {
    let app = TestApp::start().await;
    let (ana, bob) = (app.add_user("ana").await, app.add_user("bob").await);
    let admin = app.add_user("boss").await;
    app.grant(&admin, GLOBAL).await;
    let mut browser = manager(&app).await;
    let file = format!(
        "\u{feff}{HEAD}\r\n\
         Ana@Contoso.example,FT-1,{SECRET},30,Feitian,\"C200, blue\"\r\n\
         nobody@contoso.example,FT-2,{SECRET},30,Feitian,C200\r\n\
         bob@contoso.example,ft-1,{SECRET},30,Feitian,C200\r\n\
         bob@contoso.example,FT-4,NOT-BASE-32-1,30,Feitian,C200\r\n\
         \r\n\
         bob@contoso.example,FT-5,{SECRET},45,Feitian,C200\r\n\
         boss@contoso.example,FT-6,{SECRET},30,Feitian,C200\r\n\
         bob@contoso.example,FT-7,{SECRET},30,Feitian,C200,more\r\n\
         bob@contoso.example,FT-8,gezd gnbv gy3t qojq gezd gnbv gy3t qojq,60,,\r\n"
    );
    let page = send(&mut browser, file.as_bytes()).await;
    page.assert_shows("2 tokens were uploaded.").assert_shows("6 rows were not uploaded");
    for told in [
        "Line 3: There is no user nobody@contoso.example",
        "Line 4: There is a token with the serial number ft-1 already",
        "Line 5: The secret key is not Base32",
        "Line 7: The time interval must be 30 or 60",
        "Line 8: Your roles do not let you manage boss@contoso.example",
        "Line 9: The row has more columns than the headers",
    ] {
        page.assert_shows(told);
    }
    for secret in [SECRET, "NOT-BASE-32-1", "gezd"] {
        assert!(!page.body.contains(secret), "{secret} is shown");
    }
    let (hers, his) = (tokens_of(&app, &ana).await.remove(0), tokens_of(&app, &bob).await.remove(0));
    assert_eq!((hers.serial.as_str(), hers.model.as_str(), hers.period), ("FT-1", "C200, blue", 30));
    assert_eq!((his.serial.as_str(), his.period), ("FT-8", 60));
    let seed = app.engine.open_seed(his.id, bob.id, his.sealed.as_deref().unwrap()).unwrap();
    assert_eq!(seed.expose(), SEED);
    assert!(app.engine.open_seed(his.id, ana.id, his.sealed.as_deref().unwrap()).is_none());
    assert!(app.methods_of(&ana).await.is_empty(), "what is not activated is no method");
    for (table, text) in app.content().await {
        assert!(!text.contains(SECRET) && !text.contains("12345678901234567890"), "a secret is in {table}");
    }
    let log = app.audit().await;
    let of = |reason: &str| log.iter().filter(|(.., why)| why == reason).count();
    assert_eq!((of("Hardware token uploaded"), of("Insufficient privileges")), (2, 1));
}

#[tokio::test]
async fn what_is_no_file_of_tokens_is_refused_as_a_whole() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = manager(&app).await;
    for (file, problem) in [
        (b"".to_vec(), "Choose a CSV file"),
        (b"\x89PNG\r\n".to_vec(), "no file of tokens"),
        (b"a,b,c\n1,2,3\n".to_vec(), "no file of tokens"),
        (HEAD.bytes().flat_map(|b| [b, 0]).collect(), "no file of tokens"),
        (vec![b'a'; 600_000], "larger than 512 KB"),
    ] {
        let page = send(&mut browser, &file).await;
        assert_eq!(page.status, 200);
        page.assert_shows("There is a problem").assert_shows(problem);
    }
    let only_headers = send(&mut browser, HEAD.as_bytes()).await;
    only_headers.assert_shows("0 tokens were uploaded.").assert_hides("not uploaded");
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(HEAD.bytes().flat_map(|b| [b, 0])).collect();
    send(&mut browser, &utf16).await.assert_shows("0 tokens were uploaded.");
    assert_eq!(send(&mut browser, &vec![0; 1_100_000]).await.status, 413);
}

#[tokio::test]
async fn what_a_spreadsheet_saves_is_read_and_what_it_changed_is_told() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = manager(&app).await;
    let file = format!(
        "UPN;SerialNumber;Secret_Key;timeinterval;manufacturer;model\r\n\
         ana@contoso.example;FT-1;3132333435363738393031323334353637383930;30;Feitian;\"C200; blue\"\r\n\
         ana@contoso.example;1.23E+08;{SECRET};30;Feitian;C200\r\n\
         ana@contoso.example;FT-3;132333435363738393031323334353637383930;30;Feitian;C200\r\n\
         ana@contoso.example;\"FT-4;{SECRET};30;Feitian;C200\r\n\
         ana@contoso.example;FT-5;{SECRET};30;Fei\0tian;C200\r\n\
         ana@contoso.example;FT-6;{SECRET};60;Feitian;C200\r\n"
    );
    let page = send(&mut browser, file.as_bytes()).await;
    page.assert_shows("2 tokens were uploaded.");
    for told in [
        "Line 3: A spreadsheet changed the serial number",
        "Line 4: The secret key is hexadecimal with an odd number of digits",
        "Line 5: A quotation mark in this line is not closed",
        "Line 6: The row holds a control character",
    ] {
        page.assert_shows(told);
    }
    let token = tokens_of(&app, &ana).await.into_iter().find(|token| token.serial == "FT-1").unwrap();
    assert_eq!(token.model, "C200; blue");
    let seed = app.engine.open_seed(token.id, ana.id, token.sealed.as_deref().unwrap()).unwrap();
    assert_eq!(seed.expose(), SEED);
}

#[tokio::test]
async fn hundreds_of_bad_rows_are_counted_and_a_hundred_are_listed() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = manager(&app).await;
    let mut file = format!("{HEAD}\n");
    for row in 0..299 {
        file.push_str(&format!("nobody{row}@contoso.example,S{row},{SECRET},30,Contoso,Key\n"));
    }
    file.push_str(&format!("ana@contoso.example,Last,{SECRET},30,Contoso,Key"));
    let page = send(&mut browser, file.as_bytes()).await;
    page.assert_shows("1 token was uploaded.").assert_shows("299 rows were not uploaded");
    page.assert_shows("nobody99@").assert_hides("nobody100@").assert_shows("There are 199 more such rows");
}

#[tokio::test]
async fn r87_what_waits_counts_too_when_one_more_is_uploaded() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    for _ in 0..3 {
        app.add_app(&ana).await;
    }
    let mut browser = manager(&app).await;
    upload_one(&mut browser, "ana", "1", 30).await;
    upload_one(&mut browser, "ana", "2", 30).await;
    let file = format!("{HEAD}\nana@contoso.example,3,{SECRET},30,Contoso,Key");
    let page = send(&mut browser, file.as_bytes()).await;
    page.assert_shows("Line 2: This person has 5 authenticators and tokens");
    assert_eq!(tokens_of(&app, &ana).await.len(), 2);
}

#[tokio::test]
async fn only_who_manages_methods_uploads_and_only_after_a_fresh_factor() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let file = format!("{HEAD}\nana@contoso.example,1,{SECRET},30,Contoso,Key");
    for (name, role, sees) in [
        ("policy", POLICY, 200),
        ("helper", "helpdesk_administrator", 200),
        ("reader", "reports_reader", 403),
    ] {
        let mut browser = signed_in(&app, name, role).await;
        let page = browser.get(PATH).await;
        assert_eq!(page.status, sees, "{role}");
        page.assert_hides("Upload tokens");
        assert_eq!(send_raw(&mut browser, file.as_bytes()).await.status, 403, "{role}");
    }
    assert!(app.browser().post_body(UPLOAD, "", &[]).await.location().starts_with("/signin?next="));
    let mut browser = manager(&app).await;
    let foreign = [("content-type", "multipart/form-data; boundary=e"), ("sec-fetch-site", "cross-site")];
    assert_eq!(browser.post_body(UPLOAD, "", &foreign).await.status, 403);
    assert!(tokens_of(&app, &ana).await.is_empty());

    let strict = TestApp::start_strict().await;
    let (ana, admin) = (strict.add_user("ana").await, strict.add_user("admin").await);
    strict.grant(&admin, GLOBAL).await;
    strict.add_app(&admin).await;
    let mut browser = strict.session(&admin).await;
    strict.prove_by(&admin, "app_code").await;
    strict.advance(Duration::from_mins(6));
    let to = send_raw(&mut browser, file.as_bytes()).await.location().to_owned();
    assert!(to.starts_with("/signin/verify?next=%2Fadmin%2Fhardware%2Dtokens"), "{to}");
    assert!(tokens_of(&strict, &ana).await.is_empty());
    strict.prove_by(&admin, "app_code").await;
    send(&mut browser, file.as_bytes()).await.assert_shows("1 token was uploaded.");
}

#[tokio::test]
async fn the_list_is_searched_and_filtered() {
    let app = TestApp::start().await;
    for name in ["ana", "bob"] {
        app.add_user(name).await;
    }
    let mut browser = manager(&app).await;
    browser.get(PATH).await.assert_shows("There are no hardware tokens yet.");
    upload_one(&mut browser, "ana", "AA-1", 30).await;
    upload_one(&mut browser, "bob", "BB-2", 60).await;
    for (query, shows, hides) in [
        ("?q=bb", "BB-2", "AA-1"),
        ("?q=ana%40contoso", "AA-1", "BB-2"),
        ("?q=contoso", "AA-1", "No tokens match"),
        ("?show=waiting", "60 seconds", "Activated bob"),
        ("?show=active", "No tokens match this search.", "AA-1"),
        ("?q=%25", "No tokens match this search.", "AA-1"),
    ] {
        browser.get(&format!("{PATH}{query}")).await.assert_shows(shows).assert_hides(hides);
    }
}
