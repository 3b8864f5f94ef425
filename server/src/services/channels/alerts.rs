//! *Alerts to phones*.

use regain_app::outcome::{Answer, Outcome};
use regain_app::services::channels::{IN_APP, WEB_PUSH};
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};
use regain_core::policy::Change;

use super::{PAGE, PATH};
use crate::engine::Engine;
use crate::people::Actor;
use crate::phone_alerts::{PhoneAlerts, SETTING};
use crate::policy;
use crate::services::failure;

/// The answer that stands for a setting.
pub(super) const fn answer(alerts: PhoneAlerts) -> &'static str {
    if alerts.web_push { WEB_PUSH } else { IN_APP }
}

impl Engine {
    pub(super) async fn save_phone_alerts(&self, visit: &Visit, version: &str, chosen: &str) -> Answer {
        let mut tx = self.store.write().await.map_err(failure)?;
        tx.lock(SETTING).await.map_err(failure)?;
        let (saved, current): (PhoneAlerts, i64) =
            policy::document(&mut *tx, SETTING).await.map_err(failure)?;
        let wanted = match chosen {
            WEB_PUSH => PhoneAlerts { web_push: true },
            IN_APP => PhoneAlerts { web_push: false },
            _ => {
                let problem = FieldProblem::new(SETTING, "channels-phone-alerts");
                let form = FormState::default().with_value(SETTING, answer(saved)).with_problem(problem);
                return PAGE.refuse(self, visit, tx, PATH.to_owned(), form).await;
            }
        };
        if wanted != saved && version != current.to_string() {
            let form = FormState::default().with_value(SETTING, chosen);
            let form = form.with_problem(FieldProblem::new("", "channels-changed"));
            return PAGE.refuse(self, visit, tx, PATH.to_owned(), form).await;
        }
        let mut changes = Vec::new();
        if wanted != saved {
            policy::save_document(&mut *tx, SETTING, &wanted, current, self.now()).await.map_err(failure)?;
            let (old, new) = (answer(saved).to_owned(), answer(wanted).to_owned());
            changes.push(Change { property: SETTING.to_owned(), old, new });
        }
        let record = PAGE.saved(self, &Actor::Administrator(visit), &changes);
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(format!("{PATH}?saved")))
    }
}
