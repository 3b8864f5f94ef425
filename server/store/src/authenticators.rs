//! Authenticators: phones that were paired, the codes that pair them, and what they are asked.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A phone with a key of its own.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Device {
    /// Row id.
    pub id: Uuid,
    /// Whose.
    pub user_id: Uuid,
    /// The session that paired it, until a test request is approved.
    pub session_id: Option<Uuid>,
    /// The method that it became then.
    pub method_id: Option<Uuid>,
    /// The method of the codes that it shows.
    pub code_id: Option<Uuid>,
    /// P-256, uncompressed (SEC 1).
    pub public_key: Vec<u8>,
    /// The browser it was paired in.
    pub client: String,
    /// SHA-256 of the cookie of the browser that holds its key, where it keeps one.
    pub browser: Option<Vec<u8>>,
    /// The sealed seed of its codes, until it is a method.
    pub seed: Option<Vec<u8>>,
    /// Where push messages for it go.
    pub endpoint: Option<String>,
    /// The public key that they are encrypted for.
    pub push_key: Option<Vec<u8>>,
    /// The secret that they are encrypted with, besides.
    pub push_auth: Option<Vec<u8>>,
    /// When it was paired.
    pub created_at: Timestamp,
    /// When it last spoke to us.
    pub seen_at: Timestamp,
    /// When a push service last took a message for it.
    pub pushed_at: Option<Timestamp>,
}

/// Where push messages for a device go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The push service's address for it.
    pub endpoint: String,
    /// Its public key, P-256, uncompressed.
    pub key: Vec<u8>,
    /// Its secret of sixteen bytes.
    pub auth: Vec<u8>,
}

impl Device {
    /// The subscription, if it has one.
    pub fn subscription(&self) -> Option<Subscription> {
        let (endpoint, key, auth) = (self.endpoint.clone()?, self.push_key.clone()?, self.push_auth.clone()?);
        Some(Subscription { endpoint, key, auth })
    }
}

/// A code that pairs one device, shown in one session.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Pairing {
    /// Row id.
    pub id: Uuid,
    /// The session that shows it.
    pub session_id: Uuid,
    /// Whose.
    pub user_id: Uuid,
    /// SHA-256 of what the QR code carries.
    pub secret_hash: Vec<u8>,
    /// Keyed hash of the code that is typed.
    pub code_mac: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it dies.
    pub expires_at: Timestamp,
    /// When it paired a device.
    pub used_at: Option<Timestamp>,
}

/// What devices are asked; a decoy asks nobody.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PushRequest {
    /// Row id.
    pub id: Uuid,
    /// The challenge that its approval answers.
    pub challenge_id: Uuid,
    /// What limits count for.
    pub account: String,
    /// Whose devices; `None` for a decoy.
    pub user_id: Option<Uuid>,
    /// The only device that may answer; `None`: any.
    pub device_id: Option<Uuid>,
    /// What a proof is good for, as in the challenge.
    pub purpose: String,
    /// What the device says is asked.
    pub asked: String,
    /// Who asks: address,
    pub address: String,
    /// browser,
    pub client: String,
    /// and SHA-256 of that browser's cookie, where it keeps one.
    pub browser: Option<Vec<u8>>,
    /// The number to carry over, sealed.
    pub number: Vec<u8>,
    /// `open`, `approved`, `denied`, `reported`, `expired`.
    pub state: String,
    /// When it was asked.
    pub created_at: Timestamp,
    /// When it dies.
    pub expires_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// The device that answered,
    pub answered_by: Option<Uuid>,
    /// its address,
    pub answered_address: Option<String>,
    /// and its browser.
    pub answered_client: Option<String>,
}

/// Who answers a request.
#[derive(Clone, Copy, Debug)]
pub struct Answerer<'a> {
    /// The device.
    pub device: Uuid,
    /// Its address.
    pub address: &'a str,
    /// Its browser.
    pub client: &'a str,
}

