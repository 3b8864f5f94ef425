//! Pairing: a phone makes a key, and shows a code that only the page of a signed-in person has (T56).
//!
//! A paired phone proves nothing yet. It becomes a method when it approves a test request with the number on that very
//! page; whoever took the code elsewhere does not see the number.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use regain_app::services::toll::Solved;
use regain_app::visit::Visit;
use regain_core::account::Username;
use regain_core::code::PairingCode;
use regain_store::{Device, Pairing, Session, Tx, User};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Refusal, broken};
use crate::account_key::account_key;
use crate::authenticator::Call;
use crate::browser;
use crate::captcha::Action;
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
    /// What was solved before, and for which challenge; empty where nothing was asked.
    #[serde(default)]
    captcha: String,
    #[serde(default)]
    solution: String,
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
        self.pay_for_pairing(visit, &form).await?;
        let found = match &code {
            PairingCode::Scanned(_) => self.find_scanned(&code).await,
            PairingCode::Typed(_) => self.find_typed(&form.username, &code).await,
        };
        let pairing = found.map_err(broken)?.ok_or(Refusal::WrongCode)?;
        self.pair_with(visit, call, &pairing, key).await
    }

    /// Counts the try on its source before it is looked at, and takes what a source with many wrong ones pays. It counts
    /// on no account: whoever names a person must not keep that person from pairing, and 40 bits that live for ten
    /// minutes are enough as long as each guess costs something.
    async fn pay_for_pairing(&self, visit: &Visit, form: &PairForm) -> Result<(), Refusal> {
        let mut tx = self.store.write().await.map_err(broken)?;
        let price = self.count_try_of_source(&mut *tx, visit.address).await.map_err(broken)?;
        if let Some(price) = price {
            let solved = Solved {
                captcha: form.captcha.clone(),
                solution: form.solution.clone(),
                ..Solved::default()
            };
            let judged = self.judge_toll(&mut *tx, visit, Action::Pair, &solved, price).await;
            if judged.map_err(broken)?.is_some() {
                self.uncount_try_of_source(&mut *tx, visit.address).await.map_err(broken)?;
                tx.commit().await.map_err(broken)?;
                return Err(Refusal::Unpaid(price));
            }
        }
        tx.commit().await.map_err(broken)
    }

    async fn find_scanned(&self, code: &PairingCode) -> regain_store::Result<Option<Pairing>> {
        self.scanned_pairing(&mut *self.store.read().await?, code).await
    }

    /// Asks the same for every name.
    async fn find_typed(&self, username: &str, code: &PairingCode) -> regain_store::Result<Option<Pairing>> {
        let Ok(username) = Username::parse(username) else { return Ok(None) };
        let mut tx = self.store.read().await?;
        let id = tx.user_by_key(username.key()).await?.map_or(Uuid::nil(), |user| user.id);
        self.typed_pairing(&mut *tx, id, code).await
    }

    async fn pair_with(
        &self,
        visit: &Visit,
        call: &Call,
        pairing: &Pairing,
        key: Vec<u8>,
    ) -> Result<Paired, Refusal> {
        let mut tx = self.store.write().await.map_err(broken)?;
        let user =
            self.lock_user(&mut *tx, pairing.user_id).await.map_err(broken)?.ok_or(Refusal::WrongCode)?;
        // Only a call that pairs is kept, so that it does so once: wrong ones write nothing of their own.
        self.accept_call(&mut *tx, call, &key).await.map_err(broken)??;
        let shown = self.pairing_is_shown(&mut *tx, pairing).await.map_err(broken)?;
        if !shown || !tx.use_pairing(pairing.id, self.now()).await.map_err(broken)? {
            return Err(Refusal::WrongCode);
        }
        self.uncount_try_of_source(&mut *tx, visit.address).await.map_err(broken)?;
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
