//! `/admin/password-reset/administrator-policy`

use leptos::prelude::*;
use regain_core::method::{Method, MethodSet};
use regain_core::policy::AdministratorPolicy as Policy;

use super::{Draft, crumbs, ended, method_name, version_field, yes_no};
use crate::services::policy::Administrators;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{AdminPage, DescriptionList, Fact, Form, Panel, Segmented, SettingsForm};
use crate::visit::visit;

/// The address.
pub const PATH: &str = "/admin/password-reset/administrator-policy";
pub use regain_core::policy::field::ADMINISTRATORS_ENABLED as ENABLED;

/// What holds for administrators: fixed, but for the switch that turns it off.
#[component]
pub fn AdministratorPolicy() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = Draft::refused(visit.form.clone());
    Suspend::new(async move {
        match services.policy.administrators(&visit).await {
            Ok(found) => view! { <Page found draft/> }.into_any(),
            Err(failure) => ended(failure),
        }
    })
}

#[component]
fn Page(found: Administrators, draft: Draft) -> impl IntoView {
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let enabled = form.field(ENABLED).or(regain_core::policy::yes_no(found.policy.enabled));
    let facts = facts(found.working);
    view! {
        <AdminPage heading=t("ui-menu-administrator-policy") current=PATH crumbs=crumbs() form
            lead=t("policy-administrators-lead")>
            <SettingsForm action=PATH read_only={!found.may_save} unsaved>
                {version_field(&draft, found.version)}
                <Segmented field=enabled choices=yes_no() legend=t("policy-administrators-enabled")
                    hint=t("policy-administrators-enabled-hint")/>
            </SettingsForm>
            <div class="admin-form">
                <Panel heading=t("policy-administrators-fixed")><DescriptionList facts/></Panel>
            </div>
        </AdminPage>
    }
}

fn facts(working: MethodSet) -> Vec<Fact> {
    let listed = |works: bool| {
        let methods = Method::LISTED.iter().filter(|method| Policy::METHODS.contains(**method));
        let names: Vec<_> = methods
            .filter(|method| working.contains(**method) == works)
            .map(|method| method_name(*method))
            .collect();
        names.join(", ")
    };
    let number = Policy::METHODS_REQUIRED.as_str().to_owned();
    let mut facts = vec![
        Fact::new(t("policy-administrators-who"), t("policy-administrators-who-value")),
        Fact::new(
            t("policy-setting-methods_required"),
            t_args("policy-administrators-number", &[("n", number)]),
        ),
        Fact::new(t("policy-administrators-methods"), listed(true)),
    ];
    if !listed(false).is_empty() {
        facts.push(Fact::new(t("policy-administrators-not-set-up"), listed(false)));
    }
    facts.push(Fact::new(t("policy-administrators-never"), method_name(Method::SecurityQuestions)));
    facts
}
