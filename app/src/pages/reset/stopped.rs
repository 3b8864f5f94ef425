use http::{HeaderValue, StatusCode};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use regain_core::eligibility::Refusal;

use crate::outcome::{OWN_PAGE, end_page, lead_to};
use crate::services::reset::{Stopped, StoppedView};
use crate::services::services;
use crate::text::{exists, t, t_args, when};
use crate::ui::{ButtonLink, Ending, Look, UserPage};
use crate::visit::visit;

/// Where it does not go on, each with what one can do now. `/reset/stopped`.
#[component]
pub fn StoppedPage() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let options = expect_context::<ResponseOptions>();
    Suspend::new(async move {
        match services.reset.stopped_page(&visit).await {
            Ok(Ok(view)) => {
                if matches!(view.why, Stopped::Locked { .. }) {
                    options.set_status(StatusCode::TOO_MANY_REQUESTS);
                    options.insert_header(OWN_PAGE, HeaderValue::from_static("1"));
                }
                let help = services.site.organization().await.help_link;
                page(view, help, visit.support_code)
            }
            Ok(Err(path)) => {
                lead_to(path);
                ().into_any()
            }
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

fn page(view: StoppedView, help: String, own_code: String) -> AnyView {
    let (stem, code) = texts(&view.why);
    let lead = match &view.why {
        Stopped::Locked { until } => t_args("reset-locked-lead", &[("at", when::moment(*until))]),
        _ => t(&format!("{stem}-lead")),
    };
    let code = code.map(
        |code| view! { <p class="small muted">{t_args("reset-code", &[("code", code.to_owned())])}</p> },
    );
    view! {
        <UserPage heading=t(&format!("{stem}-heading")) lead ending=Ending::Stopped
            support_code=view.support_code.unwrap_or(own_code)>
            {code}
            <div class="actions">{ways_on(&view.why, help)}</div>
        </UserPage>
    }
    .into_any()
}

/// What is most likely to help comes first.
fn ways_on(why: &Stopped, help: String) -> AnyView {
    let contact = |look| view! { <ButtonLink href=help label=t("ui-contact") look/> };
    let again = |text, look| view! { <ButtonLink href="/reset" label=t(text) look/> };
    match why {
        Stopped::Locked { .. } => contact(Look::Primary).into_any(),
        Stopped::Refused(_) => {
            (contact(Look::Primary), again("reset-other-name", Look::Secondary)).into_any()
        }
        _ => (again("reset-again", Look::Primary), contact(Look::Secondary)).into_any(),
    }
}

/// The stem of the texts and, for a reason that is explained, its code.
fn texts(why: &Stopped) -> (String, Option<&'static str>) {
    let stem = match why {
        Stopped::Nothing => "reset-nothing",
        Stopped::Expired => "reset-expired",
        Stopped::Overtaken => "reset-overtaken",
        Stopped::Locked { .. } => "reset-locked",
        Stopped::AskedTooOften => "reset-asked-too-often",
        Stopped::Refused(None) => "reset-refused",
        Stopped::Refused(Some(refusal)) => return explained(*refusal),
    };
    (stem.to_owned(), None)
}

fn explained(refusal: Refusal) -> (String, Option<&'static str>) {
    let stem = format!("reset-{}", refusal.as_str().to_lowercase().replace('_', "-"));
    // Whether a name is known, or blocked, is never explained.
    if exists(&format!("{stem}-lead")) {
        (stem, Some(refusal.as_code()))
    } else {
        ("reset-refused".to_owned(), None)
    }
}
