//! Another code, not before the last one had time to arrive.

use leptos::prelude::*;

use super::post_form::PostForm;
use crate::islands::ResendCountdown;
use crate::text::{t, t_args};

const BUTTON: &str = "resend";
const STATUS: &str = "resend-status";

/// A button that asks for a new code. The server decides; with scripts the page counts down to when it will agree.
#[component]
pub fn Resend(
    /// Where it is posted.
    #[prop(into)]
    action: String,
    /// The button: *Send a new code*, *Call again*.
    #[prop(into)]
    label: String,
    /// Seconds until the server agrees.
    wait: u32,
    /// What is posted besides: names and values.
    #[prop(optional)]
    hidden: Vec<(&'static str, String)>,
) -> impl IntoView {
    let counting = t_args("ui-resend-wait", &[("seconds", "{n}".to_owned())]);
    view! {
        <PostForm action=action hidden class="resend">
            <button class="link-button" type="submit" id=BUTTON>{label}</button>
            <span class="muted small" id=STATUS></span>
            <ResendCountdown button=BUTTON.to_owned() status=STATUS.to_owned() seconds=wait counting ready=t("ui-resend-ready")/>
        </PostForm>
    }
}
