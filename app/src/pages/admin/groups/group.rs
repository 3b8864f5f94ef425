//! `/admin/groups/{id}`

use leptos::prelude::*;

use super::{members_text, path_of};
use crate::outcome::end_page;
use crate::pages::admin::{groups, listing, users};
use crate::services::groups::{GroupView, MemberRow};
use crate::services::services;
use crate::text::t;
use crate::ui::{
    AdminPage, Banner, Button, ButtonLink, Column, DataTable, EmptyState, Form, Look, Panel, PostForm, Sign,
    TextArea, TextField, Tone,
};
use crate::visit::{form, visit};

/// A group.
#[component]
pub fn Group() -> impl IntoView {
    let (visit, services, id) = (visit(), services(), listing::id_of_page());
    let form = Form::new(form());
    Suspend::new(async move {
        match services.groups.group(&visit, &id, &listing::place(&visit)).await {
            Ok(view) => {
                let status = listing::done(&visit, "groups-done", &["created", "added", "removed"]);
                view! { <Page view form status/> }.into_any()
            }
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

#[component]
fn Page(view: GroupView, form: Form, status: Option<String>) -> impl IntoView {
    let path = path_of(&view.group.id);
    let crumbs = vec![(t("ui-menu-groups"), Some(groups::PATH.to_owned()))];
    let actions = view.may_manage.then(|| {
        view! {
            <ButtonLink href=format!("{path}/add-members") label=t("groups-add-members") look=Look::Primary/>
            <ButtonLink href=format!("{path}/delete") label=t("groups-delete")/>
        }
        .into_any()
    });
    let used = view.group.in_use.then(|| {
        view! {
            <Banner tone=Tone::Info>
                <p>{t("groups-used-here")}" "<a href="/admin/password-reset/properties">{t("ui-menu-properties")}</a></p>
            </Banner>
        }
    });
    let methods = view.group.names_methods.then(|| {
        let path = crate::pages::admin::authentication_methods_policy::PATH;
        view! {
            <Banner tone=Tone::Info>
                <p>{t("groups-used-methods")}" "<a href=path>{t("ui-menu-methods-policy")}</a></p>
            </Banner>
        }
    });
    let details = view.may_manage.then(|| details(&view, form));
    let description = Some(view.group.description.clone()).filter(|text| !text.is_empty());
    let description = description.map(|text| view! { <p class="lead" dir="auto">{text}</p> });
    view! {
        <AdminPage heading=view.group.name.clone() current=groups::PATH crumbs form
            status actions>
            {description}
            {used}
            {methods}
            {members(view)}
            {details}
        </AdminPage>
    }
}

fn members(view: GroupView) -> AnyView {
    let id = view.group.id.clone();
    let mut pager = listing::pager(&view.users, &path_of(&id), &[]);
    // Groups inside it are rows, too.
    pager.summary = listing::shown(view.groups.len() + view.users.rows.len());
    let heading = view! { <h2>{t("groups-members")}</h2><p class="hint">{members_text(&view.group)}</p> };
    if view.groups.is_empty() && view.users.rows.is_empty() {
        return view! { {heading}<EmptyState text=t("groups-no-members") sign=Sign::Group/> }.into_any();
    }
    let mut columns: Vec<Column> =
        ["groups-member", "groups-member-kind"].iter().map(|column| Column::new(t(column))).collect();
    if view.may_manage {
        columns.push(Column::new(t("people-method-action")));
    }
    let rows = view.groups.into_iter().chain(view.users.rows).map(|member| row(&id, member, view.may_manage));
    view! {
        {heading}
        <DataTable caption=t("groups-members") columns rows=rows.collect() pager/>
    }
    .into_any()
}

fn row(group: &str, member: MemberRow, may_manage: bool) -> Vec<AnyView> {
    let (href, kind) = match &member.upn {
        Some(upn) => (users::path_of(&member.id), upn.clone()),
        None => (path_of(&member.id), t("groups-nested")),
    };
    let mut cells = vec![
        view! { <a href=href dir="auto">{member.name.clone()}</a> }.into_any(),
        view! { <bdi>{kind}</bdi> }.into_any(),
    ];
    if may_manage {
        cells.push(remove(group.to_owned(), member));
    }
    cells
}

fn remove(group: String, member: MemberRow) -> AnyView {
    view! {
        <PostForm action="/admin/groups/remove-member">
            <input type="hidden" name="id" value=group/>
            <input type="hidden" name="member" value=member.id/>
            <button class="link-button" type="submit">
                {t("people-remove")}<span class="visually-hidden">" "{member.name}</span>
            </button>
        </PostForm>
    }
    .into_any()
}

fn details(view: &GroupView, form: Form) -> impl IntoView + use<> {
    let (id, group) = (view.group.id.clone(), &view.group);
    let name = form.field("name").or(group.name.clone());
    let description = form.field("description").or(group.description.clone());
    view! {
        <PostForm action="/admin/groups/save" class="admin-form" autofill=false>
            <input type="hidden" name="id" value=id/>
            <Panel heading=t("groups-details")>
                <TextField field=name label=t("groups-name")/>
                <TextArea field=description label=t("groups-description") rows=3/>
                <div class="actions"><Button label=t("ui-save") look=Look::Secondary/></div>
            </Panel>
        </PostForm>
    }
}