/// Devices, pairings, requests.
#[async_trait]
pub trait Authenticators {
    /// Keeps a paired device.
    async fn add_device(&mut self, device: &Device) -> Result<()>;
    /// A device, proven or not.
    async fn device(&mut self, id: Uuid) -> Result<Option<Device>>;
    /// The user's devices that are methods, oldest first.
    async fn devices(&mut self, user_id: Uuid) -> Result<Vec<Device>>;
    /// The device that a session paired and that is no method yet.
    async fn session_device(&mut self, session_id: Uuid) -> Result<Option<Device>>;
    /// Makes a device a method. False when it was one already, or is gone.
    async fn accept_device(&mut self, id: Uuid, method_id: Uuid, code_id: Option<Uuid>) -> Result<bool>;
    /// Forgets what a session paired and did not prove.
    async fn drop_session_devices(&mut self, session_id: Uuid) -> Result<u64>;
    /// Notes that a device spoke to us.
    async fn touch_device(&mut self, id: Uuid, at: Timestamp) -> Result<()>;
    /// Notes which browser holds the device's key.
    async fn set_device_browser(&mut self, id: Uuid, browser: &[u8]) -> Result<()>;
    /// Replaces where push messages go; `None`: nowhere.
    async fn set_subscription(&mut self, id: Uuid, subscription: Option<&Subscription>) -> Result<()>;
    /// Takes a subscription back, if it is still this one. False when it was replaced.
    async fn drop_subscription(&mut self, id: Uuid, endpoint: &str) -> Result<bool>;
    /// Notes that a push service took a message.
    async fn mark_pushed(&mut self, id: Uuid, at: Timestamp) -> Result<()>;

    /// Begins a pairing; one that the session showed before works no more.
    async fn begin_pairing(&mut self, pairing: &Pairing) -> Result<()>;
    /// The pairing of a session, whatever its state.
    async fn pairing(&mut self, session_id: Uuid) -> Result<Option<Pairing>>;
    /// The pairing whose QR code carries this.
    async fn pairing_by_secret(&mut self, secret_hash: &[u8]) -> Result<Option<Pairing>>;
    /// The user's pairings that can still be used.
    async fn open_pairings(&mut self, user_id: Uuid, now: Timestamp) -> Result<Vec<Pairing>>;
    /// Uses a pairing. False when it was used or died: only one caller gets true.
    async fn use_pairing(&mut self, id: Uuid, now: Timestamp) -> Result<bool>;

    /// Asks.
    async fn add_push_request(&mut self, request: &PushRequest) -> Result<()>;
    /// A request, whatever its state.
    async fn push_request(&mut self, id: Uuid) -> Result<Option<PushRequest>>;
    /// The request of a challenge.
    async fn challenge_request(&mut self, challenge_id: Uuid) -> Result<Option<PushRequest>>;
    /// The account's request that waits for an answer. Those of registration are not among them.
    async fn open_push_request(&mut self, account: &str, now: Timestamp) -> Result<Option<PushRequest>>;
    /// What a device is asked now, oldest first.
    async fn device_requests(&mut self, device: &Device, now: Timestamp) -> Result<Vec<PushRequest>>;
    /// Moves a request on. False when it is not in that state any more, or an open one has run out.
    async fn settle_push_request(
        &mut self,
        id: Uuid,
        from: &str,
        to: &str,
        by: &Answerer<'_>,
        at: Timestamp,
    ) -> Result<bool>;
    /// What the person's devices approved since then, newest first.
    async fn approved_push_requests(&mut self, user_id: Uuid, since: Timestamp) -> Result<Vec<PushRequest>>;
    /// What ran out unanswered and is not marked yet, oldest first.
    async fn overdue_push_requests(&mut self, now: Timestamp, limit: i64) -> Result<Vec<PushRequest>>;
    /// Marks a request that ran out unanswered. True for one caller.
    async fn expire_push_request(&mut self, id: Uuid, now: Timestamp) -> Result<bool>;
}
