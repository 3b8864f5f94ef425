//! Push messages, to a push service that does as the test says.

use std::sync::{Arc, Mutex};

use data_encoding::BASE64URL_NOPAD;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use p256::SecretKey;
use serde_json::json;

use super::{ALICE, alice, allow, asked};
use crate::support::{Phone, TestApp};

/// What arrived: headers, and the length of the content.
pub(super) type Arrived = (hyper::HeaderMap, usize);

#[derive(Clone)]
pub(super) struct PushService {
    answer: Arc<Mutex<(u16, Option<&'static str>)>>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    pub(super) endpoint: String,
}

impl PushService {
    pub(super) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}/push/1", listener.local_addr().unwrap());
        let service = Self { answer: Arc::new(Mutex::new((201, None))), arrived: Arc::default(), endpoint };
        let talks = service.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let talks = talks.clone();
                tokio::spawn(async move {
                    let respond = hyper::service::service_fn(move |request: Request<Incoming>| {
                        let talks = talks.clone();
                        async move {
                            let headers = request.headers().clone();
                            let body = request.into_body().collect().await?.to_bytes();
                            talks.arrived.lock().unwrap().push((headers, body.len()));
                            let (status, retry) = *talks.answer.lock().unwrap();
                            let mut response = Response::builder().status(status);
                            if let Some(seconds) = retry {
                                response = response.header("retry-after", seconds);
                            }
                            Ok::<_, hyper::Error>(response.body(Full::new(Bytes::new())).unwrap())
                        }
                    });
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), respond)
                        .await;
                });
            }
        });
        service
    }

    fn answers(&self, status: u16, retry: Option<&'static str>) {
        *self.answer.lock().unwrap() = (status, retry);
    }

    pub(super) fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }
}

pub(super) async fn subscribe(phone: &mut Phone<'_>, endpoint: &str) -> u16 {
    let key = SecretKey::from_slice(&[5; 32]).unwrap().public_key().to_sec1_bytes();
    let (key, auth) = (BASE64URL_NOPAD.encode(&key), BASE64URL_NOPAD.encode(&[7; 16]));
    let body = json!({"endpoint": endpoint, "key": key, "auth": auth}).to_string();
    phone.post("subscription", &body).await.status
}

/// A server outside demo mode that lists this push service.
pub(super) async fn strict(service: &PushService) -> TestApp {
    let origin = service.endpoint.trim_end_matches("/push/1");
    let environment = [("REGAIN_SMTP_URL", "smtp://127.0.0.1:9"), ("REGAIN_PUSH_SERVICES", origin)];
    let app = TestApp::start_configured(false, &environment).await;
    allow(&app).await;
    app
}

#[tokio::test]
async fn a_request_wakes_the_phone_and_says_nothing_about_it() {
    let service = PushService::start().await;
    let app = strict(&service).await;
    let (_, mut phone) = alice(&app).await;
    assert_eq!(subscribe(&mut phone, &service.endpoint).await, 200);
    let (_, page) = asked(&app, ALICE).await;
    app.run_jobs().await;
    let arrived = service.arrived();
    assert_eq!(arrived.len(), 1);
    let header = |name: &str| arrived[0].0[name].to_str().unwrap().to_owned();
    assert!((55..=60).contains(&header("ttl").parse::<u32>().unwrap()));
    assert_eq!(header("urgency"), "high");
    assert_eq!(header("content-encoding"), "aes128gcm");
    assert_eq!(header("topic").len(), 22);
    assert!(header("authorization").starts_with("vapid t="));
    app.run_jobs().await;
    assert_eq!(service.arrived().len(), 1, "once");
    assert_eq!(phone.approve(&page.number()).await.status, 200);
}

