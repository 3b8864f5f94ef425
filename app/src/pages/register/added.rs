//! `/register/added`: what was added, and what comes next.

use leptos::prelude::*;

use super::parts::{counts, method_name, shown};
use crate::services::registration::{Added, Step, Trail, Way};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::*;
use crate::visit::visit;

/// The page between two methods.
#[component]
pub fn AddedPage() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let trail = Trail::of(&visit, Way::Register);
    let method = visit.query_value("method").unwrap_or_default();
    Suspend::new(async move {
        let added = services.registration.added(&visit, &trail, &method).await;
        shown(added, |added| page(&added, &trail))
    })
}

fn page(added: &Added, trail: &Trail) -> AnyView {
    let heading = t_args("register-added", &[("method", method_name(added.method))]);
    let done = added.progress.missing() == 0;
    let lead = match (done, added.with_entered) {
        (true, true) => "register-added-entered",
        (true, false) => "register-added-all",
        (false, _) => "register-added-more",
    };
    let lead = t_args(lead, &counts(added.progress));
    let next = trail.to(if done { Step::Review } else { Step::Method });
    view! {
        <UserPage heading lead ending=Ending::Done>
            <div class="actions"><ButtonLink href=next label=t("register-next") look=Look::Primary/></div>
        </UserPage>
    }
    .into_any()
}
