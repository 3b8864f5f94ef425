//! Implements [`AuditLog`].

use regain_app::services::audit::AuditLog;

use crate::engine::Engine;

impl AuditLog for Engine {}
