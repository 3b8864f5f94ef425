//! The pages that say how far a person is: the start, the choice of a method, the review.

use regain_app::services::registration::{
    Offers, Opening, Progress, Review, Show, Shown, Start, Step, Trail, Way,
};
use regain_app::visit::Visit;

use super::{closed, elsewhere};
use crate::engine::Engine;

impl Engine {
    pub(super) async fn show_start(&self, visit: &Visit, trail: &Trail) -> Shown<Start> {
        let organization = self.organization().await.name;
        let (me, inventory) = self.to_begin(visit).await?;
        if !inventory.person.effective.may_register() {
            return Ok(Show::Page(Start::NotEnabled));
        }
        if inventory.progress().missing() > 0 {
            me.not_held()?;
        }
        let progress = inventory.progress();
        if inventory.missing().is_dead_end() {
            return Ok(Show::Page(Start::DeadEnd(progress)));
        }
        // Who only has to go on is told so at once; what there is already is shown behind the second factor (R85).
        let may_see = me.may_see(&inventory);
        if progress.missing() == 0 || inventory.is_shut() {
            may_see?;
        }
        let known = if may_see.is_ok() { inventory.known() } else { Vec::new() };
        let proposals = inventory.missing().proposals();
        let opening = Opening { organization, progress, known, proposals };
        if progress.missing() == 0 && !opening.is_prefilled() {
            return elsewhere(trail, Step::Review);
        }
        Ok(Show::Page(Start::Open(opening)))
    }

    pub(super) async fn show_offers(&self, visit: &Visit, trail: &Trail) -> Shown<Offers> {
        let organization = self.organization().await.name;
        let (me, inventory) = self.to_begin(visit).await?;
        if let Some(step) = closed(&inventory, trail) {
            return elsewhere(trail, step);
        }
        if inventory.is_shut() {
            me.may_see(&inventory)?;
        }
        let progress = inventory.progress();
        if trail.way == Way::Register && (inventory.missing().is_dead_end() || progress.missing() == 0) {
            return elsewhere(trail, Step::Start);
        }
        if trail.way == Way::Add {
            me.may_change(&inventory, self)?;
        }
        let methods = inventory.offers(trail.way);
        if methods.is_empty() {
            return elsewhere(trail, Step::Review);
        }
        Ok(Show::Page(Offers { methods, organization, progress }))
    }

    pub(super) async fn show_review(&self, visit: &Visit, trail: &Trail) -> Shown<Review> {
        let (_, inventory) = self.to_see(visit).await?;
        let progress: Progress = inventory.progress();
        if closed(&inventory, trail).is_some() || progress.missing() > 0 {
            return elsewhere(trail, Step::Start);
        }
        let confirmed_at = inventory.person.user.confirmed_at;
        Ok(Show::Page(Review { known: inventory.known(), progress, confirmed_at }))
    }
}
