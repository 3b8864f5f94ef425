//! Sessions begin and end.

use regain_app::visit::{self, Visit};
use regain_core::code::SupportCode;
use regain_core::secret::Secret;
use regain_core::time::Duration;
use regain_store::{Result, Session, Tx};
use uuid::Uuid;

use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::person::Person;

/// Absolute life of an administrator's session (security reference 1.3; a working day).
const ADMINISTRATOR_LIFE: Duration = Duration::from_hours(8);
/// Absolute life of anybody else's: a visit to the security info takes minutes.
const LIFE: Duration = Duration::from_hours(1);

/// Begins a session under a new token (T90). Its support code is the one that the sign-in page showed, unless another
/// session had that.
pub(super) async fn begin(
    engine: &Engine,
    tx: &mut dyn Tx,
    visit: &Visit,
    person: &Person,
) -> Result<(Secret, String)> {
    let support_code = match &visit.session {
        Some(_) => SupportCode::generate(&*engine.entropy).as_str().to_owned(),
        None => visit.support_code.clone(),
    };
    let (token, now) = (engine.new_token(), engine.now());
    let life = if person.roles.is_empty() { LIFE } else { ADMINISTRATOR_LIFE };
    let session = Session {
        id: engine.new_id(),
        token_hash: token_hash(token.expose()),
        user_id: person.user.id,
        support_code: support_code.clone(),
        address: visit.address.to_string(),
        client: visit.client.clone(),
        created_at: now,
        seen_at: now,
        expires_at: now.plus(life),
        proved_at: None,
        proved_by: None,
    };
    tx.add_session(&session).await?;
    Ok((token, support_code))
}

/// Ends a session. Takes the lock of its person's account.
pub(super) async fn end(engine: &Engine, tx: &mut dyn Tx, session: &visit::Session) -> Result<()> {
    let (Ok(id), Ok(user_id)) = (session.id.parse::<Uuid>(), session.user_id.parse::<Uuid>()) else {
        return Ok(());
    };
    engine.lock_user(tx, user_id).await?;
    tx.end_session(id).await
}

/// Ends the session that the browser brought along, whoever's it was: in a transaction of its own, because two accounts
/// are never locked at once.
pub(super) async fn end_brought_along(engine: &Engine, visit: &Visit) -> Result<()> {
    let Some(old) = &visit.session else { return Ok(()) };
    let mut tx = engine.store.write().await?;
    end(engine, &mut *tx, old).await?;
    tx.commit().await
}
