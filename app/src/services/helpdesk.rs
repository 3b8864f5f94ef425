//! The way to help: a link, or a request to the right administrators.

use async_trait::async_trait;

use super::toll::{Solved, Toll};
use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// What `/help` shows.
#[derive(Clone, Debug)]
pub struct Help {
    /// The organisation's own page (`https:`) or mailbox (`mailto:`), if it named one: then there is no form.
    pub link: Option<String>,
    /// The signed-in person's name, or the one typed in the reset under way; may be empty.
    pub username: String,
    /// Somebody is signed in, so the name is certain.
    pub is_signed_in: bool,
    /// What the administrators look the case up with: the flow's, if there is one.
    pub support_code: String,
    /// What is to be solved first: many asked from this network.
    pub toll: Option<Toll>,
}

/// The way to help. Whether an account exists shows nowhere.
#[async_trait]
pub trait Helpdesk: Send + Sync {
    /// What `/help` shows.
    async fn help(&self, visit: &Visit) -> Result<Help, Failure>;
    /// Asks the administrators who can help the account to contact its owner.
    async fn ask_for_help(&self, visit: &Visit, username: String, solved: Solved) -> Answer;
}
