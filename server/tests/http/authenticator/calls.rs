//! Signatures on calls.

use regain_core::time::Duration;
use serde_json::json;

use super::{ALICE, alice, asked, open};
use crate::support::Phone;

const REQUESTS: &str = "/authenticator/api/requests";
const ANSWER: &str = "/authenticator/api/answer";

#[tokio::test]
async fn a_call_is_good_once_and_for_a_minute() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let signed = phone.sign("GET", REQUESTS, "", app.now());
    assert_eq!(phone.send("GET", REQUESTS, "", &signed).await.status, 200);
    let again = phone.send("GET", REQUESTS, "", &signed).await;
    assert_eq!((again.status, again.problem().as_str()), (401, "unsigned"), "a replay");
    for (seconds, early) in [(62, false), (62, true)] {
        let by = Duration::from_secs(seconds);
        let at = if early { app.now().minus(by) } else { app.now().plus(by) };
        let signed = phone.sign("GET", REQUESTS, "", at);
        let reply = phone.send("GET", REQUESTS, "", &signed).await;
        assert_eq!((reply.status, reply.problem().as_str()), (401, "clock"));
    }
}

#[tokio::test]
async fn a_signature_is_for_one_call_of_one_device() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let (_, page) = asked(&app, ALICE).await;
    let request = phone.request().await;
    let body = json!({"request": request, "decision": "approve", "number": page.number()}).to_string();
    let deny = json!({"request": request, "decision": "deny"}).to_string();
    let signed = phone.sign("POST", ANSWER, &body, app.now());
    // Another body, another path, another device.
    assert_eq!(phone.send("POST", ANSWER, &deny, &signed).await.status, 401);
    assert_eq!(phone.send("POST", "/authenticator/api/subscription", &body, &signed).await.status, 401);
    let mut thief = Phone::new(&app);
    thief.device.clone_from(&phone.device);
    let forged = thief.sign("POST", ANSWER, &body, app.now());
    assert_eq!(thief.send("POST", ANSWER, &body, &forged).await.status, 401);
    // Nothing of it used the signature up.
    assert_eq!(phone.send("POST", ANSWER, &body, &signed).await.status, 200);
}

#[tokio::test]
async fn what_is_no_call_is_refused_in_json() {
    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    for headers in [vec![], vec![("x-regain-device", "abc".to_owned())]] {
        let reply = phone.send("GET", REQUESTS, "", &headers).await;
        assert_eq!((reply.status, reply.problem().as_str()), (401, "unsigned"));
    }
    for body in
        ["", "[]", "{}", r#"{"request":["a"],"decision":"deny"}"#, r#"{"request":1,"decision":"approve"}"#]
    {
        let reply = phone.post("answer", body).await;
        assert_eq!((reply.status, reply.problem().as_str()), (400, "malformed"), "{body}");
    }
}

#[tokio::test]
async fn the_stream_tells_what_is_asked_and_has_room_for_two() {
    use http_body_util::BodyExt as _;

    let app = open().await;
    let (_, mut phone) = alice(&app).await;
    let (_, _) = asked(&app, ALICE).await;
    let request = phone.request().await;
    let path = "/authenticator/api/stream";
    let mut open = Vec::new();
    for status in [200, 200, 429] {
        let mut call = hyper::Request::get(format!("http://{}{path}", app.address));
        for (name, value) in phone.sign("GET", path, "", app.now()) {
            call = call.header(name, value);
        }
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let client = hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new())
            .build::<_, http_body_util::Empty<hyper::body::Bytes>>(connector);
        let response = client.request(call.body(http_body_util::Empty::new()).unwrap()).await.unwrap();
        assert_eq!(response.status().as_u16(), status);
        open.push(response);
    }
    let first = open[0].body_mut().frame().await.unwrap().unwrap().into_data().unwrap();
    let text = String::from_utf8(first.to_vec()).unwrap();
    assert!(text.starts_with("event: requests\ndata: [") && text.contains(&request), "{text}");
}
