//! The reset and unlock wizard.

use async_trait::async_trait;

/// The reset and unlock wizard.
#[async_trait]
pub trait Reset: Send + Sync {}
