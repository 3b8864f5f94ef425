//! Implements [`Reset`].

use regain_app::services::reset::Reset;

use crate::engine::Engine;

impl Reset for Engine {}
