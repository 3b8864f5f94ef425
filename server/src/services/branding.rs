//! Implements [`Branding`].

mod logo;
mod picture;
mod upload;

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::branding::{Branding, BrandingSettings};
use regain_app::visit::Visit;
use regain_core::account::organization_name;
use regain_core::form::{FieldProblem, FormState};
use regain_core::role::Right;

use super::failure;
use super::settings::{SettingsPage, conflict};
use crate::audit::{activity, service};
use crate::engine::Engine;
use crate::organization::{OrganizationSettings, SETTINGS, StoredLogo, TIME_ZONE, time_zone};
use crate::people::Actor;
use crate::policy;

const PATH: &str = "/admin/branding";
/// The page, also for the command line.
pub(crate) const PAGE: SettingsPage = SettingsPage {
    service: service::DIRECTORY,
    activity: activity::ORGANIZATION,
    ..SettingsPage::new("branding", PATH, Right::NameOrganization)
};
/// The field *Organization name*.
const NAME: &str = regain_app::pages::admin::branding::NAME;

pub(super) use upload::upload;

#[async_trait]
impl Branding for Engine {
    async fn settings(&self, visit: &Visit) -> Result<BrandingSettings, Failure> {
        self.admin_gate(visit, PAGE.right)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let (saved, version): (OrganizationSettings, i64) =
            policy::document(&mut *tx, SETTINGS).await.map_err(failure)?;
        let logo = saved.logo.as_ref().map(StoredLogo::shown);
        Ok(BrandingSettings { name: saved.name, time_zone: saved.time_zone, logo, version })
    }

    async fn save(&self, visit: &Visit, version: &str, typed: FormState) -> Answer {
        PAGE.gate(self, visit).await?;
        let mut tx = self.store.write().await.map_err(failure)?;
        tx.lock(SETTINGS).await.map_err(failure)?;
        let (saved, current): (OrganizationSettings, i64) =
            policy::document(&mut *tx, SETTINGS).await.map_err(failure)?;
        let wanted = match read(&saved, &typed) {
            Ok(wanted) => wanted,
            Err(problems) => {
                let form = FormState { problems, ..typed };
                return PAGE.refuse(self, visit, tx, PATH.to_owned(), form).await;
            }
        };
        let changes = saved.changes_to(&wanted);
        if version != current.to_string() && !changes.is_empty() {
            let form = FormState { problems: conflict(visit, &changes), ..typed };
            return PAGE.refuse(self, visit, tx, PATH.to_owned(), form).await;
        }
        if !changes.is_empty() {
            let now = self.now();
            policy::save_document(&mut *tx, SETTINGS, &wanted, current, now).await.map_err(failure)?;
        }
        let record = PAGE.saved(self, &Actor::Administrator(visit), &changes);
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        self.forget_organization();
        Ok(Outcome::go(format!("{PATH}?saved")))
    }

    async fn may_save(&self, visit: &Visit) -> Result<(), Failure> {
        PAGE.gate(self, visit).await
    }

    async fn save_logo(&self, visit: &Visit, file: Option<Vec<u8>>) -> Answer {
        PAGE.gate(self, visit).await?;
        logo::save(self, visit, file).await
    }

    async fn remove_logo(&self, visit: &Visit) -> Answer {
        PAGE.gate(self, visit).await?;
        logo::replace(self, visit, None).await
    }
}

/// The settings with what was typed in the place of what is saved.
fn read(saved: &OrganizationSettings, typed: &FormState) -> Result<OrganizationSettings, Vec<FieldProblem>> {
    let name = organization_name(typed.value(NAME), NAME);
    match (name, time_zone(typed.value(TIME_ZONE))) {
        (Ok(name), Ok(time_zone)) => Ok(OrganizationSettings { name, time_zone, ..saved.clone() }),
        (name, zone) => Err(name.err().into_iter().flatten().chain(zone.err()).collect()),
    }
}
