//! `/admin/channels`

use leptos::prelude::*;

use super::password_reset as tabs;
use crate::services::channels::{ChannelsView, GatewayState, GatewayView, Parked};
use crate::services::services;
use crate::text::{t, t_args, when};
use crate::ui::*;
use crate::visit::{Visit, form, visit};

mod alerts;
pub mod gateway;
mod limits;
pub mod remove;

/// The address of the page.
pub const PATH: &str = "/admin/channels";

/// How messages leave: status, gateways, queue, limits.
#[component]
pub fn Channels() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let form = Form::new(form());
    Suspend::new(async move {
        match services.channels.channels(&visit).await {
            Ok(view) => {
                let status = status(&visit);
                view! { <Page view form status/> }.into_any()
            }
            Err(failure) => tabs::ended(failure),
        }
    })
}

/// What the last act did.
fn status(visit: &Visit) -> Option<String> {
    ["tested", "removed", "moved", "retried"]
        .into_iter()
        .find(|act| visit.has_flag(act))
        .map(|act| t(&format!("channels-done-{act}")))
}

#[component]
fn Page(view: ChannelsView, form: Form, status: Option<String>) -> impl IntoView {
    let crumbs = vec![(t("ui-menu-settings"), None)];
    let actions = view.may_change.then(|| {
        let (href, label) = (format!("{PATH}/gateway"), t("channels-add"));
        view! { <ButtonLink href label look=Look::Primary/> }.into_any()
    });
    let demo = view.demo.then(|| view! { <Banner tone=Tone::Info><p>{t("channels-demo")}</p></Banner> });
    let mail = match &view.mail {
        Some(from) => t_args("channels-mail-from", &[("from", from.clone())]),
        None => t("channels-mail-none"),
    };
    let may_change = view.may_change;
    let test_mail = (may_change && view.mail.is_some())
        .then(|| test_form(form, "", t("channels-test-address"), Purpose::TheirEmail));
    let queue = queue(&view);
    view! {
        <AdminPage heading=t("ui-menu-channels") current=PATH crumbs lead=t("channels-lead") form status actions>
            {demo}
            <Panel heading=t("channels-mail")><p>{mail}</p>{test_mail}</Panel>
            <h2>{t("channels-gateways")}</h2>
            {gateways(&view.gateways, may_change)}
            {limits::panel(&view, form)}
            {alerts::panel(&view, form)}
            {queue}
        </AdminPage>
    }
}

fn gateways(gateways: &[GatewayView], may_change: bool) -> AnyView {
    if gateways.is_empty() {
        return view! { <EmptyState text=t("channels-gateways-none") sign=Sign::Text/> }.into_any();
    }
    let mut columns = vec!["channels-name", "channels-channel", "channels-state", "channels-last"];
    if may_change {
        columns.push("channels-action");
    }
    let columns = columns.into_iter().map(|column| Column::new(t(column))).collect();
    let rows = gateways.iter().map(|gateway| row(gateway, may_change)).collect();
    view! { <DataTable caption=t("channels-gateways") columns rows/> }.into_any()
}

fn row(gateway: &GatewayView, may_change: bool) -> Vec<AnyView> {
    let tone = match gateway.state {
        GatewayState::Working => Tone::Ok,
        GatewayState::Untried => Tone::Info,
        GatewayState::Failing | GatewayState::Resting => Tone::Warn,
    };
    let host = gateway.host.clone();
    let name = view! { <span dir="auto">{gateway.name.clone()}</span>" "<bdi class="small muted" dir="ltr">{host}</bdi> };
    let error = gateway.last_error.clone().map(|(error, at)| {
        view! { <span class="small">{when::day(at)}": "{error}</span> }
    });
    let sent = match gateway.last_sent {
        Some(at) => t_args("channels-sent-on", &[("day", when::day(at))]),
        None => t("channels-sent-never"),
    };
    let mut cells = vec![
        name.into_any(),
        t(&format!("channels-channel-{}", gateway.channel)).into_any(),
        view! { <Tag text=t(&format!("channels-state-{}", gateway.state.as_str())) tone/> }.into_any(),
        view! { <span class="stack-tight"><span>{sent}</span>{error}</span> }.into_any(),
    ];
    if may_change {
        cells.push(acts(gateway));
    }
    cells
}

fn acts(gateway: &GatewayView) -> AnyView {
    let link = |href: String, text: &str| {
        let about = gateway.name.clone();
        view! { <a class="link-button" href=href>{t(text)}<span class="visually-hidden">" "{about}</span></a> }
    };
    let rise = gateway.can_rise.then(|| {
        let about = gateway.name.clone();
        view! {
            <PostForm action="/admin/channels/raise" hidden=vec![("id", gateway.id.clone())]>
                <button class="link-button" type="submit">
                    {t("channels-raise")}<span class="visually-hidden">" "{about}</span>
                </button>
            </PostForm>
        }
    });
    view! {
        <div class="actions">
            {link(format!("{PATH}/gateway?id={}", gateway.id), "channels-edit")}
            {rise}
            {link(format!("{PATH}/remove?id={}", gateway.id), "channels-remove")}
        </div>
    }
    .into_any()
}

/// *Send test*: by a gateway, or by mail.
pub(super) fn test_form(form: Form, gateway: &str, label: String, purpose: Purpose) -> AnyView {
    let gateway = gateway.to_owned();
    view! {
        <PostForm action="/admin/channels/test" class="stack">
            <input type="hidden" name="gateway" value=gateway/>
            <TextField field=form.field("to") label purpose/>
            <div class="actions"><Button label=t("channels-test") look=Look::Secondary/></div>
        </PostForm>
    }
    .into_any()
}

fn queue(view: &ChannelsView) -> impl IntoView + use<> {
    let counts = t_args(
        "channels-queue-counts",
        &[("waiting", view.waiting.to_string()), ("parked", view.given_up.to_string())],
    );
    let columns = ["channels-message", "channels-channel", "channels-error", "channels-action"];
    let columns = columns.into_iter().map(|column| Column::new(t(column))).collect();
    let rows: Vec<_> = view.parked.iter().map(|parked| parked_row(parked, view.may_change)).collect();
    let table =
        (!rows.is_empty()).then(|| view! { <DataTable caption=t("channels-queue-parked") columns rows/> });
    view! {
        <h2>{t("channels-queue")}</h2>
        <p>{counts}</p>
        {table}
    }
}

fn parked_row(parked: &Parked, may_change: bool) -> Vec<AnyView> {
    let about = parked.support_code.clone();
    let retry = (may_change && parked.can_retry).then(|| {
        view! {
            <PostForm action="/admin/channels/retry" hidden=vec![("id", parked.id.clone())]>
                <button class="link-button" type="submit">
                    {t("channels-retry")}<span class="visually-hidden">" "{about}</span>
                </button>
            </PostForm>
        }
    });
    vec![
        view! { <span>{parked.template.clone()}" "<span class="small muted">{parked.support_code.clone()}</span></span> }
            .into_any(),
        t(&format!("channels-channel-{}", parked.channel)).into_any(),
        view! { <span class="small">{when::day(parked.at)}": "{parked.error.clone()}</span> }.into_any(),
        retry.into_any(),
    ]
}
