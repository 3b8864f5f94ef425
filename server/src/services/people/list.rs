//! The list of users.

use regain_app::outcome::Failure;
use regain_app::services::people::{Place, UserList, UserQuery, UserRow};
use regain_app::visit::Visit;
use regain_core::eligibility;
use regain_core::role::Right;
use regain_store::{Page, Result, Tx, User, UserFilter};

use crate::engine::Engine;
use crate::person::Person;
use crate::services::failure;
use crate::services::paging::{PAGE, page_of};

pub(super) async fn list(
    engine: &Engine,
    visit: &Visit,
    query: &UserQuery,
    place: &Place,
) -> std::result::Result<UserList, Failure> {
    engine.admin_gate(visit, Right::ReadUsers)?;
    let may_create = visit.may(Right::ManageUsers);
    let filter = UserFilter {
        search: query.search.clone(),
        administrators: query.administrators,
        blocked: query.blocked,
    };
    let rows = async {
        let mut tx = engine.store.read().await?;
        let users = match place {
            Place::First => tx.users(&filter, &first()).await?,
            Place::After(key) => tx.users(&filter, &Page { after: key.clone(), ..first() }).await?,
            Place::Before(key) => tx.users_before(&filter, key, PAGE + 1).await?,
        };
        let page = page_of(users, place, |user| user.upn_key.clone());
        let mut rows = Vec::with_capacity(page.rows.len());
        for user in page.rows {
            rows.push(row(engine, &mut *tx, user).await?);
        }
        Ok(regain_app::services::people::Listed { rows, previous: page.previous, next: page.next })
    };
    let page = rows.await.map_err(failure)?;
    Ok(UserList { page, may_create })
}

fn first() -> Page {
    Page { after: String::new(), limit: PAGE + 1 }
}

async fn row(engine: &Engine, tx: &mut dyn Tx, user: User) -> Result<UserRow> {
    let person = Person::of(engine, tx, user).await?;
    let mut methods: Vec<_> = person.factors.iter().map(|factor| factor.method).collect();
    methods.dedup();
    Ok(UserRow {
        id: person.user.id.to_string(),
        display_name: person.user.display_name.clone(),
        upn: person.user.upn.clone(),
        blocked: person.user.blocked,
        administrator: !person.roles.is_empty(),
        can_reset: eligibility::check(&person.facts()).map(|_| ()),
        methods,
    })
}
