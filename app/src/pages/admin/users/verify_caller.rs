//! `/admin/users/{id}/verify-caller`: how the help desk finds out who is on the phone.

use leptos::prelude::*;

use super::temporary_pass;
use crate::outcome::end_page;
use crate::pages::admin::{listing::id_of_page, users};
use crate::services::passes::CallerView;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{AdminPage, Button, ButtonLink, Checkbox, Form, Look, Panel, PostForm, TextArea};
use crate::visit::{form, visit};

mod ask;
mod known;

pub use known::known_banner;

/// The page of a user.
pub fn path_of(id: &str) -> String {
    format!("{}/verify-caller", users::path_of(id))
}

/// *Verify caller*.
#[component]
pub fn VerifyCaller() -> impl IntoView {
    let (visit, services, id) = (visit(), services(), id_of_page());
    let form = Form::new(form());
    Suspend::new(async move {
        match services.passes.caller(&visit, &id).await {
            Ok(found) => view! { <Page found form/> }.into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(found: CallerView, form: Form) -> impl IntoView {
    let id = found.callee.id.clone();
    let back = users::path_of(&id);
    let crumbs =
        vec![(t("ui-menu-users"), Some(users::PATH.to_owned())), (found.callee.name.clone(), Some(back))];
    let lead =
        t_args("caller-lead", &[("name", found.callee.name.clone()), ("upn", found.callee.upn.clone())]);
    let enough = found.known.enough().is_some();
    let issue = enough.then(|| {
        let href = temporary_pass::path_of(&id);
        view! { <div class="actions"><ButtonLink href=href label=t("pass-issue") look=Look::Primary/></div> }
    });
    let less = (!enough).then(|| {
        view! {
            {ask::ask(&found, form)}
            {support_code()}
            {call_back(&id, found.office.clone(), form)}
            {override_form(&id, form)}
        }
    });
    view! {
        <AdminPage heading=t("pass-verify-caller") current=users::PATH crumbs lead form>
            <div class="admin-form">
                {known_banner(&found.known)}
                {issue}
                {known::so_far(&found.known)}
                {less}
            </div>
        </AdminPage>
    }
}

/// What a caller reads out without being asked says what happened to somebody, and not to whom.
fn support_code() -> impl IntoView {
    view! {
        <Panel heading=t("caller-support-code")>
            <p class="hint">{t("caller-support-code-what")}</p>
            <div class="actions"><ButtonLink href="/admin/support-code" label=t("caller-support-code-look-up")/></div>
        </Panel>
    }
}

fn call_back(id: &str, office: Option<String>, form: Form) -> impl IntoView + use<> {
    let id = id.to_owned();
    let content = match office {
        None => view! { <p>{t("caller-no-office")}</p> }.into_any(),
        Some(number) => view! {
            <p class="hint">{t("caller-call-back-what")}</p>
            <p><bdi class="nums" dir="ltr">{number}</bdi></p>
            <Checkbox field=form.field("called_back") label=t("caller-called-back")/>
            <div class="actions"><Button label=t("caller-confirm") look=Look::Danger/></div>
        }
        .into_any(),
    };
    view! {
        <PostForm action="/admin/users/verify-caller/call-back">
            <input type="hidden" name="id" value=id/>
            <Panel heading=t("caller-call-back")>{content}</Panel>
        </PostForm>
    }
}

fn override_form(id: &str, form: Form) -> impl IntoView + use<> {
    let id = id.to_owned();
    view! {
        <PostForm action="/admin/users/verify-caller/override" autofill=false>
            <input type="hidden" name="id" value=id/>
            <Panel heading=t("caller-override")>
                <p class="hint">{t("caller-override-what")}</p>
                <TextArea field=form.field("reason") label=t("caller-reason") hint=t("caller-reason-hint") rows=3/>
                <div class="actions"><Button label=t("caller-override-do") look=Look::Danger/></div>
            </Panel>
        </PostForm>
    }
}
