//! Regain, the server: command line, configuration, HTTP, use cases, jobs.
//!
//! [`engine::Engine`] holds what every use case needs. Its files under `services/` implement the traits that pages call;
//! `http/` turns requests into visits; `jobs/` does what must not wait for a request.

#[cfg(all(feature = "test-seams", not(debug_assertions)))]
compile_error!("test seams must not be in a release build");

pub mod account_key;
pub mod admin_gate;
mod alerts;
pub mod ambient;
pub mod assess;
pub mod attempt;
pub mod audit;
pub mod authenticator;
pub mod browser;
pub mod captcha;
pub mod cli;
pub mod config;
mod coverage;
pub mod crypto;
pub mod demo;
pub mod engine;
pub mod forms;
pub mod gateways;
mod help_call;
mod hold;
pub mod http;
pub mod jobs;
pub mod landing;
pub mod messages;
pub mod metrics;
pub mod organization;
pub mod passkeys;
pub mod password_protection;
pub mod passwords;
pub mod people;
pub mod person;
mod phone_alerts;
pub mod place;
pub mod policy;
pub mod proxies;
pub mod refusals;
mod report;
mod roster;
#[cfg(feature = "test-seams")]
pub mod seams;
mod security_info;
pub mod serve;
pub mod services;
pub mod step_up;
mod temporary_pass;
mod toll;
pub mod upkeep;
pub mod verification;
