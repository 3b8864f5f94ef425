//! The signed-in person's own password.

use async_trait::async_trait;
use regain_core::password::PasswordProfile;
use regain_core::secret::Secret;

use crate::outcome::{Answer, Failure};
use crate::services::toll::{Solved, Toll};
use crate::visit::Visit;

/// The names that a password must not contain: browser and server judge by the same.
#[derive(Clone, Debug)]
pub struct NameRule {
    /// The organisation's name, for the rule's text.
    pub organization: String,
    /// The parts, evened out; see `regain_core::password::banned::name_parts`.
    pub parts: Vec<String>,
}

/// What *Change your password* shows.
#[derive(Clone, Debug)]
pub struct ChangePasswordView {
    /// The person's user principal name, for password managers.
    pub upn: String,
    /// The rules in force; `None` where a directory decides.
    pub profile: Option<PasswordProfile>,
    /// The names that it must not contain.
    pub names: NameRule,
    /// Somebody else set the present password: it must be changed before anything else.
    pub required: bool,
    /// It must be changed because it is too old.
    pub expired: bool,
    /// What is solved first, where many passwords from here were wrong.
    pub toll: Option<Toll>,
}

/// The signed-in person's own password.
#[async_trait]
pub trait Account: Send + Sync {
    /// The form.
    async fn change_password_view(&self, visit: &Visit) -> Result<ChangePasswordView, Failure>;
    /// Changes the password; other sessions end. `next` is where the person was going.
    async fn change_password(
        &self,
        visit: &Visit,
        current: Secret,
        new: Secret,
        confirmation: Secret,
        next: String,
        solved: Solved,
    ) -> Answer;
}
