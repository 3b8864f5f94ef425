//! `/admin`

use leptos::prelude::*;
use regain_core::method::MethodSet;
use regain_core::policy::{ResetPolicy, Tab, yes_no};

use super::password_reset::{self as tabs, method_name, path_of};
use super::{count_text, users};
use crate::services::overview::{PolicySummary, Step, StepKind, Summary, UnreadableAddress};
use crate::services::policy::ChosenGroup;
use crate::services::services;
use crate::text::{t, t_args, when};
use crate::ui::{AdminPage, Banner, DescriptionList, Fact, Icon, Panel, Sign, Tag, Tone};
use crate::visit::visit;

/// What is set, what is missing, how many.
#[component]
pub fn Overview() -> impl IntoView {
    let (visit, services) = (visit(), services());
    Suspend::new(async move {
        match services.overview.overview(&visit).await {
            Ok(summary) => view! { <Page summary/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(summary: Summary) -> impl IntoView {
    let nothing = summary.policy.is_none() && summary.users.is_none();
    let numbers = numbers(&summary);
    let unreadable = summary.unreadable.map(unreadable);
    let clock = summary.clock_ahead.map(clock);
    let policy = summary.policy.map(|policy| {
        let state = state(&policy);
        let steps = steps(&policy.steps);
        let facts = facts(&policy.policy, policy.methods);
        view! {
            {state}
            <div class="columns">
                {steps}
                <Panel heading=t("overview-policy")><DescriptionList facts/></Panel>
            </div>
        }
    });
    view! {
        <AdminPage heading=t("ui-menu-overview") current="/admin">
            {unreadable}
            {clock}
            {numbers}
            {policy}
            {nothing.then(|| view! { <p class="lead">{t("overview-reader")}</p> })}
        </AdminPage>
    }
}

/// A proxy hides who asks.
fn unreadable(address: UnreadableAddress) -> impl IntoView {
    let UnreadableAddress { proxy, said, at } = address;
    let what = [("proxy", proxy), ("said", said), ("time", when::moment(at))];
    view! {
        <Banner tone=Tone::Warn title=t("overview-unreadable")>
            <p>{t_args("overview-unreadable-what", &what)}</p>
            <p>{t("overview-unreadable-do")}</p>
        </Banner>
    }
}

/// The server's own clock is off.
fn clock(ahead: i64) -> impl IntoView {
    let seconds = [("seconds", ahead.unsigned_abs().to_string())];
    let text = t_args(if ahead > 0 { "overview-clock-ahead" } else { "overview-clock-behind" }, &seconds);
    view! { <Banner tone=Tone::Warn title=t("overview-clock")><p>{text}</p></Banner> }
}

/// For whom reset is on.
fn state(summary: &PolicySummary) -> impl IntoView + use<> {
    let (tone, text) = match (summary.policy.scope.as_str(), &summary.group) {
        ("all", _) => (Tone::Ok, t("overview-on-all")),
        ("selected", Some(ChosenGroup { group, people, .. })) => {
            let numbers = [("group", group.name.clone()), ("people", people.to_string())];
            (Tone::Ok, t_args("overview-on-selected", &numbers))
        }
        ("selected", None) => (Tone::Warn, t("policy-reach-no-group")),
        _ => (Tone::Info, t("overview-off")),
    };
    view! {
        <Banner tone title=t("overview-state")>
            <p>{text} " " <a href=path_of(Tab::Properties)>{t("overview-change-properties")}</a></p>
        </Banner>
    }
}

fn numbers(summary: &Summary) -> Option<impl IntoView + use<>> {
    let tile = |label: &'static str, value: String, href: String, link: &'static str| {
        view! {
            <Panel>
                <div class="stat">
                    <span class="hint">{t(label)}</span>
                    <span class="stat-value">{value}</span>
                    <a href=href>{t(link)}</a>
                </div>
            </Panel>
        }
    };
    let users = summary
        .users
        .map(|count| tile("overview-users", number(count), users::PATH.to_owned(), "overview-users-link"));
    let administrators = summary.administrators.map(|count| {
        let roles = "/admin/roles".to_owned();
        tile("overview-administrators", number(count), roles, "overview-administrators-link")
    });
    let covered = summary.policy.as_ref().map(|policy| match &policy.covered {
        Some(covered) => [
            ("coverage-in-scope", covered.in_scope, "ui-menu-properties", Tab::Properties),
            ("coverage-registered", covered.registered, "ui-menu-registration", Tab::Registration),
            ("coverage-ready", covered.ready, "ui-menu-authentication-methods", Tab::AuthenticationMethods),
        ]
        .map(|(label, people, link, tab)| tile(label, people.to_string(), path_of(tab), link))
        .collect_view()
        .into_any(),
        None => view! { <Panel><p>{t("coverage-pending")}</p></Panel> }.into_any(),
    });
    (users.is_some() || covered.is_some())
        .then(|| view! { <div class="tiles">{users}{covered}{administrators}</div> })
}

fn number(count: crate::services::policy::Count) -> String {
    if count.more { count_text(count) } else { count.number.to_string() }
}

/// The set-up checklist, until everything is done.
fn steps(steps: &[Step]) -> Option<impl IntoView + use<>> {
    if steps.iter().all(|step| step.done) {
        return None;
    }
    let rows = steps
        .iter()
        .map(|step| {
            let (name, href) = place(step.kind);
            let tag = if step.done {
                view! { <Tag text=t("overview-done") tone=Tone::Ok/> }.into_any()
            } else {
                view! { <Tag text=t("overview-to-do") tone=Tone::Warn/> }.into_any()
            };
            let title = t(&format!("overview-step-{name}"));
            let title = match href {
                Some(href) => view! { <a href=href>{title}</a> }.into_any(),
                None => view! { <span>{title}</span> }.into_any(),
            };
            let hint = (!step.done)
                .then(|| view! { <span class="hint">{t(&format!("overview-step-{name}-hint"))}</span> });
            view! {
                <li>
                    <Icon sign=if step.done { Sign::Check } else { Sign::Alert }/>
                    <div class="list-text">{title}{hint}</div>
                    {tag}
                </li>
            }
        })
        .collect_view();
    Some(view! { <Panel heading=t("overview-steps")><ol class="list">{rows}</ol></Panel> })
}

const fn place(kind: StepKind) -> (&'static str, Option<&'static str>) {
    match kind {
        StepKind::Name => ("name", Some("/admin/branding")),
        StepKind::Mail => ("mail", None),
        StepKind::Administrators => ("administrators", Some("/admin/users")),
        StepKind::Methods => ("methods", Some("/admin/password-reset/authentication-methods")),
        StepKind::Help => ("help", Some("/admin/password-reset/customization")),
        StepKind::Scope => ("scope", Some("/admin/password-reset/properties")),
    }
}

/// The policy in a few words; each leads to its tab.
fn facts(policy: &ResetPolicy, methods: MethodSet) -> Vec<Fact> {
    let answer = |value: bool| t(&format!("policy-choice-{}", yes_no(value)));
    let fact = |name: &str, value: String, tab: Tab| {
        let name = tabs::label(name);
        Fact::new(name.clone(), value).action(t("overview-change"), name, path_of(tab))
    };
    let methods: Vec<_> = methods.iter().map(method_name).collect();
    let days = match policy.registration.reconfirm_days {
        _ if !policy.registration.required_at_sign_in => answer(false),
        0 => t("overview-registration-once"),
        days => t_args("overview-registration-days", &[("days", days.to_string())]),
    };
    let helpdesk = match policy.helpdesk.link() {
        Some(_) => policy.helpdesk.target.clone(),
        None => answer(false),
    };
    vec![
        fact("methods_required", policy.methods_required.as_str().to_owned(), Tab::AuthenticationMethods),
        fact("methods", methods.join(", "), Tab::AuthenticationMethods),
        fact("registration_required", days, Tab::Registration),
        fact("notify_users", answer(policy.notifications.users), Tab::Notifications),
        fact("notify_admins", answer(policy.notifications.admins), Tab::Notifications),
        fact("helpdesk_customized", helpdesk, Tab::Customization),
    ]
}
