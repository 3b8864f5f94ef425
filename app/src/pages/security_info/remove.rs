//! `/security-info/remove`: asks before a method is removed.

use leptos::prelude::*;

use crate::pages::register::parts::{counts, known_name, shown};
use crate::services::registration::Known;
use crate::services::security_info::Removal;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::*;
use crate::visit::visit;

/// The consequence, and the choice.
#[component]
pub fn RemovePage() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let id = visit.query_value("id").unwrap_or_default();
    Suspend::new(async move {
        let removal = services.security_info.removal(&visit, &id).await;
        shown(removal, |removal| page(&removal, id))
    })
}

/// What a method is called when one speaks of it: its label, its address or number, or its kind.
pub(super) fn called(known: &Known) -> String {
    let label = (!known.label.is_empty()).then(|| known.label.clone());
    label.or_else(|| known.destination.clone()).unwrap_or_else(|| known_name(known))
}

fn page(removal: &Removal, id: String) -> AnyView {
    let heading = t_args("security-info-remove-heading", &[("name", called(&removal.known))]);
    let consequence = if removal.after.missing() == 0 {
        t_args("security-info-remove-enough", &counts(removal.after))
    } else if removal.could_reset {
        t_args("security-info-remove-too-few", &counts(removal.after))
    } else {
        t_args("security-info-remove-fewer", &counts(removal.after))
    };
    let is_token = removal.known.token.is_some();
    let again = if is_token { "security-info-remove-token" } else { "security-info-remove-final" };
    view! {
        <UserPage heading back="/security-info">
            <ConfirmPanel action="/security-info/remove" confirm=t("security-info-remove")
                cancel=t("security-info-keep") cancel_href="/security-info" hidden=vec![("id", id)]>
                <p>{consequence}</p>
                <p>{t(again)}</p>
            </ConfirmPanel>
        </UserPage>
    }
    .into_any()
}
