//! `/reset`, and the steps of the wizard under it.

mod done;
mod drill;
mod method;
mod on_phone;
mod passkey;
mod password;
mod phone;
mod questions;
mod start;
mod stopped;
mod unlock;
mod verify;
mod why;

pub use done::{Done, Unlocked};
pub use drill::{Drill, Drilled};
pub use method::ChooseMethod;
pub use on_phone::OnPhone;
pub use passkey::Passkey;
pub use password::NewPassword;
pub use phone::Phone;
pub use questions::Questions;
pub use start::Start;
pub use stopped::StoppedPage;
pub use unlock::Unlock;
pub use verify::Verify;
pub use why::Why;

use leptos::prelude::*;
use regain_core::method::{Delivery, Method};

use crate::outcome::{Failure, end_page, lead_to};
use crate::services::reset::{Frame, Shown};
use crate::text::{t, t_args};
use crate::ui::{Banner, Icon, PostForm, Sign, StepOf, Tone};

/// Renders a step, or leads to the one that is next.
fn show<T>(shown: Result<Shown<T>, Failure>, page: impl FnOnce(Frame, T) -> AnyView) -> AnyView {
    match shown {
        Ok(Shown::Page(frame, view)) => page(frame, view),
        Ok(Shown::Elsewhere(path)) => {
            lead_to(path);
            ().into_any()
        }
        Err(failure) => {
            end_page(failure);
            ().into_any()
        }
    }
}

/// *Step 2 of 3*, once it may be told.
fn step_of(frame: &Frame) -> Option<StepOf> {
    frame.step.map(|(step, of)| StepOf { step, of })
}

/// That it is a drill, where it is; and *Checked with your authenticator app*, for each step that was passed.
fn passed(frame: &Frame) -> impl IntoView + use<> {
    let drill = frame.drill.then(|| {
        view! { <Banner tone=Tone::Info title=t("drill-banner")><p>{t("drill-banner-hint")}</p></Banner> }
    });
    let lines = frame
        .passed
        .iter()
        .map(|method| {
            let text = t_args("reset-passed", &[("method", t(&method_key("reset-passed", *method)))]);
            view! { <li><Icon sign=Sign::Check/><span>{text}</span></li> }
        })
        .collect_view();
    let lines = (!frame.passed.is_empty()).then(|| view! { <ul class="passed">{lines}</ul> });
    view! { {drill}{lines} }
}

/// *Try another way* and *Cancel*, under a step.
fn ways_out(another: bool) -> impl IntoView {
    let another = another.then(|| view! { <a href="/reset/method">{t("reset-another-way")}</a> });
    view! {
        <div class="more">
            {another}
            <PostForm action="/reset/cancel">
                <button class="link-button" type="submit">{t("ui-cancel")}</button>
            </PostForm>
        </div>
    }
}

/// The same, where a mobile phone that is called has texts of its own.
fn way_key(stem: &str, method: Method, delivery: Delivery) -> String {
    let call = method == Method::MobilePhone && delivery == Delivery::Call;
    method_key(stem, method) + if call { "-call" } else { "" }
}

/// `reset-way` and *email* make `reset-way-email`.
fn method_key(stem: &str, method: Method) -> String {
    format!("{stem}-{}", method.as_str().replace('_', "-"))
}
