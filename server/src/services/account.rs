//! Implements [`Account`].

use async_trait::async_trait;
use regain_app::outcome::{Answer, Cookie, Failure, Outcome, with_next};
use regain_app::services::account::{Account, ChangePasswordView};
use regain_app::visit::{Session, Visit};
use regain_core::form::{FieldProblem, FormState};
use regain_core::next_path::NextPath;
use regain_core::password::{NewPassword, PasswordProblem, normalize};
use regain_core::secret::Secret;
use regain_store::{Tx, User};
use uuid::Uuid;

use crate::attempt::{RightPassword, Tried};
use crate::audit::{self, Build as _};
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::landing::{self, CHANGE_PASSWORD};
use crate::messages::Notice;
use crate::passwords::{self, Cause, NewVerifier, Refused, Rules};
use crate::person::Person;
use crate::services::{failure, hash_failure};

/// The signed-in person, and the rules that the new password meets.
struct Change<'a> {
    visit: &'a Visit,
    session: &'a Session,
    session_id: Uuid,
    user: User,
    rules: Rules,
}

#[async_trait]
impl Account for Engine {
    async fn change_password_view(&self, visit: &Visit) -> Result<ChangePasswordView, Failure> {
        let change = self.begin_change(visit).await?;
        Ok(ChangePasswordView {
            profile: Some(change.rules.profile()),
            required: change.session.must_change_password,
            upn: change.user.upn,
        })
    }

    async fn change_password(
        &self,
        visit: &Visit,
        current: Secret,
        new: Secret,
        confirmation: Secret,
        next: String,
    ) -> Answer {
        let change = self.begin_change(visit).await?;
        let next = NextPath::parse(&next);
        let password = match change.judge(&current, &new, &confirmation) {
            Ok(password) => password,
            Err(refused) => return self.refuse(&change, refused, next.as_ref()).await,
        };
        match self.try_password(visit, &change.user.upn_key, &current).await? {
            Tried::Right(right) => self.finish(&change, &right, &password, next.as_ref()).await,
            Tried::Wrong(_) => self.refuse(&change, wrong_current(), next.as_ref()).await,
            Tried::Locked(..) => {
                let problems = vec![FieldProblem::new("", "sign-in-locked")];
                self.refuse(&change, Refused { problems, reason: "Sign-in is locked" }, next.as_ref()).await
            }
        }
    }
}

impl Engine {
    /// A person whose password must be changed passes here, and only here.
    async fn begin_change<'a>(&self, visit: &'a Visit) -> Result<Change<'a>, Failure> {
        let session = visit.session.as_ref().ok_or(Failure::SignedOut)?;
        let parse = |id: &str| id.parse::<Uuid>().map_err(|_| Failure::Internal);
        let mut tx = self.store.read().await.map_err(failure)?;
        let user = tx.user(parse(&session.user_id)?).await.map_err(failure)?.ok_or(Failure::SignedOut)?;
        let rules = Rules::load(&mut *tx).await.map_err(failure)?;
        Ok(Change { visit, session, session_id: parse(&session.id)?, user, rules })
    }

    /// The current password was right: everything in one transaction.
    async fn finish(
        &self,
        change: &Change<'_>,
        right: &RightPassword,
        password: &NewPassword,
        next: Option<&NextPath>,
    ) -> Answer {
        let verifier = self.verifier(password).await.map_err(hash_failure)?;
        let mut tx = self.store.write().await.map_err(failure)?;
        if !self.settle(&mut *tx, right).await.map_err(failure)? {
            return self.refuse(change, wrong_current(), next).await;
        }
        let cause = Cause::Change { session: change.session_id };
        let new = NewVerifier { verifier, imported: false, cause };
        passwords::set(self, &mut *tx, &change.user, new).await.map_err(failure)?;
        let token = self.new_token();
        if !tx.rotate_session(change.session_id, &token_hash(token.expose())).await.map_err(failure)? {
            return Err(Failure::SignedOut);
        }
        let person = Person::of(self, &mut *tx, change.user.clone()).await.map_err(failure)?;
        self.tell(&mut *tx, change, &person).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(self.after_change(change, &person, next)).with_cookie(Cookie::Session(token)))
    }

    async fn tell(&self, tx: &mut dyn Tx, change: &Change<'_>, person: &Person) -> regain_store::Result<()> {
        let notice = Notice {
            to: &person.notice_addresses(),
            template: "notice-password-changed",
            params: &[("name", change.user.display_name.clone())],
            locale: change.user.locale.as_deref().unwrap_or(change.visit.locale.tag()),
            support_code: &change.visit.support_code,
        };
        self.enqueue_notice(tx, &notice).await?;
        let record = audit::success(audit::service::PASSWORD, audit::activity::CHANGE_PASSWORD);
        tx.append(&record.seen(self, change.visit).to(&change.user)).await
    }

    /// Who had to change it goes on to where sign-in was leading; who chose to sees that it is done.
    fn after_change(&self, change: &Change<'_>, person: &Person, next: Option<&NextPath>) -> String {
        let going_elsewhere = next.filter(|next| next.path() != CHANGE_PASSWORD);
        if change.session.must_change_password && (next.is_none() || going_elsewhere.is_some()) {
            return landing::after_sign_in(person, false, going_elsewhere, self.now());
        }
        format!("{CHANGE_PASSWORD}?changed")
    }

    async fn refuse(&self, change: &Change<'_>, refused: Refused, next: Option<&NextPath>) -> Answer {
        let record =
            audit::failure(audit::service::PASSWORD, audit::activity::CHANGE_PASSWORD, refused.reason);
        let mut tx = self.store.write().await.map_err(failure)?;
        tx.append(&record.seen(self, change.visit).to(&change.user)).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        let page =
            next.map_or_else(|| CHANGE_PASSWORD.to_owned(), |next| with_next(CHANGE_PASSWORD, next.as_str()));
        Ok(Outcome::refused(page, FormState { problems: refused.problems, ..FormState::default() }))
    }
}

impl Change<'_> {
    /// Everything that needs no hash comes before the first one.
    fn judge(&self, current: &Secret, new: &Secret, confirmation: &Secret) -> Result<NewPassword, Refused> {
        let judged = self.rules.judge_form(new, confirmation, &passwords::names_of(&self.user));
        let mut refused = judged
            .as_ref()
            .err()
            .cloned()
            .unwrap_or_else(|| Refused { problems: Vec::new(), reason: passwords::reason(&[]) });
        if current.is_empty() {
            refused.problems.insert(0, FieldProblem::new("current_password", "password-current-empty"));
        } else if normalize(current.expose()) == normalize(new.expose()) {
            // If what was typed as current is not, this refuses a password that it need not: no harm (R156).
            refused.problems = vec![PasswordProblem::SameAsCurrent.on("new_password")];
        }
        judged.ok().filter(|_| refused.problems.is_empty()).ok_or(refused)
    }
}

fn wrong_current() -> Refused {
    let problems = vec![FieldProblem::new("current_password", "password-current-wrong")];
    Refused { problems, reason: "InvalidCurrentPassword" }
}
