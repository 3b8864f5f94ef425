//! *Alerts to phones*: by Web Push, or by the open app alone.

use leptos::prelude::*;

use crate::services::channels::{ChannelsView, IN_APP, PHONE_ALERTS, WEB_PUSH};
use crate::text::t;
use crate::ui::{Button, Choice, Form, Panel, PostForm, RadioList};

/// The switch; those who may not change it see it disabled.
pub(super) fn panel(view: &ChannelsView, form: Form) -> AnyView {
    let (saved, version) = view.phone_alerts.clone();
    let field = form.field(PHONE_ALERTS).or(saved);
    let choice = |value: &'static str| {
        let key = format!("channels-phone-alerts-{}", value.replace('_', "-"));
        Choice::new(value, t(&key)).hint(t(&format!("{key}-hint"))).disabled(!view.may_change)
    };
    let choices = vec![choice(WEB_PUSH), choice(IN_APP)];
    let save = view.may_change.then(|| view! { <div class="actions"><Button label=t("ui-save")/></div> });
    view! {
        <PostForm action="/admin/channels/alerts" class="admin-form">
            <input type="hidden" name="version" value=version.to_string()/>
            <Panel heading=t("channels-channel-push")>
                <RadioList field choices legend=t("channels-phone-alerts")/>
                {save}
            </Panel>
        </PostForm>
    }
    .into_any()
}
