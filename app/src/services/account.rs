//! The signed-in person's own password.

use async_trait::async_trait;
use regain_core::password::PasswordProfile;
use regain_core::secret::Secret;

use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// What *Change your password* shows.
#[derive(Clone, Debug)]
pub struct ChangePasswordView {
    /// The person's user principal name, for password managers.
    pub upn: String,
    /// The rules in force; `None` where a directory decides.
    pub profile: Option<PasswordProfile>,
    /// Somebody else set the present password: it must be changed before anything else.
    pub required: bool,
    /// It must be changed because it is too old.
    pub expired: bool,
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
    ) -> Answer;
}
