//! Users, for administrators.

use async_trait::async_trait;

/// Users, for administrators.
#[async_trait]
pub trait People: Send + Sync {}
