//! The password, locks, and whether the person can sign in.

use leptos::prelude::*;

use crate::pages::admin::listing::moment;
use crate::services::people::UserView;
use crate::text::t;
use crate::ui::{Button, Checkbox, Field, Form, Look, Panel, PasswordField, PasswordUse, PostForm};

/// What the signed-in person may do about it.
pub(super) fn access(user: &UserView, form: Form) -> impl IntoView + use<> {
    let password = user.allowed.password.then(|| password(user, form));
    let locks = user.allowed.locks.then(|| locks(user));
    let expiry = user.allowed.manage.then(|| expiry(user));
    let block = user.allowed.manage.then(|| block(user));
    view! { {password}{expiry}{locks}{block} }
}

fn password(user: &UserView, form: Form) -> impl IntoView + use<> {
    view! {
        <PostForm action="/admin/users/set-password" autofill=false hidden=vec![("id", user.id.clone())]>
            <Panel heading=t("people-password")>
                <p class="hint">{t("people-password-what")}</p>
                <PasswordField field=form.field("temporary_password") label=t("people-temporary-password")
                    usage=PasswordUse::New/>
                <div class="actions"><Button label=t("people-set-password") look=Look::Secondary/></div>
            </Panel>
        </PostForm>
    }
}

fn expiry(user: &UserView) -> impl IntoView + use<> {
    let never = if user.password_never_expires { "true" } else { "" };
    view! {
        <PostForm action="/admin/users/expiry" hidden=vec![("id", user.id.clone())]>
            <Panel heading=t("people-expiry")>
                <Checkbox field=Field::new("password_never_expires").or(never) label=t("people-never-expires")
                    hint=t("people-never-expires-hint")/>
                <div class="actions"><Button label=t("people-save-expiry") look=Look::Secondary/></div>
            </Panel>
        </PostForm>
    }
}

fn locks(user: &UserView) -> impl IntoView + use<> {
    let until = user.recovery_locked_until.map(|until| {
        view! { <p>{t("people-recovery-locked")}" "{moment(until)}</p> }
    });
    view! {
        <PostForm action="/admin/users/release" hidden=vec![("id", user.id.clone())]>
            <Panel heading=t("people-locks")>
                {until}
                <p class="hint">{t("people-locks-what")}</p>
                <div class="actions"><Button label=t("people-release") look=Look::Secondary/></div>
            </Panel>
        </PostForm>
    }
}

fn block(user: &UserView) -> impl IntoView + use<> {
    let (blocked, what, label) = if user.blocked {
        ("", "people-unblock-what", "people-unblock")
    } else {
        ("true", "people-block-what", "people-block")
    };
    let look = if user.blocked { Look::Secondary } else { Look::Danger };
    view! {
        <PostForm action="/admin/users/block" hidden=vec![("id", user.id.clone())]>
            <input type="hidden" name="blocked" value=blocked/>
            <Panel heading=t("people-sign-in")>
                <p class="hint">{t(what)}</p>
                <div class="actions"><Button label=t(label) look/></div>
            </Panel>
        </PostForm>
    }
}
