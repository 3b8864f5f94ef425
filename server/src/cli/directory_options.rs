//! The options that say which directory, and how it is asked. One group, for every command that needs them.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use regain_core::secret::Secret;
use regain_directory::{Encryption, Kind, Server, Settings};

use super::password;

/// A directory.
#[derive(Args, Debug)]
pub(super) struct DirectoryOptions {
    /// The product: active-directory (Samba, too), openldap, 389ds, freeipa, or ldap for any other.
    #[arg(long)]
    kind: Kind,
    /// A server: ldaps://HOST[:PORT], or ldap://HOST[:PORT] with --start-tls. Given several times, they are asked in this
    /// order, and the first that answers is the one.
    #[arg(long = "url", value_name = "URL", required = true)]
    urls: Vec<Server>,
    /// Begin in the clear and encrypt before anything is sent (ldap:// only). Nothing is ever sent without encryption.
    #[arg(long)]
    start_tls: bool,
    /// The certificate of the authority that signed the servers' certificates, in PEM. Without it, the authorities that this
    /// machine trusts.
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// The service account: a DN, or for Active Directory name@domain.
    #[arg(long, value_name = "USER")]
    bind_user: String,
    /// A file with its password in the first line. Without it the password is asked for, or read as a line from standard
    /// input.
    #[arg(long, value_name = "FILE")]
    bind_password_file: Option<PathBuf>,
    /// Where people are, with everything below, such as OU=Staff,DC=corp,DC=example,DC=com.
    #[arg(long, value_name = "DN")]
    base: String,
    /// Which entries are people. Without it every person there.
    #[arg(long, value_name = "FILTER")]
    people_filter: Option<String>,
    /// Where groups are. Without it where people are.
    #[arg(long, value_name = "DN")]
    group_base: Option<String>,
    /// Which entries are groups. Without it every group there.
    #[arg(long, value_name = "FILTER")]
    group_filter: Option<String>,
    /// The password policy for everybody without one of their own (ppolicy_default of OpenLDAP), where the directory does
    /// not tell it.
    #[arg(long, value_name = "DN")]
    default_policy: Option<String>,
}

impl DirectoryOptions {
    /// What contradicts itself, which is wrong usage.
    pub(super) fn contradiction(&self) -> Option<String> {
        self.urls.iter().find_map(|server| match (server.encryption(), self.start_tls) {
            (Encryption::StartTls, false) => {
                Some(format!("{server} is not encrypted from the start: add --start-tls, or use ldaps://"))
            }
            (Encryption::Tls, true) => {
                Some(format!("{server} is encrypted from the start: leave --start-tls out, or use ldap://"))
            }
            _ => None,
        })
    }

    /// Reads files and password, and makes settings of it all.
    pub(super) fn settings(self) -> anyhow::Result<Settings> {
        let password = self.password()?;
        let read =
            |file: PathBuf| std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()));
        let authority = self.ca.map(read).transpose()?;
        let mut settings = Settings::new(self.kind, self.urls, self.base, self.bind_user, password);
        settings.authority = authority;
        settings.people_filter = self.people_filter;
        settings.group_base = self.group_base;
        settings.group_filter = self.group_filter;
        settings.default_policy = self.default_policy;
        settings.check()?;
        Ok(settings)
    }

    fn password(&self) -> anyhow::Result<Secret> {
        match &self.bind_password_file {
            Some(file) => password::from_file(file),
            None => password::asked_once(&format!("Password of {}: ", self.bind_user)),
        }
    }
}
