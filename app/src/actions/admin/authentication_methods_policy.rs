//! POSTs of `/admin/authentication-methods-policy`.

use leptos::prelude::*;
use regain_core::policy::methods_field as field;

use crate::outcome::respond;
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;

/// Saves what holds for all methods together.
#[server(prefix = "", endpoint = "/admin/authentication-methods-policy")]
pub async fn save_common(
    #[server(default)] version: String,
    #[server(default)] second_factor: Option<String>,
    #[server(default)] finish_on_device: Option<String>,
    #[server(default)] hold_hours: Option<String>,
) -> Result<(), ServerFnError> {
    let sent = [
        (field::SECOND_FACTOR, second_factor),
        (field::FINISH_ON_DEVICE, finish_on_device),
        (field::HOLD_HOURS, hold_hours),
    ];
    let sent: Vec<_> = sent.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    let typed = typed(&sent);
    respond(services().methods_policy.save_common(&visit(), &version, typed).await)
}

/// Saves one method.
#[server(prefix = "", endpoint = "/admin/authentication-methods-policy/save")]
pub async fn save_method(
    #[server(default)] version: String,
    #[server(default)] method: String,
    #[server(default)] reset: String,
    #[server(default)] reset_include: String,
    #[server(default)] reset_groups: Vec<String>,
    #[server(default)] reset_exclude: Vec<String>,
    #[server(default)] sign_in: String,
    #[server(default)] sign_in_include: String,
    #[server(default)] sign_in_groups: Vec<String>,
    #[server(default)] sign_in_exclude: Vec<String>,
    #[server(default)] office: String,
) -> Result<(), ServerFnError> {
    let mut typed = typed(&[
        ("reset", reset),
        ("reset_include", reset_include),
        ("sign_in", sign_in),
        ("sign_in_include", sign_in_include),
        (field::OFFICE, office),
    ]);
    let lists = [reset_groups, reset_exclude, sign_in_groups, sign_in_exclude];
    for (name, groups) in field::GROUP_LISTS.into_iter().zip(lists) {
        typed.values.insert(name.to_owned(), groups);
    }
    respond(services().methods_policy.save_method(&visit(), &method, &version, typed).await)
}

/// Saves *Migration state*.
#[server(prefix = "", endpoint = "/admin/authentication-methods-policy/migration")]
pub async fn save_migration(
    #[server(default)] version: String,
    #[server(default)] migration: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let typed = typed(&[(field::MIGRATION, migration), (field::REASON, reason)]);
    respond(services().methods_policy.save_migration(&visit(), &version, typed).await)
}

/// *Migrate*, at the end of the guide.
#[server(prefix = "", endpoint = "/admin/authentication-methods-policy/migrate")]
pub async fn migrate(
    #[server(default)] version: String,
    #[server(default)] chosen: Vec<String>,
    #[server(default)] office: String,
) -> Result<(), ServerFnError> {
    let mut typed = typed(&[(field::OFFICE, office)]);
    typed.values.insert(field::CHOSEN.to_owned(), chosen);
    respond(services().methods_policy.migrate(&visit(), &version, typed).await)
}
