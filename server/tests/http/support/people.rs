//! People and settings, put straight into the database.

use regain_core::method::Method;
use regain_core::policy::{AuthenticationMethodsPolicy, ResetPolicy};
use regain_core::secret::{Secret, SecretBytes};
use regain_server::policy;
use regain_store::{Group, GroupMember, Password, User};
use uuid::Uuid;

use super::TestApp;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery staple";

impl TestApp {
    /// A user `<name>@contoso.example` with [`PASSWORD`] and primary mail of the same name.
    pub async fn add_user(&self, name: &str) -> User {
        let engine = &self.engine;
        let upn = if name.contains('@') { name.to_owned() } else { format!("{name}@contoso.example") };
        let verifier = engine.hasher.hash(&Secret::from(PASSWORD), engine.new_salt()).await.unwrap();
        let user = User {
            id: engine.new_id(),
            upn_key: upn.to_lowercase(),
            display_name: name.to_owned(),
            name_key: name.to_lowercase(),
            given_name: String::new(),
            surname: String::new(),
            surname_key: String::new(),
            mail: Some(upn.clone()),
            mobile_phone: None,
            office_phone: None,
            alternate_email: None,
            directory: "local".to_owned(),
            locale: None,
            blocked: false,
            created_at: engine.now(),
            registered_at: None,
            confirmed_at: None,
            upn,
        };
        let password =
            Password { user_id: user.id, verifier, temporary: false, imported: false, set_at: engine.now() };
        let mut tx = engine.store.write().await.unwrap();
        tx.add_user(&user).await.unwrap();
        tx.set_password(&password).await.unwrap();
        tx.commit().await.unwrap();
        user
    }

    /// Gives a role.
    pub async fn grant(&self, user: &User, role: &str) {
        let mut tx = self.engine.store.write().await.unwrap();
        tx.grant_role(user.id, role).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A registered email method.
    pub async fn add_email(&self, user: &User, address: &str) -> Uuid {
        self.add_method(user, Method::Email, Some(address)).await
    }

    /// A registered mobile phone, in E.164.
    pub async fn add_phone(&self, user: &User, number: &str) -> Uuid {
        self.add_method(user, Method::MobilePhone, Some(number)).await
    }

    async fn add_method(&self, user: &User, method: Method, destination: Option<&str>) -> Uuid {
        let engine = &self.engine;
        let row = regain_store::Method {
            id: engine.new_id(),
            user_id: user.id,
            method: method.as_str().to_owned(),
            label: String::new(),
            destination: destination.map(ToOwned::to_owned),
            sealed: None,
            last_step: None,
            created_at: engine.now(),
            last_used_at: None,
            codes_left: None,
        };
        let mut tx = engine.store.write().await.unwrap();
        tx.add_method(&row).await.unwrap();
        tx.commit().await.unwrap();
        row.id
    }

    /// A registered authenticator app; returns its seed.
    pub async fn add_app(&self, user: &User) -> SecretBytes {
        let engine = &self.engine;
        let seed = engine.new_seed();
        let id = self.add_method(user, Method::AppCode, None).await;
        let sealed = engine.seal_seed(id, user.id, &seed);
        let mut tx = engine.store.write().await.unwrap();
        let row = tx.methods(user.id).await.unwrap().into_iter().find(|row| row.id == id).unwrap();
        tx.delete_method(user.id, id).await.unwrap();
        tx.add_method(&regain_store::Method { sealed: Some(sealed), ..row }).await.unwrap();
        tx.commit().await.unwrap();
        seed
    }

    /// The code that an app shows now, or so many steps away.
    pub fn app_code(&self, seed: &SecretBytes, steps: i64) -> String {
        let totp = totp_rs::Builder::new()
            .with_algorithm(totp_rs::Algorithm::SHA1)
            .with_secret(<[u8; 20]>::try_from(seed.expose()).unwrap())
            .build()
            .unwrap();
        let at = self.now().seconds() + 30 * steps;
        totp.generate(u64::try_from(at).unwrap()).to_string()
    }

    /// Saves the reset policy as `change` leaves it.
    pub async fn set_policy(&self, change: impl FnOnce(&mut ResetPolicy)) {
        let engine = &self.engine;
        let mut tx = engine.store.write().await.unwrap();
        let current = policy::current(&mut *tx).await.unwrap();
        let mut changed = current.policy.clone();
        change(&mut changed);
        policy::save(&mut *tx, &current, &changed, engine.new_id(), engine.now()).await.unwrap();
        tx.commit().await.unwrap();
        engine.forget_organization();
    }

    /// Saves the authentication methods policy as `change` leaves it.
    pub async fn set_methods_policy(&self, change: impl FnOnce(&mut AuthenticationMethodsPolicy)) {
        let engine = &self.engine;
        let mut tx = engine.store.write().await.unwrap();
        let (mut changed, version): (AuthenticationMethodsPolicy, i64) =
            policy::document(&mut *tx, policy::METHODS).await.unwrap();
        change(&mut changed);
        policy::save_methods(&mut *tx, &changed, version, engine.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The authentication methods policy as it is stored.
    pub async fn methods_policy(&self) -> AuthenticationMethodsPolicy {
        let mut tx = self.engine.store.read().await.unwrap();
        policy::methods(&mut *tx).await.unwrap()
    }

    /// A group with these users in it.
    pub async fn add_group(&self, name: &str, users: &[&User]) -> Uuid {
        let engine = &self.engine;
        let group = Group {
            id: engine.new_id(),
            name: name.to_owned(),
            name_key: name.to_lowercase(),
            description: String::new(),
            created_at: engine.now(),
        };
        let mut tx = engine.store.write().await.unwrap();
        tx.add_group(&group).await.unwrap();
        for user in users {
            tx.add_member(group.id, GroupMember::User(user.id)).await.unwrap();
        }
        tx.commit().await.unwrap();
        group.id
    }
}
