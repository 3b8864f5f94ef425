//! Users, their passwords, roles and known places.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A user account.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct User {
    /// Row id.
    pub id: Uuid,
    /// User principal name, as given.
    pub upn: String,
    /// Its canonical spelling; unique.
    pub upn_key: String,
    /// Display name.
    pub display_name: String,
    /// `regain_core::text::search_key` of the display name.
    pub name_key: String,
    /// First name; may be empty.
    pub given_name: String,
    /// Last name; may be empty.
    pub surname: String,
    /// `regain_core::text::search_key` of the last name.
    pub surname_key: String,
    /// Primary mail address.
    pub mail: Option<String>,
    /// Mobile phone an administrator entered, as `+CC number`.
    pub mobile_phone: Option<String>,
    /// Office phone an administrator entered.
    pub office_phone: Option<String>,
    /// Alternate email an administrator entered.
    pub alternate_email: Option<String>,
    /// Where the password lives: `local`, or a directory's name.
    pub directory: String,
    /// Preferred language, for messages.
    pub locale: Option<String>,
    /// Sign-in is blocked.
    pub blocked: bool,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When all required methods were first there.
    pub registered_at: Option<Timestamp>,
    /// When the person last said *Looks good*.
    pub confirmed_at: Option<Timestamp>,
}

/// A password's verifier.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Password {
    /// Whose.
    pub user_id: Uuid,
    /// PHC string of argon2id, or `import$…` (a keyed hash with or without argon2id over it).
    pub verifier: String,
    /// Must be changed at the next sign-in.
    pub temporary: bool,
    /// Still without argon2id.
    pub imported: bool,
    /// Since when.
    pub set_at: Timestamp,
}

impl Password {
    /// Whether it is the password that the other row was: its verifier may have been strengthened, which leaves alone
    /// since when it is set.
    pub fn is_same(&self, other: &Password) -> bool {
        self.user_id == other.user_id && self.set_at == other.set_at
    }
}

/// Which users a list shows.
#[derive(Clone, Debug, Default)]
pub struct UserFilter {
    /// Beginning of the UPN, display name or last name; any spelling that `regain_core::text::search_key` calls the same.
    pub search: String,
    /// Only these roles' holders.
    pub administrators: bool,
    /// Only blocked accounts.
    pub blocked: bool,
}

/// Where a page of a list begins, by key.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The key of the last row before the page; empty for the first page.
    pub after: String,
    /// At most this many rows.
    pub limit: i64,
}

/// Users, passwords, roles, known places.
#[async_trait]
pub trait People {
    /// Makes a user. A taken name is [`crate::Error::Conflict`].
    async fn add_user(&mut self, user: &User) -> Result<()>;
    /// Makes many users with their passwords, in one order. Returns the ids of those that were made: a taken name is
    /// passed over, also when it was taken by a user earlier in the list.
    async fn add_users(&mut self, users: &[(User, Password)]) -> Result<Vec<Uuid>>;
    /// The user with this id.
    async fn user(&mut self, id: Uuid) -> Result<Option<User>>;
    /// The user with this canonical name.
    async fn user_by_key(&mut self, upn_key: &str) -> Result<Option<User>>;
    /// Writes every column but the id and `created_at`. False when the user is gone.
    async fn update_user(&mut self, user: &User) -> Result<bool>;
    /// Deletes a user and all that belongs to it. False when there was none.
    async fn delete_user(&mut self, id: Uuid) -> Result<bool>;
    /// A page of users by `upn_key`.
    async fn users(&mut self, filter: &UserFilter, page: &Page) -> Result<Vec<User>>;
    /// The page of users right before the one with this `upn_key`, in the list's order.
    async fn users_before(&mut self, filter: &UserFilter, before: &str, limit: i64) -> Result<Vec<User>>;
    /// How many users a filter matches, counted up to `most`.
    async fn count_users(&mut self, filter: &UserFilter, most: i64) -> Result<i64>;

    /// The user's password, if it has a local one.
    async fn password(&mut self, user_id: Uuid) -> Result<Option<Password>>;
    /// Sets or replaces the password.
    async fn set_password(&mut self, password: &Password) -> Result<()>;
    /// Takes a password away that the person set at or after `since`. False when there is none, or an administrator's.
    async fn forget_password(&mut self, user_id: Uuid, since: Timestamp) -> Result<bool>;
    /// Replaces a verifier only if it is still `old`: a stronger hash of the same password.
    async fn upgrade_password(&mut self, user_id: Uuid, old: &str, new: &Password) -> Result<bool>;
    /// Makes a password temporary that was set at `set_at`, if it is still that one.
    async fn expire_password(&mut self, user_id: Uuid, set_at: Timestamp) -> Result<bool>;
    /// *Password never expires*; no for a user without a password.
    async fn password_never_expires(&mut self, user_id: Uuid) -> Result<bool>;
    /// Sets it; it stays when the password changes. False when the user has no password.
    async fn set_password_never_expires(&mut self, user_id: Uuid, never: bool) -> Result<bool>;
    /// Passwords still without argon2id, oldest first.
    async fn imported_passwords(&mut self, limit: i64) -> Result<Vec<Password>>;

    /// The user's roles, as stored.
    async fn roles(&mut self, user_id: Uuid) -> Result<Vec<String>>;
    /// Gives a role. False when it was held already.
    async fn grant_role(&mut self, user_id: Uuid, role: &str) -> Result<bool>;
    /// Takes a role. False when it was not held.
    async fn revoke_role(&mut self, user_id: Uuid, role: &str) -> Result<bool>;
    /// Users who hold a role and are not blocked, by name.
    async fn role_holders(&mut self, role: &str, limit: i64) -> Result<Vec<User>>;
    /// Every assignment, by role and name.
    async fn role_assignments(&mut self) -> Result<Vec<(String, String, String)>>;

    /// Whether a successful sign-in from `place` was seen since `since`.
    async fn knows_place(&mut self, user_id: Uuid, place: &str, since: Timestamp) -> Result<bool>;
    /// Remembers a place.
    async fn remember_place(&mut self, user_id: Uuid, place: &str, at: Timestamp) -> Result<()>;
    /// Forgets places not seen since `before`.
    async fn sweep_places(&mut self, before: Timestamp) -> Result<u64>;
}
