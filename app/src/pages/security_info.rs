//! `/security-info`: a person's own methods.

use leptos::prelude::*;
use regain_core::limits;
use regain_core::method::Method;

use super::register::parts::{change_path, known_name, method_name, shown};
use crate::services::registration::{Known, Trail, Trouble, Way};
use crate::services::security_info::{Overview, QUESTIONS, SignedIn};
use crate::services::services;
use crate::text::{t, t_args, when};
use crate::ui::*;
use crate::visit::{Visit, form, visit};

use standing::{held, standing};

pub mod change_password;
pub mod client;
pub mod drill;
pub mod hold;
pub mod lost;
pub mod remove;
pub mod rename;
pub mod standing;

/// The list of methods.
#[component]
pub fn SecurityInfoPage() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    Suspend::new(async move {
        let overview = services.security_info.overview(&visit).await;
        shown(overview, |overview| page(overview, &visit, form))
    })
}

fn page(overview: Overview, visit: &Visit, form: Form) -> AnyView {
    let status = status(visit).map(|text| view! { <StatusMessage text/> });
    let (standing, held) = (standing(&overview.standing), held(overview.held_until));
    let methods = overview.known.iter().map(method).collect_view();
    let list = if overview.known.is_empty() {
        view! { <EmptyState text=t("security-info-empty") sign=Sign::Shield/> }.into_any()
    } else {
        view! { <ul class="list" role="list">{methods}</ul> }.into_any()
    };
    let add = overview.can_add.then(|| {
        view! { <ButtonLink href="/security-info/add" label=t("security-info-add") look=Look::Primary/> }
    });
    let sessions = sessions(&overview.sessions);
    let lead = visit.session.as_ref().map(|session| session.upn.clone()).unwrap_or_default();
    let administrator = visit.session.as_ref().is_some_and(|session| !session.roles.is_empty());
    view! {
        <UserPage heading=t("security-info") lead form wide=true>
            {status}
            {standing}
            {held}
            <section class="stack">
                <h2>{t("security-info-methods")}</h2>
                {list}
                <div class="actions">{add}</div>
            </section>
            {drill(&overview)}
            <section class="stack">
                <h2>{t("security-info-password")}</h2>
                <div class="actions">
                    <ButtonLink href="/security-info/change-password" label=t("security-info-change-password")/>
                </div>
            </section>
            {sessions}
            {administrator.then(|| view! {
                <div class="actions"><ButtonLink href="/admin" label=t("ui-admin-center") look=Look::Subtle/></div>
            })}
        </UserPage>
    }
    .into_any()
}

/// What the last act did.
fn status(visit: &Visit) -> Option<String> {
    let added: Option<Method> = visit.query_value("added").and_then(|method| method.parse().ok());
    if let Some(method) = added {
        return Some(t_args("register-added", &[("method", method_name(method))]));
    }
    ["removed", "renamed", "signed-out"]
        .into_iter()
        .find(|act| visit.has_flag(act))
        .map(|act| t(&format!("security-info-{act}")))
}

/// *Try out a reset*, and when that was last done.
fn drill(overview: &Overview) -> Option<impl IntoView + use<>> {
    let hint = match overview.drilled_at {
        Some(at) => t_args("drill-last", &[("day", when::day(at))]),
        None => t("drill-never"),
    };
    overview.standing.coverage.ready.is_ok().then(|| {
        view! {
            <section class="stack">
                <h2>{t("drill-heading")}</h2>
                <p>{hint}</p>
                <div class="actions"><ButtonLink href="/security-info/drill" label=t("drill-open")/></div>
            </section>
        }
    })
}

