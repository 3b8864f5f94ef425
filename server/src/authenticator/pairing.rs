//! Codes that pair a phone. They are made from the row's id by a key, so that the page can show them again while the
//! database holds nothing but their hashes.

use regain_core::code::PairingCode;
use regain_core::limits::PAIRING_LIFE;
use regain_core::method::Method;
use regain_store::{Pairing, Result, Tx};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::engine::Engine;

/// The two spellings of one pairing.
pub(crate) struct PairingCodes {
    /// In the QR code.
    pub(crate) scanned: PairingCode,
    /// Under *Can’t scan?*.
    pub(crate) typed: PairingCode,
}

impl Engine {
    /// Begins a pairing that this session shows.
    pub(crate) async fn begin_pairing(&self, tx: &mut dyn Tx, session_id: Uuid, user_id: Uuid) -> Result<()> {
        let now = self.now();
        let id = self.new_id();
        let Some(codes) = self.pairing_codes(id) else { return Ok(()) };
        tx.drop_session_devices(session_id).await?;
        tx.begin_pairing(&Pairing {
            id,
            session_id,
            user_id,
            secret_hash: secret_hash(&codes.scanned),
            code_mac: self.pairing_mac(id, &codes.typed),
            created_at: now,
            expires_at: now.plus(PAIRING_LIFE),
            used_at: None,
        })
        .await
    }

    /// The codes of a pairing.
    pub(crate) fn pairing_codes(&self, id: Uuid) -> Option<PairingCodes> {
        let bytes = |what: &str| self.keys.stable_bytes(what, &id.to_string());
        Some(PairingCodes {
            scanned: PairingCode::scanned(&bytes("pairing secret"))?,
            typed: PairingCode::typed(&bytes("pairing code"))?,
        })
    }

    /// The pairing of a scanned code, in whatever state.
    pub(crate) async fn scanned_pairing(
        &self,
        tx: &mut dyn Tx,
        code: &PairingCode,
    ) -> Result<Option<Pairing>> {
        tx.pairing_by_secret(&secret_hash(code)).await
    }

    /// The user's pairing that shows this typed code.
    pub(crate) async fn typed_pairing(
        &self,
        tx: &mut dyn Tx,
        user_id: Uuid,
        code: &PairingCode,
    ) -> Result<Option<Pairing>> {
        let open = tx.open_pairings(user_id, self.now()).await?;
        let same = |one: &Pairing| bool::from(one.code_mac.as_slice().ct_eq(&self.pairing_mac(one.id, code)));
        Ok(open.into_iter().find(same))
    }

    /// Whether the page that shows the pairing is still there: its session lives, and is at this method.
    pub(crate) async fn pairing_is_shown(&self, tx: &mut dyn Tx, pairing: &Pairing) -> Result<bool> {
        let now = self.now();
        let session = tx.session_by_id(pairing.session_id).await?;
        let lives = session.is_some_and(|row| {
            row.user_id == pairing.user_id
                && row.expires_at > now
                && now.since(row.seen_at) < crate::http::IDLE
        });
        let enrolment = tx.enrolment(pairing.session_id).await?;
        let method = Method::AppNotification.as_str();
        Ok(lives && enrolment.is_some_and(|row| row.method == method && row.expires_at > now))
    }

    fn pairing_mac(&self, id: Uuid, code: &PairingCode) -> Vec<u8> {
        self.keys.code_mac(&["pairing", &id.to_string()], code.expose())
    }
}

/// 130 random bits need no key.
fn secret_hash(code: &PairingCode) -> Vec<u8> {
    Sha256::digest(code.expose().as_bytes()).to_vec()
}
