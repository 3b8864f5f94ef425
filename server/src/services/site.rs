//! Implements [`Site`].

use async_trait::async_trait;
use regain_app::services::site::{Organization, Site};

use crate::engine::Engine;
use crate::http::assets;

#[async_trait]
impl Site for Engine {
    async fn organization(&self) -> Organization {
        Engine::organization(self).await
    }

    fn asset(&self, name: &str) -> String {
        assets::asset(name).to_owned()
    }

    async fn wakes_phones(&self) -> bool {
        let asked = async { self.wakes_phones(&mut *self.store.read().await?).await };
        asked.await.unwrap_or_else(|error| {
            tracing::error!(%error, "the database failed");
            false
        })
    }
}
