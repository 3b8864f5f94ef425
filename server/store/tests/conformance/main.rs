//! One suite for both engines: what every method of the store promises, on SQLite and on PostgreSQL.
//!
//! PostgreSQL runs where `REGAIN_TEST_POSTGRES_URL` says; with `CI` or `REGAIN_REQUIRE_POSTGRES` set it must.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[macro_use]
mod database;

mod audit;
mod authenticators;
mod browsers;
mod counters;
mod credentials;
mod finishes;
mod flows;
mod forms;
mod gateways;
mod groups;
mod hardware_tokens;
mod help_calls;
mod holds;
mod maintenance;
mod make;
mod methods;
mod migrations;
mod outbox;
mod passes;
mod people;
mod policies;
mod pooler;
mod proofs;
mod report_links;
#[path = "../support/scratch.rs"]
mod scratch;
mod search;
mod sessions;
mod sharing;
mod templates;
mod transactions;
mod usage;
