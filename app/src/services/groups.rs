//! Groups, for administrators.

use async_trait::async_trait;

/// Groups, for administrators.
#[async_trait]
pub trait Groups: Send + Sync {}
