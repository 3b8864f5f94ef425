//! SETPW: judged and hashed before the transaction; then one transaction in which everything happens or nothing.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::reset::{PasswordView, Shown};
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::password::NewPassword;
use regain_core::secret::Secret;
use regain_store::{Result, Tx};

use super::complete::Cleared;
use super::finish;
use super::record::step;
use super::standing::{Place, Standing};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::passwords::{self, Cause, NewVerifier, Refused, Rules, names_of};
use crate::services::{failure, hash_failure};

/// Where a new password is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// In the browser that asked.
    Browser,
    /// On the phone that approved.
    Phone,
}

impl At {
    const fn page(self) -> &'static str {
        match self {
            Self::Browser => Place::Password.path(),
            Self::Phone => finish::PAGE,
        }
    }

    /// The phone has one page, which tells what became of it.
    fn leads(self, elsewhere: Outcome) -> Outcome {
        match self {
            Self::Browser => elsewhere,
            Self::Phone => Outcome::go(finish::PAGE),
        }
    }
}

/// What was typed, and where.
pub(super) struct Chosen {
    pub(super) password: Secret,
    pub(super) confirmation: Secret,
    pub(super) at: At,
}

impl Engine {
    pub(super) async fn reset_password_page(
        &self,
        visit: &Visit,
    ) -> std::result::Result<Shown<PasswordView>, Failure> {
        let (mut tx, standing) = match self.at_page(visit, Place::Password).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(Shown::Elsewhere(elsewhere)),
        };
        let view = self.password_view(&mut *tx, &standing).await.map_err(failure)?;
        Ok(Shown::Page(standing.frame(), view))
    }

    /// What the form shows, here or on the phone.
    pub(super) async fn password_view(&self, tx: &mut dyn Tx, standing: &Standing) -> Result<PasswordView> {
        let rules = Rules::load(tx).await?.for_person(&standing.person);
        let user = &standing.person.user;
        Ok(PasswordView {
            username: user.upn.clone(),
            profile: Some(rules.profile()),
            names: rules.name_rule(&names_of(user)),
            suggestion: rules.suggest(&*self.entropy, &names_of(user)),
        })
    }

    pub(super) async fn reset_password(
        &self,
        visit: &Visit,
        password: Secret,
        confirmation: Secret,
    ) -> Answer {
        let (tx, standing) = match self.at_step(visit, Place::Password).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let chosen = Chosen { password, confirmation, at: At::Browser };
        self.choose_password(tx, visit, standing, chosen).await
    }

    /// Judges what was typed, hashes it and sets it, if the flow still may end where it was typed.
    pub(super) async fn choose_password(
        &self,
        mut tx: Box<dyn Tx>,
        visit: &Visit,
        standing: Standing,
        chosen: Chosen,
    ) -> Answer {
        let Chosen { password, confirmation, at } = chosen;
        let rules = Rules::load(&mut *tx).await.map_err(failure)?.for_person(&standing.person);
        let judged = match rules.judge_form(&password, &confirmation, &names_of(&standing.person.user)) {
            Ok(judged) => judged,
            Err(refused) => return self.refuse_password(tx, visit, &standing, refused, at).await,
        };
        // Hashing takes long: not inside a transaction.
        drop(tx);
        self.finish_reset(visit, &judged, at).await
    }

    /// The person stays on the page and tries again (R158).
    async fn refuse_password(
        &self,
        mut tx: Box<dyn Tx>,
        visit: &Visit,
        standing: &Standing,
        refused: Refused,
        at: At,
    ) -> Answer {
        let record = audit::failure(service::PASSWORD, activity::RESET, refused.reason);
        tx.append(&self.flow_record(visit, standing, record)).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        let form = FormState { problems: refused.problems, ..FormState::default() };
        Ok(Outcome::refused(at.page(), form))
    }

    async fn finish_reset(&self, visit: &Visit, password: &NewPassword, at: At) -> Answer {
        let verifier = self.verifier(password).await.map_err(hash_failure)?;
        let mut tx = self.store.write().await.map_err(failure)?;
        let cleared = match at {
            At::Browser => self.clear(&mut *tx, visit, &[Place::Password]).await,
            At::Phone => self.clear_on_phone(&mut *tx, visit).await,
        };
        let next = match cleared.map_err(failure)? {
            Cleared::No(elsewhere, records) => {
                tx.append_all(&records).await.map_err(failure)?;
                at.leads(elsewhere)
            }
            Cleared::Yes(standing) => {
                self.replace(&mut *tx, visit, *standing, verifier, at).await.map_err(failure)?
            }
        };
        tx.commit().await.map_err(failure)?;
        Ok(next)
    }

    async fn replace(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        mut standing: Standing,
        verifier: String,
        at: At,
    ) -> Result<Outcome> {
        standing.body.notified = self.addresses_told(&standing);
        if !self.win(tx, &standing).await? {
            return Ok(at.leads(Outcome::go(Place::Stopped.path())));
        }
        let user = &standing.person.user;
        let new = NewVerifier { verifier, imported: false, cause: Cause::Reset };
        passwords::set(self, tx, user, new).await?;
        self.begin_hold(tx, user.id, &standing.proofs).await?;
        self.record_step(tx, visit, &standing, step::PASSWORD).await?;
        let record =
            audit::success(service::PASSWORD, activity::RESET).because("Successfully completed reset.");
        tx.append(&self.flow_record(visit, &standing, record).by(user)).await?;
        self.tell_of_reset(tx, visit, &standing).await?;
        // Where the password was chosen, here or on the phone, the person is known from now on.
        let browser = self.mark_browser(visit);
        tx.remember_browser(user.id, &browser.hash, false, self.now()).await?;
        let done = at.leads(Outcome::go(Place::Done.path())).with_cookie(browser.cookie());
        self.remember(tx, visit, &done).await?;
        Ok(done)
    }
}