#[tokio::test]
async fn f13_a_subscription_that_is_over_is_forgotten_and_its_owner_told() {
    let service = PushService::start().await;
    let app = strict(&service).await;
    let (user, mut phone) = alice(&app).await;
    subscribe(&mut phone, &service.endpoint).await;
    service.answers(410, None);
    let (_, page) = asked(&app, ALICE).await;
    app.run_jobs().await;
    let mut tx = app.engine.store.read().await.unwrap();
    assert_eq!(tx.devices(user.id).await.unwrap()[0].subscription(), None);
    drop(tx);
    assert_eq!(waiting(&app, "notice-push-off").await, 2, "at each of her addresses");
    // The phone still answers, without any push service.
    assert_eq!(phone.approve(&page.number()).await.status, 200);
    assert_eq!(service.arrived().len(), 1);
}

#[tokio::test]
async fn f13_not_now_is_tried_again_when_the_service_says() {
    let service = PushService::start().await;
    let app = strict(&service).await;
    let (_, mut phone) = alice(&app).await;
    subscribe(&mut phone, &service.endpoint).await;
    service.answers(429, Some("20"));
    asked(&app, ALICE).await;
    app.run_jobs().await;
    service.answers(201, None);
    app.advance(regain_core::time::Duration::from_secs(15));
    app.run_jobs().await;
    assert_eq!(service.arrived().len(), 1, "not before that");
    app.advance(regain_core::time::Duration::from_secs(6));
    app.run_jobs().await;
    assert_eq!(service.arrived().len(), 2);
}

#[tokio::test]
async fn nothing_is_sent_for_a_request_that_is_over() {
    let service = PushService::start().await;
    let app = strict(&service).await;
    let (_, mut phone) = alice(&app).await;
    subscribe(&mut phone, &service.endpoint).await;
    let (_, page) = asked(&app, ALICE).await;
    phone.approve(&page.number()).await;
    app.run_jobs().await;
    assert!(service.arrived().is_empty());
}

#[tokio::test]
async fn t127_a_subscription_cannot_be_aimed_at_the_inside() {
    let service = PushService::start().await;
    let app = strict(&service).await;
    let (_, mut phone) = alice(&app).await;
    for endpoint in ["ftp://127.0.0.1/", "no address", "http://", "https:///x", "https://u:p@push.example/"] {
        assert_eq!(subscribe(&mut phone, endpoint).await, 400, "{endpoint}");
    }
    // The networks of gateways are open to gateways: no person's phone names one of them.
    assert!(!app.engine.config.outside.gateway_networks.is_empty());
    let other = PushService::start().await;
    let secure = other.endpoint.replace("http:", "https:");
    for endpoint in
        [&other.endpoint, &secure, "http://10.255.255.1:9/", "https://10.255.255.1/", "https://[::1]/"]
    {
        assert_eq!(subscribe(&mut phone, endpoint).await, 400, "{endpoint}");
    }
    // A name can only be told from others when it is resolved.
    let named = secure.replace("127.0.0.1", "localhost");
    assert_eq!(subscribe(&mut phone, &named).await, 200);
    asked(&app, ALICE).await;
    app.run_jobs().await;
    assert!(other.arrived().is_empty());
    let audit = app.audit().await;
    assert!(audit.iter().any(|row| row.2 == "the endpoint is on the inside"), "{audit:?}");
}

#[tokio::test]
async fn demo_mode_shows_the_message() {
    let service = PushService::start().await;
    let origin = service.endpoint.trim_end_matches("/push/1");
    let app = TestApp::start_configured(true, &[("REGAIN_PUSH_SERVICES", origin)]).await;
    allow(&app).await;
    let (_, mut phone) = alice(&app).await;
    subscribe(&mut phone, &service.endpoint).await;
    let (_, page) = asked(&app, ALICE).await;
    app.run_jobs().await;
    let mut tx = app.engine.store.read().await.unwrap();
    let shown =
        tx.demo_messages(10).await.unwrap().into_iter().find(|message| message.channel == "push").unwrap();
    assert_eq!(shown.text, "A request needs your answer.");
    assert!(!shown.text.contains(&page.number()));
}

/// Messages of this template that wait.
async fn waiting(app: &TestApp, template: &str) -> usize {
    let mut tx = app.engine.store.write().await.unwrap();
    let later = app.now().plus(regain_core::time::Duration::from_hours(1));
    tx.claim(later, later, 100).await.unwrap().iter().filter(|row| row.template == template).count()
}
