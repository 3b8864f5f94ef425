//! Waiting for an answer on a phone.

use leptos::prelude::*;
use regain_core::authenticator::RequestState;

use super::button::Button;
use super::message::{Banner, Tone};
use super::post_form::PostForm;
use super::qr_panel::NumberToEnter;
use crate::islands::PushWait;
use crate::services::authenticator::{PushView, WAITING};
use crate::text::{t, t_args};

/// *Number to enter*, and what becomes of the request: with scripts the page goes on by itself, without them it is
/// loaded again every few seconds.
#[component]
pub fn PushPanel(
    /// The request.
    push: PushView,
    /// The address that says whether the page still waits.
    #[prop(into)]
    status: String,
    /// The page's own address.
    #[prop(into)]
    here: String,
    /// Where *Send again* is posted.
    #[prop(into)]
    again: String,
    /// What is posted with it: names and values.
    #[prop(optional)]
    hidden: Vec<(&'static str, String)>,
) -> impl IntoView {
    match push.state {
        RequestState::Open | RequestState::Approved => waiting(push, status, here).into_any(),
        RequestState::Denied | RequestState::Reported => {
            over("push-denied", Tone::Bad, again, hidden).into_any()
        }
        RequestState::Expired => over("push-expired", Tone::Warn, again, hidden).into_any(),
    }
}

fn waiting(push: PushView, status: String, here: String) -> impl IntoView + use<> {
    let lead = t(if push.notified { "push-lead-notified" } else { "push-lead" });
    let number = push.number;
    let warning = push.organization.map(|organization| {
        let text = t_args("push-warning", &[("organization", organization)]);
        view! { <Banner tone=Tone::Warn><p>{text}</p></Banner> }
    });
    view! {
        <p class="lead">{lead}</p>
        <p class="small muted" aria-hidden="true">{t("push-number")}</p>
        <NumberToEnter name=t("push-number") number=number.to_string()/>
        {warning}
        <Waiting text=t("push-waiting") state=WAITING status here/>
        <ToAuthenticator/>
    }
}

/// The way to the authenticator, where it is on the device that waits. It opens beside the page, which waits on.
#[component]
pub fn ToAuthenticator() -> impl IntoView {
    view! {
        <p class="small">
            {t("push-here")}" "
            <a href="/authenticator/" target="_blank" rel="noopener">{t("push-open")}</a>
        </p>
    }
}

/// The line that says what the page waits for, and what makes it go on.
#[component]
pub fn Waiting(
    /// The line.
    #[prop(into)]
    text: String,
    /// What the status address says as long as it waits.
    #[prop(into)]
    state: String,
    /// The status address.
    #[prop(into)]
    status: String,
    /// The page's own address.
    #[prop(into)]
    here: String,
) -> impl IntoView {
    view! {
        <p class="waiting" role="status">{text}</p>
        <p class="small"><a href=here>{t("push-check")}</a></p>
        <noscript inner_html="<meta http-equiv=\"refresh\" content=\"5\">"></noscript>
        <PushWait status state/>
    }
}

fn over(stem: &str, tone: Tone, again: String, hidden: Vec<(&'static str, String)>) -> impl IntoView + use<> {
    let (title, text) = (t(&format!("{stem}-title")), t(stem));
    view! {
        <Banner tone title=title><p>{text}</p></Banner>
        <PostForm action=again hidden>
            <div class="actions"><Button label=t("push-again")/></div>
        </PostForm>
    }
}
