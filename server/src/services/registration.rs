//! Implements [`Registration`].

use regain_app::services::registration::Registration;

use crate::engine::Engine;

impl Registration for Engine {}