/// One method: what it is, since when, and what can be done with it.
fn method(known: &Known) -> impl IntoView + use<> {
    let name = name(known);
    let which = known.destination.clone().or_else(|| known.token.clone());
    let text = if is_named(known) { Some(known.label.clone()) } else { which.clone() };
    let also = which.filter(|_| is_named(known));
    let about = text.clone().unwrap_or_else(|| name.clone());
    let trail = Trail { way: Way::Add, next: String::new() };
    let change = change_path(known, &trail).map(|path| link(path, t("register-change"), &about));
    let manage = known.id.as_deref().map(|id| {
        let rename = (id != QUESTIONS)
            .then(|| link(format!("/security-info/rename?id={id}"), t("security-info-rename"), &about));
        let lost = (id != QUESTIONS)
            .then(|| link(format!("/security-info/lost?method={id}"), lost::question(known), &about));
        let remove = link(format!("/security-info/remove?id={id}"), t("security-info-remove"), &about);
        view! { {rename}{lost}{remove} }
    });
    let codes = (known.method == Method::RecoveryCode).then(new_codes);
    let left = known.codes_left.map(|left| {
        let text = t_args("security-info-codes-left", &[("left", left.to_string())]);
        let few = (left <= limits::FEW_RECOVERY_CODES)
            .then(|| view! { " "<Tag text=t("security-info-codes-few") tone=Tone::Warn/> });
        view! { <span>{text}{few}</span> }
    });
    let entered = known.is_entered().then(|| view! { " "<Tag text=t("register-entered")/> });
    let trouble = known.trouble.map(|trouble| view! { <span class="small">{about_trouble(trouble)}</span> });
    let unusable = known.idle.map(|_| view! { " "<Tag text=t("register-unusable")/> });
    let why_not = known.idle.map(|idle| {
        view! { <span class="small">{t(&format!("register-idle-{}", idle.as_str()))}</span> }
    });
    view! {
        <li>
            <div class="list-text">
                <span><strong>{name}</strong>{entered}{unusable}</span>
                {text.map(|text| view! { <bdi class="wrap">{text}</bdi> })}
                {also.map(|text| view! { <bdi class="wrap">{text}</bdi> })}
                {left}
                {trouble}
                {why_not}
                <span class="small muted">{dates(known)}</span>
            </div>
            <div class="actions">{codes}{change}{manage}</div>
        </li>
    }
}

/// What is wrong with a method, and until when.
fn about_trouble(trouble: Trouble) -> String {
    let key = format!("security-info-trouble-{}", trouble.as_str());
    match trouble.until() {
        Some(until) => t_args(&key, &[("at", when::moment(until))]),
        None => t(&key),
    }
}

/// What a method is called on the pages of its owner.
fn name(known: &Known) -> String {
    if known.token.is_some() { t("security-info-token") } else { known_name(known) }
}

/// Whether its owner gave it a name.
fn is_named(known: &Known) -> bool {
    let given = |serial: &String| t_args("token-label", &[("serial", serial.clone())]);
    !known.label.is_empty() && known.token.as_ref().is_none_or(|serial| known.label != given(serial))
}

fn link(href: String, label: String, about: &str) -> impl IntoView + use<> {
    let about = about.to_owned();
    view! { <a class="link-button" href=href>{label}<span class="visually-hidden">" "{about}</span></a> }
}

/// *Make new codes*: the old ones work until the new ones are saved.
fn new_codes() -> impl IntoView + use<> {
    view! {
        <PostForm action="/register/method">
            <input type="hidden" name="way" value=Way::Add.as_str()/>
            <input type="hidden" name="method" value=Method::RecoveryCode.as_str()/>
            <button class="link-button" type="submit">{t("security-info-new-codes")}</button>
        </PostForm>
    }
}

fn dates(known: &Known) -> String {
    let added = known.added_at.map(|at| t_args("security-info-added-on", &[("day", when::day(at))]));
    let used = known.used_at.map(|at| t_args("security-info-used-on", &[("day", when::day(at))]));
    [added, used].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Where the person is signed in.
fn sessions(sessions: &[SignedIn]) -> impl IntoView + use<> {
    let locale = visit().locale;
    let rows = sessions
        .iter()
        .map(|session| {
            let here = session.here.then(|| view! { " "<Tag text=t("security-info-here") tone=Tone::Ok/> });
            let since = t_args(
                "security-info-since",
                &[("day", when::day(session.since)), ("address", session.address.clone())],
            );
            view! {
                <li>
                    <div class="list-text">
                        <span>{client::name(locale, &session.client)}{here}</span>
                        <span class="small muted">{since}</span>
                    </div>
                </li>
            }
        })
        .collect_view();
    let elsewhere = sessions.iter().any(|session| !session.here).then(|| view! { <SignOutElsewhere/> });
    view! {
        <section class="stack">
            <h2>{t("security-info-sessions")}</h2>
            <ul class="list" role="list">{rows}</ul>
            {elsewhere}
        </section>
    }
}

/// *Sign out everywhere else*.
#[component]
fn SignOutElsewhere() -> impl IntoView {
    view! {
        <PostForm action="/security-info/sign-out-elsewhere">
            <div class="actions"><Button label=t("security-info-sign-out-elsewhere") look=Look::Secondary/></div>
        </PostForm>
    }
}
