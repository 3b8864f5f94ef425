//! `/admin/usage-insights/usage`: the tab *Usage*.

use leptos::prelude::*;
use regain_core::role::Right;
use regain_core::time::Timestamp;

use super::super::listing::address;
use super::super::password_reset::{ended, method_name};
use super::{PATH as ROOT, Tab, percent, periods, tabs, within};
use crate::services::audit::filter;
use crate::services::services;
use crate::services::usage::{Activity as View, Obstacle, Period};
use crate::text::{t, t_args, when};
use crate::ui::{AdminPage, Bars, Chart, Columns, EmptyState, Panel, Series, Sign};
use crate::visit::visit;

/// The address.
pub const PATH: &str = "/admin/usage-insights/usage";
const LOG: &str = "/admin/audit-logs";

/// Resets and unlocks, verifications, obstacles.
#[component]
pub fn Activity() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let reads_log = visit.may(Right::ReadAudit);
    Suspend::new(async move {
        match services.usage.activity(&visit).await {
            Ok(found) => view! { <Page found reads_log/> }.into_any(),
            Err(failure) => ended(failure),
        }
    })
}

#[component]
fn Page(found: View, reads_log: bool) -> impl IntoView {
    let (over_time, methods, obstacles) = (over_time(&found), methods(&found), obstacles(&found));
    view! {
        <AdminPage heading=t("ui-menu-usage-insights") current=ROOT lead=t("usage-lead")
            crumbs=vec![(t("ui-menu-protection"), None)]>
            {tabs(Tab::Usage)}
            {periods(Tab::Usage, found.period)}
            <Panel heading=t("usage-over-time")>{over_time}</Panel>
            <div class="columns">
                <Panel heading=t("usage-methods")>{methods}</Panel>
                <Panel heading=t("usage-obstacles")>{obstacles}</Panel>
            </div>
            {reads_log.then(|| events(&found))}
        </AdminPage>
    }
}

fn empty(key: &str, period: Period) -> AnyView {
    view! { <EmptyState text=t_args(key, &[within(period)]) sign=Sign::Chart/> }.into_any()
}

fn over_time(found: &View) -> AnyView {
    let numbers =
        |of: fn(&crate::services::usage::Span) -> u64| found.spans.iter().map(of).collect::<Vec<_>>();
    let (resets, unlocks) = (numbers(|span| span.resets), numbers(|span| span.unlocks));
    let sums = [("resets", &resets), ("unlocks", &unlocks)];
    let [resets_text, unlocks_text] = sums.map(|(name, n)| (name, n.iter().sum::<u64>().to_string()));
    let by_hour = found.period == Period::Day;
    let chart = Chart {
        finding: t_args("usage-over-time-finding", &[resets_text, unlocks_text, within(found.period)]),
        labelled_by: if by_hour {
            t_args("usage-hour", &[("zone", when::zone().name().to_owned())])
        } else {
            t("usage-day")
        },
        labels: found.spans.iter().map(|span| start(span.start, by_hour)).collect(),
        series: vec![
            Series { name: t("usage-resets"), values: resets },
            Series { name: t("usage-unlocks"), values: unlocks },
        ],
    };
    if chart.is_empty() {
        return empty("usage-over-time-empty", found.period);
    }
    view! { <Columns chart/> }.into_any()
}

/// *14:00*, or *26 Nov* of a day that is counted in UTC.
fn start(at: Timestamp, by_hour: bool) -> String {
    if by_hour {
        return when::time_of_day(at);
    }
    let at = jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default();
    at.strftime("%-d %b").to_string()
}

fn methods(found: &View) -> AnyView {
    let passed: Vec<_> = found.methods.iter().map(|tries| tries.passed).collect();
    let failed: Vec<_> = found.methods.iter().map(|tries| tries.failed).collect();
    let sum = passed.iter().sum::<u64>();
    let all = sum + failed.iter().sum::<u64>();
    if all == 0 {
        return empty("usage-methods-empty", found.period);
    }
    let numbers = [
        ("passed", sum.to_string()),
        ("all", all.to_string()),
        ("percent", percent(sum, all)),
        within(found.period),
    ];
    let chart = Chart {
        finding: t_args("usage-methods-finding", &numbers),
        labelled_by: t("usage-method"),
        labels: found.methods.iter().map(|tries| method_name(tries.method)).collect(),
        series: vec![
            Series { name: t("usage-passed"), values: passed },
            Series { name: t("usage-failed"), values: failed },
        ],
    };
    view! { <Bars chart/> }.into_any()
}

fn obstacles(found: &View) -> AnyView {
    let Some((first, times)) = found.obstacles.first() else {
        return empty("usage-obstacles-empty", found.period);
    };
    let numbers = [("reason", obstacle(*first)), ("n", times.to_string()), within(found.period)];
    let chart = Chart {
        finding: t_args("usage-obstacles-finding", &numbers),
        labelled_by: t("usage-obstacle"),
        labels: found.obstacles.iter().map(|(kind, _)| obstacle(*kind)).collect(),
        series: vec![Series {
            name: t("usage-times"),
            values: found.obstacles.iter().map(|(_, times)| *times).collect(),
        }],
    };
    view! { <Bars chart/> }.into_any()
}

fn obstacle(obstacle: Obstacle) -> String {
    let name = match obstacle {
        Obstacle::Refused(refusal) => return t(&format!("coverage-not-{refusal}")),
        Obstacle::WrongCode => "wrong-code",
        Obstacle::WrongNumber => "wrong-number",
        Obstacle::Locked => "locked",
        Obstacle::LeftAtStart => "left-at-start",
        Obstacle::LeftWhileVerifying => "left-while-verifying",
        Obstacle::LeftAtTheEnd => "left-at-the-end",
        Obstacle::Cancelled => "cancelled",
        Obstacle::PasswordBanned => "password-banned",
        Obstacle::PasswordRules => "password-rules",
        Obstacle::NoCookies => "no-cookies",
        Obstacle::Other => "other",
    };
    t(&format!("usage-obstacle-{name}"))
}

/// Single events are in the audit log, for those who may read it (R240).
fn events(found: &View) -> AnyView {
    let from = found.spans.first().map(|span| span.start).unwrap_or_default();
    let from = when::date(from);
    let link = |text: &'static str, activity: &'static str| {
        let href = address(LOG, &[(filter::ACTIVITY, activity), (filter::FROM, &from)]);
        view! { <li><a href=href>{t(text)}</a></li> }
    };
    let links = [
        link("usage-events-resets", "Reset password (self-service)"),
        link("usage-events-steps", "Self-service password reset flow activity progress"),
        link("usage-events-registrations", "User registered security info"),
    ];
    let links = links.into_iter().collect_view();
    view! { <Panel><p>{t("usage-events")}</p><ul>{links}</ul></Panel> }.into_any()
}
