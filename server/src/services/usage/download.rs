//! `/admin/usage-insights/users.csv`: the list as a file, written while it is read.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use hyper::body::Bytes;
use regain_app::services::usage::RegistrationRow;
use regain_app::visit::Visit;
use regain_core::role::Right;
use regain_store::{Page, UserFilter};
use tokio::sync::mpsc::{self, Sender};

use super::row::rows;
use crate::audit::export::{MARK, harmless};
use crate::audit::written;
use crate::engine::Engine;
use crate::person::Rules;
use crate::roster;
use crate::services::stream::{AHEAD, attachment, place};

/// People who are read, and sent, at once.
const BATCH: i64 = 500;

/// The database failed before the file was complete.
#[derive(Debug, thiserror::Error)]
#[error("the list of users could not be read to its end: {0}")]
struct Broken(#[from] regain_store::Error);

const COLUMNS: [&str; 7] = [
    "userPrincipalName",
    "displayName",
    "inScope",
    "registered",
    "ready",
    "methodsRegistered",
    "lastUpdatedDateTime",
];

pub(in crate::services) async fn csv(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
) -> Response {
    let place = match engine.admin_gate(&visit, Right::ReadUsage).and_then(|_| place(&engine)) {
        Ok(place) => place,
        Err(failure) => return failure.status().into_response(),
    };
    let filter = super::filter(&visit);
    let (pieces, received) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        if let Err(broken) = send(&engine, &filter, &pieces).await {
            tracing::error!(error = %broken, "a download of the user list broke off");
            let _ = pieces.send(Err(broken)).await;
        }
        drop(place);
    });
    attachment(
        received,
        "text/csv; charset=utf-8; header=present",
        "attachment; filename=\"user-registration.csv\"",
    )
}

/// Ends early when nobody listens any more.
async fn send(
    engine: &Engine,
    filter: &UserFilter,
    pieces: &Sender<Result<Bytes, Broken>>,
) -> Result<(), Broken> {
    let mut after = String::new();
    let mut piece = MARK.to_vec();
    piece.extend(lines([COLUMNS.map(ToOwned::to_owned)]));
    loop {
        // A reader for each batch: a slow client holds none open.
        let mut tx = engine.store.read().await?;
        let users = tx.users(filter, &Page { after, limit: BATCH }).await?;
        after = users.last().map(|user| user.upn_key.clone()).unwrap_or_default();
        let last = users.is_empty();
        let rules = Rules::load(engine, &mut *tx).await?;
        let people = roster::people(&mut *tx, &rules, users).await?;
        let coverage = engine.coverage_of(&mut *tx, &people).await?;
        drop(tx);
        piece.extend(lines(rows(&people, coverage).map(|row| cells(&row))));
        if pieces.send(Ok(std::mem::take(&mut piece).into())).await.is_err() || last {
            return Ok(());
        }
    }
}

fn cells(row: &RegistrationRow) -> [String; 7] {
    let methods: Vec<_> = row.methods.iter().map(|method| method.as_str()).collect();
    [
        row.upn.clone(),
        row.display_name.clone(),
        row.coverage.in_scope.to_string(),
        row.coverage.registered.to_string(),
        row.coverage.ready.is_ok().to_string(),
        methods.join(", "),
        row.updated.map(written).unwrap_or_default(),
    ]
}

fn lines(rows: impl IntoIterator<Item = [String; 7]>) -> Vec<u8> {
    let mut csv = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail.
        let _ = csv.write_record(row.map(|cell| harmless(&cell)));
    }
    csv.into_inner().unwrap_or_default()
}
