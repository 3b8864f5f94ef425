//! `/signin`

pub mod temporary_pass;
pub mod verify;

use leptos::prelude::*;
use regain_core::form::FormState;

use crate::outcome::with_next;
use crate::pages::toll::toll;
use crate::services::services;
use crate::services::sign_in::{PASSWORD_STEP, USERNAME_STEP};
use crate::text::t;
use crate::ui::{Button, Field, Form, PasswordField, PostForm, Purpose, StatusMessage, TextField, UserPage};
use crate::visit::{Visit, form, visit};

/// Longer names are nobody's.
const MAX_PREFILL: usize = 256;

/// Sign-in: the username, then the password.
#[component]
pub fn SignIn() -> impl IntoView {
    let (visit, form) = (visit(), form());
    let next = visit.query_value("next").unwrap_or_default();
    // What a form left is for the step it belongs to; an address without the flag starts over.
    if visit.has_flag(PASSWORD_STEP) && form.value("step") == PASSWORD_STEP {
        password_step(&visit, &form, next).into_any()
    } else {
        let form = if form.value("step") == USERNAME_STEP { form } else { FormState::default() };
        username_step(&visit, &form, next).into_any()
    }
}

fn username_step(visit: &Visit, form: &FormState, next: String) -> impl IntoView + use<> {
    let prefill: String =
        visit.query_value("username").unwrap_or_default().chars().take(MAX_PREFILL).collect();
    let username = Field::of(form, "username").or(prefill);
    let typed = username.value();
    let status = visit.has_flag("signed-out").then(|| view! { <StatusMessage text=t("signin-signed-out")/> });
    view! {
        <UserPage heading=t("signin-heading") form=form>
            {status}
            <PostForm action="/signin">
                <input type="hidden" name="step" value=USERNAME_STEP/>
                <input type="hidden" name="next" value=next/>
                <TextField field=username label=t("signin-username") hint=t("signin-username-hint") purpose=Purpose::Username/>
                <div class="actions"><Button label=t("signin-next")/></div>
            </PostForm>
            {help(&typed)}
        </UserPage>
    }
}

fn password_step(visit: &Visit, form: &FormState, next: String) -> impl IntoView + use<> {
    let asked = toll(services().sign_in.toll(visit), Form::new(form.clone()));
    let username = form.value("username").to_owned();
    let back = with_username("/signin", &username);
    let back = if next.is_empty() { back } else { format!("{back}&{}", &with_next("", &next)[1..]) };
    let pass = pass_link(&username, &next);
    let help = help(&username);
    let password = Field::of(form, "password");
    view! {
        <UserPage heading=t("signin-password-heading") lead=username.clone() form=form back=back>
            <PostForm action="/signin">
                <input type="hidden" name="step" value=PASSWORD_STEP/>
                <input type="hidden" name="next" value=next/>
                <UsernameForManagers name="username" value=username/>
                <PasswordField field=password label=t("signin-password")/>
                {asked}
                <div class="actions"><Button label=t("signin-submit")/></div>
            </PostForm>
            {help}
            {pass}
        </UserPage>
    }
}

/// *Use a temporary pass*, where passes are taken.
fn pass_link(username: &str, next: &str) -> impl IntoView + use<> {
    let mut href = with_username(temporary_pass::PATH, username);
    if !next.is_empty() {
        href = format!("{href}&{}", &with_next("", next)[1..]);
    }
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        let taken = services.sign_in.takes_passes(&visit).await.unwrap_or_default();
        taken.then(|| view! { <div class="more"><a href=href>{t("pass-use")}</a></div> })
    })
}

fn help(username: &str) -> impl IntoView + use<> {
    let href = if username.is_empty() { "/reset".to_owned() } else { with_username("/reset", username) };
    view! { <div class="more"><a href=href>{t("signin-cannot-access")}</a></div> }
}

/// The address of a page that takes a username, with one filled in.
pub(crate) fn with_username(path: &str, username: &str) -> String {
    format!("{path}?username={}", leptos_router::location::Url::escape(username))
}

/// The username beside a password, unseen: password managers file the password under it.
#[component]
pub fn UsernameForManagers(
    /// The username.
    value: String,
    /// The name it is posted under, if it is.
    #[prop(optional)]
    name: Option<&'static str>,
) -> impl IntoView {
    view! {
        <input class="visually-hidden" type="text" name=name value=value autocomplete="username" readonly tabindex="-1"
            aria-hidden="true"/>
    }
}
