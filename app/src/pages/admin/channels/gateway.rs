//! `/admin/channels/gateway`: a gateway to edit, or a new one.

use leptos::prelude::*;

use super::{PATH, test_form};
use crate::pages::admin::password_reset as tabs;
use crate::services::channels::GatewayForm;
use crate::services::services;
use crate::text::t;
use crate::ui::*;
use crate::visit::{form, visit};

/// The form. The secret is written, never read.
#[component]
pub fn Gateway() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let form = Form::new(form());
    let id = visit.query_value("id").unwrap_or_default();
    Suspend::new(async move {
        match services.channels.gateway_form(&visit, &id).await {
            Ok(found) => view! { <Page found form/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(found: GatewayForm, form: Form) -> impl IntoView {
    let is_new = found.id.is_empty();
    let heading = if is_new { t("channels-add") } else { found.saved.value("name").to_owned() };
    let crumbs = vec![(t("ui-menu-channels"), Some(PATH.to_owned()))];
    let field = |name: &'static str| form.field(name).or(found.saved.value(name).to_owned());
    let line = |(name, purpose): (&'static str, Purpose)| {
        let (label, hint) =
            (t(&format!("channels-gateway-{name}")), t(&format!("channels-gateway-{name}-hint")));
        view! { <TextField field=field(name) label hint purpose/> }.into_any()
    };
    let lines = [
        ("name", Purpose::Plain),
        ("url", Purpose::Link),
        ("account", Purpose::Link),
        ("sender", Purpose::Link),
        ("cost", Purpose::Link),
    ];
    let lines = lines.map(line).into_iter().collect_view();
    let choices = |name: &str, values: [&str; 2]| -> Vec<Choice> {
        values.into_iter().map(|value| Choice::new(value, t(&format!("channels-{name}-{value}")))).collect()
    };
    // Texts and calls are two gateways, even at one provider: each has its own place in its own order.
    let channel = if is_new {
        let choices = choices("channel", ["sms", "voice"]);
        view! { <RadioList field=field("channel") choices legend=t("channels-channel")/> }.into_any()
    } else {
        view! { <input type="hidden" name="channel" value=found.saved.value("channel").to_owned()/> }
            .into_any()
    };
    let kinds = choices("kind", ["twilio", "webhook"]);
    let (kind, secret) = (field("kind"), form.field("secret").showing(""));
    let secret_hint =
        if is_new { t("channels-gateway-secret-hint-new") } else { t("channels-gateway-secret-hint") };
    let test = (!is_new).then(|| {
        let test = test_form(form, &found.id, t("channels-test-number"), Purpose::Phone);
        view! { <Panel heading=t("channels-test")>{test}</Panel> }
    });
    let id = found.id.clone();
    view! {
        <AdminPage heading current=PATH crumbs form>
            <PostForm action="/admin/channels/save" class="admin-form" autofill=false>
                <input type="hidden" name="id" value=id/>
                <Panel heading=t("channels-gateway")>
                    {channel}
                    <RadioList field=kind choices=kinds legend=t("channels-kind")/>
                    {lines}
                    <TextField field=secret label=t("channels-gateway-secret")
                        hint=secret_hint purpose=Purpose::SavedCode/>
                    <div class="actions">
                        <Button label=t("ui-save")/>
                        <ButtonLink href=PATH label=t("ui-cancel") look=Look::Subtle/>
                    </div>
                </Panel>
            </PostForm>
            {test}
        </AdminPage>
    }
}
