//! Implements [`PolicyAdmin`].

use regain_app::services::policy::PolicyAdmin;

use crate::engine::Engine;

impl PolicyAdmin for Engine {}
