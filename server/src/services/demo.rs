//! Implements [`DemoOutbox`].

use regain_app::services::demo::DemoOutbox;

use crate::engine::Engine;

impl DemoOutbox for Engine {}
