//! `/authenticator/password`: where the new password of a reset is chosen on the phone that approved it.

use leptos::prelude::*;

use crate::outcome::end_page;
use crate::services::reset::{FinishView, Frame, PasswordView};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{
    Button, ButtonLink, Ending, Field, Form, Look, NewPasswordFields, Passphrase, PostForm, Purpose,
    TextField, UserPage,
};
use crate::visit::{form, visit};

/// The address.
pub const PATH: &str = "/authenticator/password";
/// Where the page is opened.
pub const OPEN: &str = "/authenticator/password/open";

/// *Choose a new password*, on the phone.
#[component]
pub fn ChooseOnPhone() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let another = visit.has_flag("another");
    Suspend::new(async move {
        match services.reset.finish_page(&visit).await {
            Ok(FinishView::Choose(frame, view)) => choose(frame, *view, form, another),
            Ok(FinishView::Done(notified)) => done(&notified).into_any(),
            Ok(FinishView::Over) => over().into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

fn choose(frame: Frame, view: PasswordView, form: Form, another: bool) -> AnyView {
    let username = Field::new("username").or(view.username);
    view! {
        <UserPage heading=t("reset-password-heading") lead=t("finish-lead") form=form support_code=frame.support_code>
            <PostForm class="stack" action=PATH>
                <TextField field=username label=t("reset-username") purpose=Purpose::Username readonly=true/>
                {view.suggestion.map(|phrase| {
                    view! { <Passphrase phrase another="/authenticator/password?another" open=another/> }
                })}
                <NewPasswordFields field=form.field("new_password") confirm=form.field("confirm_password")
                    profile=view.profile names=view.names/>
                <Button label=t("reset-finish")/>
            </PostForm>
            <p class="small muted">{t("finish-not-me")}</p>
            {back()}
        </UserPage>
    }
    .into_any()
}

fn done(notified: &[String]) -> impl IntoView + use<> {
    let told = (!notified.is_empty())
        .then(|| view! { <p>{t_args("finish-notified", &[("to", notified.join(", "))])}</p> });
    view! {
        <UserPage heading=t("reset-done-heading") lead=t("finish-done") ending=Ending::Done>
            {told}
            {back()}
        </UserPage>
    }
}

fn over() -> impl IntoView {
    view! {
        <UserPage heading=t("finish-over") lead=t("finish-over-lead") ending=Ending::Stopped>
            {back()}
        </UserPage>
    }
}

fn back() -> impl IntoView {
    view! {
        <div class="actions"><ButtonLink href="/authenticator/" label=t("finish-back") look=Look::Subtle/></div>
    }
}
