//! Implements [`Helpdesk`].

use regain_app::services::helpdesk::Helpdesk;

use crate::engine::Engine;

impl Helpdesk for Engine {}
