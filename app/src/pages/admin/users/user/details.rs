//! Names and contact data.

use leptos::prelude::*;
use regain_core::method::Method;
use regain_core::time::Timestamp;

use crate::services::people::UserView;
use crate::text::{t, t_args, when};
use crate::ui::{Button, Form, Panel, PostForm, Purpose, TextField};

/// The form, with what the signed-in person may not change switched off; nothing to save without any right.
pub(super) fn details(user: &UserView, form: Form) -> impl IntoView + use<> {
    let stored = &user.details;
    let names = [
        ("display_name", "people-display-name", &stored.display_name),
        ("first_name", "people-first-name", &stored.given_name),
        ("last_name", "people-last-name", &stored.surname),
    ];
    let (no_names, no_contact) = (!user.allowed.manage, !user.allowed.methods);
    let names = names.map(|(name, label, stored)| {
        let field = form.field(name).or(stored.as_str());
        view! { <TextField field label=t(label) disabled=no_names/> }
    });
    let mail = form.field("mail").or(stored.mail.as_str());
    let mobile_phone = form.field("mobile_phone").or(stored.mobile_phone.as_str());
    let office_phone = form.field("office_phone").or(stored.office_phone.as_str());
    let alternate_email = form.field("alternate_email").or(stored.alternate_email.as_str());
    let save = (user.allowed.manage || user.allowed.methods)
        .then(|| view! { <div class="actions"><Button label=t("ui-save")/></div> });
    let waits = |(method, until): &(Method, Timestamp)| {
        let args = [("field", t(field_of(*method))), ("at", when::moment(*until))];
        view! { <p class="small">{t_args("people-contact-waits", &args)}</p> }
    };
    let waiting = user.waiting.iter().map(waits).collect_view();
    view! {
        <PostForm action="/admin/users/save" autofill=false hidden=vec![("id", user.id.clone())]>
            <Panel heading=t("people-details")>
                {names.collect_view()}
                <TextField field=mail label=t("people-mail") hint=t("people-mail-hint") purpose=Purpose::TheirEmail
                    disabled=no_names/>
                <TextField field=mobile_phone label=t("people-mobile-phone") hint=t("people-phone-hint")
                    purpose=Purpose::Phone disabled=no_contact/>
                <TextField field=office_phone label=t("people-office-phone") purpose=Purpose::Phone disabled=no_contact/>
                <TextField field=alternate_email label=t("people-alternate-email")
                    hint=t("people-alternate-email-hint") purpose=Purpose::TheirEmail disabled=no_contact/>
                {waiting}
                {save}
            </Panel>
        </PostForm>
    }
}

/// The field of contact data that codes of a method go to.
const fn field_of(method: Method) -> &'static str {
    match method {
        Method::OfficePhone => "people-office-phone",
        Method::Email => "people-alternate-email",
        Method::MobilePhone
        | Method::Passkey
        | Method::AppNotification
        | Method::AppCode
        | Method::RecoveryCode
        | Method::SecurityQuestions => "people-mobile-phone",
    }
}
