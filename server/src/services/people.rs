//! Implements [`People`].

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::people::{People, Place, RoleHolders, UserList, UserQuery, UserView};
use regain_app::visit::Visit;
use regain_core::account::TypedDetails;
use regain_core::form::FormState;
use regain_core::role::{Right, Role};
use regain_core::secret::Secret;
use uuid::Uuid;

use crate::audit::activity;
use crate::engine::Engine;
use crate::people::{Actor, Refusal};

mod list;
mod roles;
mod save;
mod view;

#[async_trait]
impl People for Engine {
    async fn list(&self, visit: &Visit, query: &UserQuery, place: &Place) -> Result<UserList, Failure> {
        list::list(self, visit, query, place).await
    }

    async fn may_create(&self, visit: &Visit) -> Result<(), Failure> {
        self.admin_gate(visit, Right::ManageUsers).map(|_| ())
    }

    async fn create(&self, visit: &Visit, typed: TypedDetails, password: Secret) -> Answer {
        save::create(self, visit, typed, password).await
    }

    async fn user(&self, visit: &Visit, id: &str) -> Result<UserView, Failure> {
        view::user(self, visit, id).await
    }

    async fn save(&self, visit: &Visit, id: &str, typed: TypedDetails) -> Answer {
        save::save(self, visit, id, typed).await
    }

    async fn block(&self, visit: &Visit, id: &str, blocked: bool) -> Answer {
        if let Err(first) =
            self.act_gate(visit, Right::ManageUsers, activity::UPDATE_USER, id, &path(id)).await?
        {
            return Ok(first);
        }
        let result = self.block_user(&Actor::Administrator(visit), row_id(id)?, blocked).await;
        done(id, result, if blocked { "blocked" } else { "unblocked" }, "")
    }

    async fn delete(&self, visit: &Visit, id: &str) -> Answer {
        if let Err(first) =
            self.act_gate(visit, Right::ManageUsers, activity::DELETE_USER, id, &path(id)).await?
        {
            return Ok(first);
        }
        match self.delete_user(&Actor::Administrator(visit), row_id(id)?).await {
            Ok(_) => Ok(Outcome::go("/admin/users?deleted")),
            Err(refusal) => refused(id, refusal, ""),
        }
    }

    async fn set_password(&self, visit: &Visit, id: &str, password: Secret) -> Answer {
        if let Err(first) =
            self.act_gate(visit, Right::ResetUsers, activity::RESET_BY_ADMIN, id, &path(id)).await?
        {
            return Ok(first);
        }
        let result = self.set_temporary_password(&Actor::Administrator(visit), row_id(id)?, &password).await;
        done(id, result, "password", "password")
    }

    async fn set_never_expires(&self, visit: &Visit, id: &str, never: bool) -> Answer {
        if let Err(first) =
            self.act_gate(visit, Right::ManageUsers, activity::UPDATE_USER, id, &path(id)).await?
        {
            return Ok(first);
        }
        let result = Engine::set_never_expires(self, &Actor::Administrator(visit), row_id(id)?, never).await;
        done(id, result, "saved", "")
    }

    async fn remove_method(&self, visit: &Visit, id: &str, key: &str) -> Answer {
        if let Err(first) =
            self.act_gate(visit, Right::ManageMethods, activity::ADMIN_UPDATED, id, &path(id)).await?
        {
            return Ok(first);
        }
        let key = view::method_key(key).ok_or(Failure::BadRequest)?;
        let result = self.remove_methods(&Actor::Administrator(visit), row_id(id)?, Some(key)).await;
        match result {
            // Somebody was faster: the page shows that it is gone.
            Err(Refusal::NotFound) => Ok(Outcome::go(path(id))),
            result => done(id, result, "method-removed", ""),
        }
    }

    async fn release(&self, visit: &Visit, id: &str) -> Answer {
        if let Err(first) =
            self.act_gate(visit, Right::ReleaseLocks, activity::RELEASE_LOCK, id, &path(id)).await?
        {
            return Ok(first);
        }
        let result = self.unlock_user(&Actor::Administrator(visit), row_id(id)?).await;
        done(id, result, "released", "")
    }

    async fn set_roles(&self, visit: &Visit, id: &str, roles: &[String]) -> Answer {
        if let Err(first) =
            self.act_gate(visit, Right::AssignRoles, activity::ADD_ROLE, id, &path(id)).await?
        {
            return Ok(first);
        }
        let roles: Result<Vec<Role>, _> = roles.iter().map(|role| role.parse()).collect();
        let roles = roles.map_err(|_| Failure::BadRequest)?;
        let result = Engine::set_roles(self, &Actor::Administrator(visit), row_id(id)?, &roles).await;
        done(id, result, "saved", "roles")
    }

    async fn roles(&self, visit: &Visit) -> Result<Vec<RoleHolders>, Failure> {
        roles::roles(self, visit).await
    }
}

fn row_id(id: &str) -> Result<Uuid, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

fn path(id: &str) -> String {
    format!("/admin/users/{id}")
}

/// Back to the user's page, which says what was done, or why not. `form` is the part of the page that was posted.
fn done<T>(id: &str, result: Result<T, Refusal>, flag: &str, form: &str) -> Answer {
    match result {
        Ok(_) => Ok(Outcome::go(format!("{}?{flag}", path(id)))),
        Err(refusal) => refused(id, refusal, form),
    }
}

fn refused(id: &str, refusal: Refusal, form: &str) -> Answer {
    let mut state = FormState::default().with_value("form", form);
    for mut problem in refusal.into_problems()? {
        // What concerns the whole part of the page leads to its beginning.
        if problem.field.is_empty() {
            form.clone_into(&mut problem.field);
        }
        state = state.with_problem(problem);
    }
    Ok(Outcome::refused(path(id), state))
}
