//! Another code, not before the last one had time to arrive.

use leptos::prelude::*;

use super::button::Look;
use super::field::Form;
use super::post_form::PostForm;
use crate::islands::ResendCountdown;
use crate::text::{t, t_args};

const BUTTON: &str = "resend";
const STATUS: &str = "resend-status";
/// The problems of a code that can never be right any more.
const DEAD: [&str; 2] = ["code-dead", "verify-code-dead"];

/// How much *Next* and *Send a new code* stand out on the page of a code: the one that can lead on is the main button.
pub fn looks_of_code(form: Form) -> (Look, Look) {
    let field = form.field("code");
    let is_dead = field.problem().is_some_and(|problem| DEAD.contains(&problem.code.as_str()));
    if is_dead { (Look::Secondary, Look::Primary) } else { (Look::Primary, Look::Link) }
}

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
    /// How much it stands out: the page's main button, where the last code is dead.
    #[prop(default = Look::Link)]
    look: Look,
) -> impl IntoView {
    let counting = t_args("ui-resend-wait", &[("seconds", "{n}".to_owned())]);
    view! {
        <PostForm action=action hidden class="resend">
            <button class=look.class() type="submit" id=BUTTON>{label}</button>
            <span class="muted small" id=STATUS></span>
            <ResendCountdown button=BUTTON.to_owned() status=STATUS.to_owned() seconds=wait counting ready=t("ui-resend-ready")/>
        </PostForm>
    }
}
