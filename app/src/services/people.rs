//! Users and roles, for administrators.

use async_trait::async_trait;
use regain_core::account::TypedDetails;
use regain_core::coverage::Coverage;
use regain_core::method::Method;
use regain_core::role::Role;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;

use super::passes::IssuedPass;
use super::registration::Trouble;
use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// Where in a list a page lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// The first page.
    #[default]
    First,
    /// The page after the row with this key.
    After(String),
    /// The page before the row with this key.
    Before(String),
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Listed<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// The page before.
    pub previous: Option<Place>,
    /// The page after.
    pub next: Option<Place>,
}

/// Which users a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserQuery {
    /// Beginning of a username, display name or last name.
    pub search: String,
    /// Only people with a role.
    pub administrators: bool,
    /// Only people who are blocked.
    pub blocked: bool,
}

/// A user in a list.
#[derive(Clone, Debug)]
pub struct UserRow {
    /// Row id, as text.
    pub id: String,
    /// Display name.
    pub display_name: String,
    /// User principal name.
    pub upn: String,
    /// Sign-in is blocked.
    pub blocked: bool,
    /// Holds a role.
    pub administrator: bool,
    /// In scope, registered, ready.
    pub coverage: Coverage,
    /// What the person has, allowed or not, strongest first.
    pub methods: Vec<Method>,
}

/// The list of users.
#[derive(Clone, Debug)]
pub struct UserList {
    /// A page of them.
    pub page: Listed<UserRow>,
    /// Whether the signed-in person may make users.
    pub may_create: bool,
}

/// What the signed-in person may do to a user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Names and primary mail; block; delete.
    pub manage: bool,
    /// Contact data and registered methods.
    pub methods: bool,
    /// Set a temporary password.
    pub password: bool,
    /// Release locks.
    pub locks: bool,
    /// Give and take roles.
    pub roles: bool,
    /// Find out who is calling, and issue a temporary pass; never for oneself.
    pub passes: bool,
}

/// One thing that a person registered.
#[derive(Clone, Debug)]
pub struct RegisteredMethod {
    /// What names it in a form.
    pub key: String,
    /// Which method.
    pub method: Method,
    /// Address, number or what its owner calls it; may be empty. Masked for who only reads.
    pub about: String,
    /// What is wrong with the address or number.
    pub trouble: Option<Trouble>,
    /// Since when; answers to questions do not tell.
    pub added: Option<Timestamp>,
    /// When it last proved something.
    pub used: Option<Timestamp>,
}

/// Everything about a user.
#[derive(Clone, Debug)]
pub struct UserView {
    /// Row id, as text.
    pub id: String,
    /// Names and contact data as stored; contact data masked for who only reads.
    pub details: TypedDetails,
    /// Contact data that somebody changed within a day, and until when each waits before it counts towards a reset.
    pub waiting: Vec<(Method, Timestamp)>,
    /// Sign-in is blocked.
    pub blocked: bool,
    /// The password must be changed at the next sign-in.
    pub must_change_password: bool,
    /// The organisation's password expiry does not hold for the person.
    pub password_never_expires: bool,
    /// The person's temporary pass.
    pub pass: Option<IssuedPass>,
    /// Roles held.
    pub roles: Vec<Role>,
    /// Groups the person is a direct member of: id and name.
    pub groups: Vec<(String, String)>,
    /// What the person registered.
    pub methods: Vec<RegisteredMethod>,
    /// In scope, registered, ready.
    pub coverage: Coverage,
    /// The administrators' policy holds for the person.
    pub administrator: bool,
    /// Recovery is locked until then.
    pub recovery_locked_until: Option<Timestamp>,
    /// When all required methods were first there.
    pub registered_at: Option<Timestamp>,
    /// When the person last said that they still look good.
    pub confirmed_at: Option<Timestamp>,
    /// What the signed-in person may do.
    pub allowed: Allowed,
}

/// A role and who holds it.
#[derive(Clone, Debug)]
pub struct RoleHolders {
    /// The role.
    pub role: Role,
    /// Id, display name and UPN.
    pub holders: Vec<(String, String, String)>,
}

/// Users and roles, for administrators.
#[async_trait]
pub trait People: Send + Sync {
    /// A page of the list of users.
    async fn list(&self, visit: &Visit, query: &UserQuery, place: &Place) -> Result<UserList, Failure>;
    /// Whether the page for a new user may be shown.
    async fn may_create(&self, visit: &Visit) -> Result<(), Failure>;
    /// Makes a user whose password must be changed at the first sign-in.
    async fn create(&self, visit: &Visit, typed: TypedDetails, password: Secret) -> Answer;
    /// Everything about a user.
    async fn user(&self, visit: &Visit, id: &str) -> Result<UserView, Failure>;
    /// Saves what the signed-in person may change of names and contact data.
    async fn save(&self, visit: &Visit, id: &str, typed: TypedDetails) -> Answer;
    /// Blocks sign-in, or allows it again.
    async fn block(&self, visit: &Visit, id: &str, blocked: bool) -> Answer;
    /// Deletes a user.
    async fn delete(&self, visit: &Visit, id: &str) -> Answer;
    /// Sets a password that must be changed at the next sign-in.
    async fn set_password(&self, visit: &Visit, id: &str, password: Secret) -> Answer;
    /// Leaves the person's password out of expiry, or takes it in again.
    async fn set_never_expires(&self, visit: &Visit, id: &str, never: bool) -> Answer;
    /// Removes one registered method.
    async fn remove_method(&self, visit: &Visit, id: &str, key: &str) -> Answer;
    /// Releases the sign-in lockout and the recovery lock.
    async fn release(&self, visit: &Visit, id: &str) -> Answer;
    /// Makes `roles` the roles of a user.
    async fn set_roles(&self, visit: &Visit, id: &str, roles: &[String]) -> Answer;
    /// Who holds which role.
    async fn roles(&self, visit: &Visit) -> Result<Vec<RoleHolders>, Failure>;
}
