//! A person's own verification methods.

use async_trait::async_trait;

/// A person's own verification methods.
#[async_trait]
pub trait SecurityInfo: Send + Sync {}
