//! Hardware tokens, for administrators.

use async_trait::async_trait;
use regain_core::form::FieldProblem;
use regain_core::secret::Secret;

use super::people::{Listed, Place};
use crate::outcome::{Answer, Failure, Outcome};
use crate::visit::Visit;

/// Which tokens a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenQuery {
    /// Beginning of a serial number, username, name, manufacturer or model.
    pub search: String,
    /// Only those that are activated, or that are not.
    pub active: Option<bool>,
}

/// A token.
#[derive(Clone, Debug)]
pub struct TokenRow {
    /// Row id, as text.
    pub id: String,
    /// Serial number.
    pub serial: String,
    /// Who made it; may be empty.
    pub manufacturer: String,
    /// What they call it; may be empty.
    pub model: String,
    /// Seconds that a code shows.
    pub period: i64,
    /// Whether it counts.
    pub active: bool,
    /// The owner's row id, as text.
    pub user_id: String,
    /// The owner's display name.
    pub display_name: String,
    /// The owner's user principal name.
    pub upn: String,
}

/// What became of the file that was uploaded last in this session.
#[derive(Clone, Debug, Default)]
pub struct UploadReport {
    /// Tokens that are there now.
    pub done: usize,
    /// Rows that are not, each with its line in the file.
    pub refused: Vec<(u64, FieldProblem)>,
    /// How many more there were than are listed.
    pub more: usize,
}

/// The list of tokens.
#[derive(Clone, Debug)]
pub struct TokenList {
    /// A page of it.
    pub page: Listed<TokenRow>,
    /// Whether the signed-in administrator may upload, activate and delete.
    pub may_manage: bool,
    /// What the last upload did, if the page is to show it.
    pub report: Option<UploadReport>,
}

/// *Hardware tokens*.
#[async_trait]
pub trait HardwareTokens: Send + Sync {
    /// A page of the list; with `report`, what the last upload did.
    async fn list(
        &self,
        visit: &Visit,
        query: &TokenQuery,
        place: &Place,
        report: bool,
    ) -> Result<TokenList, Failure>;
    /// Lets pass who may upload; a refusal is written down. `Some`: a factor must be shown again first.
    async fn may_upload(&self, visit: &Visit) -> Result<Option<Outcome>, Failure>;
    /// Reads a file of tokens. `None`: it was larger than it may be.
    async fn upload(&self, visit: &Visit, file: Option<Vec<u8>>) -> Answer;
    /// One token, for who may manage it.
    async fn token(&self, visit: &Visit, id: &str) -> Result<TokenRow, Failure>;
    /// Activates a token with a code that it shows.
    async fn activate(&self, visit: &Visit, id: &str, code: &Secret) -> Answer;
    /// Deletes a token, activated or not.
    async fn delete(&self, visit: &Visit, id: &str) -> Answer;
}
