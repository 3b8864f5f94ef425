//! `/admin/users/{id}`

use leptos::prelude::*;

use super::path_of;
use crate::outcome::end_page;
use crate::pages::admin::{listing, users};
use crate::services::people::UserView;
use crate::services::services;
use crate::text::t;
use crate::ui::{AdminPage, ButtonLink, Form, Look};
use crate::visit::{form, visit};
use regain_core::form::FormState;

mod access;
mod details;
mod methods;
mod overview;
pub(in crate::pages::admin) mod passes;
mod roles;

pub(in crate::pages::admin) use roles::about as role_about;

/// A user.
#[component]
pub fn User() -> impl IntoView {
    let (visit, services, id) = (visit(), services(), listing::id_of_page());
    let state = form();
    Suspend::new(async move {
        match services.people.user(&visit, &id).await {
            Ok(user) => {
                let flags = [
                    "created",
                    "blocked",
                    "unblocked",
                    "password",
                    "method-removed",
                    "released",
                    "pass-deleted",
                ];
                let status = listing::done(&visit, "people-done", &flags);
                view! { <Page user forms=Forms::new(state) status/> }.into_any()
            }
            Err(failure) => {
                end_page(failure);
                ().into_any()
            }
        }
    })
}

/// The page has several forms. What one of them left must not empty the others.
#[derive(Clone, Copy)]
pub(super) struct Forms {
    all: Form,
    none: Form,
}

impl Forms {
    fn new(state: FormState) -> Self {
        Self { all: Form::new(state), none: Form::new(FormState::default()) }
    }

    /// The state of one form.
    fn part(self, name: &str) -> Form {
        if self.all.with(|state| state.value("form") == name) { self.all } else { self.none }
    }
}

#[component]
fn Page(user: UserView, forms: Forms, status: Option<String>) -> impl IntoView {
    let crumbs = vec![(t("ui-menu-users"), Some(users::PATH.to_owned()))];
    let delete = format!("{}/delete", path_of(&user.id));
    let helped = passes::buttons(&user);
    let delete = user.allowed.manage.then(|| {
        view! { <ButtonLink href=delete label=t("people-delete") look=Look::Secondary/> }
    });
    let any = user.allowed.passes || user.allowed.manage;
    let actions = any.then(|| view! { {helped}{delete} }.into_any());
    view! {
        <AdminPage heading=user.details.display_name.clone() current=users::PATH crumbs form=forms.all
            status actions>
            <div class="admin-form">
                {overview::overview(&user)}
                {details::details(&user, forms.part("details"))}
                {methods::methods(&user)}
                {passes::pass(&user)}
                {access::access(&user, forms.part("password"))}
                {roles::roles(&user, forms.part("roles"))}
            </div>
        </AdminPage>
    }
}
