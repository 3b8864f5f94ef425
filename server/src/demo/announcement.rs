//! What a start in demo mode prints.

use std::io::Write as _;

use super::{ACCOUNTS, DemoPassword};
use crate::config::Config;

/// Prints address, accounts and password to standard output.
pub fn announce(config: &Config, password: &DemoPassword) {
    // A closed standard output must not stop the server.
    let _ = std::io::stdout().lock().write_all(text(config, password).as_bytes());
}

fn text(config: &Config, password: &DemoPassword) -> String {
    let url = |path: &str| config.public_url.link(path);
    let width = ACCOUNTS.iter().map(|account| account.upn().len()).max().unwrap_or_default();
    let mut lines = vec![
        String::new(),
        format!("Regain runs in demo mode at {}", config.public_url.origin()),
        String::new(),
        format!("  Admin portal   {}", url("/admin")),
        format!("  Registration   {}", url("/register")),
        format!("  Reset          {}", url("/reset")),
        format!("  Outbox         {}  (mail, texts and calls end up here)", url("/demo/outbox")),
        String::new(),
    ];
    lines.extend(ACCOUNTS.iter().map(|account| format!("  {:width$}   {}", account.upn(), account.about())));
    lines.push(String::new());
    match &password.known {
        Some(known) => lines.push(format!("  Password of every account: {}", known.expose())),
        None => lines.push("  The password was set where this database was first started.".to_owned()),
    }
    if password.differs {
        lines.push("  REGAIN_DEMO_PASSWORD is another one: it counts at the first start only.".to_owned());
        lines.push("  To use it, start with an empty REGAIN_DATA_DIR.".to_owned());
    }
    lines.push(String::new());
    lines.join("\n") + "\n"
}
