//! What the directories of the tests are made of: OpenLDAP, a Samba domain controller, 389 Directory Server, and the
//! programs that judge them.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::apt::{self, Need};
use super::unpacked;
use crate::workspace::Workspace;

/// 389 Directory Server as Debian has it. Installed it would bring thirty more packages and renew libraries that other
/// programs use.
const DS389: [&str; 6] =
    ["389-ds-base", "389-ds-base-libs", "libcrack2", "libnspr4", "libnss3", "libnss3-tools"];

/// What is there, or why it is not.
pub struct Directories {
    /// OpenLDAP and its client programs, Samba, Kerberos and PAM.
    pub machine: Result<()>,
    /// Where 389 Directory Server is.
    pub ds389: Result<PathBuf>,
    /// Where the PAM module is that asks Kerberos.
    pub pam_krb5: Result<PathBuf>,
}

impl Directories {
    /// Installs what is missing.
    pub fn ensure(workspace: &Workspace) -> Self {
        Self {
            machine: apt::ensure(&[
                Need::SLAPD,
                Need::LDAP_UTILS,
                Need::SAMBA,
                Need::SAMBA_PROVISION,
                Need::LDB_TOOLS,
                Need::KERBEROS,
                Need::PAMTESTER,
                Need::PAM_WRAPPER,
            ]),
            ds389: unpacked::ensure(workspace, "389-ds", "a directory that tests write passwords to", &DS389),
            pam_krb5: pam_krb5(workspace),
        }
    }

    /// Why which of them are not there.
    pub fn problems(&self) -> Vec<String> {
        let parts = [self.machine.as_ref().err(), self.ds389.as_ref().err(), self.pam_krb5.as_ref().err()];
        parts.into_iter().flatten().map(|error| format!("{error:#}")).collect()
    }
}

/// Installed, the package would enter itself into how people sign in to this machine.
fn pam_krb5(workspace: &Workspace) -> Result<PathBuf> {
    const MODULE: &str = "security/pam_krb5.so";
    if let Ok(installed) = unpacked::library(Path::new("/"), MODULE) {
        return Ok(installed);
    }
    let why = "a sign-in that judges the passwords of the tests";
    let folder = unpacked::ensure(workspace, "libpam-krb5", why, &["libpam-krb5"])?;
    unpacked::library(&folder, MODULE)
}
