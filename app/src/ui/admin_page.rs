//! The shell of the admin portal: bar, menu at the left, breadcrumb, heading.

use leptos::prelude::*;
use leptos_meta::Title;

use super::admin_menu::{AdminMenu, MenuButton};
use super::choice::HEADING_ID;
use super::document_title::document_title;
use super::error_summary::{ErrorSummary, Summary};
use super::icon::{Icon, Sign};
use super::message::{Banner, StatusMessage, Tone};
use super::organization::{OrganizationMark, organization};
use super::post_form::PostForm;
use crate::outcome::UNSAVED;
use crate::text::{t, t_args};
use crate::visit::Visit;

/// A level above the page: its name and, where it is a page, its address.
pub type Crumb = (String, Option<String>);

/// A page of the portal.
#[component]
pub fn AdminPage(
    /// What the page is about: the only `<h1>`.
    #[prop(into)]
    heading: String,
    /// The menu entry the page belongs to, by its address.
    #[prop(into)]
    current: String,
    /// The levels above the page.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// One or two sentences under the heading.
    #[prop(optional, into)]
    lead: Option<String>,
    /// The state of the page's form.
    #[prop(optional, into)]
    form: Summary,
    /// What the last act did. Without it, `?saved` in the address says *Your changes are saved*.
    #[prop(optional_no_strip, into)]
    status: Option<String>,
    /// Buttons beside the heading, such as *New user*.
    #[prop(optional_no_strip, into)]
    actions: Option<AnyView>,
    /// The page's content.
    children: Children,
) -> impl IntoView {
    let visit = use_context::<Visit>();
    let saved = visit.as_ref().is_some_and(|visit| visit.has_flag("saved")).then(|| t("ui-saved"));
    let status = status.or(saved).filter(|_| !form.is_refused());
    let unsaved = visit.as_ref().is_some_and(|visit| visit.has_flag(UNSAVED)) && !form.is_refused();
    let unsaved = unsaved.then(|| view! { <StatusMessage text=t("ui-unsaved") tone=Tone::Warn/> });
    let title = if form.is_refused() {
        t_args("ui-error-title", &[("title", heading.clone())])
    } else {
        heading.clone()
    };
    let unproved = visit.as_ref().is_some_and(|visit| {
        visit.demo && visit.session.as_ref().is_some_and(|session| !session.is_strongly_proved())
    });
    let demo = unproved.then(|| {
        view! {
            <Banner tone=Tone::Warn>
                <p>{t("signin-demo-banner")}" "<a href="/demo/outbox">{t("signin-demo-outbox")}</a></p>
            </Banner>
        }
    });
    let account = visit.and_then(|visit| visit.session).map(|session| session.display_name);
    let (menu_button, menu) = (view! { <MenuButton/> }.into_any(), view! { <AdminMenu current/> }.into_any());
    let account = account_view(account);
    let (skip, center) = (t("ui-skip"), t("ui-admin-center"));
    let content = view! {
        {demo}
        {crumbs_view(crumbs)}
        <ErrorSummary form/>
        {unsaved}
        {status.map(|text| view! { <StatusMessage text/> })}
        <div class="admin-head">
            <div class="stack-tight">
                <h1 id=HEADING_ID>{heading}</h1>
                {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            </div>
            {actions.map(|actions| view! { <div class="actions">{actions}</div> })}
        </div>
        {children()}
    }
    .into_any();
    let organization = organization();
    Suspend::new(async move {
        let organization = organization.await;
        view! {
            <Title text=document_title(&title, &organization.name)/>
            <div class="admin">
                <a class="skip" href="#main">{skip}</a>
                <header class="bar">
                    {menu_button}
                    <a class="bar-home" href="/admin">
                        <OrganizationMark logo=organization.logo/><span dir="auto">{organization.name}</span>
                    </a>
                    <span class="bar-context">{center}</span>
                    {account}
                </header>
                {menu}
                <main class="admin-main" id="main"><div class="admin-content">{content}</div></main>
            </div>
        }
    })
}

fn account_view(name: Option<String>) -> Option<AnyView> {
    let name = name?;
    Some(
        view! {
            <div class="bar-account">
                <span class="bar-name" dir="auto">{name}</span>
                <PostForm action="/signout">
                    <button class="button button-subtle" type="submit">{t("ui-sign-out")}</button>
                </PostForm>
            </div>
        }
        .into_any(),
    )
}

fn crumbs_view(crumbs: Vec<Crumb>) -> Option<AnyView> {
    if crumbs.is_empty() {
        return None;
    }
    let items = crumbs
        .into_iter()
        .enumerate()
        .map(|(index, (name, href))| {
            let name = match href {
                Some(href) => view! { <a href=href>{name}</a> }.into_any(),
                None => view! { <span>{name}</span> }.into_any(),
            };
            view! { <li>{(index > 0).then(|| view! { <Icon sign=Sign::Chevron/> })}{name}</li> }
        })
        .collect_view();
    Some(view! { <nav class="crumbs" aria-label=t("ui-breadcrumb")><ol>{items}</ol></nav> }.into_any())
}
