//! The audit log.

use async_trait::async_trait;

/// The audit log.
#[async_trait]
pub trait AuditLog: Send + Sync {}
