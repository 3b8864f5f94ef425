//! `/register/review`: everything at a glance, at the end of registration and every so often later.

use leptos::prelude::*;

use super::parts::{Hidden, Known, NotNow, counts, shown};
use crate::services::registration::{self, Trail, Way};
use crate::services::services;
use crate::text::{t, t_args, when};
use crate::ui::*;
use crate::visit::{form, visit};

/// The review.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let trail = Trail::of(&visit, Way::Register);
    Suspend::new(async move {
        let review = services.registration.review(&visit, &trail).await;
        shown(review, |review| page(review, trail, form))
    })
}

fn page(review: registration::Review, trail: Trail, form: Form) -> AnyView {
    let checked = review.confirmed_at.map(|at| {
        view! { <p class="small muted">{t_args("register-last-checked", &[("day", when::day(at))])}</p> }
    });
    // What would still work if one of them were lost.
    let (spare, counts) = (review.progress.have > review.progress.required, counts(review.progress));
    view! {
        <UserPage heading=t("register-review") lead=t("register-review-lead") form wide=true>
            <Known known=review.known trail=trail.clone()/>
            <p>{t_args(if spare { "register-review-spare" } else { "register-review-no-spare" }, &counts)}</p>
            {checked}
            <LooksGood trail/>
        </UserPage>
    }
    .into_any()
}

/// *Looks good*, and the ways around it.
#[component]
pub fn LooksGood(
    /// The way and where it leads.
    trail: Trail,
) -> impl IntoView {
    let hidden = view! { <Hidden trail=trail.clone()/> };
    view! {
        <PostForm action="/register/review">
            {hidden}
            <div class="actions"><Button label=t("register-looks-good")/></div>
        </PostForm>
        <div class="more">
            <a href="/security-info">{t("register-manage")}</a>
            <NotNow trail/>
        </div>
    }
}
