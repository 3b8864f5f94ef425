//! `/admin/usage-insights`: the tab *Registration*, and what the tabs share.

use leptos::prelude::*;
use regain_core::method::Method;

use super::listing::{address, moment};
use super::password_reset::{ended, method_name};
use crate::services::services;
use crate::services::usage::{Covered, Period, Registrations as View, query};
use crate::text::{t, t_args};
use crate::ui::{AdminPage, Bars, Chart, Details, EmptyState, LinkTab, LinkTabs, Panel, Series, Sign};
use crate::visit::visit;

pub mod activity;
pub mod people;

/// The address.
pub const PATH: &str = "/admin/usage-insights";

/// Who can reset, with which methods, and what was registered lately.
#[component]
pub fn Registrations() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        match services.usage.registrations(&visit).await {
            Ok(found) => view! { <Page found/> }.into_any(),
            Err(failure) => ended(failure),
        }
    })
}

#[component]
fn Page(found: View) -> impl IntoView {
    let period = found.period;
    let coverage = match &found.covered {
        Some(covered) => view! { {reach(covered)}{by_method(covered)} }.into_any(),
        None => view! { <Panel heading=t("usage-coverage")><EmptyState text=t("coverage-pending")/></Panel> }
            .into_any(),
    };
    let recent = recent(&found);
    view! {
        <AdminPage heading=t("ui-menu-usage-insights") current=PATH lead=t("usage-lead")
            crumbs=vec![(t("ui-menu-protection"), None)]>
            {tabs(Tab::Registration)}
            {help()}
            <div class="columns">{coverage}</div>
            {periods(Tab::Registration, period)}
            <Panel heading=t("usage-recent")>{recent}</Panel>
        </AdminPage>
    }
}

/// A page of the report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Registration,
    Usage,
    Users,
}

impl Tab {
    const ALL: [Tab; 3] = [Tab::Registration, Tab::Usage, Tab::Users];

    const fn href(self) -> &'static str {
        match self {
            Self::Registration => PATH,
            Self::Usage => activity::PATH,
            Self::Users => people::PATH,
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::Registration => "usage-tab-registration",
            Self::Usage => "usage-tab-usage",
            Self::Users => "usage-tab-users",
        }
    }
}

/// The pages of the report.
fn tabs(current: Tab) -> AnyView {
    let tab =
        |tab: Tab| LinkTab { text: t(tab.text()), href: tab.href().to_owned(), current: tab == current };
    view! { <LinkTabs label=t("usage-tabs") tabs=Tab::ALL.map(tab).into()/> }.into_any()
}

/// The periods that a page can look back over.
fn periods(tab: Tab, current: Period) -> AnyView {
    let tab = |period: Period| LinkTab {
        text: t(&format!("usage-period-{}", period.as_str())),
        href: address(tab.href(), &[(query::PERIOD, period.as_str())]),
        current: period == current,
    };
    view! { <LinkTabs label=t("usage-period") tabs=Period::ALL.map(tab).into()/> }.into_any()
}

/// The period in a sentence, as an argument of texts.
fn within(period: Period) -> (&'static str, String) {
    ("in", t(&format!("usage-in-{}", period.as_str())))
}

/// A part of a whole, in per cent; nothing of nothing is nothing.
fn percent(part: u64, whole: u64) -> String {
    (u128::from(part) * 100).checked_div(u128::from(whole)).unwrap_or(0).to_string()
}

/// What the words mean (R239).
fn help() -> AnyView {
    let words = ["in-scope", "registered", "ready", "methods", "fresh"];
    let words = words.map(|word| view! { <li>{t(&format!("usage-help-{word}"))}</li> }).collect_view();
    view! { <Details summary=t("usage-help")><ul>{words}</ul></Details> }.into_any()
}

fn reach(covered: &Covered) -> AnyView {
    let Covered { users, in_scope, registered, ready, .. } = *covered;
    let finding = if in_scope == 0 {
        t("usage-coverage-nobody")
    } else {
        let numbers = [("ready", ready.to_string()), ("in-scope", in_scope.to_string())];
        let [of_them, all] = numbers;
        t_args("usage-coverage-finding", &[of_them, all, ("percent", percent(ready, in_scope))])
    };
    let at = covered.at;
    let labels = ["usage-users", "coverage-in-scope", "coverage-registered", "coverage-ready"];
    let chart = Chart {
        finding,
        labelled_by: t("usage-group"),
        labels: labels.map(t).into(),
        series: vec![Series { name: t("usage-people"), values: vec![users, in_scope, registered, ready] }],
    };
    view! {
        <Panel heading=t("usage-coverage")>
            <Bars chart/>
            <p class="hint">{t("usage-counted")} " " {moment(at)}</p>
        </Panel>
    }
    .into_any()
}

fn by_method(covered: &Covered) -> AnyView {
    let most = covered.methods.iter().max_by_key(|(_, people)| *people).filter(|(_, people)| *people > 0);
    let content = match most {
        None => view! { <EmptyState text=t("usage-by-method-empty") sign=Sign::Shield/> }.into_any(),
        Some((method, people)) => {
            let finding = [("method", method_name(*method)), ("n", people.to_string())];
            let chart =
                of_methods(t_args("usage-by-method-finding", &finding), &covered.methods, "usage-people");
            view! { <Bars chart/> }.into_any()
        }
    };
    view! { <Panel heading=t("usage-by-method")>{content}</Panel> }.into_any()
}

fn recent(found: &View) -> AnyView {
    let all: u64 = found.recent.iter().map(|(_, times)| times).sum();
    if all == 0 {
        return view! { <EmptyState text=t_args("usage-recent-empty", &[within(found.period)]) sign=Sign::Chart/> }
            .into_any();
    }
    let numbers =
        [("n", all.to_string()), ("unfinished", found.unfinished.to_string()), within(found.period)];
    let chart = of_methods(t_args("usage-recent-finding", &numbers), &found.recent, "usage-registrations");
    view! { <Bars chart/> }.into_any()
}

/// One number for each method.
fn of_methods(finding: String, numbers: &[(Method, u64)], name: &str) -> Chart {
    Chart {
        finding,
        labelled_by: t("usage-method"),
        labels: numbers.iter().map(|(method, _)| method_name(*method)).collect(),
        series: vec![Series { name: t(name), values: numbers.iter().map(|(_, number)| *number).collect() }],
    }
}
