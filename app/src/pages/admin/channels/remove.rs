//! `/admin/channels/remove`: asks before a gateway is removed.

use leptos::prelude::*;

use super::PATH;
use crate::pages::admin::password_reset as tabs;
use crate::services::channels::GatewayForm;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{AdminPage, ConfirmPanel};
use crate::visit::visit;

/// The question.
#[component]
pub fn RemoveGateway() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let id = visit.query_value("id").unwrap_or_default();
    Suspend::new(async move {
        match services.channels.gateway_form(&visit, &id).await {
            Ok(found) => view! { <Page found/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(found: GatewayForm) -> impl IntoView {
    let name = found.saved.value("name").to_owned();
    let heading = t_args("channels-remove-heading", &[("name", name)]);
    let crumbs = vec![(t("ui-menu-channels"), Some(PATH.to_owned()))];
    let hidden = vec![("id", found.id)];
    view! {
        <AdminPage heading current=PATH crumbs>
            <ConfirmPanel action="/admin/channels/remove" confirm=t("channels-remove") cancel_href=PATH hidden>
                <p>{t("channels-remove-hint")}</p>
            </ConfirmPanel>
        </AdminPage>
    }
}
