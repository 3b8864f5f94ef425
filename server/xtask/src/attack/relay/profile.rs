//! How the organisation is set up.

use std::net::Ipv4Addr;

use anyhow::{Result, ensure};

use crate::browser::{Browser, names_of};
use crate::organisation::{Organisation, PASSWORD};

const METHODS: &str = "/admin/authentication-methods-policy";

/// Settings of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As it comes, with the authenticator and passkeys among the methods.
    Default,
    /// Everyone chooses the new password on the device that approved, every reset needs a passkey or a notification, and
    /// sign-in a second factor.
    Strict,
}

impl Profile {
    pub const ALL: [Self; 2] = [Self::Default, Self::Strict];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Strict => "strict",
        }
    }

    pub fn apply(self, organisation: &Organisation) -> Result<()> {
        let methods = ["app_notification", "app_code", "email", "mobile_phone"];
        organisation.regain(&[&["policy", "set", "methods"], &methods[..]].concat())?;
        organisation.regain(&["policy", "set", "scope", "all"])?;
        let mut admin = Browser::new(organisation.port, Ipv4Addr::new(127, 35, 0, 1));
        admin.get("/signin")?;
        admin.post("/signin", &[("username", "admin@contoso.example")])?;
        admin.post("/signin", &[("password", PASSWORD)])?;
        admin.get(&format!("{METHODS}/passkey"))?;
        saved(&mut admin, &format!("{METHODS}/save"), &[("reset", "yes")])?;
        if self == Self::Strict {
            // Second factor at sign-in, and where the new password is chosen.
            let page = admin.get(METHODS)?.body;
            ensure!(
                page.contains("Choose the new password on the device that approved"),
                "there is no such setting"
            );
            let demands = names_of(&page, "everyone");
            let fields: Vec<_> = demands.iter().map(|name| (name.as_str(), "everyone")).collect();
            ensure!(fields.len() == 2, "not understood: {fields:?}");
            saved(&mut admin, METHODS, &fields)?;
        }
        Ok(())
    }
}

fn saved(admin: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Result<()> {
    let answer = admin.submit(path, fields)?;
    let page = admin.follow(answer)?;
    ensure!(page.body.contains("saved"), "{path} was not saved");
    Ok(())
}
