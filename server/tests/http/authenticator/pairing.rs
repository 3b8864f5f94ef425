//! Pairing a phone, and its test (T56).

use data_encoding::BASE32_NOPAD;
use regain_core::limits::FAILED_PROOFS_BY_SOURCE;
use regain_core::method::Method;
use regain_core::pow;
use regain_core::secret::SecretBytes;
use regain_core::time::Duration;
use regain_store::User;

use super::{allow, open};
use crate::register::choose;
use crate::support::phone::other;
use crate::support::{Browser, Phone, Reply, TestApp};

const STATUS: &str = "/register/notifications/status";

/// ana, at the page with the code.
async fn ana(app: &TestApp) -> (User, Browser, Reply) {
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let page = choose(&mut browser, Method::AppNotification).await;
    page.assert_shows("Pair your authenticator").assert_shows("Can’t scan?").assert_shows("Pairing code");
    (user, browser, page)
}

/// What the QR code holds.
fn scanned(page: &Reply) -> String {
    let (_, rest) = page.body.split_once("/authenticator/#username=ana%40contoso.example&amp;code=").unwrap();
    rest.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// What stands under *Can't scan?*.
fn typed(page: &Reply) -> String {
    let (_, rest) = page.body.split_once("aria-label=\"Pairing code\"").unwrap();
    let key = rest.split_once('>').unwrap().1.split("</div>").next().unwrap();
    key.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)).collect()
}

#[tokio::test]
async fn t56_a_code_pairs_one_phone_which_proves_itself_with_the_number() {
    let app = open().await;
    let (user, mut browser, page) = ana(&app).await;
    let code = scanned(&page);
    assert_eq!(code.len(), 26, "130 bits");
    assert_eq!(
        scanned(&choose(&mut browser, Method::AppNotification).await),
        code,
        "nobody has to scan twice"
    );
    assert_eq!(browser.get_raw(STATUS).await.body, "pair");

    let mut phone = Phone::new(&app);
    let paired: serde_json::Value = serde_json::from_str(&phone.pair("", &code).await.body).unwrap();
    assert_eq!(paired["username"], "ana@contoso.example");
    assert_eq!(Phone::new(&app).pair("", &code).await.problem(), "wrong-code", "it works once");
    assert!(app.methods_of(&user).await.is_empty(), "paired is not proved");
    let mails = app.messages_to("ana@contoso.example").await;
    assert!(mails.is_empty());

    assert_eq!(browser.get_raw(STATUS).await.body, "waiting");
    let page = browser.get("/register/notifications").await;
    page.assert_shows("Try it out").assert_hides("Pairing code");
    assert_eq!(phone.requests().await[0]["asked"], "register");
    assert_eq!(phone.approve(&page.number()).await.status, 200);

    assert_eq!(browser.get_raw(STATUS).await.body, "over");
    browser.get("/register/notifications").await.assert_shows("Authenticator notifications added");
    let methods: Vec<String> = app.methods_of(&user).await.into_iter().map(|row| row.method).collect();
    assert_eq!(methods, ["app_notification", "app_code"]);
    let mails = app.messages_to("ana@contoso.example").await;
    assert_eq!(mails.len(), 1, "one phone, one mail");
    assert!(mails[0].text.contains("a phone that is asked by notifications"), "{}", mails[0].text);
    // The second factor was shown with it; it is one phone, and one row.
    let page = browser.get("/security-info").await;
    page.assert_shows("Authenticator notifications and codes");
    assert_eq!(page.body.matches("/security-info/remove?id=").count(), 1);
    assert_eq!(page.body.matches("/security-info/rename?id=").count(), 1);
    browser.get("/register/review").await.assert_shows("Authenticator notifications and codes");
    // What would be left says so, too: nothing of it.
    let id = app.methods_of(&user).await.iter().find(|row| row.method == "app_notification").unwrap().id;
    let page = browser.get(&format!("/security-info/remove?id={id}")).await;
    page.assert_shows("You will have 0 of the 2 methods");
}

