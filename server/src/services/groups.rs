//! Implements [`Groups`].

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::groups::{Candidates, GroupList, GroupView, Groups};
use regain_app::services::people::Place;
use regain_app::visit::Visit;
use regain_core::account::GroupDetails;
use regain_core::form::{FieldProblem, FormState};
use regain_core::role::Right;
use uuid::Uuid;

use crate::audit::activity;
use crate::engine::Engine;
use crate::people::{Actor, MemberRow, Refusal};

mod candidates;
mod read;

pub(crate) use read::find as row;

const NEW: &str = "/admin/groups/new";

#[async_trait]
impl Groups for Engine {
    async fn list(&self, visit: &Visit, search: &str, place: &Place) -> Result<GroupList, Failure> {
        read::list(self, visit, search, place).await
    }

    async fn may_create(&self, visit: &Visit) -> Result<(), Failure> {
        self.admin_gate(visit, Right::ManageGroups).map(|_| ())
    }

    async fn create(&self, visit: &Visit, name: &str, description: &str) -> Answer {
        if let Err(first) = self.act_gate(visit, Right::ManageGroups, activity::ADD_GROUP, "", NEW).await? {
            return Ok(first);
        }
        let result = match GroupDetails::parse(name, description) {
            Ok(details) => create(self, visit, &details).await,
            Err(problems) => Err(Refusal::Problems(problems)),
        };
        answer(result, NEW, name, description)
    }

    async fn group(&self, visit: &Visit, id: &str, place: &Place) -> Result<GroupView, Failure> {
        read::group(self, visit, id, place).await
    }

    async fn save(&self, visit: &Visit, id: &str, name: &str, description: &str) -> Answer {
        let page = path(id);
        if let Err(first) =
            self.act_gate(visit, Right::ManageGroups, activity::UPDATE_GROUP, id, &page).await?
        {
            return Ok(first);
        }
        let result = match GroupDetails::parse(name, description) {
            Ok(details) => self.update_group(&Actor::Administrator(visit), row_id(id)?, &details).await,
            Err(problems) => Err(Refusal::Problems(problems)),
        };
        let saved = result.map(|_| Outcome::go(format!("{page}?saved")));
        answer(saved, &page, name, description)
    }

    async fn delete(&self, visit: &Visit, id: &str) -> Answer {
        let page = path(id);
        if let Err(first) =
            self.act_gate(visit, Right::ManageGroups, activity::DELETE_GROUP, id, &page).await?
        {
            return Ok(first);
        }
        let result = self.delete_group(&Actor::Administrator(visit), row_id(id)?).await;
        match result {
            Ok(_) => Ok(Outcome::go("/admin/groups?deleted")),
            Err(refusal) => Ok(Outcome::refused(
                path(id),
                FormState { problems: refusal.into_problems()?, ..FormState::default() },
            )),
        }
    }

    async fn candidates(&self, visit: &Visit, id: &str, search: &str) -> Result<Candidates, Failure> {
        candidates::candidates(self, visit, id, search).await
    }

    async fn add_members(&self, visit: &Visit, id: &str, members: &[String], search: &str) -> Answer {
        let page = path(id);
        if let Err(first) = self.act_gate(visit, Right::ManageGroups, activity::ADD_MEMBER, id, &page).await?
        {
            return Ok(first);
        }
        let result = add(self, visit, row_id(id)?, members).await;
        match result {
            Ok(_) => Ok(Outcome::go(format!("{}?added", path(id)))),
            Err(refusal) => {
                let problems = refusal.into_problems()?;
                let state = FormState { problems, ..FormState::default() }.with_value("q", search);
                Ok(Outcome::refused(format!("{}/add-members", path(id)), state))
            }
        }
    }

    async fn remove_member(&self, visit: &Visit, id: &str, member: &str) -> Answer {
        let page = path(id);
        if let Err(first) =
            self.act_gate(visit, Right::ManageGroups, activity::REMOVE_MEMBER, id, &page).await?
        {
            return Ok(first);
        }
        let result = remove(self, visit, row_id(id)?, member).await;
        match result {
            // Gone already, the user or the membership: the page shows it.
            Ok(_) | Err(Refusal::NotFound) => Ok(Outcome::go(format!("{}?removed", path(id)))),
            Err(refusal) => Ok(Outcome::refused(
                path(id),
                FormState { problems: refusal.into_problems()?, ..FormState::default() },
            )),
        }
    }
}

async fn create(engine: &Engine, visit: &Visit, details: &GroupDetails) -> Result<Outcome, Refusal> {
    let mut tx = engine.store.write().await?;
    engine.claim(&mut *tx, visit).await?;
    let group = engine.insert_group(&mut *tx, &Actor::Administrator(visit), details).await?;
    let made = Outcome::go(format!("{}?created", path(&group.id.to_string())));
    engine.remember_made(&mut *tx, visit, &made).await?;
    tx.commit().await?;
    Ok(made)
}

async fn add(engine: &Engine, visit: &Visit, group: Uuid, members: &[String]) -> Result<usize, Refusal> {
    if members.is_empty() {
        return Err(Refusal::field("members", "members-empty"));
    }
    let mut rows = Vec::with_capacity(members.len());
    let mut tx = engine.store.read().await?;
    for member in members {
        rows.push(MemberRow::find(&mut *tx, member).await?);
    }
    drop(tx);
    engine.add_members(&Actor::Administrator(visit), group, &rows).await
}

async fn remove(engine: &Engine, visit: &Visit, group: Uuid, member: &str) -> Result<bool, Refusal> {
    let mut tx = engine.store.read().await?;
    let member = MemberRow::find(&mut *tx, member).await?;
    drop(tx);
    Engine::remove_member(engine, &Actor::Administrator(visit), group, &member).await
}

fn row_id(id: &str) -> Result<Uuid, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

fn path(id: &str) -> String {
    format!("/admin/groups/{id}")
}

fn answer(result: Result<Outcome, Refusal>, back: &str, name: &str, description: &str) -> Answer {
    match result {
        Ok(done) => Ok(done),
        Err(refusal) => {
            let problems: Vec<FieldProblem> = refusal.into_problems()?;
            let state = FormState::default().with_value("name", name).with_value("description", description);
            Ok(Outcome::refused(back, FormState { problems, ..state }))
        }
    }
}
