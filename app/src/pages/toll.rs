use leptos::prelude::*;

use crate::services::toll::Toll;
use crate::text::t;
use crate::ui::{CaptchaField, Form};

/// The CAPTCHA before an answer, where there were many wrong ones from this network; nothing otherwise.
pub(crate) fn toll(toll: Option<Toll>, form: Form) -> AnyView {
    because(t("ui-toll"), toll, form)
}

/// The same with another reason.
pub(crate) fn because(why: String, toll: Option<Toll>, form: Form) -> AnyView {
    let Some(Toll { token, challenge }) = toll else { return ().into_any() };
    view! {
        // The Enter key presses the first button of a form: it must not be *New picture*.
        <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">{t("reset-next")}</button>
        <p>{why}</p>
        <CaptchaField form token challenge/>
    }
    .into_any()
}
