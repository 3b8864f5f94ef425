//! `/signin/temporary-pass`: sign-in with a pass from the help desk.

use leptos::prelude::*;

use super::{MAX_PREFILL, with_username};
use crate::outcome::end_page;
use crate::pages::toll::toll;
use crate::services::services;
use crate::text::t;
use crate::ui::{Button, ButtonLink, Ending, Form, Look, PostForm, Purpose, TextField, UserPage};
use crate::visit::{form, visit};

/// The address.
pub const PATH: &str = "/signin/temporary-pass";

/// *Use a temporary pass*.
#[component]
pub fn UsePass() -> impl IntoView {
    let (visit, form, services) = (visit(), Form::new(form()), services());
    let next = visit.query_value("next").unwrap_or_default();
    let prefill: String =
        visit.query_value("username").unwrap_or_default().chars().take(MAX_PREFILL).collect();
    Suspend::new(async move {
        match services.sign_in.takes_passes(&visit).await {
            Ok(true) => {
                let asked = toll(services.sign_in.toll(&visit), form);
                page(form, prefill, next, asked).into_any()
            }
            Ok(false) => off().into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

fn page(form: Form, prefill: String, next: String, asked: AnyView) -> impl IntoView {
    let username = form.field("username").or(prefill);
    let back = with_username("/signin", &username.value());
    view! {
        <UserPage heading=t("pass-use") lead=t("pass-use-lead") form back>
            <PostForm action=PATH autofill=false>
                <input type="hidden" name="next" value=next/>
                <TextField field=username label=t("signin-username") purpose=Purpose::Username/>
                <TextField field=form.field("pass") label=t("pass-field") hint=t("pass-field-hint")
                    purpose=Purpose::SavedCode/>
                {asked}
                <div class="actions"><Button label=t("signin-submit")/></div>
            </PostForm>
            <div class="more"><a href="/help">{t("ui-contact")}</a></div>
        </UserPage>
    }
}

fn off() -> impl IntoView {
    view! {
        <UserPage heading=t("pass-use") lead=t("pass-use-off") ending=Ending::Stopped>
            <div class="actions"><ButtonLink href="/signin" label=t("signin-heading") look=Look::Primary/></div>
        </UserPage>
    }
}
