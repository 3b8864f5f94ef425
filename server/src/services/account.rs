//! Implements [`Account`].

use regain_app::services::account::Account;

use crate::engine::Engine;

impl Account for Engine {}
