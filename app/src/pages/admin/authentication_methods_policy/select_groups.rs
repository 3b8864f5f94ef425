//! `/admin/authentication-methods-policy/{method}/select-groups`: choosing groups for a list. It changes nothing: the
//! choice goes back to the method's page with whatever else was typed there, and is saved there.

use leptos::prelude::*;
use regain_core::policy::methods_field as field;

use super::super::password_reset::select_group::found_text;
use super::super::password_reset::{self as tabs, Draft};
use super::method::{FIELDS, name_of_page};
use super::{crumbs, name_of};
use crate::islands::GroupFilter;
use crate::services::methods_policy::GroupPicks;
use crate::services::policy::GroupChoice;
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, Button, ButtonLink, CheckboxGroup, Choice, Field, Look, id_of};
use crate::visit::visit;

const SEARCH: &str = "q";
const LIST: &str = "for";

/// The picker.
#[component]
pub fn SelectGroups() -> impl IntoView {
    let (visit, services, name) = (visit(), services(), name_of_page());
    let draft = Draft::from_query(&visit, &FIELDS);
    let search = visit.query_value(SEARCH).unwrap_or_default();
    let list = visit.query_value(LIST).unwrap_or_default();
    // Any other name stands for the first list.
    let list = field::GROUP_LISTS.into_iter().find(|known| *known == list).unwrap_or(field::GROUP_LISTS[0]);
    Suspend::new(async move {
        // The page exists for methods alone.
        if let Err(failure) = services.methods_policy.method(&visit, &name, &[]).await {
            return tabs::ended(failure);
        }
        match services.methods_policy.groups(&visit, &search, draft.form.values(list)).await {
            Ok(picks) => view! { <Page picks draft search list name/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(picks: GroupPicks, draft: Draft, search: String, list: &'static str, name: String) -> impl IntoView {
    let back = format!("{}/{name}", super::PATH);
    let here = format!("{back}/select-groups");
    let cancel = draft.link(&back);
    let posted = format!("{list}[]");
    let found = found_text(&picks.found, &search);
    let chosen = picks.chosen.iter().map(|group| group.id.clone());
    let field = Field::new(&posted).or_all(chosen);
    let choices = picks.chosen.iter().chain(&picks.found.groups).map(choice).collect();
    let mut levels = crumbs();
    let title = name.parse().map(name_of).unwrap_or_default();
    levels.push((title, Some(cancel.clone())));
    view! {
        <AdminPage heading=t("methods-policy-select-groups") current=super::PATH crumbs=levels
            lead=tabs::label(list)>
            <form class="stack" method="get" action=here>
                {draft.without(list).hidden()}
                <input type="hidden" name=LIST value=list/>
                <div class="search" role="search">
                    <label class="visually-hidden" for=SEARCH>{t("policy-group-search")}</label>
                    <input class="input" type="search" id=SEARCH name=SEARCH value=search autocomplete="off"
                        spellcheck="false" dir="auto" placeholder=t("policy-group-search")/>
                    <Button label=t("policy-search") look=Look::Secondary/>
                </div>
                <p class="hint" id="found" role="status">{found}</p>
                <CheckboxGroup field choices legend=t("policy-groups-legend")/>
                <div class="actions">
                    <button class=Look::Primary.class() type="submit" formaction=back>{t("policy-group-select")}</button>
                    <ButtonLink href=cancel label=t("ui-cancel") look=Look::Subtle/>
                </div>
            </form>
            <GroupFilter input=SEARCH.to_owned() list=format!("{}-list", id_of(&posted)) status="found".to_owned()
                found=t("policy-groups-found-script")/>
        </AdminPage>
    }
}

fn choice(group: &GroupChoice) -> Choice {
    let option = Choice::new(group.id.clone(), group.name.clone());
    if group.description.is_empty() { option } else { option.hint(group.description.clone()) }
}
