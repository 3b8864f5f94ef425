//! `/security-info/change-password`

use leptos::prelude::*;
use regain_core::form::FormState;

use crate::outcome::end_page;
use crate::pages::signin::UsernameForManagers;
use crate::pages::toll::toll;
use crate::services::account::ChangePasswordView;
use crate::services::services;
use crate::text::t;
use crate::ui::{
    Banner, Button, ButtonLink, Ending, Form, Look, NewPasswordFields, PasswordField, PostForm,
    StatusMessage, Tone, UserPage,
};
use crate::visit::{form, visit};

/// Changing one's own password.
#[component]
pub fn ChangePassword() -> impl IntoView {
    let (visit, form, services) = (visit(), Form::new(form()), services());
    Suspend::new(async move {
        match services.account.change_password_view(&visit).await {
            Ok(_) if visit.has_flag("changed") && !form.with(FormState::is_refused) => done().into_any(),
            Ok(view) => page(view, form, visit.query_value("next").unwrap_or_default()).into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

fn page(view: ChangePasswordView, form: Form, next: String) -> impl IntoView {
    let why = if view.expired { "change-password-expired" } else { "change-password-required" };
    let required = view.required.then(|| view! { <Banner tone=Tone::Warn><p>{t(why)}</p></Banner> });
    let back = if view.required { "" } else { "/security-info" };
    let username = view.upn.clone();
    view! {
        <UserPage heading=t("change-password-heading") form=form back>
            {required}
            <PostForm action="/security-info/change-password">
                <input type="hidden" name="next" value=next/>
                <UsernameForManagers value=username/>
                <PasswordField field=form.field("current_password") label=t("change-password-current")/>
                <NewPasswordFields field=form.field("new_password") confirm=form.field("confirm_password") profile=view.profile
                    names=view.names/>
                <p class="hint">{t("change-password-hint")}</p>
                {toll(view.toll, form)}
                <div class="actions"><Button label=t("change-password-submit")/></div>
            </PostForm>
            <div class="more">
                <a href=format!("/reset?username={}", leptos_router::location::Url::escape(&view.upn))>{t("change-password-forgotten")}</a>
                <SignOut/>
            </div>
        </UserPage>
    }
}

fn done() -> impl IntoView {
    view! {
        <UserPage heading=t("change-password-done-heading") ending=Ending::Done>
            <StatusMessage text=t("change-password-done")/>
            <p>{t("change-password-done-lead")}</p>
            <div class="actions">
                <ButtonLink href="/security-info" label=t("change-password-go-on") look=Look::Primary/>
            </div>
            <div class="more"><SignOut/></div>
        </UserPage>
    }
}

/// *Sign out*, as a link at the end of a page.
#[component]
pub fn SignOut() -> impl IntoView {
    view! {
        <PostForm action="/signout">
            <button class="link-button" type="submit">{t("ui-sign-out")}</button>
        </PostForm>
    }
}
