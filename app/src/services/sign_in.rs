//! Sign-in and sign-out.

use async_trait::async_trait;
use regain_core::secret::Secret;

use crate::outcome::Answer;
use crate::visit::Visit;

/// The step of the form that asks for the username.
pub const USERNAME_STEP: &str = "username";
/// The step of the form that asks for the password; also the flag in the address of its page.
pub const PASSWORD_STEP: &str = "password";

/// Sign-in and sign-out.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// A username was given: on to the password, whoever that is. `next` is where the person was going.
    async fn give_username(&self, visit: &Visit, username: String, next: String) -> Answer;
    /// Username and password were given.
    async fn sign_in(&self, visit: &Visit, username: String, password: Secret, next: String) -> Answer;
    /// Ends the session, if there is one.
    async fn sign_out(&self, visit: &Visit) -> Answer;
}
