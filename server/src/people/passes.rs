//! Temporary passes: issued for somebody whom the administrator knows to be calling, and deleted.

use regain_app::visit::Visit;
use regain_core::code::PassCode;
use regain_core::form::FieldProblem;
use regain_core::role::{Role, is_administrator};
use regain_core::temporary_pass::{PassSettings, typed_lifetime};
use regain_core::time::Duration;
use regain_store::{TemporaryPass, Tx, User};
use uuid::Uuid;

use super::{Actor, Refusal};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::help_call::Standing;
use crate::messages::Notice;
use crate::person::{self, Person};
use crate::temporary_pass;

/// More Global Administrators than anybody has; the mail goes to each.
const MOST_ADMINISTRATORS: i64 = 1_000;

/// What is asked of a new pass.
pub struct Wanted<'a> {
    /// Its life in minutes, as typed.
    pub minutes: &'a str,
    /// For more than one use.
    pub many: bool,
}

impl Engine {
    /// Issues a pass, in place of the one there was. Its text comes back and is kept nowhere.
    pub async fn issue_pass(&self, visit: &Visit, id: Uuid, wanted: Wanted<'_>) -> Result<PassCode, Refusal> {
        let result = self.try_issue(visit, id, wanted).await;
        self.note_refusal(&Actor::Administrator(visit), activity::ISSUE_PASS, id, &result).await;
        result
    }

    async fn try_issue(&self, visit: &Visit, id: Uuid, wanted: Wanted<'_>) -> Result<PassCode, Refusal> {
        let mut tx = self.store.read().await?;
        let settings = temporary_pass::load(&mut *tx).await?;
        if !self.may_help(&mut *tx, visit, id).await? {
            return Err(Refusal::Forbidden);
        }
        if !settings.enabled {
            return Err(Refusal::field("", "pass-off"));
        }
        let user = tx.user(id).await?.ok_or(Refusal::NotFound)?;
        self.known_caller(&mut *tx, visit, user).await?;
        drop(tx);
        let minutes = typed_lifetime(&settings, wanted.minutes).map_err(|p| Refusal::Problems(vec![p]))?;
        let code = PassCode::generate(&*self.entropy, settings.length);
        // A pass has fewer than 112 bits: a password hash with a salt (OWASP ASVS 5.0, 6.5.2).
        let verifier = self.hasher.hash(code.secret(), self.new_salt()).await?;
        let mut tx = self.store.write().await?;
        let user = self.helped(&mut *tx, visit, id).await?;
        if user.blocked {
            return Err(Refusal::field("", "pass-blocked"));
        }
        let call = self.known_caller(&mut *tx, visit, user.clone()).await?;
        let pass = self.new_pass(visit, &user, &settings, (minutes, wanted.many), verifier)?;
        tx.put_pass(&pass).await?;
        self.tell_of_pass(&mut *tx, visit, &user, minutes).await?;
        let record = audit::success(service::METHODS, activity::ISSUE_PASS)
            .to(&user)
            .detail("minutes", minutes)
            .detail("oneTimeUse", pass.one_time)
            .detail("callerVerifiedBy", call.known_by());
        tx.append(&record.seen(self, visit)).await?;
        tx.commit().await?;
        Ok(code)
    }

    fn new_pass(
        &self,
        visit: &Visit,
        user: &User,
        settings: &PassSettings,
        (minutes, many): (u32, bool),
        verifier: String,
    ) -> Result<TemporaryPass, Refusal> {
        let session = visit.session.as_ref().ok_or(Refusal::Forbidden)?;
        let now = self.now();
        Ok(TemporaryPass {
            user_id: user.id,
            id: self.new_id(),
            verifier,
            one_time: settings.one_time || !many,
            issued_by: session.user_id.parse().map_err(|_| Refusal::Forbidden)?,
            issuer: session.upn.clone(),
            issued_at: now,
            expires_at: now.plus(Duration::from_mins(u64::from(minutes))),
            used_at: None,
        })
    }

