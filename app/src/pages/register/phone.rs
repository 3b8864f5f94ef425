//! `/register/phone`: a number that receives texts or calls.

use leptos::prelude::*;
use regain_core::method::{Delivery, Method};

use super::parts::{Hidden, OtherMethod, shown};
use crate::services::registration::{PhoneEntry, Step, Trail, Way};
use crate::services::services;
use crate::text::t;
use crate::ui::*;
use crate::visit::{form, visit};

/// The entry of a number.
#[component]
pub fn PhonePage(
    /// The way into the wizard.
    way: Way,
) -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let trail = Trail::of(&visit, way);
    let replaces = visit.query_value("replaces").unwrap_or_default();
    Suspend::new(async move {
        let kind = visit.query_value("kind").unwrap_or_default();
        let entry = services.registration.phone(&visit, &trail, &replaces, &kind).await;
        shown(entry, |entry| page(entry, trail, form))
    })
}

fn page(entry: PhoneEntry, trail: Trail, form: Form) -> AnyView {
    let back = trail.to(Step::Method);
    let office = entry.method == Method::OfficePhone;
    let (heading, lead) = if office {
        (t("register-office-phone"), t("register-office-phone-lead"))
    } else {
        (t("register-phone"), t("register-phone-lead"))
    };
    let extension = office.then(|| {
        let field = form.field("extension").or(entry.extension);
        view! { <TextField field label=t("register-phone-extension") hint=t("register-phone-extension-hint") purpose=Purpose::Number/> }
    });
    let usual = entry.deliveries.first().map(|delivery| delivery.as_str().to_owned());
    let choice = |delivery: &Delivery| {
        let label = t(&format!("register-phone-{}", delivery.as_str()));
        Choice::new(delivery.as_str(), label)
    };
    let choices: Vec<Choice> = entry.deliveries.iter().map(choice).collect();
    let hidden = view! { <Hidden trail=trail.clone()/> };
    view! {
        <UserPage heading lead form back>
            <PostForm action="/register/phone">
                {hidden}
                <input type="hidden" name="replaces" value=entry.replaces/>
                <input type="hidden" name="kind" value=entry.method.as_str()/>
                <PhoneField country=form.field("country") number=form.field("number").or(entry.number)/>
                {extension}
                <RadioList field=form.field("delivery").or_all(usual) choices
                    legend=t("register-phone-how")/>
                <p class="hint">{t("register-phone-use")}</p>
                <div class="actions"><Button label=t("register-next")/></div>
            </PostForm>
            <div class="more"><OtherMethod trail/></div>
        </UserPage>
    }
    .into_any()
}
