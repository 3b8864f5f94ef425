//! Messages that left in demo mode.

use async_trait::async_trait;

/// Messages that left in demo mode.
#[async_trait]
pub trait DemoOutbox: Send + Sync {}