#[tokio::test]
async fn the_phone_shows_codes_that_count() {
    let app = open().await;
    let (user, mut browser, page) = ana(&app).await;
    let mut phone = Phone::new(&app);
    let paired: serde_json::Value =
        serde_json::from_str(&phone.pair("ana@contoso.example", &typed(&page)).await.body).unwrap();
    let seed = BASE32_NOPAD.decode(paired["seed"].as_str().unwrap().as_bytes()).unwrap();
    let page = browser.get("/register/notifications").await;
    phone.approve(&page.number()).await;
    app.add_email(&user, "ana@mail.example").await;
    let (mut walk, _) = crate::reset::walk::Walk::to_methods(&app, "ana@contoso.example").await;
    walk.choose("app_code").await;
    walk.enter(&app.app_code(&SecretBytes::from(seed), 0)).await.assert_shows("with your authenticator app");
    // The codes of a phone go with the phone.
    let id = app.methods_of(&user).await.iter().find(|row| row.method == "app_notification").unwrap().id;
    browser.post("/security-info/remove", &[("id", &id.to_string())]).await;
    let methods: Vec<String> = app.methods_of(&user).await.into_iter().map(|row| row.method).collect();
    assert_eq!(methods, ["email"]);
    assert_eq!(phone.post("answer", "{}").await.status, 401);
}

#[tokio::test]
async fn t56_who_took_the_code_elsewhere_does_not_see_the_number() {
    let app = open().await;
    let (user, mut browser, page) = ana(&app).await;
    let mut thief = Phone::new(&app);
    assert_eq!(thief.pair("", &scanned(&page)).await.status, 200);
    let page = browser.get("/register/notifications").await;
    page.assert_shows("That is not my phone");
    assert_eq!(thief.approve(other(&page.number())).await.problem(), "number-wrong");
    browser.get("/register/notifications").await.assert_shows("Denied").assert_shows("Send again");
    // Asked once more, there is another number.
    let page = browser.post("/register/notifications", &[]).await;
    page.assert_shows("Number to enter");
    // Starting over forgets the phone.
    let fresh = choose(&mut browser, Method::AppNotification).await;
    assert_eq!(thief.post("answer", "{}").await.status, 401);
    let mut phone = Phone::new(&app);
    assert_eq!(phone.pair("", &scanned(&fresh)).await.status, 200);
    let page = browser.get("/register/notifications").await;
    assert_eq!(phone.approve(&page.number()).await.status, 200);
    assert_eq!(app.methods_of(&user).await.len(), 2);
}

#[tokio::test]
async fn t56_a_code_dies_after_ten_minutes_and_with_its_session() {
    let app = open().await;
    let (_, mut browser, page) = ana(&app).await;
    let code = scanned(&page);
    app.advance(Duration::from_secs(601));
    assert_eq!(Phone::new(&app).pair("", &code).await.problem(), "wrong-code");
    let page = browser.get("/register/notifications").await;
    page.assert_shows("The code has run out").assert_shows("Show a new code");
    let code = scanned(&choose(&mut browser, Method::AppNotification).await);
    browser.post_raw("/signout", &[]).await;
    assert_eq!(Phone::new(&app).pair("", &code).await.problem(), "wrong-code");
}

#[tokio::test]
async fn a_code_for_another_method_under_way_pairs_nothing() {
    let app = open().await;
    let (_, mut browser, page) = ana(&app).await;
    choose(&mut browser, Method::Email).await;
    assert_eq!(Phone::new(&app).pair("", &scanned(&page)).await.problem(), "wrong-code");
}

/// What the refused call asks to be solved: the token and a solution.
fn work(reply: &Reply) -> (String, String, u64) {
    let body: serde_json::Value = serde_json::from_str(&reply.body).unwrap();
    let (toll, challenge) = (&body["toll"], &body["toll"]["challenge"]);
    let (seed, bits) = (challenge["seed"].as_str().unwrap(), challenge["bits"].as_u64().unwrap());
    let solution = pow::solve_from(seed, u8::try_from(bits).unwrap(), 0, u64::MAX).unwrap();
    (toll["captcha"].as_str().unwrap().to_owned(), solution.to_string(), bits)
}

