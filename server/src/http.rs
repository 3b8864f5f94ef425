//! HTTP: what stands between a socket and a page.

pub mod assets;
mod authenticator;
mod body_limit;
mod captcha;
mod cookies;
mod edge;
mod errors;
mod form_mark;
mod form_once;
mod headers;
mod health;
mod hooks;
mod html;
mod listener;
mod logo;
mod metrics;
mod must_change;
mod origin;
mod panics;
mod repeat;
mod router;
mod spelling;
mod visit;
mod well_known;

pub use cookies::SealedCookies;
pub use listener::{Limits, serve, serve_within};
pub use metrics::metrics_router;
pub use router::router;
pub use visit::IDLE;
