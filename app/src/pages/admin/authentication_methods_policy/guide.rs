//! `/admin/authentication-methods-policy/migration-guide`: what the old settings come to, method by method. It changes
//! nothing: the choice goes on to a page that asks once more.

use leptos::prelude::*;
use regain_core::policy::{methods_field as field, yes_no};

use super::super::password_reset::{self as tabs, Draft};
use super::{confirm, crumbs, migration, name_of};
use crate::services::methods_policy::{MigrationView, Proposal};
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, Button, ButtonLink, CheckboxGroup, Choice, Form, Look, Segmented};
use crate::visit::visit;

/// The address.
pub const PATH: &str = "/admin/authentication-methods-policy/migration-guide";
/// The fields of the form.
pub(super) const FIELDS: [&str; 2] = [field::CHOSEN, field::OFFICE];

/// The guide.
#[component]
pub fn MigrationGuide() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let refused = visit.form.is_refused();
    let draft = if refused { Draft::refused(visit.form.clone()) } else { Draft::from_query(&visit, &FIELDS) };
    Suspend::new(async move {
        match services.methods_policy.migration(&visit).await {
            Ok(found) => view! { <Page found draft/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(found: MigrationView, draft: Draft) -> impl IntoView {
    let form = Form::new(draft.form.clone());
    let proposed = found.proposals.iter().filter(|proposal| proposal.proposed);
    let chosen = form.field(&format!("{}[]", field::CHOSEN));
    let chosen = chosen.or_all(proposed.map(|proposal| proposal.line.method.as_str().to_owned()));
    let office = form.field(field::OFFICE).or(yes_no(found.office));
    let choices = found.proposals.iter().map(choice).collect();
    let mut levels = crumbs();
    levels.push((t("methods-policy-manage-migration"), Some(migration::PATH.to_owned())));
    view! {
        <AdminPage heading=t("methods-policy-guide") current=super::PATH crumbs=levels form
            lead=t("methods-policy-guide-lead")>
            <form class="admin-form" method="get" action=confirm::PATH>
                {tabs::version_field(&draft, found.version)}
                <CheckboxGroup field=chosen choices legend=t("methods-policy-guide-legend")
                    hint=t("methods-policy-guide-hint")/>
                <Segmented field=office choices=tabs::yes_no() legend=tabs::label(field::OFFICE)
                    hint=t("methods-policy-office-hint")/>
                <div class="actions">
                    <Button label=t("methods-policy-migrate")/>
                    <ButtonLink href=migration::PATH label=t("ui-cancel") look=Look::Subtle/>
                </div>
            </form>
        </AdminPage>
    }
}

/// A method, and where it is on now.
fn choice(proposal: &Proposal) -> Choice {
    let key = match (proposal.ticked, proposal.line.rules.reset.on) {
        (true, true) => "methods-policy-from-both",
        (true, false) => "methods-policy-from-boxes",
        (false, true) => "methods-policy-from-here",
        (false, false) => "methods-policy-from-neither",
    };
    let mut hint = t(key);
    if !proposal.line.works {
        hint = format!("{hint} {}", t("methods-policy-missing-hint"));
    }
    Choice::new(proposal.line.method.as_str(), name_of(proposal.line.method)).hint(hint)
}
