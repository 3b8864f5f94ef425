use leptos::prelude::*;

use crate::services::reset::Toll;
use crate::text::t;
use crate::ui::{CaptchaField, Form};

/// The CAPTCHA before an answer, where there were many wrong ones from this network; nothing otherwise.
pub(super) fn toll(toll: Option<Toll>, form: &Form) -> AnyView {
    let Some(Toll { token, challenge }) = toll else { return ().into_any() };
    let picture = format!("/reset/captcha.png?token={token}");
    let sound = format!("/reset/captcha.wav?token={token}");
    view! {
        // The Enter key presses the first button of a form: it must not be *New picture*.
        <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">{t("reset-next")}</button>
        <p>{t("reset-toll")}</p>
        <input type="hidden" name="captcha" value=token/>
        <CaptchaField field=form.field("characters") picture sound another="another" challenge
            solution="solution"/>
    }
    .into_any()
}
