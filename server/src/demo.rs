//! Demo mode: the organisation Contoso as the tutorial finds it, in an empty database, on this machine only.

mod accounts;
mod announcement;
mod password;
mod seed;

pub use accounts::{ACCOUNTS, Account};
pub use announcement::announce;

use anyhow::ensure;

use crate::config::{Config, is_loopback};
use crate::engine::Engine;

/// Everybody knows the demo accounts' names: no other machine may reach them.
pub fn check_address(config: &Config) -> anyhow::Result<()> {
    ensure!(
        config.listen.ip().is_loopback(),
        "--demo listens on this machine only; {} is not a loopback address (REGAIN_LISTEN)",
        config.listen
    );
    ensure!(
        is_loopback(config.public_url.host()),
        "--demo answers on this machine only; {} is not its address (REGAIN_PUBLIC_URL)",
        config.public_url.origin()
    );
    Ok(())
}

/// The password of the demo accounts, as it can be told at this start.
pub struct DemoPassword {
    /// The password that the accounts were made with; `None` when this data folder does not have it.
    pub known: Option<regain_core::secret::Secret>,
    /// `REGAIN_DEMO_PASSWORD` names another one, which changes nothing.
    pub differs: bool,
}

/// Seeds the database at the first start; refuses one that holds other data.
pub async fn prepare(engine: &Engine) -> anyhow::Result<DemoPassword> {
    if seed::is_seeded(engine).await? {
        return password::recall(engine);
    }
    let password = password::choose(engine)?;
    // Kept first: accounts whose password nobody knows would be of no use.
    password::keep(engine, &password)?;
    if !seed::seed(engine, &password).await? {
        password::forget(engine)?;
        return password::recall(engine);
    }
    Ok(DemoPassword { known: Some(password), differs: false })
}
