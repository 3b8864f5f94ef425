//! Activating a token: a code from it shows that the seed is its own, and how far its clock is off.

use regain_core::code::OneTimeCode;
use regain_core::hardware_token::Pace;
use regain_core::limits::{APPS_PER_USER, TOKEN_ACTIVATIONS};
use regain_core::method::Method;
use regain_store::HardwareToken;
use uuid::Uuid;

use super::{Actor, full, label};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::people::Refusal;
use crate::person::{Change, Person};
use crate::security_info::{Inventory, authenticators};
use crate::verification::{Match, period_of};

const FIELD: &str = "code";

impl Engine {
    /// Makes a token a method of its owner, if `typed` is a code that it shows about now. That code works no second time.
    pub async fn activate_token(
        &self,
        actor: &Actor<'_>,
        id: Uuid,
        typed: &OneTimeCode,
    ) -> Result<(), Refusal> {
        let owner = self.store.read().await?.token(id).await?.ok_or(Refusal::NotFound)?.user_id;
        let result = self.try_activate(actor, id, typed).await;
        self.note_refusal(actor, activity::ADMIN_UPDATED, owner, &result).await;
        result
    }

    async fn try_activate(&self, actor: &Actor<'_>, id: Uuid, typed: &OneTimeCode) -> Result<(), Refusal> {
        let token = self.count_activation(actor, id).await?;
        let sealed = token.sealed.as_deref();
        let seed = sealed.and_then(|sealed| self.open_seed(token.id, token.user_id, sealed));
        let Some(seed) = seed else {
            tracing::error!(token = %id, "a seed does not open: it was moved, changed, or sealed with another key");
            return Err(Refusal::field(FIELD, "token-broken"));
        };
        match self.match_code(&seed, Pace::unknown(period_of(&token)), typed) {
            Some(found) => self.make_method(actor, &token, found).await,
            None => self.wrong_activation(actor, &token).await,
        }
    }

    /// Counts a try, committed, before it is compared. The token, if one more may be.
    async fn count_activation(&self, actor: &Actor<'_>, id: Uuid) -> Result<HardwareToken, Refusal> {
        let mut tx = self.store.write().await?;
        let token = tx.token(id).await?.ok_or(Refusal::NotFound)?;
        self.manageable(&mut *tx, actor, token.user_id).await?;
        if token.method_id.is_some() {
            return Err(Refusal::field(FIELD, "token-active"));
        }
        let tries = tx.count_recent(&key(id), TOKEN_ACTIVATIONS.within, self.now()).await?;
        tx.commit().await?;
        if tries > i64::from(TOKEN_ACTIVATIONS.times) {
            return Err(Refusal::field(FIELD, "token-tries"));
        }
        Ok(token)
    }

    async fn wrong_activation(&self, actor: &Actor<'_>, token: &HardwareToken) -> Result<(), Refusal> {
        let mut tx = self.store.write().await?;
        if let Some(user) = tx.user(token.user_id).await? {
            let reason = "Wrong code of a hardware token";
            let record = audit::failure(service::METHODS, activity::ADMIN_UPDATED, reason).to(&user);
            let record = record.detail("serial_number", token.serial.clone());
            tx.append(&actor.sign(self, record)).await?;
        }
        tx.commit().await?;
        Err(Refusal::field(FIELD, "token-code-wrong"))
    }

    async fn make_method(
        &self,
        actor: &Actor<'_>,
        token: &HardwareToken,
        found: Match,
    ) -> Result<(), Refusal> {
        let now = self.now();
        let mut tx = self.store.write().await?;
        let user = self.manageable(&mut *tx, actor, token.user_id).await?;
        let has = authenticators(&tx.methods(user.id).await?, &tx.devices(user.id).await?);
        if has >= APPS_PER_USER {
            return Err(Refusal::Problems(vec![full(FIELD)]));
        }
        // As it is under the lock: whoever was slower finds it activated, or gone.
        let had = Inventory::load(self, &mut *tx, user.id).await?.ok_or(Refusal::NotFound)?;
        let still = tx.token(token.id).await?.filter(|still| still.sealed.is_some() && still == token);
        let token = still.ok_or(Refusal::NotFound)?;
        tx.add_method(&regain_store::Method {
            id: token.id,
            user_id: user.id,
            method: Method::AppCode.as_str().to_owned(),
            label: label(&user, &token.serial),
            destination: None,
            sealed: token.sealed.clone(),
            last_step: Some(found.step),
            created_at: now,
            last_used_at: None,
            codes_left: None,
        })
        .await?;
        if !had.registers_first_in(now) {
            Change::Added(token.id).note(&mut *tx, user.id, now).await?;
        }
        if !tx.activate_token(token.id, found.drift).await? {
            return Err(Refusal::NotFound);
        }
        tx.clear_counters(&key(token.id)).await?;
        let person = Person::of(self, &mut *tx, user.clone()).await?;
        let code = actor.support_code();
        self.tell_of_token(&mut *tx, &person, "notice-token-activated", &token.serial, code).await?;
        let record = self.token_record(actor, &user, "Hardware token activated", &token.serial);
        tx.append(&record.detail("method", Method::AppCode.as_str())).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn key(id: Uuid) -> String {
    format!("token:{id}:")
}