    /// Deletes the pass of a user, and signs out whoever came in with it.
    pub async fn delete_pass(&self, visit: &Visit, id: Uuid) -> Result<(), Refusal> {
        let result = self.try_delete_pass(visit, id).await;
        self.note_refusal(&Actor::Administrator(visit), activity::DELETE_PASS, id, &result).await;
        result
    }

    async fn try_delete_pass(&self, visit: &Visit, id: Uuid) -> Result<(), Refusal> {
        let mut tx = self.store.write().await?;
        let user = self.helped(&mut *tx, visit, id).await?;
        if !tx.delete_pass(id).await? {
            return Err(Refusal::NotFound);
        }
        let record = audit::success(service::METHODS, activity::DELETE_PASS).to(&user);
        tx.append(&record.seen(self, visit)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Whether the signed-in administrator may help this person on the phone: nobody of equal or higher standing
    /// (T112), and never oneself.
    pub(crate) async fn may_help(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        id: Uuid,
    ) -> regain_store::Result<bool> {
        let own = visit.session.as_ref().is_none_or(|session| session.user_id == id.to_string());
        let roles: Vec<Role> = person::roles(tx, id).await?;
        Ok(!own && Actor::Administrator(visit).may_manage(&roles))
    }

    /// The user, if the administrator may help there, with the lock of the account.
    pub(crate) async fn helped(&self, tx: &mut dyn Tx, visit: &Visit, id: Uuid) -> Result<User, Refusal> {
        let user = self.lock_user(tx, id).await?.ok_or(Refusal::NotFound)?;
        if self.may_help(tx, visit, id).await? { Ok(user) } else { Err(Refusal::Forbidden) }
    }

    /// The administrator's call about the person, if it tells well enough who is calling.
    async fn known_caller(&self, tx: &mut dyn Tx, visit: &Visit, user: User) -> Result<Standing, Refusal> {
        let session = visit.session.as_ref().ok_or(Refusal::Forbidden)?;
        let admin = session.user_id.parse().map_err(|_| Refusal::Forbidden)?;
        let person = Person::of(self, tx, user).await?;
        let call = self.help_call(tx, admin, &person).await?.filter(Standing::may_issue);
        call.ok_or_else(|| Refusal::Problems(vec![FieldProblem::new("", "pass-unverified")]))
    }

    /// The person always; of a pass for an administrator every Global Administrator, too.
    async fn tell_of_pass(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        user: &User,
        minutes: u32,
    ) -> Result<(), Refusal> {
        let issuer = visit.session.as_ref().map(|session| session.upn.clone()).unwrap_or_default();
        let person = Person::of(self, tx, user.clone()).await?;
        let about = [
            ("issuer", issuer),
            ("lifetime", minutes.to_string()),
            ("username", user.upn.clone()),
            ("person", user.display_name.clone()),
            ("upn", user.upn.clone()),
        ];
        let params = |name: &str| [&about[..], &[("name", name.to_owned())]].concat();
        let notice = Notice {
            to: &person.notice_addresses(),
            template: "notice-pass-issued",
            params: &params(&user.display_name),
            locale: user.locale.as_deref().unwrap_or("en"),
            support_code: &visit.support_code,
        };
        self.enqueue_own_notice(tx, user.id, &notice).await?;
        if !is_administrator(&person.roles) {
            return Ok(());
        }
        for holder in tx.role_holders(Role::GlobalAdministrator.as_str(), MOST_ADMINISTRATORS).await? {
            let to = [holder.mail.clone().unwrap_or_else(|| holder.upn.clone())];
            let notice = Notice {
                to: &to,
                template: "notice-admin-pass-issued",
                params: &params(&holder.display_name),
                locale: holder.locale.as_deref().unwrap_or("en"),
                support_code: &visit.support_code,
            };
            self.enqueue_notice(tx, &notice).await?;
        }
        Ok(())
    }
}
