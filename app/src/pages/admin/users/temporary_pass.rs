//! `/admin/users/{id}/temporary-pass`: issues a pass, and shows it once.

use leptos::prelude::*;
use regain_core::temporary_pass::{PassSettings, field};

use super::user::passes::facts;
use super::verify_caller::{self, known_banner};
use crate::outcome::end_page;
use crate::pages::admin::{listing::id_of_page, users};
use crate::services::passes::{ISSUED, IssuedPass, PassView};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{
    AdminPage, Banner, Button, ButtonLink, Checkbox, DescriptionList, Form, KeyText, Look, Panel, PostForm,
    Purpose, TextField, Tone,
};
use crate::visit::{form, visit};

/// The page of a user.
pub fn path_of(id: &str) -> String {
    format!("{}/temporary-pass", users::path_of(id))
}

/// *Issue temporary pass*.
#[component]
pub fn TemporaryPass() -> impl IntoView {
    let (visit, services, id) = (visit(), services(), id_of_page());
    let form = Form::new(form());
    Suspend::new(async move {
        match services.passes.pass(&visit, &id).await {
            Ok(found) => view! { <Page found form/> }.into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(found: PassView, form: Form) -> impl IntoView {
    let back = users::path_of(&found.callee.id);
    let crumbs =
        vec![(t("ui-menu-users"), Some(users::PATH.to_owned())), (found.callee.name.clone(), Some(back))];
    let lead = t_args("pass-issue-lead", &[("upn", found.callee.upn.clone())]);
    let issued = form.with(|state| state.value(ISSUED).to_owned());
    let content = if issued.is_empty() {
        view! { {form_of(&found, form)}{existing(found.pass.as_ref())} }.into_any()
    } else {
        shown(issued, found.pass.as_ref(), &found.callee.id).into_any()
    };
    view! {
        <AdminPage heading=t("pass-issue") current=users::PATH crumbs lead form>
            <div class="admin-form">{content}</div>
        </AdminPage>
    }
}

/// The pass itself, on this page and on no other.
fn shown(pass: String, known: Option<&IssuedPass>, id: &str) -> impl IntoView + use<> {
    let facts = known.map(|pass| view! { <DescriptionList facts=facts(pass)/> });
    let back = users::path_of(id);
    view! {
        <Panel heading=t("pass-name")>
            <Banner tone=Tone::Warn><p>{t("pass-shown-once")}</p></Banner>
            <KeyText id="pass" name=t("pass-name") text=pass/>
            <p>{t("pass-how")}</p>
            {facts}
            <div class="actions"><ButtonLink href=back label=t("pass-done") look=Look::Primary/></div>
        </Panel>
    }
}

fn form_of(found: &PassView, form: Form) -> AnyView {
    let stopped = |text: &str| {
        let text = t(text);
        view! { <Banner tone=Tone::Info><p>{text}</p></Banner> }.into_any()
    };
    if !found.settings.enabled {
        return stopped("pass-off");
    }
    if found.blocked {
        return stopped("pass-blocked");
    }
    let caller = verify_caller::path_of(&found.callee.id);
    if found.known.enough().is_none() {
        return view! {
            <Panel heading=t("pass-unverified-heading")>
                <p>{t("pass-unverified")}</p>
                <div class="actions">
                    <ButtonLink href=caller label=t("pass-verify-caller") look=Look::Primary/>
                </div>
            </Panel>
        }
        .into_any();
    }
    let settings = &found.settings;
    let minutes = form.field(field::LIFETIME).or(settings.default_minutes.to_string());
    let replaces = found.pass.is_some().then(|| view! { <p>{t("pass-replaces")}</p> });
    let (hint, uses, id) = (lifetime_hint(settings), uses(settings, form), found.callee.id.clone());
    view! {
        {known_banner(&found.known)}
        <PostForm action="/admin/users/issue-pass" autofill=false>
            <input type="hidden" name="id" value=id/>
            <Panel>
                <TextField field=minutes label=t("pass-lifetime") hint
                    purpose=Purpose::Number suffix=t("pass-minutes")/>
                {uses}
                {replaces}
                <div class="actions"><Button label=t("pass-issue")/></div>
            </Panel>
        </PostForm>
    }
    .into_any()
}

fn lifetime_hint(settings: &PassSettings) -> String {
    let (min, max) = (settings.min_minutes.to_string(), settings.max_minutes.to_string());
    t_args("pass-lifetime-bounds", &[("min", min), ("max", max)])
}

fn uses(settings: &PassSettings, form: Form) -> AnyView {
    if settings.one_time {
        return view! { <p class="hint">{t("pass-one-time-only")}</p> }.into_any();
    }
    view! { <Checkbox field=form.field("many") label=t("pass-many") hint=t("pass-many-hint")/> }.into_any()
}

fn existing(pass: Option<&IssuedPass>) -> Option<impl IntoView + use<>> {
    let facts = facts(pass?);
    Some(view! { <Panel heading=t("pass-existing")><DescriptionList facts/></Panel> })
}
