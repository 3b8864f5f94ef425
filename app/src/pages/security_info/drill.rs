//! `/security-info/drill`: a reset that is tried out, so that the real one brings no surprise.

use leptos::prelude::*;

use super::remove::called;
use crate::pages::register::parts::{method_name, shown};
use crate::services::registration::Known;
use crate::services::security_info::Drill;
use crate::services::services;
use crate::text::{t, t_args, when};
use crate::ui::*;
use crate::visit::{form, visit};

/// What a drill is, and its start.
#[component]
pub fn DrillPage() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    Suspend::new(async move {
        let drill = services.security_info.drill(&visit).await;
        shown(drill, |drill| page(&drill, form))
    })
}

fn page(drill: &Drill, form: Form) -> AnyView {
    let last = drill.drilled_at.map(|at| {
        view! { <p class="small muted">{t_args("drill-last", &[("day", when::day(at))])}</p> }
    });
    let rows = drill.usable.iter().map(row).collect_view();
    let asked = t_args("drill-asks", &[("required", drill.required.to_string())]);
    let action = if drill.ready {
        view! {
            <section class="stack">
                <h2>{asked}</h2>
                <ul class="list" role="list">{rows}</ul>
            </section>
            <p class="small muted">{t("drill-counts")}</p>
            <PostForm action="/security-info/drill">
                <div class="actions"><Button label=t("drill-start")/></div>
            </PostForm>
        }
        .into_any()
    } else {
        view! {
            <Banner tone=Tone::Warn title=t("drill-not-ready")><p>{t("drill-not-ready-hint")}</p></Banner>
            <div class="actions">
                <ButtonLink href="/security-info" label=t("security-info") look=Look::Primary/>
            </div>
        }
        .into_any()
    };
    view! {
        <UserPage heading=t("drill-heading") lead=t("drill-lead") form back="/security-info">
            {action}
            {last}
        </UserPage>
    }
    .into_any()
}

fn row(known: &Known) -> impl IntoView + use<> {
    let (name, about) = (method_name(known.method), called(known));
    let about = (about != name).then(|| view! { <bdi class="wrap">{about}</bdi> });
    view! { <li><div class="list-text"><strong>{name}</strong>{about}</div></li> }
}
