//! Downloads that are written while they are read.

use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, header};
use hyper::body::{Bytes, Frame};
use regain_app::outcome::Failure;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use crate::engine::Engine;

/// Pieces that wait for a slow client; the database is read no further ahead.
pub(super) const AHEAD: usize = 2;
/// Seconds after which another try is worth it where all places are taken.
const RETRY: u32 = 5;

/// A place among the downloads that are under way, given back when the last piece is sent or nobody takes it any more.
pub(super) fn place(engine: &Engine) -> Result<OwnedSemaphorePermit, Failure> {
    Arc::clone(&engine.downloads).try_acquire_owned().map_err(|_| Failure::Busy(RETRY))
}

/// The answer that sends these pieces as a file.
pub(super) fn attachment<E: Error + Send + Sync + 'static>(
    pieces: mpsc::Receiver<Result<Bytes, E>>,
    content_type: &'static str,
    disposition: &'static str,
) -> Response {
    let mut response = Response::new(Body::new(Pieces(pieces)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    response
}

/// A body that ends with an error, and so visibly incomplete, when the database fails half-way.
struct Pieces<E>(mpsc::Receiver<Result<Bytes, E>>);

impl<E> hyper::body::Body for Pieces<E> {
    type Data = Bytes;
    type Error = E;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, E>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
