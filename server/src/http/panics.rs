//! A handler that panics ends one request (F7): it is counted and written down, and the person sees our error page.

use std::any::Any;
use std::sync::Arc;

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use tower_http::catch_panic::{CatchPanicLayer, ResponseForPanic};

use crate::engine::Engine;

#[cfg(not(panic = "unwind"))]
compile_error!("with panic = \"abort\" one request could end the server");

/// Answers for a handler that panicked.
#[derive(Clone)]
pub(super) struct Panicked(Arc<Engine>);

/// The layer around every handler.
pub(super) fn layer(engine: &Arc<Engine>) -> CatchPanicLayer<Panicked> {
    CatchPanicLayer::custom(Panicked(Arc::clone(engine)))
}

impl ResponseForPanic for Panicked {
    type ResponseBody = Body;

    /// What it said may hold anything, so it is not repeated here; where it was stands on standard error.
    fn response_for_panic(&mut self, _: Box<dyn Any + Send + 'static>) -> Response {
        self.0.metrics.count_panic();
        tracing::error!("a handler panicked");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}
