//! Who does something to other people's accounts.

use regain_app::visit::Visit;
use regain_core::code::SupportCode;
use regain_core::role::{Role, may_manage};
use regain_store::AuditRecord;

use crate::audit::Build as _;
use crate::engine::Engine;

/// Who acts.
pub enum Actor<'a> {
    /// A signed-in administrator.
    Administrator(&'a Visit),
    /// Somebody with a shell on the server, who may do everything; or the server itself.
    Console {
        /// As the audit log names it.
        name: &'static str,
        /// What the records of one command share.
        code: String,
    },
}

impl Actor<'_> {
    /// The command line.
    pub fn command_line(engine: &Engine) -> Self {
        Self::console(engine, "command line")
    }

    /// A part of the server, under a name for the audit log.
    pub fn console(engine: &Engine, name: &'static str) -> Self {
        Self::Console { name, code: SupportCode::generate(&*engine.entropy).as_str().to_owned() }
    }

    /// Adds to a record when, from where and by whom.
    pub fn sign(&self, engine: &Engine, record: AuditRecord) -> AuditRecord {
        match self {
            Self::Administrator(visit) => record.seen(engine, visit),
            Self::Console { name, code } => AuditRecord {
                at: engine.now(),
                actor_name: (*name).to_owned(),
                correlation: code.clone(),
                ..record
            },
        }
    }

    /// Whether the actor may touch an account with these roles, if a right allows what is done (T112).
    pub fn may_manage(&self, target: &[Role]) -> bool {
        match self {
            Self::Administrator(visit) => {
                visit.session.as_ref().is_some_and(|session| may_manage(&session.roles, target))
            }
            Self::Console { .. } => true,
        }
    }

    /// The support code under which messages go out.
    pub fn support_code(&self) -> &str {
        match self {
            Self::Administrator(visit) => &visit.support_code,
            Self::Console { code, .. } => code,
        }
    }
}
