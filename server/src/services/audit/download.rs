//! `/admin/audit-logs/export.csv` and `.json`: what the page's filter matches, as a file, written while it is read.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, header};
use hyper::body::{Bytes, Frame};
use regain_app::outcome::Failure;
use regain_app::visit::Visit;
use regain_core::role::Right;
use tokio::sync::mpsc;

use super::filter;
use crate::audit::export::{Broken, Format, export};
use crate::engine::Engine;

/// Pieces that wait for a slow client; the database is read no further ahead.
const AHEAD: usize = 2;

pub(in crate::services) async fn csv(state: State<Arc<Engine>>, visit: Extension<Visit>) -> Response {
    download(state.0, &visit.0, Format::Csv)
}

pub(in crate::services) async fn json(state: State<Arc<Engine>>, visit: Extension<Visit>) -> Response {
    download(state.0, &visit.0, Format::Json)
}

fn download(engine: Arc<Engine>, visit: &Visit, format: Format) -> Response {
    let asked = filter::asked(visit);
    let gate = engine.admin_gate(visit, Right::ReadAudit).map(|_| ());
    let readable = if asked.form.is_refused() { Err(Failure::BadRequest) } else { Ok(()) };
    if let Err(failure) = gate.and(readable) {
        return failure.status().into_response();
    }
    let (pieces, received) = mpsc::channel(AHEAD);
    tokio::spawn(async move { export(&engine, asked.filter, format, pieces).await });
    let mut response = Response::new(Body::new(Pieces(received)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.content_type()));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(format.disposition()));
    response
}

/// A body that ends with an error, and so visibly incomplete, when the database fails half-way.
struct Pieces(mpsc::Receiver<Result<Bytes, Broken>>);

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
