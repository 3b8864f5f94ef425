//! Implements [`UsageInsights`].

mod activity;
pub(crate) mod coverage;
mod download;
mod obstacle;
mod row;

use async_trait::async_trait;
use regain_app::outcome::Failure;
use regain_app::services::people::{Listed, Place};
use regain_app::services::usage::{Activity, Period, RegistrationRow, Registrations, UsageInsights, query};
use regain_app::visit::Visit;
use regain_core::role::Right;
use regain_store::{Page, Result, Tx, UserFilter};

use super::failure;
use super::paging::{PAGE, page_of};
use crate::engine::Engine;
use crate::person::Rules;
use crate::roster;

pub(super) use download::csv;

#[async_trait]
impl UsageInsights for Engine {
    async fn registrations(&self, visit: &Visit) -> std::result::Result<Registrations, Failure> {
        self.admin_gate(visit, Right::ReadUsage)?;
        let covered = coverage::latest(self).await.map_err(failure)?;
        let period = Period::of(visit);
        let mut tx = self.store.read().await.map_err(failure)?;
        let counts = activity::counts(self, &mut *tx, period).await.map_err(failure)?;
        let (recent, unfinished) = activity::registrations(&counts);
        Ok(Registrations { period, covered, recent, unfinished })
    }

    async fn activity(&self, visit: &Visit) -> std::result::Result<Activity, Failure> {
        self.admin_gate(visit, Right::ReadUsage)?;
        let period = Period::of(visit);
        let mut tx = self.store.read().await.map_err(failure)?;
        let counts = activity::counts(self, &mut *tx, period).await.map_err(failure)?;
        Ok(Activity {
            period,
            spans: activity::spans(self.now(), period, &counts),
            methods: activity::tries(&counts),
            obstacles: obstacle::most_frequent(&counts),
        })
    }

    async fn people(
        &self,
        visit: &Visit,
        place: &Place,
    ) -> std::result::Result<Listed<RegistrationRow>, Failure> {
        self.admin_gate(visit, Right::ReadUsage)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        list(self, &mut *tx, &filter(visit), place).await.map_err(failure)
    }
}

/// Whom a visit asks for.
fn filter(visit: &Visit) -> UserFilter {
    let search = visit.query_value(query::SEARCH).unwrap_or_default();
    // PostgreSQL takes no zero characters.
    UserFilter { search: search.replace(char::is_control, ""), ..UserFilter::default() }
}

async fn list(
    engine: &Engine,
    tx: &mut dyn Tx,
    filter: &UserFilter,
    place: &Place,
) -> Result<Listed<RegistrationRow>> {
    let limit = PAGE + 1;
    let page = |after: &str| Page { after: after.to_owned(), limit };
    let users = match place {
        Place::First => tx.users(filter, &page("")).await?,
        Place::After(key) => tx.users(filter, &page(key)).await?,
        Place::Before(key) => tx.users_before(filter, key, limit).await?,
    };
    let page = page_of(users, place, |user| user.upn_key.clone());
    let rules = Rules::load(engine, tx).await?;
    let people = roster::people(tx, &rules, page.rows).await?;
    let coverage = engine.coverage_of(tx, &people).await?;
    let rows = row::rows(&people, coverage).collect();
    Ok(Listed { rows, previous: page.previous, next: page.next })
}
