//! `/admin/users/{id}/delete`: asks first.

use leptos::prelude::*;

use super::path_of;
use crate::outcome::{Failure, end_page};
use crate::pages::admin::{listing::id_of_page, users};
use crate::services::people::UserView;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{AdminPage, ConfirmPanel, Panel};
use crate::visit::visit;

/// The question.
#[component]
pub fn DeleteUser() -> impl IntoView {
    let (visit, services, id) = (visit(), services(), id_of_page());
    Suspend::new(async move {
        let user = services.people.user(&visit, &id).await;
        match user.and_then(|user| if user.allowed.manage { Ok(user) } else { Err(Failure::Forbidden) }) {
            Ok(user) => view! { <Page user/> }.into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(user: UserView) -> impl IntoView {
    let back = path_of(&user.id);
    let name = user.details.display_name;
    let crumbs = vec![(t("ui-menu-users"), Some(users::PATH.to_owned())), (name.clone(), Some(back.clone()))];
    view! {
        <AdminPage heading=t_args("people-delete-heading", &[("name", name)]) current=users::PATH crumbs>
            <Panel>
                <ConfirmPanel action="/admin/users/delete" confirm=t("people-delete") cancel_href=back
                    hidden=vec![("id", user.id)]>
                    <p>{t_args("people-delete-what", &[("upn", user.details.upn)])}</p>
                    <p>{t("people-delete-rest")}</p>
                </ConfirmPanel>
            </Panel>
        </AdminPage>
    }
}
