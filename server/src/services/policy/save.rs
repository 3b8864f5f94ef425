//! Saving a tab.

use regain_app::outcome::{Answer, Outcome};
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::policy::Tab;
use regain_core::role::Right;

use crate::engine::Engine;
use crate::people::Actor;
use crate::policy::{self, edit};
use crate::services::failure;
use crate::services::settings::{SettingsPage, conflict, tell_of_weaker};

/// A tab as a page of settings. *On-premises integration* is for Global Administrators (R18).
pub(crate) const fn page_of(tab: Tab) -> SettingsPage {
    let path = match tab {
        Tab::Properties => "/admin/password-reset/properties",
        Tab::AuthenticationMethods => "/admin/password-reset/authentication-methods",
        Tab::Registration => "/admin/password-reset/registration",
        Tab::Notifications => "/admin/password-reset/notifications",
        Tab::Customization => "/admin/password-reset/customization",
        Tab::OnPremisesIntegration => "/admin/password-reset/on-premises-integration",
    };
    let right =
        if matches!(tab, Tab::OnPremisesIntegration) { Right::SaveOnPremises } else { Right::SavePolicy };
    SettingsPage::new(tab.as_str(), path, right)
}

/// Saves what was typed for a tab, if it is allowed, sound, and made from what is saved now.
pub(super) async fn save(
    engine: &Engine,
    visit: &Visit,
    tab: Tab,
    version: &str,
    typed: FormState,
) -> Answer {
    let page = page_of(tab);
    let actor = Actor::Administrator(visit);
    page.gate(engine, visit).await?;
    let mut tx = engine.store.write().await.map_err(failure)?;
    tx.lock(edit::LOCK).await.map_err(failure)?;
    let current = policy::current(&mut *tx).await.map_err(failure)?;
    let edited = edit::Edited::of_tab(engine, &mut *tx, &current, tab, &typed).await.map_err(failure)?;
    let too_late = version != current.version.to_string();
    let problems = if too_late && !(edited.changes.is_empty() && edited.problems.is_empty()) {
        conflict(visit, &edited.changes)
    } else {
        edited.problems.clone()
    };
    if !problems.is_empty() {
        return page.refuse(engine, visit, tx, page.path.to_owned(), FormState { problems, ..typed }).await;
    }
    edited.write(engine, &mut *tx, &current).await.map_err(failure)?;
    tell_of_weaker(engine, &mut *tx, &edited.changes, &actor).await.map_err(failure)?;
    tx.append(&page.saved(engine, &actor, &edited.changes)).await.map_err(failure)?;
    tx.commit().await.map_err(failure)?;
    engine.forget_organization();
    Ok(Outcome::go(format!("{}?saved", page.path)))
}
