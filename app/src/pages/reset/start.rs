use leptos::prelude::*;

use crate::services::reset::StartView;
use crate::services::services;
use crate::text::t;
use crate::ui::{
    Button, ButtonLink, CaptchaField, Ending, Form, Look, PostForm, Purpose, TextField, UserPage,
};
use crate::visit::{form, visit};

/// *Get back into your account*: the name and the CAPTCHA. `/reset`, `/sspr`.
#[component]
pub fn Start() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    Suspend::new(async move {
        let view = services.reset.start_page(&visit).await;
        if view.switched_off { switched_off(view).into_any() } else { ask(view, form).into_any() }
    })
}

fn ask(view: StartView, form: Form) -> impl IntoView {
    let username = form.field("username").or(view.username);
    view! {
        <UserPage heading=t("reset-start-heading") lead=t("reset-start-lead") form=form support_code=view.support_code>
            <PostForm action="/reset" class="stack">
                // The Enter key presses the first button of a form: it must not be *New picture*.
                <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">{t("reset-next")}</button>
                <TextField field=username label=t("reset-username") hint=t("reset-username-hint") purpose=Purpose::Username/>
                <CaptchaField form token=view.token challenge=view.challenge/>
                <div class="actions">
                    <Button label=t("reset-next")/>
                    <ButtonLink href="/signin" label=t("ui-cancel") look=Look::Subtle/>
                </div>
            </PostForm>
        </UserPage>
    }
}

/// While the whole policy is *None*, honest people need not solve anything to learn it.
fn switched_off(view: StartView) -> impl IntoView {
    view! {
        <UserPage heading=t("reset-off-heading") lead=t("reset-off-lead") ending=Ending::Stopped
            support_code=view.support_code>
            <p class="small"><a href="/reset?administrator">{t("reset-off-administrator")}</a></p>
        </UserPage>
    }
}
