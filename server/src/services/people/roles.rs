//! Who holds which role.

use regain_app::outcome::Failure;
use regain_app::services::people::RoleHolders;
use regain_app::visit::Visit;
use regain_core::account::Username;
use regain_core::role::{Right, Role};

use crate::engine::Engine;
use crate::services::failure;

pub(super) async fn roles(engine: &Engine, visit: &Visit) -> Result<Vec<RoleHolders>, Failure> {
    engine.admin_gate(visit, Right::ReadUsers)?;
    let mut all: Vec<RoleHolders> =
        Role::ALL.iter().map(|role| RoleHolders { role: *role, holders: Vec::new() }).collect();
    let read = async {
        let mut tx = engine.store.read().await?;
        for (role, upn, display_name) in tx.role_assignments().await? {
            let Some(listed) = all.iter_mut().find(|listed| listed.role.as_str() == role) else { continue };
            let key = Username::parse(&upn).map(|name| name.key().to_owned()).unwrap_or_default();
            if let Some(user) = tx.user_by_key(&key).await? {
                listed.holders.push((user.id.to_string(), display_name, upn));
            }
        }
        Ok(())
    };
    read.await.map_err(failure)?;
    Ok(all)
}
