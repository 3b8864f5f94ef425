//! `/register`, `/ssprsetup`: what registration is about, and how far the person is.

use leptos::prelude::*;

use crate::services::registration::{Opening, Progress, Start, Step, Trail, Way};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::*;
use crate::visit::{form, visit};

pub mod added;
pub mod app;
pub mod code;
pub mod email;
pub mod method;
pub mod notifications;
pub mod parts;
pub mod passkey;
pub mod phone;
pub mod questions;
pub mod recovery_codes;
pub mod review;

use parts::{Known, NotNow, OnTheWay, progress_text, shown};

/// The start of the wizard.
#[component]
pub fn Register() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let trail = Trail::of(&visit, Way::Register);
    Suspend::new(async move {
        let start = services.registration.start(&visit, &trail).await;
        shown(start, |start| match start {
            Start::NotEnabled => not_enabled(trail),
            Start::DeadEnd(progress) => dead_end(progress, trail),
            Start::Open(opening) if opening.progress.missing() == 0 => prefilled(opening, trail),
            Start::Open(opening) => open(opening, trail),
        })
    })
}

fn not_enabled(trail: Trail) -> AnyView {
    let lead = t("register-not-enabled-lead");
    view! {
        <UserPage heading=t("register-not-enabled") lead=lead ending=Ending::Stopped>
            <OnTheWay trail label=t("register-continue")/>
        </UserPage>
    }
    .into_any()
}

/// Whether sign-in goes on only with a second factor.
fn owes_second_factor() -> bool {
    visit().session.is_some_and(|session| session.owes_second_factor)
}

fn dead_end(progress: Progress, trail: Trail) -> AnyView {
    if owes_second_factor() {
        return view! {
            <UserPage heading=t("register-dead-end") ending=Ending::Stopped>
                <p>{t("register-dead-end-second-factor")}</p>
            </UserPage>
        }
        .into_any();
    }
    let lead = t_args("register-dead-end-lead", &parts::counts(progress));
    view! {
        <UserPage heading=t("register-dead-end") lead=lead ending=Ending::Stopped>
            <OnTheWay trail label=t("register-continue")/>
        </UserPage>
    }
    .into_any()
}

fn open(opening: Opening, trail: Trail) -> AnyView {
    let heading = if opening.is_prefilled() { "register-lose" } else { "register-keep" };
    let mut args = parts::counts(opening.progress).to_vec();
    args.push(("organization", opening.organization));
    let known =
        (!opening.known.is_empty()).then(|| view! { <Known known=opening.known trail=trail.clone()/> });
    let proposals = (!opening.proposals.is_empty()).then(|| {
        let names: Vec<String> = opening.proposals.iter().copied().map(parts::method_name).collect();
        view! { <p>{t_args("register-proposals", &[("methods", names.join(", "))])}</p> }
    });
    let owes = owes_second_factor();
    let demand = owes.then(|| view! { <Banner><p>{t("register-second-factor")}</p></Banner> });
    let next = trail.to(Step::Method);
    let not_now = (!owes).then(|| view! { <NotNow trail/> });
    let hint = (!owes).then(|| view! { <p class="small muted">{t("register-not-now-hint")}</p> });
    view! {
        <UserPage heading=t(heading) lead=t_args("register-lead", &args) form=Form::new(form())>
            {demand}
            <p><strong>{progress_text(opening.progress)}</strong></p>
            {known}
            {proposals}
            <div class="actions">
                <ButtonLink href=next label=t("register-next") look=Look::Primary/>
                {not_now}
            </div>
            {hint}
        </UserPage>
    }
    .into_any()
}

/// An administrator entered all that is needed: it only has to be looked at.
fn prefilled(opening: Opening, trail: Trail) -> AnyView {
    let lead = t_args("register-prefilled-lead", &[("organization", opening.organization)]);
    view! {
        <UserPage heading=t("register-lose") lead=lead form=Form::new(form()) wide=true>
            <Known known=opening.known trail=trail.clone()/>
            <review::LooksGood trail/>
        </UserPage>
    }
    .into_any()
}
