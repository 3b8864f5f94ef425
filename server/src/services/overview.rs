//! Implements [`Overview`].

use async_trait::async_trait;
use regain_app::outcome::Failure;
use regain_app::services::overview::{Overview, PolicySummary, Step, StepKind, Summary, UnreadableAddress};
use regain_app::services::policy::Count;
use regain_app::services::usage::Covered;
use regain_app::visit::Visit;
use regain_core::method::Method;
use regain_core::policy::{ResetPolicy, Scope, Tab};
use regain_core::role::{Right, Role};
use regain_store::{Result, Tx, UserFilter};

use super::failure;
use super::policy::{chosen, count_users};
use super::usage::coverage;
use crate::engine::Engine;
use crate::jobs::heartbeat;
use crate::organization::{self, OrganizationSettings};
use crate::policy;

/// Administrators are not counted further.
const MAX_ADMINISTRATORS: i64 = 1_000;
/// Who answers *Contact your administrator* where no link is set (R204).
const HELPERS: [Role; 3] =
    [Role::HelpdeskAdministrator, Role::PasswordAdministrator, Role::UserAdministrator];

#[async_trait]
impl Overview for Engine {
    async fn overview(&self, visit: &Visit) -> std::result::Result<Summary, Failure> {
        self.portal_gate(visit)?;
        // Before anything is read: counting takes readers of its own.
        let covered = if visit.may(Right::ReadPolicy) { coverage::latest(self).await } else { Ok(None) };
        let covered = covered.map_err(failure)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        summary(self, &mut *tx, visit, covered).await.map_err(failure)
    }
}

async fn summary(
    engine: &Engine,
    tx: &mut dyn Tx,
    visit: &Visit,
    covered: Option<Covered>,
) -> Result<Summary> {
    let (mut policy, mut unreadable) = (None, None);
    if visit.may(Right::ReadPolicy) {
        policy = Some(of_policy(engine, tx, covered).await?);
        unreadable = engine.unreadable(tx).await?.map(|noted| UnreadableAddress {
            proxy: noted.proxy.to_string(),
            said: noted.said,
            at: noted.at,
        });
    }
    let (mut users, mut administrators) = (None, None);
    if visit.may(Right::ReadUsers) {
        users = Some(count_users(tx).await?);
        let filter = UserFilter { administrators: true, ..UserFilter::default() };
        let number = tx.count_users(&filter, MAX_ADMINISTRATORS + 1).await?;
        administrators =
            Some(Count { number: number.min(MAX_ADMINISTRATORS), more: number > MAX_ADMINISTRATORS });
    }
    let clock_ahead = heartbeat::skew(&*engine.clock);
    Ok(Summary { policy, unreadable, users, administrators, clock_ahead })
}

async fn of_policy(engine: &Engine, tx: &mut dyn Tx, covered: Option<Covered>) -> Result<PolicySummary> {
    let policy = policy::current(tx).await?.policy;
    let group = chosen(tx, policy.scope.group()).await?;
    let steps = steps(engine, tx, &policy).await?;
    let governed = policy::methods(tx).await?.governs();
    let methods = governed.methods(policy.methods).methods;
    Ok(PolicySummary { policy, methods, group, covered, steps })
}

async fn steps(engine: &Engine, tx: &mut dyn Tx, policy: &ResetPolicy) -> Result<Vec<Step>> {
    let working = engine.working_methods();
    let available = engine.available(tx).await?;
    let named = organization::load(tx).await?.name != OrganizationSettings::default().name;
    let global = tx.role_holders(Role::GlobalAdministrator.as_str(), 2).await?.len() > 1;
    let mut helped = policy.helpdesk.link().is_some();
    for role in HELPERS {
        helped = helped || !tx.role_holders(role.as_str(), 1).await?.is_empty();
    }
    let step = |kind, done| Step { kind, done };
    Ok(vec![
        step(StepKind::Name, named),
        step(StepKind::Mail, working.contains(Method::Email)),
        step(StepKind::Administrators, global),
        step(StepKind::Methods, policy.validate_tab(Tab::AuthenticationMethods, &available).is_ok()),
        step(StepKind::Help, helped),
        step(StepKind::Scope, !matches!(policy.scope, Scope::None | Scope::Selected(None))),
    ])
}
