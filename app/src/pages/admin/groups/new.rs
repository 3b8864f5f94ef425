//! `/admin/groups/new`

use leptos::prelude::*;

use crate::outcome::end_page;
use crate::pages::admin::groups;
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, Button, ButtonLink, Form, Look, Panel, PostForm, TextArea, TextField};
use crate::visit::{form, visit};

/// The address.
pub const PATH: &str = "/admin/groups/new";

/// A new group.
#[component]
pub fn NewGroup() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    Suspend::new(async move {
        match services.groups.may_create(&visit).await {
            Ok(()) => view! { <Page form/> }.into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(form: Form) -> impl IntoView {
    let crumbs = vec![(t("ui-menu-groups"), Some(groups::PATH.to_owned()))];
    view! {
        <AdminPage heading=t("groups-new") current=groups::PATH crumbs form>
            <PostForm action=PATH class="admin-form" autofill=false>
                <Panel>
                    <TextField field=form.field("name") label=t("groups-name")/>
                    <TextArea field=form.field("description") label=t("groups-description") rows=3/>
                </Panel>
                <div class="actions">
                    <Button label=t("people-create")/>
                    <ButtonLink href=groups::PATH label=t("ui-cancel") look=Look::Subtle/>
                </div>
            </PostForm>
        </AdminPage>
    }
}
