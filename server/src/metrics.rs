//! Numbers for monitoring, as Prometheus reads them. Never a name, an address or a code.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use http::StatusCode;
use regain_store::Result;

use crate::engine::Engine;

/// How a message's try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It left.
    Sent,
    /// It is tried again later.
    Retried,
    /// It was given up.
    GivenUp,
}

/// Counters since the process began.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Answers by the first digit of their status, 1 to 5.
    answers: [AtomicU64; 5],
    /// Tries of messages, by [`Delivery`].
    deliveries: [AtomicU64; 3],
    /// Handlers that panicked.
    panics: AtomicU64,
}

impl Metrics {
    /// Counts an answer.
    pub fn count_answer(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        if let Some(counter) = self.answers.get(class) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Counts a message's try.
    pub fn count_delivery(&self, delivery: Delivery) {
        self.deliveries[delivery as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a handler that panicked.
    pub fn count_panic(&self) {
        self.panics.fetch_add(1, Ordering::Relaxed);
    }

    fn write(&self, page: &mut Page) {
        page.begin("regain_http_responses_total", "counter", "Answers, by class of status.");
        for (class, counter) in ["1xx", "2xx", "3xx", "4xx", "5xx"].iter().zip(&self.answers) {
            page.value(&format!("{{class=\"{class}\"}}"), counter.load(Ordering::Relaxed));
        }
        page.begin("regain_panics_total", "counter", "Requests that ended in a panic: each is a defect.");
        page.value("", self.panics.load(Ordering::Relaxed));
        page.begin("regain_message_tries_total", "counter", "Tries to deliver a message, by outcome.");
        for (outcome, counter) in ["sent", "retried", "given_up"].iter().zip(&self.deliveries) {
            page.value(&format!("{{outcome=\"{outcome}\"}}"), counter.load(Ordering::Relaxed));
        }
    }
}

/// The page as Prometheus reads it, text format 0.0.4.
#[derive(Default)]
struct Page {
    text: String,
    name: &'static str,
}

impl Page {
    fn begin(&mut self, name: &'static str, kind: &str, help: &str) {
        self.name = name;
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn value(&mut self, labels: &str, value: impl std::fmt::Display) {
        let _ = writeln!(self.text, "{}{labels} {value}", self.name);
    }
}

impl Engine {
    /// The page for Prometheus.
    pub async fn metrics_page(&self) -> Result<String> {
        let (waiting, parked) = self.store.read().await?.outbox_counts().await?;
        let rows = self.audit_head().await?.seq;
        let mut page = Page::default();
        page.begin("regain_build_info", "gauge", "The version that runs.");
        page.value(&format!("{{version=\"{}\"}}", env!("CARGO_PKG_VERSION")), 1);
        self.metrics.write(&mut page);
        page.begin(
            "regain_password_hashes_total",
            "counter",
            "Passwords, answers and codes that were hashed.",
        );
        page.value("", self.hasher.hashes());
        page.begin(
            "regain_password_hashes_refused_total",
            "counter",
            "Requests that were answered 503 because too many waited for a hash.",
        );
        page.value("", self.hasher.refused());
        let written = self.store.writing();
        page.begin("regain_database_transactions_total", "counter", "Transactions that were made durable.");
        page.value("", written.transactions);
        page.begin(
            "regain_database_commits_total",
            "counter",
            "Commits that this took: on SQLite transactions share them.",
        );
        page.value("", written.commits);
        page.begin("regain_outbox_waiting", "gauge", "Messages that wait to leave.");
        page.value("", waiting);
        page.begin("regain_outbox_given_up", "gauge", "Messages that were given up in the last day.");
        page.value("", parked);
        page.begin("regain_audit_rows", "gauge", "Rows of the audit log; it never falls.");
        page.value("", rows);
        Ok(page.text)
    }
}