/// Strangers who name a person keep nobody from pairing: who guesses pays with work, for every name alike.
#[tokio::test]
async fn t139_wrong_codes_cost_their_source_work_and_keep_nobody_from_pairing() {
    let app = open().await;
    let (_, _, page) = ana(&app).await;
    let right = typed(&page);
    assert_eq!(right.len(), 8, "40 bits");
    for number in 0..FAILED_PROOFS_BY_SOURCE.times {
        let name = ["ana@contoso.example", "ghost@contoso.example"][number as usize % 2];
        let reply = Phone::new(&app).pair(name, "ZZZZ-ZZZZ").await;
        assert_eq!((reply.status, reply.problem().as_str()), (403, "wrong-code"), "{number} {name}");
    }
    let mut prices = Vec::new();
    for name in ["ana@contoso.example", "ghost@contoso.example"] {
        let reply = Phone::new(&app).pair(name, &right).await;
        assert_eq!((reply.status, reply.problem().as_str()), (403, "unpaid"), "{name}: nothing is compared");
        prices.push(work(&reply).2);
    }
    assert_eq!(prices, [18, 18], "what was not paid for does not count");
    // Each further wrong code doubles it; work is done once for each.
    let mut phone = Phone::new(&app);
    let (captcha, solution, _) = work(&phone.pair("ana@contoso.example", "ZZZZ-ZZZZ").await);
    let reply = phone.pair_paying("ana@contoso.example", "ZZZZ-ZZZZ", (&captcha, &solution)).await;
    assert_eq!(reply.problem(), "wrong-code");
    let reply = phone.pair_paying("ana@contoso.example", &right, (&captcha, &solution)).await;
    assert_eq!((reply.problem().as_str(), work(&reply).2), ("unpaid", 19));
    // The owner, from a network of their own, pairs at once; in the same network with work.
    let mut own = Phone::new(&app);
    own.browser.address = "203.0.113.77".to_owned();
    assert_eq!(own.pair("ana@contoso.example", "ZZZZ-ZZZZ").await.problem(), "wrong-code");
    let (captcha, solution, _) = work(&reply);
    let reply = phone.pair_paying("ana@contoso.example", &right, (&captcha, &solution)).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
}

#[tokio::test]
async fn a_code_belongs_to_its_name() {
    let app = open().await;
    let (_, _, page) = ana(&app).await;
    app.add_user("bob").await;
    assert_eq!(Phone::new(&app).pair("bob@contoso.example", &typed(&page)).await.problem(), "wrong-code");
    assert_eq!(Phone::new(&app).pair(" ANA@contoso.example ", &typed(&page)).await.status, 200);
}

#[tokio::test]
async fn r87_a_sixth_phone_is_refused() {
    let app = open().await;
    let user = app.add_user("ana").await;
    for _ in 0..5 {
        app.phone(&user).await;
    }
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    let reply = browser.post("/register/method", &[("way", "add"), ("method", "app_notification")]).await;
    reply.assert_shows("You have 5 of these").assert_hides("Pairing code");
}

#[tokio::test]
async fn from_the_list_of_methods_it_ends_in_the_list() {
    let app = TestApp::start().await;
    allow(&app).await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let fields = [("way", "add"), ("method", "app_notification")];
    let page = browser.post("/register/method", &fields).await;
    let mut phone = Phone::new(&app);
    phone.pair("", &scanned(&page)).await;
    let page = browser.get("/security-info/add/notifications").await;
    phone.approve(&page.number()).await;
    let reply = browser.get_raw("/security-info/add/notifications").await;
    assert_eq!(reply.location(), "/security-info?added=app%5Fnotification");
}
