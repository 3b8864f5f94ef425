//! Implements [`SignIn`].

use regain_app::services::sign_in::SignIn;

use crate::engine::Engine;

impl SignIn for Engine {}
