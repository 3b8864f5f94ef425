//! Side doors: what stands beside the main way answers every name alike, and counts on the counters of the main way (T9).

use hyper::Method as Verb;
use regain_core::policy::Scope;
use serde_json::json;
use uuid::Uuid;

use crate::authenticator;
use crate::reset::walk::{Walk, alice, open, shape, wrong};
use crate::support::{Browser, PASSWORD, Phone, Reply, TestApp};

const ALICE: &str = "alice@contoso.example";
const GHOST: &str = "ghost@contoso.example";
const FLOW: &str = "__Host-regain_flow";
/// Polls, and what tells whether the server is well.
const GET: [&str; 5] =
    ["/reset/verify/status", "/signin/verify/status", "/register/notifications/status", "/livez", "/readyz"];
/// What sends again, and what takes an answer.
const POST: [&str; 9] = [
    "/reset/verify",
    "/reset/verify/resend",
    "/reset/questions",
    "/reset/passkey",
    "/signin/verify",
    "/signin/verify/send",
    "/signin/verify/passkey",
    "/register/resend",
    "/register/code",
];

/// What an answer says, whoever's name is in it, written out or in an address.
fn said(reply: &Reply, name: &str) -> (String, String) {
    let name = name.split('@').next().unwrap();
    (reply.location().replace(name, "NAME"), shape(reply, name))
}

/// Browsers of nobody: without a cookie, and with one that was guessed.
fn strangers(app: &TestApp) -> [Browser; 2] {
    let mut guessing = app.browser();
    guessing.cookies.insert(FLOW.to_owned(), "A".repeat(43));
    [app.browser(), guessing]
}

#[tokio::test]
async fn t9_no_status_and_no_resend_knows_a_name_or_a_code_without_its_cookie() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, ALICE).await;
    walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    for browser in strangers(&app) {
        for path in GET {
            let mut answers = Vec::new();
            for name in [ALICE, GHOST] {
                let reply = browser.clone().get_raw(&format!("{path}?username={name}")).await;
                answers.push(said(&reply, name));
            }
            assert_eq!(answers[0], answers[1], "GET {path}");
        }
        for path in POST {
            let mut answers = Vec::new();
            for (name, code) in [(ALICE, code.as_str()), (ALICE, "00000000"), (GHOST, "00000000")] {
                let fields = [("username", name), ("code", code), ("answer_0", code), ("credential", code)];
                let reply = browser.clone().post_raw(path, &fields).await;
                answers.push(said(&reply, name));
            }
            assert_eq!(answers[0], answers[1], "POST {path}: the right code");
            assert_eq!(answers[0], answers[2], "POST {path}: a name");
        }
    }
    assert_eq!(app.code_for("alice@mail.example").await, code, "nobody else had another one sent");
    walk.enter(&code).await.assert_shows("Step 2 of");
}

#[tokio::test]
async fn t9_a_guessed_phone_request_report_or_call_is_nobodys() {
    let app = authenticator::open().await;
    let (_, mut phone) = authenticator::alice(&app).await;
    let (_, page) = authenticator::asked(&app, ALICE).await;
    let request = phone.request().await;
    let nobody = Uuid::from_u128(7).to_string();
    let mut refused = Vec::new();
    for device in [phone.device.clone(), Some(nobody.clone()), None] {
        let mut thief = Phone::new(&app);
        thief.device = device;
        for id in [request.as_str(), nobody.as_str()] {
            let body = json!({"request": id, "decision": "approve", "number": page.number()}).to_string();
            let reply = thief.post("answer", &body).await;
            refused.push((reply.status, reply.problem()));
        }
    }
    assert!(refused.iter().all(|answer| answer == &refused[0]), "{refused:?}");
    for place in ["/report/", "/hooks/voice/", "/hooks/delivery/"] {
        let mut answers = Vec::new();
        for token in ["A".repeat(43), request.clone(), nobody.clone()] {
            let reply = app.browser().get_raw(&format!("{place}{token}")).await;
            answers.push(said(&reply, &token));
        }
        assert!(answers.iter().all(|answer| answer == &answers[0]), "{place}: {answers:?}");
    }
    assert_eq!(phone.approve(&page.number()).await.status, 200, "nothing of it answered the request");
}

/// Wrong answers at every door of one flow in turn, until the code is dead; every page.
async fn at_every_door(app: &TestApp, name: &str, mail: Option<&str>) -> Vec<String> {
    let (mut walk, _) = Walk::to_methods(app, name).await;
    walk.choose("email").await;
    let right = match mail {
        Some(address) => app.code_for(address).await,
        None => "00000000".to_owned(),
    };
    let code = wrong(&right);
    let mut pages = Vec::new();
    for door in ["verify", "questions", "passkey", "phone", "verify", "verify/resend", "verify", "verify"] {
        let fields =
            [("code", &*code), ("answer_0", &*code), ("credential", "{}"), ("phone", "+1 4255559999")];
        let page = walk.browser.post(&format!("/reset/{door}"), &fields).await;
        pages.push(shape(&page, name));
    }
    pages.push(shape(&walk.enter(&right).await, name));
    pages
}

#[tokio::test]
async fn t9_other_doors_of_a_reset_give_no_new_tries_to_any_name() {
    let mut walks = Vec::new();
    for (name, mail) in [(ALICE, Some("alice@mail.example")), (GHOST, None)] {
        let app = open().await;
        alice(&app).await;
        app.run_jobs().await;
        walks.push(at_every_door(&app, name, mail).await);
        let (mut walk, _) = Walk::to_methods(&app, name).await;
        let reply = walk.browser.send(Verb::GET, "/reset/verify/status", None, &[]).await;
        walks.last_mut().unwrap().push(shape(&reply, name));
    }
    for (step, (known, unknown)) in walks[0].iter().zip(&walks[1]).enumerate() {
        assert_eq!(known, unknown, "step {step}");
    }
    let after = &walks[0][8];
    assert!(!after.contains("Step 2 of"), "three wrong codes, and the right one is taken: {after}");
}

#[tokio::test]
async fn t9_a_right_password_is_no_pass_and_a_right_name_no_help() {
    let app = TestApp::start().await;
    app.set_policy(|policy| policy.scope = Scope::All).await;
    alice(&app).await;
    let mut passes = Vec::new();
    let mut help = Vec::new();
    for (name, secret) in [(ALICE, PASSWORD), (ALICE, "not the password"), (GHOST, PASSWORD)] {
        let fields = [("username", name), ("pass", secret)];
        let page = app.browser().post("/signin/temporary-pass", &fields).await;
        passes.push(said(&page, name));
        let mut browser = app.browser();
        browser.get("/help").await;
        help.push(said(&browser.post("/help", &[("username", name)]).await, name));
    }
    assert!(passes.iter().all(|page| page == &passes[0]), "{passes:?}");
    assert!(help.iter().all(|page| page == &help[0]), "{help:?}");
}
