//! `/register/notifications`, `/security-info/add/notifications`: pairing an authenticator, and its test.

use leptos::prelude::*;
use regain_core::method::Method;

use super::parts::{Hidden, OtherMethod, shown};
use crate::services::authenticator::{PAIRING, PushView};
use crate::services::registration::{NotificationSetUp, Step, Trail, Way};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::*;
use crate::visit::{form, visit};

const STATUS: &str = "/register/notifications/status";

/// The set-up of an authenticator for notifications.
#[component]
pub fn NotificationsPage(
    /// The way into the wizard.
    way: Way,
) -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let trail = Trail::of(&visit, way);
    Suspend::new(async move {
        let set_up = services.registration.notifications(&visit, &trail).await;
        shown(set_up, |set_up| match set_up {
            NotificationSetUp::Pair { link, svg, code, username, minutes } => {
                let link = (link.expose().to_owned(), code.expose().to_owned());
                pair(link, svg, username, minutes, trail, form)
            }
            NotificationSetUp::Test { device, push } => test(device, push, trail, form),
            NotificationSetUp::Over => over(trail, form),
        })
    })
}

fn pair(
    (link, code): (String, String),
    svg: String,
    username: String,
    minutes: u64,
    trail: Trail,
    form: Form,
) -> AnyView {
    let open = Some((link, t("register-notifications-open")));
    let lead = t_args("register-notifications-lead", &[("minutes", minutes.to_string())]);
    let typed = t_args("register-notifications-typed", &[("username", username)]);
    let (back, here) = (trail.to(Step::Method), trail.to(Step::Notifications));
    view! {
        <UserPage heading=t("register-notifications") lead form back>
            <QrPanel svg=svg name=t("register-notifications-qr") key_name=t("register-notifications-code") key=code open/>
            <p class="small muted">{typed}</p>
            <Waiting text=t("register-notifications-waiting") state=PAIRING status=STATUS here/>
            <div class="more"><OtherMethod trail/></div>
        </UserPage>
    }
    .into_any()
}

fn test(device: String, push: PushView, trail: Trail, form: Form) -> AnyView {
    let lead = t_args("register-notifications-test-lead", &[("device", device)]);
    let (back, here) = (trail.to(Step::Method), trail.to(Step::Notifications));
    let hidden = vec![("way", trail.way.as_str().to_owned()), ("next", trail.next.clone())];
    view! {
        <UserPage heading=t("register-notifications-test") lead form back>
            <PushPanel push status=STATUS here again="/register/notifications" hidden/>
            <div class="more">
                <OtherMethod trail=trail.clone()/>
                <StartOver trail label=t("register-notifications-not-mine") look=Look::Subtle/>
            </div>
        </UserPage>
    }
    .into_any()
}

fn over(trail: Trail, form: Form) -> AnyView {
    let back = trail.to(Step::Method);
    view! {
        <UserPage heading=t("register-notifications-over") lead=t("register-notifications-over-lead") form back>
            <StartOver trail=trail.clone() label=t("register-notifications-new-code") look=Look::Primary/>
            <div class="more"><OtherMethod trail/></div>
        </UserPage>
    }
    .into_any()
}

/// Begins anew: another code, and what was paired with the last one is forgotten.
#[component]
fn StartOver(trail: Trail, label: String, look: Look) -> impl IntoView {
    view! {
        <PostForm action="/register/method">
            <Hidden trail/>
            <input type="hidden" name="method" value=Method::AppNotification.as_str()/>
            <Button label look/>
        </PostForm>
    }
}
