//! What some methods are made of: the codes of a set, the key of a passkey, and what a passkey is asked.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// An unused code of a set.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RecoveryCode {
    /// Its place in the set.
    pub position: i64,
    /// PHC string of argon2id; all of a set have one salt.
    pub verifier: String,
}

/// A registered passkey.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Passkey {
    /// The method that it is.
    pub method_id: Uuid,
    /// The authenticator's name for it.
    pub credential_id: Vec<u8>,
    /// The public key and what goes with it, as JSON.
    pub credential: String,
}

/// What a browser was asked, and what its answer is judged by.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PasskeyCeremony {
    /// The challenge that it belongs to.
    pub challenge_id: Uuid,
    /// What the browser is asked, as JSON.
    pub options: String,
    /// What its answer is judged by, as JSON; never leaves the server.
    pub state: String,
}

/// Recovery codes, passkeys and drills.
#[async_trait]
pub trait Credentials {
    /// Adds the codes of a set: their verifiers, in order.
    async fn add_recovery_codes(&mut self, method_id: Uuid, verifiers: &[String]) -> Result<()>;
    /// The unused codes of the user's set.
    async fn recovery_codes(&mut self, user_id: Uuid) -> Result<Vec<(Uuid, RecoveryCode)>>;
    /// All of them, used ones too: to tell a code that was used from one that never was.
    async fn every_recovery_code(&mut self, user_id: Uuid) -> Result<Vec<(Uuid, RecoveryCode)>>;
    /// Uses a code up. False when it was used before: a code works once.
    async fn take_recovery_code(&mut self, method_id: Uuid, position: i64, at: Timestamp) -> Result<bool>;

    /// Whether a key is registered already, by whomever.
    async fn knows_passkey(&mut self, credential_id: &[u8]) -> Result<bool>;
    /// Adds the key of a passkey.
    async fn add_passkey(&mut self, passkey: &Passkey) -> Result<()>;
    /// The user's passkeys, oldest first.
    async fn passkeys(&mut self, user_id: Uuid) -> Result<Vec<Passkey>>;
    /// Keeps what an authentication changed of a key: its counter, whether it is backed up.
    async fn update_passkey(&mut self, method_id: Uuid, credential: &str) -> Result<()>;

    /// Remembers that the person tried out a reset to its end.
    async fn record_drill(&mut self, user_id: Uuid, at: Timestamp) -> Result<()>;
    /// When the person last tried out a reset to its end.
    async fn drilled_at(&mut self, user_id: Uuid) -> Result<Option<Timestamp>>;

    /// Remembers what a browser is asked under a challenge.
    async fn add_passkey_ceremony(&mut self, ceremony: &PasskeyCeremony) -> Result<()>;
    /// What the browser was asked under a challenge.
    async fn passkey_ceremony(&mut self, challenge_id: Uuid) -> Result<Option<PasskeyCeremony>>;
}
