//! Implements [`PolicyAdmin`].

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure};
use regain_app::services::policy::{Administrators, GroupChoices, PolicyAdmin, Properties, Settings};
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::policy::Tab;

use crate::engine::Engine;

mod administrators;
mod questions;
mod read;
mod save;

pub(crate) use read::{choice, chosen, count_users, groups as find_groups};

#[async_trait]
impl PolicyAdmin for Engine {
    async fn settings(&self, visit: &Visit, tab: Tab) -> Result<Settings, Failure> {
        read::settings(self, visit, tab).await
    }

    async fn properties(&self, visit: &Visit, group: Option<String>) -> Result<Properties, Failure> {
        read::properties(self, visit, group).await
    }

    async fn groups(&self, visit: &Visit, search: &str) -> Result<GroupChoices, Failure> {
        read::groups(self, visit, search).await
    }

    async fn administrators(&self, visit: &Visit) -> Result<Administrators, Failure> {
        administrators::read(self, visit).await
    }

    async fn save(&self, visit: &Visit, tab: Tab, version: &str, typed: FormState) -> Answer {
        save::save(self, visit, tab, version, typed).await
    }

    async fn save_questions(&self, visit: &Visit, version: &str, typed: FormState, draft: &str) -> Answer {
        questions::save(self, visit, version, typed, draft).await
    }

    async fn save_administrators(&self, visit: &Visit, version: &str, typed: FormState) -> Answer {
        administrators::save(self, visit, version, typed).await
    }
}
