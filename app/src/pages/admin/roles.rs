//! `/admin/roles`

use leptos::prelude::*;

use super::users::{path_of, user::role_about};
use crate::outcome::end_page;
use crate::services::people::RoleHolders;
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, Column, DataTable};
use crate::visit::visit;

const PATH: &str = "/admin/roles";

/// Who holds which role.
#[component]
pub fn Roles() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        match services.people.roles(&visit).await {
            Ok(roles) => view! { <Page roles/> }.into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(roles: Vec<RoleHolders>) -> impl IntoView {
    let columns = ["roles-role", "roles-what", "roles-holders"];
    let columns = columns.iter().map(|column| Column::new(t(column))).collect();
    let rows = roles.into_iter().map(row).collect();
    view! {
        <AdminPage heading=t("ui-menu-roles") current=PATH lead=t("roles-lead")>
            <DataTable caption=t("ui-menu-roles") columns rows/>
        </AdminPage>
    }
}

fn row(listed: RoleHolders) -> Vec<AnyView> {
    let holders = if listed.holders.is_empty() {
        view! { <span class="hint">{t("roles-nobody")}</span> }.into_any()
    } else {
        let links = listed
            .holders
            .into_iter()
            .map(|(id, name, upn)| view! { <li><a href=path_of(&id)><bdi>{name}</bdi></a>" "<bdi dir="ltr">{upn}</bdi></li> })
            .collect_view();
        view! { <ul class="plain">{links}</ul> }.into_any()
    };
    vec![listed.role.display_name().into_any(), role_about(listed.role).into_any(), holders]
}
