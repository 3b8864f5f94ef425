//! SETPW: judged and hashed before the transaction; then one transaction in which everything happens or nothing.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::reset::{PasswordView, Shown};
use regain_app::visit::Visit;
use regain_core::flow::Step;
use regain_core::form::FormState;
use regain_core::password::NewPassword;
use regain_core::secret::Secret;
use regain_store::{Result, Tx};

use super::complete::Cleared;
use super::record::step;
use super::standing::{Place, Standing};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::passwords::{self, Cause, NewVerifier, Refused, Rules, names_of};
use crate::services::{failure, hash_failure};

impl Engine {
    pub(super) async fn reset_password_page(
        &self,
        visit: &Visit,
    ) -> std::result::Result<Shown<PasswordView>, Failure> {
        let (mut tx, standing) = match self.at_page(visit, Place::Password).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(Shown::Elsewhere(elsewhere)),
        };
        let rules = Rules::load(&mut *tx).await.map_err(failure)?.for_person(&standing.person);
        let user = &standing.person.user;
        let view = PasswordView {
            username: user.upn.clone(),
            profile: Some(rules.profile()),
            names: rules.name_rule(&names_of(user)),
            suggestion: rules.suggest(&*self.entropy, &names_of(user)),
        };
        Ok(Shown::Page(standing.frame(), view))
    }

    pub(super) async fn reset_password(
        &self,
        visit: &Visit,
        password: Secret,
        confirmation: Secret,
    ) -> Answer {
        let (mut tx, standing) = match self.at_step(visit, Place::Password).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let rules = Rules::load(&mut *tx).await.map_err(failure)?.for_person(&standing.person);
        let judged = match rules.judge_form(&password, &confirmation, &names_of(&standing.person.user)) {
            Ok(judged) => judged,
            Err(refused) => return self.refuse_password(tx, visit, &standing, refused).await,
        };
        // Hashing takes long: not inside a transaction.
        drop(tx);
        self.finish_reset(visit, &judged).await
    }

    /// The person stays on the page and tries again (R158).
    async fn refuse_password(
        &self,
        mut tx: Box<dyn Tx>,
        visit: &Visit,
        standing: &Standing,
        refused: Refused,
    ) -> Answer {
        let record = audit::failure(service::PASSWORD, activity::RESET, refused.reason);
        tx.append(&self.flow_record(visit, standing, record)).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        let form = FormState { problems: refused.problems, ..FormState::default() };
        Ok(Outcome::refused(Place::Password.path(), form))
    }

    async fn finish_reset(&self, visit: &Visit, password: &NewPassword) -> Answer {
        let verifier = self.verifier(password).await.map_err(hash_failure)?;
        let mut tx = self.store.write().await.map_err(failure)?;
        let cleared = self.clear(&mut *tx, visit, Step::NewPassword).await.map_err(failure)?;
        let next = match cleared {
            Cleared::No(elsewhere, records) => {
                tx.append_all(&records).await.map_err(failure)?;
                elsewhere
            }
            Cleared::Yes(standing) => {
                self.replace(&mut *tx, visit, *standing, verifier).await.map_err(failure)?
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
    ) -> Result<Outcome> {
        standing.body.notified = self.addresses_told(&standing);
        if !self.win(tx, &standing).await? {
            return Ok(Outcome::go(Place::Stopped.path()));
        }
        let user = &standing.person.user;
        let new = NewVerifier { verifier, imported: false, cause: Cause::Reset };
        passwords::set(self, tx, user, new).await?;
        self.record_step(tx, visit, &standing, step::PASSWORD).await?;
        let record =
            audit::success(service::PASSWORD, activity::RESET).because("Successfully completed reset.");
        tx.append(&self.flow_record(visit, &standing, record).by(user)).await?;
        self.tell_of_reset(tx, visit, &standing).await?;
        Ok(Outcome::go(Place::Done.path()).with_cookie(self.remember_browser(visit, &standing.flow.account)))
    }
}
