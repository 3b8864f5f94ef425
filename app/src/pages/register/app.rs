//! `/register/app`: an authenticator app's key, and its first code.

use leptos::prelude::*;

use super::parts::{Hidden, OtherMethod, shown};
use crate::services::registration::{AppSetUp, Step, Trail, Way};
use crate::services::services;
use crate::text::t;
use crate::ui::*;
use crate::visit::{form, visit};

/// The set-up of an authenticator app.
#[component]
pub fn AppPage(
    /// The way into the wizard.
    way: Way,
) -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let trail = Trail::of(&visit, way);
    Suspend::new(async move {
        let app = services.registration.app(&visit, &trail).await;
        shown(app, |app| page(app, trail, form))
    })
}

fn page(app: AppSetUp, trail: Trail, form: Form) -> AnyView {
    let open = Some((app.link.expose().to_owned(), t("register-app-open")));
    let key = app.key.expose().to_owned();
    let back = trail.to(Step::Method);
    let hidden = view! { <Hidden trail=trail.clone()/> };
    view! {
        <UserPage heading=t("register-app") lead=t("register-app-lead") form back>
            <QrPanel svg=app.svg name=t("register-app-qr") key_name=t("register-app-key") key open/>
            <PostForm action="/register/app">
                {hidden}
                <CodeField field=form.field("code") hint=t("register-app-hint")/>
                <div class="actions"><Button label=t("register-next")/></div>
            </PostForm>
            <div class="more"><OtherMethod trail/></div>
        </UserPage>
    }
    .into_any()
}
