//! `/help`: *Contact your administrator*, where the organisation named no page or mailbox of its own.

use leptos::prelude::*;
use regain_core::form::FormState;

use crate::outcome::end_page;
use crate::pages::toll::because;
use crate::services::helpdesk::Help as View;
use crate::services::services;
use crate::text::t;
use crate::ui::{Button, Ending, Field, Form, PostForm, Purpose, TextField, UserPage, opens_elsewhere};
use crate::visit::{form, visit};

/// The way to help.
#[component]
pub fn Help() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), form());
    Suspend::new(async move {
        match services.helpdesk.help(&visit).await {
            Ok(help) if visit.has_flag("sent") => sent(help),
            Ok(help) => match help.link.clone() {
                Some(link) => elsewhere(help, link),
                None => ask(help, form),
            },
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

fn ask(help: View, form: FormState) -> AnyView {
    let username = Field::of(&form, "username").or(help.username);
    let asked = because(t("help-toll"), help.toll, Form::new(form.clone()));
    let hint = (!help.is_signed_in).then(|| t("help-username-hint"));
    view! {
        <UserPage heading=t("help-heading") lead=t("help-lead") form=&form support_code=help.support_code>
            <PostForm action="/help">
                <TextField field=username label=t("help-username") hint=hint.unwrap_or_default()
                    purpose=Purpose::Username readonly=help.is_signed_in/>
                <p class="muted">{t("help-what-is-sent")}</p>
                {asked}
                <div class="actions"><Button label=t("help-send")/></div>
            </PostForm>
        </UserPage>
    }
    .into_any()
}

fn sent(help: View) -> AnyView {
    view! {
        <UserPage heading=t("help-sent-heading") lead=t("help-sent-lead") ending=Ending::Done
            support_code=help.support_code>
            <p>{t("help-sent-code")}</p>
            <p>{t("help-never-password")}</p>
        </UserPage>
    }
    .into_any()
}

fn elsewhere(help: View, link: String) -> AnyView {
    let (target, rel) = opens_elsewhere(&link);
    view! {
        <UserPage heading=t("help-heading") lead=t("help-elsewhere-lead") support_code=help.support_code>
            <div class="actions">
                <a class="button button-primary" href=link target=target rel=rel>{t("help-elsewhere-go")}</a>
            </div>
        </UserPage>
    }
    .into_any()
}
