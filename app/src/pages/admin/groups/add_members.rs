//! `/admin/groups/{id}/add-members`

use leptos::prelude::*;

use super::path_of;
use crate::outcome::end_page;
use crate::pages::admin::{groups, listing::id_of_page};
use crate::services::groups::{Candidates, MemberRow};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::{
    AdminPage, Button, ButtonLink, CheckboxGroup, Choice, EmptyState, Field, Form, Look, PostForm, Purpose,
    Sign, TextField,
};
use crate::visit::{form, visit};

const SEARCH: &str = "q";

/// Finds people and groups, and adds those that are ticked.
#[component]
pub fn AddMembers() -> impl IntoView {
    let (visit, services, id) = (visit(), services(), id_of_page());
    let state = form();
    Suspend::new(async move {
        // After a refusal the search is in the form's state.
        let search = visit.query_value(SEARCH).unwrap_or_else(|| state.value(SEARCH).to_owned());
        match services.groups.candidates(&visit, &id, &search).await {
            Ok(candidates) => view! { <Page candidates search form=Form::new(state)/> }.into_any(),
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(candidates: Candidates, search: String, form: Form) -> impl IntoView {
    let group = &candidates.group;
    let back = path_of(&group.id);
    let here = format!("{back}/add-members");
    let crumbs =
        vec![(t("ui-menu-groups"), Some(groups::PATH.to_owned())), (group.name.clone(), Some(back.clone()))];
    let results = results(&candidates, &search, form, back);
    view! {
        <AdminPage heading=t("groups-add-members") current=groups::PATH crumbs form lead=t("groups-add-lead")>
            <form class="filters" method="get" action=here role="search">
                <TextField field=Field::new(SEARCH).or(search) label=t("groups-add-search")
                    hint=t("groups-add-search-hint") purpose=Purpose::Search/>
                <Button label=t("people-apply") look=Look::Secondary/>
            </form>
            {results}
        </AdminPage>
    }
}

fn results(candidates: &Candidates, search: &str, form: Form, back: String) -> AnyView {
    if search.trim().is_empty() {
        return ().into_any();
    }
    if candidates.found.is_empty() {
        return view! { <EmptyState text=t("groups-add-none") sign=Sign::User/> }.into_any();
    }
    let more = candidates.more.then(|| view! { <p class="hint">{t("groups-add-more")}</p> });
    let choices = candidates.found.iter().map(choice).collect();
    let hidden = vec![("id", candidates.group.id.clone()), ("q", search.to_owned())];
    view! {
        <PostForm action="/admin/groups/add-members" class="admin-form" hidden>
            <CheckboxGroup field=form.field("members[]") choices legend=t("groups-add-legend")/>
            {more}
            <div class="actions">
                <Button label=t("groups-add")/>
                <ButtonLink href=back label=t("ui-cancel") look=Look::Subtle/>
            </div>
        </PostForm>
    }
    .into_any()
}

fn choice(member: &MemberRow) -> Choice {
    let name = ("name", member.name.clone());
    match &member.upn {
        Some(upn) => {
            Choice::new(member.id.clone(), t_args("groups-add-person", &[name, ("upn", upn.clone())]))
        }
        None => Choice::new(member.id.clone(), t_args("groups-add-group", &[name])).sign(Sign::Group),
    }
}
