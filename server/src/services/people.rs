//! Implements [`People`].

use regain_app::services::people::People;

use crate::engine::Engine;

impl People for Engine {}
