//! The picture with characters, its spoken form, and the way without either.

use leptos::prelude::*;
use regain_core::pow::Challenge;

use super::field::Field;
use super::icon::{Icon, Sign};
use super::text_field::{Purpose, TextField};
use crate::islands::ProofOfWork;
use crate::text::t;

const BUTTON: &str = "without-typing";
const STATUS: &str = "without-typing-status";
const NONCE: &str = "without-typing-answer";

/// *Characters you see or hear*, *Check without typing*.
#[component]
pub fn CaptchaField(
    /// Name and problem of the characters.
    field: Field,
    /// The picture's address.
    #[prop(into)]
    picture: String,
    /// The spoken form's address.
    #[prop(into)]
    sound: String,
    /// Where a new picture is had: the page itself, with what was typed.
    #[prop(into)]
    another: String,
    /// The proof of work to solve instead.
    challenge: Challenge,
    /// The name under which its solution is posted.
    #[prop(into)]
    solution: String,
) -> impl IntoView {
    view! {
        <div class="captcha">
            <img class="captcha-picture" src=picture alt=t("ui-captcha-alt") width="288" height="96"/>
            <div class="captcha-tools">
                <a href=another><Icon sign=Sign::Refresh/>{t("ui-captcha-another")}</a>
                <a href=sound><Icon sign=Sign::Sound/>{t("ui-captcha-listen")}</a>
            </div>
            <TextField field label=t("ui-captcha") hint=t("ui-captcha-hint") purpose=Purpose::Characters/>
            <div class="pow">
                <button class="button button-secondary" type="button" id=BUTTON hidden aria-describedby=STATUS>
                    {t("ui-pow")}
                </button>
                <span class="pow-status" id=STATUS role="status"></span>
                <input type="hidden" id=NONCE name=solution value=""/>
            </div>
            <ProofOfWork button=BUTTON.to_owned() answer=NONCE.to_owned() status=STATUS.to_owned() seed=challenge.seed
                bits=challenge.bits working=t("ui-pow-working") done=t("ui-pow-done")/>
        </div>
    }
}
