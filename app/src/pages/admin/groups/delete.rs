//! `/admin/groups/{id}/delete`: asks first, and tells who loses password reset.

use leptos::prelude::*;

use super::path_of;
use crate::outcome::{Failure, end_page};
use crate::pages::admin::{groups, listing::id_of_page};
use crate::services::groups::GroupRow;
use crate::services::people::Place;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{AdminPage, Banner, ConfirmPanel, Panel, Tone};
use crate::visit::visit;

/// The question.
#[component]
pub fn DeleteGroup() -> impl IntoView {
    let (visit, services, id) = (visit(), services(), id_of_page());
    Suspend::new(async move {
        let view = services.groups.group(&visit, &id, &Place::First).await;
        match view.and_then(|view| if view.may_manage { Ok(view.group) } else { Err(Failure::Forbidden) }) {
            Ok(group) => view! { <Page group/> }.into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(group: GroupRow) -> impl IntoView {
    let back = path_of(&group.id);
    let crumbs =
        vec![(t("ui-menu-groups"), Some(groups::PATH.to_owned())), (group.name.clone(), Some(back.clone()))];
    let used = group.in_use.then(|| {
        let text = t_args("groups-delete-used", &[("people", group.people.to_string())]);
        view! { <Banner tone=Tone::Warn title=t("groups-in-use")><p>{text}</p></Banner> }
    });
    let methods = group.names_methods.then(|| {
        view! { <Banner tone=Tone::Warn title=t("groups-in-use")><p>{t("groups-delete-methods")}</p></Banner> }
    });
    view! {
        <AdminPage heading=t_args("groups-delete-heading", &[("name", group.name)]) current=groups::PATH crumbs>
            {used}
            {methods}
            <Panel>
                <ConfirmPanel action="/admin/groups/delete" confirm=t("groups-delete") cancel_href=back
                    hidden=vec![("id", group.id)]>
                    <p>{t("groups-delete-what")}</p>
                </ConfirmPanel>
            </Panel>
        </AdminPage>
    }
}
