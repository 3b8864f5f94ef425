//! HTTP: what stands between a socket and a page.

pub mod assets;
mod body_limit;
mod captcha;
mod client_ip;
mod cookies;
mod errors;
mod headers;
mod health;
mod hooks;
mod html;
mod listener;
mod metrics;
mod must_change;
mod router;
mod visit;

pub use cookies::SealedCookies;
pub use listener::serve;
pub use metrics::metrics_router;
pub use router::router;
pub use visit::IDLE;
