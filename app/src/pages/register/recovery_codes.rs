//! `/register/recovery-codes`: codes to save, shown until their owner says that they are.

use leptos::prelude::*;

use super::parts::{Hidden, OtherMethod, shown};
use crate::services::registration::{RecoveryCodesSetUp, Step, Trail, Way};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::*;
use crate::visit::{form, visit};

/// The set of codes.
#[component]
pub fn RecoveryCodesPage(
    /// The way into the wizard.
    way: Way,
) -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let trail = Trail::of(&visit, way);
    Suspend::new(async move {
        let codes = services.registration.recovery_codes(&visit, &trail).await;
        shown(codes, |codes| page(codes, trail, form))
    })
}

fn page(set: RecoveryCodesSetUp, trail: Trail, form: Form) -> AnyView {
    let back = trail.to(Step::Method);
    let replaces = set.replaces.then(|| {
        view! { <Banner tone=Tone::Warn><p>{t("register-codes-replaces")}</p></Banner> }
    });
    let about = [("organization", set.organization.clone()), ("username", set.username.clone())];
    // Where the codes are printed or saved, they say what they are.
    let intro = t_args("register-codes-file", &about);
    let file = format!("{intro}\r\n\r\n{}\r\n", set.codes.expose().replace('\n', "\r\n"));
    let (codes, file_name) = (set.codes.expose().to_owned(), file_name(&set.organization));
    let hidden = view! { <Hidden trail=trail.clone()/> };
    view! {
        <UserPage heading=t("register-codes") lead=t("register-codes-lead") form back>
            {replaces}
            <SavedCodes codes file file_name/>
            <p class="small muted">{intro}</p>
            <PostForm action="/register/recovery-codes">
                {hidden}
                <Checkbox field=form.field("saved") label=t("register-codes-saved")/>
                <div class="actions"><Button label=t("register-next")/></div>
            </PostForm>
            <div class="more"><OtherMethod trail/></div>
        </UserPage>
    }
    .into_any()
}

/// `contoso-recovery-codes.txt`
fn file_name(organization: &str) -> String {
    let name: String =
        organization.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    format!("{}-recovery-codes.txt", name.trim_matches('-'))
}
