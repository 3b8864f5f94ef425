//! *Issue temporary pass* and *Delete the pass*.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::pages::admin::users::{path_of, temporary_pass};
use regain_app::services::passes::{ISSUED, PassView};
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::role::Right;
use regain_core::temporary_pass::field;
use uuid::Uuid;

use super::{Caller, shown};
use crate::audit::activity;
use crate::engine::Engine;
use crate::people::{Refusal, WantedPass};
use crate::services::failure;
use crate::temporary_pass as settings;

pub(super) async fn issue(engine: &Engine, visit: &Visit, id: &str, minutes: &str, many: bool) -> Answer {
    let page = temporary_pass::path_of(id);
    if let Err(first) = engine.act_gate(visit, Right::ResetUsers, activity::ISSUE_PASS, id, &page).await? {
        return Ok(first);
    }
    let user_id: Uuid = id.parse().map_err(|_| Failure::NotFound)?;
    Ok(match engine.issue_pass(visit, user_id, WantedPass { minutes, many }).await {
        // To the page in the browser's sealed cookie, which goes when it was shown.
        Ok(code) => Outcome::refused(page, FormState::default().with_value(ISSUED, code.secret().expose())),
        Err(refusal) => {
            let problems = refusal.into_problems()?;
            let form = FormState { problems, ..FormState::default() }.with_value(field::LIFETIME, minutes);
            Outcome::refused(page, if many { form.with_value("many", "true") } else { form })
        }
    })
}

pub(super) async fn delete(engine: &Engine, visit: &Visit, id: &str) -> Answer {
    let page = path_of(id);
    if let Err(first) = engine.act_gate(visit, Right::ResetUsers, activity::DELETE_PASS, id, &page).await? {
        return Ok(first);
    }
    let user_id: Uuid = id.parse().map_err(|_| Failure::NotFound)?;
    match engine.delete_pass(visit, user_id).await {
        Ok(()) => Ok(Outcome::go(format!("{page}?pass-deleted"))),
        // Somebody was faster, or it ran out: the page shows that it is gone.
        Err(Refusal::NotFound) => Ok(Outcome::go(page)),
        Err(refusal) => {
            let problems = refusal.into_problems()?;
            Ok(Outcome::refused(page, FormState { problems, ..FormState::default() }))
        }
    }
}

impl Caller<'_> {
    pub(super) async fn pass(&self) -> Result<PassView, Failure> {
        let mut tx = self.engine.store.read().await.map_err(failure)?;
        let pass = tx.pass(self.person.user.id).await.map_err(failure)?;
        let now = self.engine.now();
        Ok(PassView {
            callee: self.callee(),
            known: self.known(self.standing(&mut *tx).await?.as_ref()),
            pass: pass.filter(|pass| pass.expires_at > now).map(shown),
            settings: settings::load(&mut *tx).await.map_err(failure)?,
            blocked: self.person.user.blocked,
        })
    }
}
