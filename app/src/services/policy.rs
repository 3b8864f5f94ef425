//! The policy tabs, for administrators.

use async_trait::async_trait;

/// The policy tabs, for administrators.
#[async_trait]
pub trait PolicyAdmin: Send + Sync {}
