//! `/admin/audit-logs/export.csv` and `.json`: what the page's filter matches, as a file, written while it is read.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use regain_app::outcome::Failure;
use regain_app::visit::Visit;
use regain_core::role::Right;
use tokio::sync::mpsc;

use super::filter;
use crate::audit::export::{Format, export};
use crate::engine::Engine;
use crate::services::stream::{AHEAD, attachment, place};

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
    let place = match gate.and(readable).and_then(|()| place(&engine)) {
        Ok(place) => place,
        Err(failure) => return failure.status().into_response(),
    };
    let (pieces, received) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        export(&engine, asked.filter, format, pieces).await;
        drop(place);
    });
    attachment(received, format.content_type(), format.disposition())
}
