//! `/security-info/rename`: a name of one's own for a method.

use leptos::prelude::*;

use super::remove::called;
use crate::pages::register::parts::{method_name, shown};
use crate::services::registration::Known;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::*;
use crate::visit::{form, visit};

/// The entry of a name.
#[component]
pub fn RenamePage() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let typed = form.with(|form| form.value("id").to_owned());
    let id = visit.query_value("id").unwrap_or(typed);
    Suspend::new(async move {
        let known = services.security_info.naming(&visit, &id).await;
        shown(known, |known| page(known, id, form))
    })
}

fn page(known: Known, id: String, form: Form) -> AnyView {
    let heading = t_args("security-info-rename-heading", &[("name", called(&known))]);
    let hint = t_args("security-info-label-hint", &[("method", method_name(known.method))]);
    view! {
        <UserPage heading form back="/security-info">
            <PostForm action="/security-info/rename">
                <input type="hidden" name="id" value=id/>
                <TextField field=form.field("label").or(known.label) label=t("security-info-label") hint/>
                <div class="actions">
                    <Button label=t("security-info-rename-save")/>
                    <ButtonLink href="/security-info" label=t("ui-cancel") look=Look::Subtle/>
                </div>
            </PostForm>
        </UserPage>
    }
    .into_any()
}
