//! Names and contact data.

use leptos::prelude::*;

use super::id_field;
use crate::services::people::UserView;
use crate::text::t;
use crate::ui::{Button, Form, Panel, Purpose, TextField};

/// The form, with what the signed-in person may not change switched off; nothing to save without any right.
pub(super) fn details(user: &UserView, form: Form) -> impl IntoView + use<> {
    let stored = &user.details;
    let field = |name: &str, stored: &str| form.field(name).or(stored);
    let (names, contact) = (!user.allowed.manage, !user.allowed.methods);
    let save = (user.allowed.manage || user.allowed.methods)
        .then(|| view! { <div class="actions"><Button label=t("ui-save")/></div> });
    view! {
        <form method="post" action="/admin/users/save" novalidate autocomplete="off">
            {id_field(user)}
            <Panel heading=t("people-details")>
                <TextField field=field("display_name", &stored.display_name) label=t("people-display-name") disabled=names/>
                <TextField field=field("first_name", &stored.given_name) label=t("people-first-name") disabled=names/>
                <TextField field=field("last_name", &stored.surname) label=t("people-last-name") disabled=names/>
                <TextField field=field("mail", &stored.mail) label=t("people-mail") hint=t("people-mail-hint")
                    purpose=Purpose::Email disabled=names/>
                <TextField field=field("mobile_phone", &stored.mobile_phone) label=t("people-mobile-phone")
                    hint=t("people-phone-hint") purpose=Purpose::Phone disabled=contact/>
                <TextField field=field("office_phone", &stored.office_phone) label=t("people-office-phone")
                    purpose=Purpose::Phone disabled=contact/>
                <TextField field=field("alternate_email", &stored.alternate_email) label=t("people-alternate-email")
                    hint=t("people-alternate-email-hint") purpose=Purpose::Email disabled=contact/>
                {save}
            </Panel>
        </form>
    }
}
