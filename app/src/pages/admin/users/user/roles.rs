//! The roles of a user.

use leptos::prelude::*;
use regain_core::role::Role;

use crate::services::people::UserView;
use crate::text::t;
use crate::ui::{Button, CheckboxGroup, Choice, Form, Panel, PostForm};

/// What a role lets people do, in one line.
pub(in crate::pages::admin) fn about(role: Role) -> String {
    t(&format!("people-role-{role}"))
}

/// Checkboxes for who may assign roles, a list for everybody else.
pub(super) fn roles(user: &UserView, form: Form) -> AnyView {
    if !user.allowed.roles {
        let names: Vec<&str> = user.roles.iter().map(|role| role.display_name()).collect();
        let text = if names.is_empty() { t("people-no-roles") } else { names.join(", ") };
        return view! { <Panel heading=t("people-roles")><p>{text}</p></Panel> }.into_any();
    }
    let choices =
        Role::ALL.iter().map(|role| Choice::new(role.as_str(), role.display_name()).hint(about(*role)));
    let choices: Vec<Choice> = choices.collect();
    let held: Vec<String> = user.roles.iter().map(|role| role.as_str().to_owned()).collect();
    let field = form.field("roles[]").or_all(held);
    view! {
        <PostForm action="/admin/users/roles" hidden=vec![("id", user.id.clone())]>
            <Panel heading=t("people-roles")>
                <CheckboxGroup field choices legend=t("people-roles-legend")
                    hint=t("people-roles-hint")/>
                <div class="actions"><Button label=t("people-save-roles")/></div>
            </Panel>
        </PostForm>
    }
    .into_any()
}
