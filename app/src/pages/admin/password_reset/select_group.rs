//! `/admin/password-reset/select-group`: choosing the group for *Selected*. It changes nothing: the choice goes back
//! to *Properties* with whatever else was typed there, and is saved there.

use leptos::prelude::*;
use regain_core::policy::{Tab, field};

use super::{Draft, crumbs, ended, fields_of, path_of};
use crate::islands::GroupFilter;
use crate::services::policy::GroupChoices;
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{AdminPage, Button, ButtonLink, Choice, Crumb, EmptyState, Field, Look, RadioList, Sign};
use crate::visit::visit;

/// The address.
pub const PATH: &str = "/admin/password-reset/select-group";
const SEARCH: &str = "q";

/// The picker.
#[component]
pub fn SelectGroup() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let draft = Draft::from_query(&visit, fields_of(Tab::Properties)).with(field::SCOPE, "selected");
    let search = visit.query_value(SEARCH).unwrap_or_default();
    Suspend::new(async move {
        match services.policy.groups(&visit, &search).await {
            Ok(choices) => view! { <Page choices draft search/> }.into_any(),
            Err(failure) => ended(failure),
        }
    })
}

#[component]
fn Page(choices: GroupChoices, draft: Draft, search: String) -> impl IntoView {
    let back = path_of(Tab::Properties);
    let cancel = draft.link(&back);
    let chosen = draft.form.value(field::GROUP).to_owned();
    let found = found_text(&choices, &search);
    let results = if choices.groups.is_empty() {
        view! { <EmptyState text=t("policy-groups-empty") sign=Sign::Group/> }.into_any()
    } else {
        let field = Field::new(field::GROUP).or(chosen.clone());
        let options = choices.groups.into_iter().map(|group| {
            let option = Choice::new(group.id, group.name);
            if group.description.is_empty() { option } else { option.hint(group.description) }
        });
        view! {
            <form class="stack" method="get" action=back.clone()>
                <RadioList field choices=options.collect() legend=t("policy-groups-legend")/>
                <input type="hidden" name=field::GROUP value=chosen/>
                {draft.clone().without(field::GROUP).hidden()}
                <div class="actions">
                    <Button label=t("policy-group-select")/>
                    <ButtonLink href=cancel.clone() label=t("ui-cancel") look=Look::Subtle/>
                </div>
            </form>
            <GroupFilter input=SEARCH.to_owned() list=format!("{}-list", field::GROUP) status="found".to_owned()
                found=t("policy-groups-found-script")/>
        }
        .into_any()
    };
    view! {
        <AdminPage heading=t("policy-group-title") current=back.clone() crumbs=crumbs_here(cancel)
            lead=t("policy-group-lead")>
            <form class="search" method="get" action=PATH role="search">
                {draft.hidden()}
                <label class="visually-hidden" for=SEARCH>{t("policy-group-search")}</label>
                <input class="input" type="search" id=SEARCH name=SEARCH value=search autocomplete="off"
                    spellcheck="false" dir="auto" placeholder=t("policy-group-search")/>
                <Button label=t("policy-search") look=Look::Secondary/>
            </form>
            <p class="hint" id="found" role="status">{found}</p>
            {results}
        </AdminPage>
    }
}

fn crumbs_here(back: String) -> Vec<Crumb> {
    let mut levels = crumbs();
    levels.push((t("ui-menu-properties"), Some(back)));
    levels
}

/// How many groups were found.
pub(in crate::pages::admin) fn found_text(choices: &GroupChoices, search: &str) -> String {
    let number = choices.groups.len().to_string();
    if choices.more {
        t_args("policy-groups-more", &[("n", number)])
    } else if search.trim().is_empty() {
        t_args("policy-groups-all", &[("n", number)])
    } else {
        t_args("policy-groups-found", &[("n", number)])
    }
}
