//! The check that a person is there: by itself where scripts run, by a picture or by sound everywhere.

use leptos::prelude::*;
use regain_core::pow::Challenge;

use super::field::Form;
use super::icon::{Icon, Sign};
use super::text_field::{Purpose, TextField};
use crate::islands::ProofOfWork;
use crate::services::toll::ANOTHER;
use crate::text::t;

const CHARACTERS: &str = "characters";
const STATUS: &str = "captcha-status";
const SOLUTION: &str = "captcha-solution";
const LISTEN: &str = "captcha-listen";

/// *Checked*, or *Characters you see or hear* behind *Use a picture or sound instead*. The style sheet folds those away
/// where scripts run, and takes away the error of an earlier check as soon as the new one is passed.
#[component]
pub fn CaptchaField(
    /// The state of the form that it stands in.
    form: Form,
    /// Sealed; all there is to know about the check.
    token: String,
    /// The work that spares the characters.
    challenge: Challenge,
) -> impl IntoView {
    let field = form.field(CHARACTERS);
    let typed = field.problem().is_some() || form.with(|state| !state.value(ANOTHER).is_empty());
    let picture = format!("/reset/captcha.png?token={token}");
    let sound = format!("/reset/captcha.wav?token={token}");
    let characters = field.id.clone();
    view! {
        <div class="captcha">
            <input type="hidden" name="captcha" value=token/>
            <input type="hidden" id=SOLUTION name="solution" value=""/>
            <p class="captcha-status" id=STATUS role="status"></p>
            <details class="details captcha-instead" open=typed>
                <summary><Icon sign=Sign::Chevron/>{t("ui-captcha-instead")}</summary>
            </details>
            <div class="captcha-ways">
                <img class="captcha-picture" src=picture alt=t("ui-captcha-alt") loading="lazy" width="264" height="80"/>
                <div class="captcha-tools">
                    <button class="link-button" type="submit" name=ANOTHER value="yes">
                        <Icon sign=Sign::Refresh/>
                        {t("ui-captcha-another")}
                    </button>
                </div>
                <div class="captcha-sound">
                    <span class="label" id=LISTEN><Icon sign=Sign::Sound/>{t("ui-captcha-listen")}</span>
                    <audio controls preload="none" src=sound aria-labelledby=LISTEN></audio>
                </div>
                <TextField field label=t("ui-captcha") hint=t("ui-captcha-hint") purpose=Purpose::Characters/>
            </div>
            <ProofOfWork solution=SOLUTION.to_owned() status=STATUS.to_owned() characters seed=challenge.seed
                bits=challenge.bits working=t("ui-captcha-working") done=t("ui-captcha-done")/>
        </div>
    }
}
