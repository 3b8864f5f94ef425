//! `/report/{token}`: *This wasn’t me*, where the links of mails lead. Opening it changes nothing.

use http::{HeaderName, HeaderValue, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_router::hooks::use_params_map;

use crate::outcome::end_page;
use crate::services::report::ReportView;
use crate::services::services;
use crate::text::{t, t_args, when};
use crate::ui::{Button, ButtonLink, Ending, Look, PostForm, UserPage};

/// What stands before the token.
pub const START: &str = "/report/";
/// The address as logs have it.
pub const PATTERN: &str = "/report/{token}";
/// Where a report leads.
pub const DONE: &str = "/report/done";
/// Where a report leads whose link does not work: no link ends so.
pub const OVER: &str = "/report/over";

/// The address of a link.
pub fn path_of(token: &str) -> String {
    format!("{START}{token}")
}

/// The question, or that the link does not work.
#[component]
pub fn Report() -> impl IntoView {
    let services = services();
    let token = use_params_map().get_untracked().get("token").unwrap_or_default();
    let options = expect_context::<ResponseOptions>();
    Suspend::new(async move {
        match services.report.report_page(&token).await {
            Ok(Some(view)) => {
                // Not `no-referrer`: the form's Origin would be hidden, and it is judged by that.
                keep_to_ourselves(&options, "strict-origin");
                ask(&view, &token)
            }
            Ok(None) => {
                keep_to_ourselves(&options, "no-referrer");
                over(services.site.organization().await.help_link)
            }
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

/// *You reported it*.
#[component]
pub fn Reported() -> impl IntoView {
    let services = services();
    let options = expect_context::<ResponseOptions>();
    Suspend::new(async move {
        keep_to_ourselves(&options, "no-referrer");
        done(services.site.organization().await.help_link)
    })
}

/// No search engine lists the page, and no other site or log learns its address from a link on it.
fn keep_to_ourselves(options: &ResponseOptions, referrer: &'static str) {
    options.insert_header(header::REFERRER_POLICY, HeaderValue::from_static(referrer));
    options.insert_header(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
}

fn ask(view: &ReportView, token: &str) -> AnyView {
    let at = [("at", when::moment(view.at))];
    let ends = [
        ("report-ends", true),
        ("report-ends-sessions", view.ends_sessions),
        ("report-ends-password", view.ends_password),
        ("report-locks", true),
        ("report-tells", true),
    ];
    let action = path_of(token);
    let ends = ends.into_iter().filter(|(_, holds)| *holds).map(|(key, _)| view! { <li>{t(key)}</li> });
    view! {
        <UserPage heading=t("report-heading") lead=t_args(&format!("report-happened-{}", view.kind), &at)>
            <p>{t("report-what")}</p>
            <ul>{ends.collect_view()}</ul>
            <p>{t("report-after")}</p>
            <PostForm action>
                <div class="actions"><Button label=t("report-button") look=Look::Danger/></div>
            </PostForm>
            <p class="small"><a href="/">{t("report-was-me")}</a>" "{t("report-was-me-what")}</p>
        </UserPage>
    }
    .into_any()
}

fn over(help: String) -> AnyView {
    view! {
        <UserPage heading=t("report-over-heading") lead=t("report-over-lead") ending=Ending::Stopped>
            <div class="actions">
                <ButtonLink href=help label=t("ui-contact") look=Look::Primary/>
                <ButtonLink href="/" label=t("report-over-start") look=Look::Secondary/>
            </div>
        </UserPage>
    }
    .into_any()
}

fn done(help: String) -> AnyView {
    view! {
        <UserPage heading=t("report-done-heading") lead=t("report-done-lead") ending=Ending::Done>
            <p>{t("report-done-next")}</p>
            <div class="actions"><ButtonLink href=help label=t("ui-contact")/></div>
        </UserPage>
    }
    .into_any()
}
