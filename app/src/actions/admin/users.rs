//! POSTs of `/admin/users`.

use leptos::prelude::*;
use regain_core::account::TypedDetails;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;
use crate::wire::Posted;

/// *New user*.
#[server(prefix = "", endpoint = "/admin/users/new")]
pub async fn create(
    #[server(default)] user_principal_name: String,
    #[server(default)] display_name: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] initial_password: Posted,
    #[server(default)] mail: String,
    #[server(default)] mobile_phone: String,
    #[server(default)] office_phone: String,
    #[server(default)] alternate_email: String,
) -> Result<(), ServerFnError> {
    let typed = TypedDetails {
        upn: user_principal_name,
        display_name,
        given_name: first_name,
        surname: last_name,
        mail,
        mobile_phone,
        office_phone,
        alternate_email,
    };
    respond(services().people.create(&visit(), typed, initial_password.into_secret()).await)
}

/// Saves names and contact data.
#[server(prefix = "", endpoint = "/admin/users/save")]
pub async fn save(
    #[server(default)] id: String,
    #[server(default)] display_name: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] mail: String,
    #[server(default)] mobile_phone: String,
    #[server(default)] office_phone: String,
    #[server(default)] alternate_email: String,
) -> Result<(), ServerFnError> {
    let typed = TypedDetails {
        upn: String::new(),
        display_name,
        given_name: first_name,
        surname: last_name,
        mail,
        mobile_phone,
        office_phone,
        alternate_email,
    };
    respond(services().people.save(&visit(), &id, typed).await)
}

/// *Set temporary password*.
#[server(prefix = "", endpoint = "/admin/users/set-password")]
pub async fn set_password(
    #[server(default)] id: String,
    #[server(default)] temporary_password: Posted,
) -> Result<(), ServerFnError> {
    respond(services().people.set_password(&visit(), &id, temporary_password.into_secret()).await)
}

/// *Password never expires*.
#[server(prefix = "", endpoint = "/admin/users/expiry")]
pub async fn set_never_expires(
    #[server(default)] id: String,
    #[server(default)] password_never_expires: String,
) -> Result<(), ServerFnError> {
    let never = password_never_expires == "true";
    respond(services().people.set_never_expires(&visit(), &id, never).await)
}

/// *Block sign-in*, *Unblock sign-in*.
#[server(prefix = "", endpoint = "/admin/users/block")]
pub async fn block(
    #[server(default)] id: String,
    #[server(default)] blocked: String,
) -> Result<(), ServerFnError> {
    respond(services().people.block(&visit(), &id, blocked == "true").await)
}

/// *Delete user*.
#[server(prefix = "", endpoint = "/admin/users/delete")]
pub async fn delete(#[server(default)] id: String) -> Result<(), ServerFnError> {
    respond(services().people.delete(&visit(), &id).await)
}

/// Removes a registered method.
#[server(prefix = "", endpoint = "/admin/users/remove-method")]
pub async fn remove_method(
    #[server(default)] id: String,
    #[server(default)] method: String,
) -> Result<(), ServerFnError> {
    respond(services().people.remove_method(&visit(), &id, &method).await)
}

/// *Release locks*.
#[server(prefix = "", endpoint = "/admin/users/release")]
pub async fn release(#[server(default)] id: String) -> Result<(), ServerFnError> {
    respond(services().people.release(&visit(), &id).await)
}

/// *Save roles*.
#[server(prefix = "", endpoint = "/admin/users/roles")]
pub async fn set_roles(
    #[server(default)] id: String,
    #[server(default)] roles: Vec<String>,
) -> Result<(), ServerFnError> {
    respond(services().people.set_roles(&visit(), &id, &roles).await)
}
