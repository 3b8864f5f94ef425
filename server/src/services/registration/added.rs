//! The page between two methods.

use regain_app::services::registration::{Added, Show, Shown, Step, Trail};
use regain_app::visit::Visit;
use regain_core::method::Method;

use super::elsewhere;
use crate::engine::Engine;

impl Engine {
    pub(super) async fn show_added(&self, visit: &Visit, trail: &Trail, method: &str) -> Shown<Added> {
        let (_, inventory) = self.to_see(visit).await?;
        let method: Option<Method> = method.parse().ok();
        let there = |method: &Method| {
            inventory.known().iter().any(|known| known.method == *method && !known.is_entered())
        };
        match method.filter(there) {
            Some(method) => Ok(Show::Page(Added {
                method,
                progress: inventory.progress(),
                with_entered: inventory.progress_by_owner().missing() > 0,
            })),
            None => elsewhere(trail, Step::Start),
        }
    }
}
