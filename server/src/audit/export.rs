//! The audit log as a file: CSV for spreadsheets, JSON for programs.

use clap::ValueEnum;
use hyper::body::Bytes;
use regain_store::{AuditFilter, AuditRow};
use serde_json::{Value, json};
use tokio::sync::mpsc::Sender;

use super::written;
use crate::engine::Engine;

/// Rows that are read, and sent, at once.
const BATCH: i64 = 500;

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Comma-separated values, for spreadsheets.
    Csv,
    /// An array of objects.
    Json,
}

/// The database failed before the file was complete.
#[derive(Debug, thiserror::Error)]
#[error("the audit log could not be read to its end: {0}")]
pub struct Broken(#[from] regain_store::Error);

impl Format {
    /// The media type.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json",
        }
    }

    /// The `Content-Disposition`, with a file name.
    pub const fn disposition(self) -> &'static str {
        match self {
            Self::Csv => "attachment; filename=\"audit-log.csv\"",
            Self::Json => "attachment; filename=\"audit-log.json\"",
        }
    }
}

/// Writes what the filter matches, newest first, piece by piece. Ends early when nobody listens any more.
pub async fn export(
    engine: &Engine,
    filter: AuditFilter,
    format: Format,
    pieces: Sender<Result<Bytes, Broken>>,
) {
    let mut before = i64::MAX;
    let mut first = true;
    loop {
        let rows = match read(engine, &filter, before).await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::error!(%error, "an export of the audit log broke off");
                let _ = pieces.send(Err(Broken(error))).await;
                return;
            }
        };
        let last = rows.last().map(|row| row.seq).filter(|_| rows.len() as i64 == BATCH);
        let piece = match format {
            Format::Csv => csv_piece(&rows, first),
            Format::Json => json_piece(&rows, first, last.is_none()),
        };
        if pieces.send(Ok(piece.into())).await.is_err() {
            return;
        }
        let Some(last) = last else { return };
        (before, first) = (last, false);
    }
}

async fn read(engine: &Engine, filter: &AuditFilter, before: i64) -> regain_store::Result<Vec<AuditRow>> {
    engine.store.read().await?.audit_rows(filter, before, BATCH).await
}

const COLUMNS: [&str; 18] = [
    "number",
    "time",
    "service",
    "category",
    "activity",
    "result",
    "reason",
    "actorName",
    "actorUserPrincipalName",
    "actorId",
    "ipAddress",
    "client",
    "targetType",
    "targetName",
    "targetId",
    "correlationId",
    "details",
    "hash",
];

/// A byte-order mark, without which spreadsheets take a file for one in the alphabet of the country.
pub(crate) const MARK: &[u8] = "\u{feff}".as_bytes();

fn csv_piece(rows: &[AuditRow], first: bool) -> Vec<u8> {
    let mut csv = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(if first { MARK.to_vec() } else { Vec::new() });
    // Writing to memory does not fail.
    if first {
        let _ = csv.write_record(COLUMNS);
    }
    for row in rows {
        let _ = csv.write_record(cells(row).map(|cell| harmless(&cell)));
    }
    csv.into_inner().unwrap_or_default()
}

fn cells(row: &AuditRow) -> [String; 18] {
    let record = row.record.clone();
    [
        row.seq.to_string(),
        written(record.at),
        record.service,
        record.category,
        record.activity,
        record.result,
        record.reason,
        record.actor_name,
        record.actor_upn,
        record.actor_id,
        record.address,
        record.client,
        record.target_kind,
        record.target_name,
        record.target_id,
        record.correlation,
        record.details,
        hex(&row.hash),
    ]
}

/// A cell that no spreadsheet takes for a formula (T121): what could begin one is preceded by an apostrophe.
pub(crate) fn harmless(cell: &str) -> String {
    let begins = cell.trim_start_matches([' ', '\u{a0}']).chars().next();
    let dangerous = begins.is_some_and(|c| "=+-@\t\r\n|%\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}".contains(c));
    if dangerous { format!("'{cell}") } else { cell.to_owned() }
}

fn json_piece(rows: &[AuditRow], first: bool, last: bool) -> Vec<u8> {
    let rows: Vec<String> = rows.iter().map(|row| object(row).to_string()).collect();
    let (open, between, close) = match (first, rows.is_empty()) {
        (true, _) => ("[\n", ",\n", ""),
        (false, false) => (",\n", ",\n", ""),
        (false, true) => ("", "", ""),
    };
    let close = if last { "\n]\n" } else { close };
    format!("{open}{}{close}", rows.join(between)).into_bytes()
}

fn object(row: &AuditRow) -> Value {
    let record = &row.record;
    json!({
        "number": row.seq,
        "time": written(record.at),
        "service": record.service,
        "category": record.category,
        "activity": record.activity,
        "result": record.result,
        "reason": record.reason,
        "actor": {
            "id": record.actor_id,
            "displayName": record.actor_name,
            "userPrincipalName": record.actor_upn,
            "ipAddress": record.address,
            "client": record.client,
        },
        "target": { "type": record.target_kind, "id": record.target_id, "name": record.target_name },
        "correlationId": record.correlation,
        "details": serde_json::from_str::<Value>(&record.details).unwrap_or_else(|_| json!(record.details)),
        "hash": hex(&row.hash),
    })
}

/// Bytes as lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t121_no_cell_begins_a_formula() {
        for cell in
            ["=HYPERLINK(\"http://evil\")", "+1+cmd|", "-2", "@SUM", "\t=1", "\r=1", "  =1", "＝1", "%0a"]
        {
            assert!(harmless(cell).starts_with('\''), "{cell}");
        }
        for cell in ["", "Ana", "1+1", "ana@contoso.example", "{\"a\":\"=1\"}", "'quoted'"] {
            assert_eq!(harmless(cell), cell);
        }
    }

    #[test]
    fn pieces_make_one_array_however_they_are_cut() {
        let row = |seq| AuditRow { seq, record: Default::default(), previous: Vec::new(), hash: vec![0xab] };
        for cut in [
            vec![vec![]],
            vec![vec![row(3)]],
            vec![vec![row(3), row(2)], vec![row(1)]],
            vec![vec![row(1)], vec![]],
        ] {
            let last = cut.len() - 1;
            let pieces = cut.iter().enumerate().map(|(i, rows)| json_piece(rows, i == 0, i == last));
            let parsed: Vec<Value> = serde_json::from_slice(&pieces.flatten().collect::<Vec<_>>()).unwrap();
            assert_eq!(parsed.len(), cut.iter().map(Vec::len).sum::<usize>());
        }
    }
}
