//! Sign-in and sign-out.

use async_trait::async_trait;

/// Sign-in and sign-out.
#[async_trait]
pub trait SignIn: Send + Sync {}
