//! `/register/code`: the code that was sent.

use leptos::prelude::*;
use regain_core::method::{Delivery, Method};

use super::parts::{Hidden, OtherMethod, shown};
use crate::services::registration::{CodeEntry, Step, Trail, Way};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::*;
use crate::visit::{form, visit};

/// The entry of a code.
#[component]
pub fn CodePage(
    /// The way into the wizard.
    way: Way,
) -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let trail = Trail::of(&visit, way);
    Suspend::new(async move {
        let entry = services.registration.code(&visit, &trail).await;
        shown(entry, |entry| page(&entry, trail, form))
    })
}

fn page(entry: &CodeEntry, trail: Trail, form: Form) -> AnyView {
    let (hint, other) = match entry.method {
        Method::Email => ("register-code-hint-email", "register-code-other-email"),
        Method::Passkey
        | Method::AppNotification
        | Method::AppCode
        | Method::MobilePhone
        | Method::OfficePhone
        | Method::RecoveryCode
        | Method::SecurityQuestions => ("register-code-hint-phone", "register-code-other-phone"),
    };
    let back = match entry.method {
        Method::Email => trail.to(Step::Email),
        method => trail.to_with(Step::Phone, &[("kind", method.as_str())]),
    };
    let called = entry.method != Method::Email && entry.delivery == Delivery::Call;
    let lead = t_args(
        if called { "register-code-lead-call" } else { "register-code-lead" },
        &[("destination", entry.destination.clone()), ("minutes", entry.minutes.to_string())],
    );
    let wait = entry.wait;
    let (on, again) = looks_of_code(form);
    let hidden = vec![("way", trail.way.as_str().to_owned()), ("next", trail.next.clone())];
    let way = view! { <Hidden trail=trail.clone()/> };
    view! {
        <UserPage heading=t("register-code") lead form back=back.clone()>
            <PostForm action="/register/code">
                {way}
                <CodeField field=form.field("code") hint=t(hint)/>
                <div class="actions"><Button label=t("register-next") look=on/></div>
            </PostForm>
            <Resend action="/register/resend" label=t("register-resend") wait hidden look=again/>
            <div class="more">
                <a href=back>{t(other)}</a>
                <OtherMethod trail/>
            </div>
        </UserPage>
    }
    .into_any()
}
