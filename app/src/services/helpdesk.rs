//! The way to help: a link, or a request to the right administrators.

use async_trait::async_trait;

/// The way to help: a link, or a request to the right administrators.
#[async_trait]
pub trait Helpdesk: Send + Sync {}
