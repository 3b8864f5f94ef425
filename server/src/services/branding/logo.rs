//! Replacing and removing the logo.

use regain_app::outcome::{Answer, Outcome};
use regain_app::pages::admin::branding::LOGO;
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::policy::Change;
use regain_store::Result;

use super::picture::{self, Picture};
use super::{PAGE, PATH};
use crate::engine::Engine;
use crate::organization::{OrganizationSettings, SETTINGS, StoredLogo};
use crate::people::Actor;
use crate::policy;
use crate::services::failure;

/// Judges a file, and shows it from now on.
pub(super) async fn save(engine: &Engine, visit: &Visit, file: Option<Vec<u8>>) -> Answer {
    let judged = match &file {
        Some(file) => picture::read(file, LOGO),
        None => Err(picture::too_large(LOGO)),
    };
    match judged {
        Ok(picture) => replace(engine, visit, Some(picture)).await,
        Err(problem) => {
            let tx = engine.store.write().await.map_err(failure)?;
            PAGE.refuse(engine, visit, tx, PATH.to_owned(), FormState::default().with_problem(problem)).await
        }
    }
}

/// Puts a picture, or nothing, in the logo's place.
pub(super) async fn replace(engine: &Engine, visit: &Visit, new: Option<Picture>) -> Answer {
    write(engine, visit, new).await.map_err(failure)?;
    engine.forget_organization();
    Ok(Outcome::go(format!("{PATH}?saved")))
}

async fn write(engine: &Engine, visit: &Visit, new: Option<Picture>) -> Result<()> {
    let mut tx = engine.store.write().await?;
    tx.lock(SETTINGS).await?;
    let (saved, version): (OrganizationSettings, i64) = policy::document(&mut *tx, SETTINGS).await?;
    let hash_of = |logo: &Option<StoredLogo>| logo.as_ref().map(|logo| logo.hash.clone()).unwrap_or_default();
    let logo = new.as_ref().map(|picture| StoredLogo {
        hash: picture.hash.clone(),
        width: picture.width,
        height: picture.height,
    });
    let change = Change { property: LOGO.to_owned(), old: hash_of(&saved.logo), new: hash_of(&logo) };
    let changes = if change.old == change.new { Vec::new() } else { vec![change] };
    for change in &changes {
        tx.delete_image(&change.old).await?;
        if let Some(picture) = &new {
            tx.add_image(&picture.hash, &picture.png).await?;
        }
        let wanted = OrganizationSettings { logo: logo.clone(), ..saved.clone() };
        policy::save_document(&mut *tx, SETTINGS, &wanted, version, engine.now()).await?;
    }
    tx.append(&PAGE.saved(engine, &Actor::Administrator(visit), &changes)).await?;
    tx.commit().await
}
