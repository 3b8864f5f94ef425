//! The shell of every page a person meets outside the admin portal: one column, one question, one next step.

use http::HeaderValue;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

use super::choice::HEADING_ID;
use super::document_title::document_title;
use super::error_summary::{ErrorSummary, Summary};
use super::icon::{Icon, Sign};
use super::organization::{OrganizationMark, organization};
use super::post_form::PostForm;
use crate::outcome::SHOWS_CODE;
use crate::text::{t, t_args};
use crate::visit::Visit;

/// Where a wizard stands, when its length is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepOf {
    /// From 1.
    pub step: u8,
    /// How many there are.
    pub of: u8,
}

impl StepOf {
    fn caption(self) -> String {
        t_args("ui-step", &[("step", self.step.to_string()), ("of", self.of.to_string())])
    }
}

/// The sign above the heading where a wizard ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It is done.
    Done,
    /// It does not go on here.
    Stopped,
}

/// The page: header with the organisation, a card with the question, footer with the way to help.
#[component]
pub fn UserPage(
    /// The question, or what happened: the only `<h1>`.
    #[prop(into)]
    heading: String,
    /// The document's title, where it differs from the heading.
    #[prop(optional, into)]
    title: Option<String>,
    /// One or two sentences under the heading.
    #[prop(optional, into)]
    lead: Option<String>,
    /// The state of the page's form: a refused one shows *There is a problem* and *Error:* in the title.
    #[prop(optional, into)]
    form: Summary,
    /// *Step 2 of 3*.
    #[prop(optional_no_strip)]
    step: Option<StepOf>,
    /// Where *Back* leads; empty: nowhere.
    #[prop(optional, into)]
    back: Option<String>,
    /// A sign above the heading.
    #[prop(optional)]
    ending: Option<Ending>,
    /// The flow's support code, where it is another than the visit's.
    #[prop(optional, into)]
    support_code: Option<String>,
    /// The account that a flow is about, as it was typed: whoever has two of them in two windows sees which is which.
    #[prop(optional, into)]
    account: Option<String>,
    /// 640 px instead of 440, for lists.
    #[prop(optional)]
    wide: bool,
    /// The page's content.
    children: Children,
) -> impl IntoView {
    let caption = step.map(StepOf::caption);
    let title = title_start(&form, title.unwrap_or_else(|| heading.clone()), caption.as_deref());
    let card = card(heading, lead, form, caption, account, back, ending, children);
    let visit = use_context::<Visit>();
    let sign_out = visit.as_ref().is_some_and(|visit| visit.session.is_some()).then(sign_out);
    let demo = visit.as_ref().is_some_and(|visit| visit.demo).then(demo_line);
    let code =
        support_code.or_else(|| visit.as_ref().map(|visit| visit.support_code.clone())).unwrap_or_default();
    if visit.is_some_and(|visit| visit.session.is_none() && visit.support_code == code) {
        keep_code();
    }
    let (skip, contact) = (t("ui-skip"), t("ui-contact"));
    let code_label = t("ui-support-code");
    let organization = organization();
    Suspend::new(async move {
        let organization = organization.await;
        let (target, rel) = opens_elsewhere(&organization.help_link);
        view! {
            <Title text=document_title(&title, &organization.name)/>
            <div class=if wide { "user user-wide" } else { "user" }>
                <a class="skip" href="#main">{skip}</a>
                {demo}
                <header class="user-header">
                    <OrganizationMark logo=organization.logo/><span dir="auto">{organization.name}</span>{sign_out}
                </header>
                {card}
                <footer class="user-footer">
                    <a href=organization.help_link target=target rel=rel>{contact}</a>
                    {(!code.is_empty()).then(|| view! {
                        <span class="support-code">{code_label}" "<bdi dir="ltr">{code}</bdi></span>
                    })}
                </footer>
            </div>
        }
    })
}

/// `target` and `rel` of a link: a page elsewhere opens in a new tab, which cannot reach back and is told nothing of
/// the flow (R202).
pub fn opens_elsewhere(href: &str) -> (Option<&'static str>, Option<&'static str>) {
    let is_elsewhere = href.contains("://");
    if is_elsewhere { (Some("_blank"), Some("noreferrer noopener")) } else { (None, None) }
}

/// The page shows the visit's support code, so that the next page must have the same.
fn keep_code() {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.insert_header(SHOWS_CODE, HeaderValue::from_static("1"));
    }
}

/// In demo mode: where the mails and text messages are.
fn demo_line() -> AnyView {
    view! {
        <aside class="demo-line" aria-label=t("demo-line-label")>
            <p>{t("demo-line")}" "<a href="/demo/outbox">{t("demo-line-link")}</a></p>
        </aside>
    }
    .into_any()
}

/// Signed-in people can leave from every page: the phone may not be theirs.
fn sign_out() -> AnyView {
    view! {
        <PostForm action="/signout" class="user-sign-out">
            <button class="button button-subtle" type="submit">{t("ui-sign-out")}</button>
        </PostForm>
    }
    .into_any()
}

fn title_start(form: &Summary, title: String, caption: Option<&str>) -> String {
    let title = caption.map_or(title.clone(), |caption| format!("{title} – {caption}"));
    if form.is_refused() { t_args("ui-error-title", &[("title", title)]) } else { title }
}

#[allow(clippy::too_many_arguments, reason = "the parts of one card")]
fn card(
    heading: String,
    lead: Option<String>,
    form: Summary,
    caption: Option<String>,
    account: Option<String>,
    back: Option<String>,
    ending: Option<Ending>,
    children: Children,
) -> AnyView {
    let back = back
        .filter(|href| !href.is_empty())
        .map(|href| view! { <a class="back" href=href><Icon sign=Sign::Back/>{t("ui-back")}</a> });
    let account = account.map(|name| {
        view! { <p class="account">{t("ui-account")}" "<bdi>{name}</bdi></p> }
    });
    let ending = ending.map(|ending| {
        let (class, sign) = match ending {
            Ending::Done => ("outcome outcome-ok", Sign::Check),
            Ending::Stopped => ("outcome outcome-stop", Sign::Stop),
        };
        view! { <span class=class><Icon sign/></span> }
    });
    view! {
        <main class="user-main user-card" id="main">
            {back}
            <ErrorSummary form/>
            {ending}
            <div class="user-head">
                {caption.map(|caption| view! { <p class="step">{caption}</p> })}
                <h1 id=HEADING_ID>{heading}</h1>
                {account}
                {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            </div>
            {children()}
        </main>
    }
    .into_any()
}
