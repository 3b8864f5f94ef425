//! `/admin/users/new`

use leptos::prelude::*;

use super::super::users;
use crate::outcome::end_page;
use crate::services::services;
use crate::text::t;
use crate::ui::{
    AdminPage, Button, ButtonLink, Form, Look, Panel, PasswordField, PasswordUse, PostForm, Purpose,
    TextField,
};
use crate::visit::{form, visit};

/// The address.
pub const PATH: &str = "/admin/users/new";

/// A new user.
#[component]
pub fn NewUser() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    Suspend::new(async move {
        match services.people.may_create(&visit).await {
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
    let crumbs = vec![(t("ui-menu-users"), Some(users::PATH.to_owned()))];
    view! {
        <AdminPage heading=t("people-new") current=users::PATH crumbs form>
            <PostForm action=PATH class="admin-form" autofill=false>
                <Panel>
                    <TextField field=form.field("user_principal_name") label=t("people-upn") hint=t("people-upn-hint")
                        purpose=Purpose::TheirEmail/>
                    <TextField field=form.field("display_name") label=t("people-display-name")/>
                    <TextField field=form.field("first_name") label=t("people-first-name")/>
                    <TextField field=form.field("last_name") label=t("people-last-name")/>
                    <PasswordField field=form.field("initial_password") label=t("people-initial-password")
                        hint=t("people-initial-password-hint") usage=PasswordUse::New/>
                </Panel>
                <Panel heading=t("people-contact")>
                    <p class="hint">{t("people-contact-hint")}</p>
                    <TextField field=form.field("mail") label=t("people-mail") hint=t("people-mail-hint")
                        purpose=Purpose::TheirEmail/>
                    <TextField field=form.field("mobile_phone") label=t("people-mobile-phone")
                        hint=t("people-phone-hint") purpose=Purpose::Phone/>
                    <TextField field=form.field("office_phone") label=t("people-office-phone") purpose=Purpose::Phone/>
                    <TextField field=form.field("alternate_email") label=t("people-alternate-email")
                        hint=t("people-alternate-email-hint") purpose=Purpose::TheirEmail/>
                </Panel>
                <div class="actions">
                    <Button label=t("people-create")/>
                    <ButtonLink href=users::PATH label=t("ui-cancel") look=Look::Subtle/>
                </div>
            </PostForm>
        </AdminPage>
    }
}
