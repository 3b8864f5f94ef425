//! The registration wizard.

use async_trait::async_trait;

/// The registration wizard.
#[async_trait]
pub trait Registration: Send + Sync {}
