//! The list of tokens.

use regain_app::outcome::Failure;
use regain_app::services::hardware_tokens::{TokenList, TokenQuery, TokenRow};
use regain_app::services::people::Place;
use regain_app::visit::Visit;
use regain_core::role::Right;
use regain_store::{ListedToken, Page, Result, TokenFilter};
use uuid::Uuid;

use super::report;
use crate::engine::Engine;
use crate::services::failure;
use crate::services::paging::{PAGE, page_of};

pub(super) async fn list(
    engine: &Engine,
    visit: &Visit,
    query: &TokenQuery,
    place: &Place,
    with_report: bool,
) -> std::result::Result<TokenList, Failure> {
    engine.admin_gate(visit, Right::ReadUsers)?;
    let filter = TokenFilter { search: query.search.clone(), active: query.active };
    let first = || Page { after: String::new(), limit: PAGE + 1 };
    let listed = async {
        let mut tx = engine.store.read().await?;
        let tokens = match place {
            Place::First => tx.tokens(&filter, &first()).await?,
            Place::After(key) => tx.tokens(&filter, &Page { after: key.clone(), ..first() }).await?,
            Place::Before(key) => tx.tokens_before(&filter, key, PAGE + 1).await?,
        };
        let report = if with_report { report::kept(&mut *tx, visit).await? } else { None };
        Result::Ok((page_of(tokens, place, |token| token.serial_key.clone()), report))
    };
    let (page, report) = listed.await.map_err(failure)?;
    let rows = page.rows.into_iter().map(row).collect();
    let page = regain_app::services::people::Listed { rows, previous: page.previous, next: page.next };
    Ok(TokenList { page, may_manage: visit.may(Right::ManageMethods), report })
}

/// One token.
pub(super) async fn one(engine: &Engine, id: Uuid) -> std::result::Result<TokenRow, Failure> {
    let found = async {
        let mut tx = engine.store.read().await?;
        let Some(token) = tx.token(id).await? else { return Result::Ok(None) };
        let user = tx.user(token.user_id).await?;
        Ok(user.map(|user| (token, user)))
    };
    let (token, user) = found.await.map_err(failure)?.ok_or(Failure::NotFound)?;
    Ok(TokenRow {
        id: token.id.to_string(),
        serial: token.serial,
        manufacturer: token.manufacturer,
        model: token.model,
        period: token.period,
        active: token.method_id.is_some(),
        user_id: user.id.to_string(),
        display_name: user.display_name,
        upn: user.upn,
    })
}

fn row(token: ListedToken) -> TokenRow {
    TokenRow {
        id: token.id.to_string(),
        serial: token.serial,
        manufacturer: token.manufacturer,
        model: token.model,
        period: token.period,
        active: token.active,
        user_id: token.user_id.to_string(),
        display_name: token.display_name,
        upn: token.upn,
    }
}
