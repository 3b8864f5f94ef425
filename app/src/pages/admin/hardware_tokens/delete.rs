//! `/admin/hardware-tokens/{id}/delete`: asks first.

use leptos::prelude::*;

use super::PATH;
use crate::outcome::end_page;
use crate::pages::admin::listing::id_of_page;
use crate::services::hardware_tokens::TokenRow;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{AdminPage, ConfirmPanel, Form, Panel};
use crate::visit::{form, visit};

/// The question.
#[component]
pub fn DeleteToken() -> impl IntoView {
    let (visit, services, id) = (visit(), services(), id_of_page());
    let form = Form::new(form());
    Suspend::new(async move {
        match services.hardware_tokens.token(&visit, &id).await {
            Ok(token) => view! { <Page token form/> }.into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(token: TokenRow, form: Form) -> impl IntoView {
    let crumbs = vec![(t("ui-menu-hardware-tokens"), Some(PATH.to_owned()))];
    let what = if token.active { "token-delete-active" } else { "token-delete-waiting" };
    let what = t_args(what, &[("upn", token.upn)]);
    view! {
        <AdminPage heading=t_args("token-delete-heading", &[("serial", token.serial)]) current=PATH crumbs form>
            <Panel>
                <ConfirmPanel action="/admin/hardware-tokens/delete" confirm=t("token-delete-confirm")
                    cancel_href=PATH hidden=vec![("id", token.id)]>
                    <p>{what}</p>
                    <p>{t("token-delete-seed")}</p>
                </ConfirmPanel>
            </Panel>
        </AdminPage>
    }
}
