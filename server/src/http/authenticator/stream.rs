//! What there is to answer, as it happens: server-sent events, so that a phone on which the app is open needs no push
//! service.

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::Response;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use regain_app::visit::Visit;
use regain_core::time::Duration;
use regain_store::Device;
use tokio::sync::mpsc::Sender;
use tokio_stream::wrappers::ReceiverStream;

use super::signed::{Refused, Signed};
use crate::authenticator::Listening;
use crate::engine::Engine;
use crate::services::authenticator::Refusal;

/// How often the database is asked.
const TICK: Duration = Duration::from_secs(1);
/// Shorter than the time in which a stopping server lets requests finish; the app connects again.
const TICKS: u32 = 20;

type Piece = Result<Bytes, std::convert::Infallible>;

pub(super) async fn stream(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    Signed(device): Signed,
) -> Result<Response, Refused> {
    let listening = engine.streams.listen(device.id);
    let listening =
        listening.ok_or_else(|| engine.refused(Refusal::TooMany(engine.now().plus(TICK * TICKS))))?;
    let (sender, receiver) = tokio::sync::mpsc::channel::<Piece>(2);
    tokio::spawn(tell(engine, device, visit, sender, listening));
    let mut response = Response::new(Body::from_stream(ReceiverStream::new(receiver)));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    // Proxies must not gather what is to be seen at once.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// Ends when the phone goes away, when its device is removed, when its time is over, or when the server stops.
async fn tell(engine: Arc<Engine>, device: Device, visit: Visit, to: Sender<Piece>, _open: Listening) {
    let mut told = String::new();
    let mut stopping = engine.stopping.subscribe();
    for _ in 0..TICKS {
        let Some(list) = list(&engine, &device, &visit).await else { return };
        let ids = list.iter().map(|request| request.id.as_str()).collect::<Vec<_>>().join(",");
        let first = told.is_empty();
        let piece = if first || told != format!("[{ids}]") {
            told = format!("[{ids}]");
            format!("event: requests\ndata: {}\n\n", serde_json::to_string(&list).unwrap_or_default())
        } else {
            // Tells a proxy, and us, that the connection lives.
            ":\n\n".to_owned()
        };
        if to.send(Ok(Bytes::from(piece))).await.is_err() {
            return;
        }
        if tokio::time::timeout(TICK, stopping.wait_for(|stopping| *stopping)).await.is_ok() {
            return;
        }
    }
}

async fn list(
    engine: &Engine,
    device: &Device,
    visit: &Visit,
) -> Option<Vec<crate::services::authenticator::OpenRequest>> {
    let mut tx = engine.store.read().await.ok()?;
    let device = tx.device(device.id).await.ok()??;
    drop(tx);
    engine.open_requests(&device, visit).await.ok()
}
