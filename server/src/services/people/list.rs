//! The list of users.

use regain_app::outcome::Failure;
use regain_app::services::people::{Place, UserList, UserQuery, UserRow};
use regain_app::visit::Visit;
use regain_core::coverage::Coverage;
use regain_core::role::Right;
use regain_store::{Page, UserFilter};

use crate::engine::Engine;
use crate::person::{Person, Rules};
use crate::roster;
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
        let rules = Rules::load(engine, &mut *tx).await?;
        let people = roster::people(&mut *tx, &rules, page.rows).await?;
        let coverage = engine.coverage_of(&mut *tx, &people).await?;
        let rows = people.iter().zip(coverage).map(|(person, coverage)| row(person, coverage)).collect();
        Ok(regain_app::services::people::Listed { rows, previous: page.previous, next: page.next })
    };
    let page = rows.await.map_err(failure)?;
    Ok(UserList { page, may_create })
}

fn first() -> Page {
    Page { after: String::new(), limit: PAGE + 1 }
}

fn row(person: &Person, coverage: Coverage) -> UserRow {
    UserRow {
        id: person.user.id.to_string(),
        display_name: person.user.display_name.clone(),
        upn: person.user.upn.clone(),
        blocked: person.user.blocked,
        administrator: !person.roles.is_empty(),
        coverage,
        methods: person.methods(),
    }
}
