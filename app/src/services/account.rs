//! The signed-in person's own password.

use async_trait::async_trait;

/// The signed-in person's own password.
#[async_trait]
pub trait Account: Send + Sync {}
