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
const PICTURE: &str = "captcha-picture";
const LISTEN: &str = "captcha-listen";

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
    /// The name under which the wish for a new picture is posted, with what was typed.
    #[prop(into)]
    another: String,
    /// The proof of work to solve instead.
    challenge: Challenge,
    /// The name under which its solution is posted.
    #[prop(into)]
    solution: String,
) -> impl IntoView {
    let hint = format!("{}-hint", field.id);
    view! {
        <div class="captcha">
            <img class="captcha-picture" id=PICTURE src=picture alt=t("ui-captcha-alt") width="264" height="80"/>
            <div class="captcha-tools">
                <button class="link-button" type="submit" name=another value="yes">
                    <Icon sign=Sign::Refresh/>
                    {t("ui-captcha-another")}
                </button>
            </div>
            <div class="captcha-sound">
                <span class="label" id=LISTEN><Icon sign=Sign::Sound/>{t("ui-captcha-listen")}</span>
                <audio controls preload="none" src=sound aria-labelledby=LISTEN></audio>
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
                bits=challenge.bits working=t("ui-pow-working") done=t("ui-pow-done") hint
                hint_text=t("ui-captcha-hint-pow") picture=PICTURE.to_owned() alt=t("ui-captcha-alt-pow")/>
        </div>
    }
}
