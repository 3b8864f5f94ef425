//! `/admin/hardware-tokens/{id}/activate`: asks for a code of the token.

use leptos::prelude::*;

use super::PATH;
use crate::outcome::end_page;
use crate::pages::admin::listing::id_of_page;
use crate::services::hardware_tokens::TokenRow;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{AdminPage, Button, CodeField, Form, Look, Panel, PostForm};
use crate::visit::{form, visit};

/// The form.
#[component]
pub fn ActivateToken() -> impl IntoView {
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
    let whose = [("serial", token.serial.clone()), ("name", token.display_name), ("upn", token.upn)];
    let heading = t_args("token-activate-heading", &[("serial", token.serial)]);
    view! {
        <AdminPage heading current=PATH crumbs lead=t_args("token-activate-lead", &whose) form>
            <Panel>
                <PostForm action="/admin/hardware-tokens/activate" class="stack">
                    <input type="hidden" name="id" value=token.id/>
                    <CodeField field=form.field("code") hint=t("token-code-hint") theirs=true/>
                    <div class="actions">
                        <Button label=t("token-activate") look=Look::Primary/>
                        <a class=Look::Secondary.class() href=PATH>{t("ui-cancel")}</a>
                    </div>
                </PostForm>
            </Panel>
        </AdminPage>
    }
}
