//! Going on with less than a reset demands: for a reason, or because the administrator says to have called the office
//! number back. Neither is a proof, so both are told, to every Global Administrator and to the person (ruling 16).

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::text::text;
use regain_core::caller::Override;
use regain_core::form::{FieldProblem, FormState};
use regain_store::Tx;

use super::Caller;
use crate::alerts::Alert;
use crate::audit::Build as _;
use crate::messages::Notice;
use crate::services::failure;

/// Long enough to explain, short enough for a mail.
const REASON_CHARS: usize = 500;

impl Caller<'_> {
    pub(super) async fn called_back(&self, confirmed: bool) -> Answer {
        let refused = |field, code| Ok(self.refused(FormState::default(), FieldProblem::new(field, code)));
        let Some(number) = self.office() else { return refused("", "caller-no-office") };
        if !confirmed {
            return refused("called_back", "caller-confirm");
        }
        let reason = text(self.visit.locale, "caller-called-back-reason", &[("number", number.masked())]);
        self.go_on(Override::CallBack, &reason).await
    }

    pub(super) async fn override_check(&self, typed: &str) -> Answer {
        let form = FormState::default().with_value("reason", typed);
        let reason = readable(typed);
        let problem = match reason.chars().count() {
            0 => Some(FieldProblem::new("reason", "caller-reason-empty")),
            n if n > REASON_CHARS => {
                Some(FieldProblem::new("reason", "caller-reason-long").with("most", &REASON_CHARS))
            }
            _ => None,
        };
        match problem {
            Some(problem) => Ok(self.refused(form, problem)),
            None => self.go_on(Override::Reason, &reason).await,
        }
    }

    /// The call, its record and the mails in one transaction, after a fresh second factor.
    async fn go_on(&self, by: Override, reason: &str) -> Answer {
        if let Some(first) = self.engine.show_again_first(self.visit, &self.page()) {
            return Ok(first);
        }
        let mut tx = self.write_locked().await?;
        let call = self.begin_call(&mut *tx).await?;
        let now = self.engine.now();
        if !tx.override_help_call(call.id, by.as_str(), now).await.map_err(failure)? {
            return Ok(Outcome::go(self.page()));
        }
        self.tell_administrators(&mut *tx, by, reason).await?;
        self.tell_person(&mut *tx).await?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(self.page()))
    }

    /// Each has a name of its own, so that every one is told.
    async fn tell_administrators(&self, tx: &mut dyn Tx, by: Override, reason: &str) -> Result<(), Failure> {
        let user = &self.person.user;
        let alert = Alert {
            name: &format!("caller-override:{}", self.engine.new_id()),
            template: "notice-caller-override",
            params: &[
                ("issuer", self.issuer()),
                ("person", user.display_name.clone()),
                ("upn", user.upn.clone()),
                ("why", reason.to_owned()),
            ],
            support_code: &self.visit.support_code,
            record: self.record(by.as_str()).because(reason),
        };
        self.engine.alert(tx, alert).await.map_err(failure)
    }

    async fn tell_person(&self, tx: &mut dyn Tx) -> Result<(), Failure> {
        let user = &self.person.user;
        let notice = Notice {
            to: &self.person.notice_addresses(),
            template: "notice-call-unproved",
            params: &[
                ("name", user.display_name.clone()),
                ("username", user.upn.clone()),
                ("issuer", self.issuer()),
            ],
            locale: self.spoken.locale.tag(),
            support_code: &self.visit.support_code,
        };
        self.engine.enqueue_own_notice(tx, user.id, &notice).await.map_err(failure)
    }

    fn issuer(&self) -> String {
        self.visit.session.as_ref().map(|session| session.upn.clone()).unwrap_or_default()
    }
}

/// One line of what was typed, without characters that print nothing.
fn readable(typed: &str) -> String {
    let words = typed.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
