//! Implements [`MethodsPolicyAdmin`].

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure};
use regain_app::services::methods_policy::{
    GroupPicks, Lines, MethodView, MethodsPolicyAdmin, MigrationView,
};
use regain_app::visit::Visit;
use regain_core::form::FormState;

use crate::engine::Engine;

mod migrate;
mod read;
mod save;

pub(crate) use save::{COMMON_PAGE, page};

#[async_trait]
impl MethodsPolicyAdmin for Engine {
    async fn lines(&self, visit: &Visit) -> Result<Lines, Failure> {
        read::lines(self, visit).await
    }

    async fn method(&self, visit: &Visit, name: &str, groups: &[String]) -> Result<MethodView, Failure> {
        read::method(self, visit, name, groups).await
    }

    async fn groups(&self, visit: &Visit, search: &str, chosen: &[String]) -> Result<GroupPicks, Failure> {
        read::groups(self, visit, search, chosen).await
    }

    async fn migration(&self, visit: &Visit) -> Result<MigrationView, Failure> {
        read::migration(self, visit).await
    }

    async fn save_method(&self, visit: &Visit, name: &str, version: &str, typed: FormState) -> Answer {
        save::method(self, visit, name, version, typed).await
    }

    async fn save_common(&self, visit: &Visit, version: &str, typed: FormState) -> Answer {
        save::common(self, visit, version, typed).await
    }

    async fn save_migration(&self, visit: &Visit, version: &str, typed: FormState) -> Answer {
        migrate::state(self, visit, version, typed).await
    }

    async fn migrate(&self, visit: &Visit, version: &str, typed: FormState) -> Answer {
        migrate::guided(self, visit, version, typed).await
    }
}
