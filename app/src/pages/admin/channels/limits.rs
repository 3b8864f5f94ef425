//! The limits of texts and calls.

use leptos::prelude::*;

use crate::services::channels::ChannelsView;
use crate::text::t;
use crate::ui::{Button, Form, Panel, PostForm, Purpose, TextField};

/// Allowed countries and caps; those who may not change them see them disabled.
pub(super) fn panel(view: &ChannelsView, form: Form) -> AnyView {
    let disabled = !view.may_change;
    let field = |name: &'static str| form.field(name).or(view.limits.value(name).to_owned());
    let number = |name: &'static str| {
        let (label, hint) = (t(&format!("channels-limit-{name}")), t(&format!("channels-limit-{name}-hint")));
        view! { <TextField field=field(name) label hint purpose=Purpose::Number disabled/> }.into_any()
    };
    let countries = field("countries");
    let numbers = ["per_number", "per_prefix", "per_day", "money"].map(number).into_iter().collect_view();
    let save = view.may_change.then(|| view! { <div class="actions"><Button label=t("ui-save")/></div> });
    view! {
        <PostForm action="/admin/channels" class="admin-form" autofill=false
            hidden=vec![("version", view.version.to_string())]>
            <Panel heading=t("channels-limits")>
                <p class="hint">{t("channels-limits-hint")}</p>
                <TextField field=countries label=t("channels-limit-countries")
                    hint=t("channels-limit-countries-hint") purpose=Purpose::Link disabled/>
                {numbers}
                {save}
            </Panel>
        </PostForm>
    }
    .into_any()
}
