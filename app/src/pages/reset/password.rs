use leptos::prelude::*;

use super::{passed, show, step_of, ways_out};
use crate::services::reset::{Frame, PasswordView};
use crate::services::services;
use crate::text::t;
use crate::ui::{Button, Field, Form, NewPasswordFields, Passphrase, PostForm, Purpose, TextField, UserPage};
use crate::visit::{form, visit};

/// *Choose a new password*. `/reset/password`.
#[component]
pub fn NewPassword() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let another = visit.has_flag("another");
    Suspend::new(async move {
        show(services.reset.password_page(&visit).await, |frame, view| page(frame, view, form, another))
    })
}

fn page(frame: Frame, view: PasswordView, form: Form, another: bool) -> AnyView {
    let username = Field::new("username").or(view.username);
    view! {
        <UserPage heading=t("reset-password-heading") lead=t("reset-password-lead") form=form step=step_of(&frame)
            support_code=frame.support_code.clone()>
            {passed(&frame)}
            <PostForm action="/reset/password" class="stack">
                <TextField field=username label=t("reset-username") purpose=Purpose::Username readonly=true/>
                {view.suggestion.map(|phrase| view! { <Passphrase phrase another="/reset/password?another" open=another/> })}
                <NewPasswordFields field=form.field("new_password") confirm=form.field("confirm_password") profile=view.profile
                    names=view.names/>
                <Button label=t("reset-finish")/>
            </PostForm>
            {ways_out(false)}
        </UserPage>
    }
    .into_any()
}
