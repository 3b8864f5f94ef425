//! Against Twilio's own client library (Debian's `python3-twilio`): it would send what we send, and signs what we take.

use std::io::Write as _;
use std::process::{Command, Stdio};

use regain_server::messages::Channel;
use serde_json::{Value, json};

use super::voice::answer_path;
use super::{CODE, NUMBER, SECRET, send_code, start};
use crate::support::gateway::Request;

const SCRIPT: &str = include_str!("twilio_client.py");

/// Asks the library.
fn twilio(question: &Value) -> Value {
    // Debian's Python, which knows Debian's packages.
    let mut python = Command::new("/usr/bin/python3")
        .args(["-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Debian's python3-twilio is installed");
    python.stdin.take().unwrap().write_all(question.to_string().as_bytes()).unwrap();
    let answer = python.wait_with_output().unwrap();
    serde_json::from_slice(&answer.stdout).expect("the library answers: is python3-twilio installed?")
}

/// The library makes the same request out of what ours says.
fn assert_same(request: &Request, theirs: &Value, fields: &[&str]) {
    assert_eq!(theirs["method"], "POST");
    assert_eq!(theirs["url"].as_str().unwrap(), format!("https://api.twilio.com{}", request.path));
    let login = format!("{}:{}", theirs["auth"][0].as_str().unwrap(), theirs["auth"][1].as_str().unwrap());
    let login = data_encoding::BASE64.encode(login.as_bytes());
    assert_eq!(request.header("authorization"), format!("Basic {login}"));
    let data = theirs["data"].as_object().unwrap();
    for field in fields {
        assert_eq!(data[*field].as_str().unwrap(), request.field(field), "{field}");
    }
    let ours: Vec<&str> = request.body.split('&').filter_map(|pair| pair.split('=').next()).collect();
    assert!(ours.iter().all(|name| data.contains_key(*name)), "{ours:?} {data:?}");
}

#[tokio::test]
async fn twilios_library_sends_a_text_as_we_do() {
    let (app, gateway, _) = start("sms", "twilio").await;
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Sms, NUMBER).await;
    app.run_jobs().await;
    let request = gateway.requests()[0].clone();
    let with = json!({
        "to": request.field("To"), "from_": request.field("From"), "body": request.field("Body"),
        "status_callback": request.field("StatusCallback"),
    });
    let theirs = twilio(&json!({"do": "text", "account": "AC1", "secret": SECRET, "with": with}));
    assert_same(&request, &theirs, &["To", "From", "Body", "StatusCallback"]);
}

#[tokio::test]
async fn twilios_library_calls_as_we_do() {
    let (app, gateway, _) = start("voice", "twilio").await;
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Voice, NUMBER).await;
    app.run_jobs().await;
    let request = gateway.requests()[0].clone();
    let with = json!({
        "to": request.field("To"), "from_": request.field("From"), "twiml": request.field("Twiml"),
        "status_callback": request.field("StatusCallback"),
    });
    let theirs = twilio(&json!({"do": "call", "account": "AC1", "secret": SECRET, "with": with}));
    assert_same(&request, &theirs, &["To", "From", "Twiml", "StatusCallback"]);
}

#[tokio::test]
async fn what_twilios_library_signs_is_taken_and_nothing_else() {
    let (app, gateway, _) = start("voice", "twilio").await;
    let ana = app.add_user("ana").await;
    send_code(&app, &ana, Channel::Voice, NUMBER).await;
    app.run_jobs().await;
    let path = answer_path(&gateway);
    let [with_port, without_port] = app.engine.config.public_url.with_and_without_port(&path);
    let elsewhere = without_port.replace("localhost", "evil.example");
    let fields = json!({"CallSid": "CA1", "Digits": "#", "From": NUMBER});
    let mut statuses = Vec::new();
    for (url, secret) in [
        (&with_port, SECRET),
        (&without_port, SECRET),
        (&without_port, "another secret"),
        (&elsewhere, SECRET),
    ] {
        let signature = twilio(&json!({"do": "sign", "secret": secret, "url": url, "fields": fields}));
        let body = format!("CallSid=CA1&Digits=%23&From={}", NUMBER.replace('+', "%2B"));
        let headers = [
            ("x-twilio-signature", signature.as_str().unwrap()),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let reply = app.browser().post_body(&path, &body, &headers).await;
        let digits = CODE.chars().all(|digit| reply.body.contains(&format!(">{digit}<")));
        statuses.push((reply.status, digits));
    }
    assert_eq!(statuses, [(200, true), (200, true), (403, false), (403, false)]);
}
