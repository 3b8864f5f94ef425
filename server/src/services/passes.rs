//! Implements [`Passes`].

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure};
use regain_app::services::passes::{CallerView, IssuedPass, PassSettingsView, PassView, Passes};
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::secret::Secret;
use regain_store::TemporaryPass;

use crate::engine::Engine;

mod call;
mod caller;
mod issue;
mod overriding;
mod settings;

use caller::Caller;

#[async_trait]
impl Passes for Engine {
    async fn settings(&self, visit: &Visit) -> Result<PassSettingsView, Failure> {
        settings::read(self, visit).await
    }

    async fn save(&self, visit: &Visit, version: &str, typed: FormState) -> Answer {
        settings::save(self, visit, version, typed).await
    }

    async fn caller(&self, visit: &Visit, id: &str) -> Result<CallerView, Failure> {
        Caller::begin(self, visit, id).await?.view().await
    }

    async fn ask_caller(&self, visit: &Visit, id: &str, factor: &str) -> Answer {
        Caller::begin(self, visit, id).await?.ask(factor).await
    }

    async fn check_code(&self, visit: &Visit, id: &str, code: &Secret) -> Answer {
        Caller::begin(self, visit, id).await?.check_code(code).await
    }

    async fn called_back(&self, visit: &Visit, id: &str, confirmed: bool) -> Answer {
        Caller::begin(self, visit, id).await?.called_back(confirmed).await
    }

    async fn override_check(&self, visit: &Visit, id: &str, reason: &str) -> Answer {
        Caller::begin(self, visit, id).await?.override_check(reason).await
    }

    async fn pass(&self, visit: &Visit, id: &str) -> Result<PassView, Failure> {
        Caller::begin(self, visit, id).await?.pass().await
    }

    async fn issue(&self, visit: &Visit, id: &str, minutes: &str, many: bool) -> Answer {
        issue::issue(self, visit, id, minutes, many).await
    }

    async fn delete(&self, visit: &Visit, id: &str) -> Answer {
        issue::delete(self, visit, id).await
    }
}

/// A pass as pages show it.
pub(super) fn shown(pass: TemporaryPass) -> IssuedPass {
    IssuedPass {
        one_time: pass.one_time,
        issued_at: pass.issued_at,
        expires_at: pass.expires_at,
        issuer: pass.issuer,
        used_at: pass.used_at,
    }
}
