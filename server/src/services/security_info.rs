//! Implements [`SecurityInfo`].

use regain_app::services::security_info::SecurityInfo;

use crate::engine::Engine;

impl SecurityInfo for Engine {}
