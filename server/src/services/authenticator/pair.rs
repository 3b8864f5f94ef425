//! Pairing: a phone makes a key, and shows a code that only the page of a signed-in person has (T56).
//!
//! A paired phone proves nothing yet. It becomes a method when it approves a test request with the number on that very
//! page; whoever took the code elsewhere does not see the number.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use regain_app::visit::Visit;
use regain_core::account::Username;
use regain_core::code::PairingCode;
use regain_store::{Device, Pairing, Session, Tx, User};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Refusal, broken};
use crate::account_key::{account_key, key_of_name};
use crate::authenticator::Call;
use crate::browser;
use crate::engine::Engine;
use crate::verification::{AskedFrom, Asker, Holder, Purpose};

/// A point of the curve, uncompressed.
const KEY_BYTES: usize = 65;

/// What a phone sends to be paired.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct PairForm {
    /// *Username*; a scanned code needs none.
    #[serde(default)]
    username: String,
    /// *Pairing code*, typed or scanned.
    code: String,
    /// The public key, base64url.
    key: String,
}

/// What it gets, once.
#[derive(Serialize)]
pub(crate) struct Paired {
    device: Uuid,
    username: String,
    organization: String,
    /// The seed of the codes it shows, base32.
    seed: String,
    /// The key that its push subscription is made for.
    push_key: String,
}

impl Engine {
    /// Pairs the phone whose key signed the call.
    pub(crate) async fn pair(&self, visit: &Visit, call: &Call, form: PairForm) -> Result<Paired, Refusal> {
        let key = BASE64URL_NOPAD.decode(form.key.as_bytes()).map_err(|_| Refusal::Malformed)?;
        if key.len() != KEY_BYTES {
            return Err(Refusal::Malformed);
        }
        call.check(&key, self.now())?;
        let code = PairingCode::parse(&form.code).ok_or(Refusal::WrongCode)?;
        let found = match &code {
            PairingCode::Scanned(_) => self.find_scanned(&code).await?,
            PairingCode::Typed(_) => self.find_typed(&form.username, &code).await?,
        };
        let Some((pairing, account)) = found else {
            self.count_source_failure(visit.address).await.map_err(broken)?;
            return Err(Refusal::WrongCode);
        };
        self.pair_with(visit, call, &pairing, account.as_deref(), key).await
    }

    async fn find_scanned(&self, code: &PairingCode) -> Result<Option<(Pairing, Option<String>)>, Refusal> {
        let mut tx = self.store.read().await.map_err(broken)?;
        let pairing = self.scanned_pairing(&mut *tx, code).await.map_err(broken)?;
        Ok(pairing.map(|pairing| (pairing, None)))
    }

    /// Counted first, for every name alike: 40 bits are enough as long as nobody tries them out.
    async fn find_typed(
        &self,
        username: &str,
        code: &PairingCode,
    ) -> Result<Option<(Pairing, Option<String>)>, Refusal> {
        let Ok(username) = Username::parse(username) else { return Ok(None) };
        let mut tx = self.store.read().await.map_err(broken)?;
        let user = tx.user_by_key(username.key()).await.map_err(broken)?;
        drop(tx);
        let account = key_of_name(&self.keys, username.key(), user.is_some());
        if let Some(until) = self.count_pairing(&account).await.map_err(broken)? {
            return Err(Refusal::TooMany(until));
        }
        let mut tx = self.store.read().await.map_err(broken)?;
        let id = user.map_or(Uuid::nil(), |user| user.id);
        let pairing = self.typed_pairing(&mut *tx, id, code).await.map_err(broken)?;
        Ok(pairing.map(|pairing| (pairing, Some(account))))
    }

    async fn pair_with(
        &self,
        visit: &Visit,
        call: &Call,
        pairing: &Pairing,
        counted: Option<&str>,
        key: Vec<u8>,
    ) -> Result<Paired, Refusal> {
        let mut tx = self.store.write().await.map_err(broken)?;
        let user =
            self.lock_user(&mut *tx, pairing.user_id).await.map_err(broken)?.ok_or(Refusal::WrongCode)?;
        if let Some(account) = counted {
            self.uncount_pairing(&mut *tx, account).await.map_err(broken)?;
        }
        // Only a call that pairs is kept, so that it does so once: wrong ones write nothing of their own.
        self.accept_call(&mut *tx, call, &key).await.map_err(broken)??;
        let shown = self.pairing_is_shown(&mut *tx, pairing).await.map_err(broken)?;
        if !shown || !tx.use_pairing(pairing.id, self.now()).await.map_err(broken)? {
            return Err(Refusal::WrongCode);
        }
        let session =
            tx.session_by_id(pairing.session_id).await.map_err(broken)?.ok_or(Refusal::WrongCode)?;
        let (device, seed) = self.new_device(visit, &session, key);
        tx.drop_session_devices(session.id).await.map_err(broken)?;
        tx.add_device(&device).await.map_err(broken)?;
        self.ask_to_test(&mut *tx, visit, &user, &session, device.id).await.map_err(broken)?;
        tx.commit().await.map_err(broken)?;
        Ok(Paired {
            device: device.id,
            username: user.upn,
            organization: self.organization().await.name,
            seed,
            push_key: self.web_push.as_ref().map_or_else(String::new, |push| push.public_key().to_owned()),
        })
    }

    fn new_device(&self, visit: &Visit, session: &Session, public_key: Vec<u8>) -> (Device, String) {
        let (id, now) = (self.new_id(), self.now());
        let seed = self.new_seed();
        let device = Device {
            id,
            user_id: session.user_id,
            session_id: Some(session.id),
            method_id: None,
            code_id: None,
            public_key,
            client: visit.client.clone(),
            browser: browser::of(visit),
            seed: Some(self.seal_seed(id, session.user_id, &seed)),
            endpoint: None,
            push_key: None,
            push_auth: None,
            created_at: now,
            seen_at: now,
            pushed_at: None,
        };
        (device, BASE32_NOPAD.encode(seed.expose()))
    }

    /// The test request of a phone that a session paired.
    pub(crate) async fn ask_to_test(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        user: &User,
        session: &Session,
        device_id: Uuid,
    ) -> regain_store::Result<()> {
        let account = account_key(&self.keys, &user.upn_key);
        let asker = Asker {
            holder: Holder::Session(session.id),
            purpose: Purpose::Register,
            account: &account,
            user_id: Some(user.id),
            known_browser: false,
            support_code: &session.support_code,
            visit,
        };
        let browser = session.browser.clone();
        let from = AskedFrom { address: &session.address, client: &session.client, browser };
        self.ask_new(tx, &asker, device_id, from).await.map(|_| ())
    }
}
