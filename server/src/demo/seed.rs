//! Fills an empty database.

use std::collections::BTreeMap;

use anyhow::{anyhow, ensure};
use regain_core::account::{GroupDetails, TypedDetails};
use regain_core::secret::Secret;
use regain_store::{Group, GroupMember, Page, Tx, User, UserFilter};

use super::accounts::{ACCOUNTS, Account, NESTED_GROUP, TEST_GROUP};
use crate::audit::activity;
use crate::engine::Engine;
use crate::organization::{self, OrganizationSettings};
use crate::people::{Actor, FirstPassword, MemberRow, NewUser, Refusal};
use crate::policy;

/// Whether this database was seeded. One that holds something else is refused.
pub(super) async fn is_seeded(engine: &Engine) -> anyhow::Result<bool> {
    let mut tx = engine.store.read().await?;
    check(&mut *tx).await
}

async fn check(tx: &mut dyn Tx) -> anyhow::Result<bool> {
    let (settings, version): (OrganizationSettings, i64) =
        policy::document(tx, organization::SETTINGS).await?;
    if settings.demo {
        return Ok(true);
    }
    let users = tx.count_users(&UserFilter::default(), 1).await?;
    let groups = tx.groups("", &Page { after: String::new(), limit: 1 }).await?.len();
    let policies = tx.policies().await?.len();
    ensure!(
        users == 0 && groups == 0 && policies == 0 && version == 0,
        "this database holds other data than the demo's; start without --demo, or choose another REGAIN_DATA_DIR"
    );
    Ok(false)
}

/// Makes the organisation, its groups and its accounts, all at once or not at all. False when another node was faster.
pub(super) async fn seed(engine: &Engine, password: &Secret) -> anyhow::Result<bool> {
    let mut verifiers = Vec::new();
    for _ in &ACCOUNTS {
        verifiers.push(engine.hasher.hash(password, engine.new_salt()).await?);
    }
    engine.hasher.rest();
    let mut tx = engine.store.write().await?;
    tx.lock("demo").await?;
    if check(&mut *tx).await? {
        return Ok(false);
    }
    let mut settings = organization::load(&mut *tx).await?;
    "Contoso".clone_into(&mut settings.name);
    settings.demo = true;
    policy::save_document(&mut *tx, organization::SETTINGS, &settings, 0, engine.now()).await?;
    let actor = Actor::console(engine, "demo data");
    fill(engine, &mut *tx, &actor, verifiers).await?;
    tx.commit().await?;
    engine.forget_organization();
    Ok(true)
}

async fn fill(
    engine: &Engine,
    tx: &mut dyn Tx,
    actor: &Actor<'_>,
    verifiers: Vec<String>,
) -> anyhow::Result<()> {
    let mut groups = BTreeMap::new();
    let described = [
        (TEST_GROUP, "People who may reset their own password, once the policy selects this group."),
        (NESTED_GROUP, "A group inside SSPR-Test-Group: its members count too."),
    ];
    for (name, description) in described {
        let details = GroupDetails::parse(name, description).map_err(Refusal::Problems)?;
        groups.insert(name, engine.insert_group(tx, actor, &details).await?);
    }
    for (account, verifier) in ACCOUNTS.iter().zip(verifiers) {
        let user = add_account(engine, tx, actor, account, verifier).await?;
        if let Some(group) = account.group {
            let member = MemberRow { member: GroupMember::User(user.id), name: user.upn };
            join(engine, tx, actor, groups.get(group), member).await?;
        }
    }
    let nested = groups.get(NESTED_GROUP).ok_or_else(|| anyhow!("no nested group"))?;
    let nested = MemberRow { member: GroupMember::Group(nested.id), name: nested.name.clone() };
    join(engine, tx, actor, groups.get(TEST_GROUP), nested).await
}

async fn add_account(
    engine: &Engine,
    tx: &mut dyn Tx,
    actor: &Actor<'_>,
    account: &Account,
    verifier: String,
) -> Result<User, Refusal> {
    let entered = account.entered.as_ref();
    let typed = TypedDetails {
        upn: account.upn(),
        display_name: format!("{} {}", account.given_name, account.surname),
        given_name: account.given_name.to_owned(),
        surname: account.surname.to_owned(),
        mail: account.upn(),
        mobile_phone: entered.map(|data| data.mobile_phone.to_owned()).unwrap_or_default(),
        office_phone: String::new(),
        alternate_email: entered.map(|data| data.alternate_email.to_owned()).unwrap_or_default(),
    };
    // Not temporary: who tries the demo should not have to choose nine passwords first.
    let password = FirstPassword { verifier, temporary: false, imported: false };
    let details = typed.parse().map_err(Refusal::Problems)?;
    let user = engine.insert_user(tx, actor, &NewUser { details, blocked: false, password }).await?;
    if let Some(role) = account.role {
        tx.grant_role(user.id, role.as_str()).await?;
        engine.record_roles(tx, actor, &user, activity::ADD_ROLE, &[role]).await?;
    }
    Ok(user)
}

async fn join(
    engine: &Engine,
    tx: &mut dyn Tx,
    actor: &Actor<'_>,
    group: Option<&Group>,
    member: MemberRow,
) -> anyhow::Result<()> {
    let group = group.ok_or_else(|| anyhow!("a demo account names a group that is not there"))?;
    let record = engine.insert_member(tx, actor, group, &member).await?;
    tx.append_all(record.as_slice()).await?;
    Ok(())
}
