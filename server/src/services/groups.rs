//! Implements [`Groups`].

use regain_app::services::groups::Groups;

use crate::engine::Engine;

impl Groups for Engine {}
