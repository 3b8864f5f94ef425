//! Counts how people are made up, so that decoys look like them.

use regain_core::method::{Method, MethodSet};
use regain_store::{MethodMix, Result, Tx, UserFilter};

use crate::engine::Engine;
use crate::policy;
use crate::services::{DECOYS, Mimic, Mix};

/// Enough people to know the shares to a percent, and few enough to be counted in a moment.
const SAMPLE: i64 = 20_000;

/// People are counted this far to know the shares of groups.
const COUNTED: i64 = 1_000_000;

/// Counts once, and writes what it found if that is new.
pub async fn count(engine: &Engine) -> Result<()> {
    let mut tx = engine.store.read().await?;
    let people = tx.method_mix(SAMPLE).await?.iter().map(mimic).collect();
    let groups = shares(&mut *tx).await?;
    let (known, _): (Mix, i64) = policy::document(&mut *tx, DECOYS).await?;
    drop(tx);
    let mix = Mix { people, groups };
    if mix == known {
        return Ok(());
    }
    let mut tx = engine.store.write().await?;
    tx.lock(DECOYS).await?;
    let (_, version): (Mix, i64) = policy::document(&mut *tx, DECOYS).await?;
    policy::save_document(&mut *tx, DECOYS, &mix, version, engine.now()).await?;
    tx.commit().await
}

/// Of a thousand people, how many are in each of the groups that policies name.
async fn shares(tx: &mut dyn Tx) -> Result<Vec<(String, u16)>> {
    let all = policy::All::load(tx).await?;
    let named = all.rules().groups();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let everybody = tx.count_users(&UserFilter::default(), COUNTED).await?.max(1);
    let mut shares = Vec::new();
    for group in named {
        let Ok(id) = group.parse() else { continue };
        let (people, _) = tx.count_members(id).await?;
        let share = (people * 1_000 / everybody).clamp(0, 1_000);
        shares.push((group.to_owned(), u16::try_from(share).unwrap_or(1_000)));
    }
    Ok(shares)
}

fn mimic(row: &MethodMix) -> (Mimic, u32) {
    let has = [
        (row.app_notification, Method::AppNotification),
        (row.app_code, Method::AppCode),
        (row.mobile_phone, Method::MobilePhone),
        (row.office_phone, Method::OfficePhone),
        (row.email, Method::Email),
        (row.passkey, Method::Passkey),
        (row.recovery_code, Method::RecoveryCode),
        (row.questions, Method::SecurityQuestions),
    ];
    let methods: MethodSet = has.into_iter().filter(|(has, _)| *has).map(|(_, method)| method).collect();
    let people = u32::try_from(row.people).unwrap_or(u32::MAX);
    (Mimic { methods, administrator: row.administrator }, people)
}
