use leptos::prelude::*;

use crate::services::toll::Toll;
use crate::text::t;
use crate::ui::{CaptchaField, Field};

/// The CAPTCHA before an answer, where there were many wrong ones from this network; nothing otherwise. `field` is that of
/// the characters.
pub(crate) fn toll(toll: Option<Toll>, field: Field) -> AnyView {
    because(t("ui-toll"), toll, field)
}

/// The same with another reason.
pub(crate) fn because(why: String, toll: Option<Toll>, field: Field) -> AnyView {
    let Some(Toll { token, challenge }) = toll else { return ().into_any() };
    let picture = format!("/reset/captcha.png?token={token}");
    let sound = format!("/reset/captcha.wav?token={token}");
    view! {
        // The Enter key presses the first button of a form: it must not be *New picture*.
        <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">{t("reset-next")}</button>
        <p>{why}</p>
        <input type="hidden" name="captcha" value=token/>
        <CaptchaField field picture sound another="another" challenge
            solution="solution"/>
    }
    .into_any()
}
