//! `/admin/authentication-methods-policy/{method}`: for what and for whom a method is on.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use regain_core::policy::methods_field::{self as field, Fields};
use regain_core::policy::{PolicyMethod, Purpose, Target, yes_no};

use super::super::password_reset::{self as tabs, Draft};
use super::{crumbs, name_of, path_of};
use crate::services::methods_policy::MethodView;
use crate::services::policy::GroupChoice;
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, Banner, Form, Icon, Panel, Segmented, SettingsForm, Sign, Tone, problem_text};
use crate::visit::{Visit, visit};

/// Where the form is posted.
const SAVE: &str = "/admin/authentication-methods-policy/save";
/// The fields of the form.
pub(super) const FIELDS: [&str; 9] = [
    "reset",
    "reset_include",
    "reset_groups",
    "reset_exclude",
    "sign_in",
    "sign_in_include",
    "sign_in_groups",
    "sign_in_exclude",
    field::OFFICE,
];

/// The name of the method in the page's address.
pub(super) fn name_of_page() -> String {
    use_params_map().get_untracked().get("method").unwrap_or_default()
}

/// What a refusal left, or what a trip to *Select groups* brought back.
fn form_of(visit: &Visit) -> Draft {
    if visit.form.is_refused() {
        Draft::refused(visit.form.clone())
    } else {
        Draft::from_query(visit, &FIELDS)
    }
}

/// One method.
#[component]
pub fn MethodPage() -> impl IntoView {
    let (visit, services, name) = (visit(), services(), name_of_page());
    let draft = form_of(&visit);
    Suspend::new(async move {
        let named = field::GROUP_LISTS.iter().flat_map(|list| draft.form.values(list)).cloned();
        let groups: Vec<String> = named.collect();
        match services.methods_policy.method(&visit, &name, &groups).await {
            Ok(found) => view! { <Page found draft/> }.into_any(),
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(found: MethodView, draft: Draft) -> impl IntoView {
    let method = found.line.method;
    let path = path_of(method);
    let form = Form::new(draft.form.clone());
    let unsaved = draft.is_unsaved();
    let purposes = Purpose::ALL.iter().filter(|purpose| method.serves(**purpose));
    let targets = purposes.map(|purpose| target(&found, &draft, form, *purpose)).collect_view();
    let office = (method == PolicyMethod::VOICE).then(|| {
        let field = form.field(field::OFFICE).or(yes_no(found.line.rules.office));
        view! {
            <Panel>
                <Segmented field choices=tabs::yes_no() legend=tabs::label(field::OFFICE)
                    hint=t("methods-policy-office-hint")/>
            </Panel>
        }
    });
    let missing = (!found.line.works).then(|| {
        view! { <Banner tone=Tone::Warn><p>{t("methods-policy-missing-hint")}</p></Banner> }
    });
    let heeds_boxes = found.migration.heeds_boxes() && PolicyMethod::BOXES.contains(method.method());
    let state = heeds_boxes.then(|| {
        let text = t(&format!("methods-policy-state-{}", found.migration));
        view! { <Banner><p>{text}</p></Banner> }
    });
    view! {
        <AdminPage heading=name_of(method) current=super::PATH crumbs=crumbs() form>
            {missing}
            {state}
            <SettingsForm action=SAVE page=path read_only={!found.may_save} unsaved>
                {tabs::version_field(&draft, found.version)}
                <input type="hidden" name="method" value=method.as_str()/>
                {targets}
                {office}
            </SettingsForm>
        </AdminPage>
    }
}

/// On or off, and for whom, for one purpose.
fn target(found: &MethodView, draft: &Draft, form: Form, purpose: Purpose) -> impl IntoView + use<> {
    let (fields, target) = (field::of(purpose), found.line.rules.target(purpose));
    let on = form.field(fields.on).or(yes_no(target.on));
    let include = form.field(fields.include).or(target.include.as_str());
    let includes =
        ["all", "selected"].map(|value| (value.to_owned(), t(&format!("methods-policy-include-{value}"))));
    let groups = groups_of(draft, target, fields);
    let (include_list, exclude_list) = (fields.groups, fields.exclude);
    let groups_picker = view! { <Picker found=found.clone() form list=include_list chosen=groups.0/> };
    let exclude_picker = view! { <Picker found=found.clone() form list=exclude_list chosen=groups.1/> };
    view! {
        <Panel heading=t(&format!("methods-policy-{}", purpose.as_str().replace('_', "-")))>
            <Segmented field=on choices=tabs::yes_no() legend=tabs::label(fields.on)/>
            <div class="depends nested stack">
                <Segmented field=include choices=includes.to_vec() legend=tabs::label(fields.include)/>
                <div class="depends nested">{groups_picker}</div>
                {exclude_picker}
            </div>
        </Panel>
    }
}

/// The included and the excluded groups that the form shows.
fn groups_of(draft: &Draft, target: &Target, fields: Fields) -> (Vec<String>, Vec<String>) {
    let shown = |list: &str, saved: &[String]| match draft.form.values.get(list) {
        Some(typed) => typed.clone(),
        // A list too long to be kept with a refusal, or no form at all.
        None if draft.form.is_refused() || !draft.is_unsaved() => saved.to_vec(),
        None => Vec::new(),
    };
    (shown(fields.groups, target.include.groups()), shown(fields.exclude, &target.exclude))
}

/// Chosen groups, and the button that opens the picker with everything that is typed.
#[component]
fn Picker(found: MethodView, form: Form, list: &'static str, chosen: Vec<String>) -> impl IntoView {
    let id = list.replace('_', "-");
    let (label, error) = (format!("{id}-label"), format!("{id}-error"));
    let problem = form.with(|state| state.problem(list).map(problem_text));
    let described = problem.is_some().then(|| error.clone());
    let problem = problem.map(|text| {
        view! { <p class="error" id=error><Icon sign=Sign::Alert/><span>{text}</span></p> }
    });
    let known: Vec<GroupChoice> =
        found.groups.iter().filter(|group| chosen.contains(&group.id)).cloned().collect();
    let button =
        if known.is_empty() { "methods-policy-select-groups" } else { "methods-policy-change-groups" };
    let posted = format!("{list}[]");
    let names = known
        .into_iter()
        .map(|group| {
            view! {
                <li class="picked-name" dir="auto">
                    {group.name}
                    <input type="hidden" name=posted.clone() value=group.id/>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="field" role="group" aria-labelledby=label.clone()>
            <p class="label" id=label.clone()>{tabs::label(list)}</p>
            {problem}
            <ul class="picked">{names}</ul>
            <div>
                <button class="button button-secondary" type="submit" id=id formmethod="get" name="for" value=list
                    formaction=format!("{}/select-groups", path_of(found.line.method)) aria-describedby=described>
                    <Icon sign=Sign::Group/>
                    {t(button)}
                    <span class="visually-hidden">": "{tabs::label(list)}</span>
                </button>
            </div>
        </div>
    }
}
