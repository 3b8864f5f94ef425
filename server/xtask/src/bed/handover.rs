//! What tests are told of the bed: one JSON file, which `REGAIN_TEST_DIRECTORIES` names.

use std::path::PathBuf;

use serde::Serialize;

/// The file.
#[derive(Default, Serialize)]
pub struct Handover {
    pub servers: Vec<Description>,
    pub left_out: Vec<LeftOut>,
}

/// A server that runs.
#[derive(Clone, Serialize)]
pub struct Description {
    /// As `regain directory add --kind` takes it.
    pub kind: &'static str,
    /// LDAPS.
    pub url: String,
    /// For StartTLS.
    pub plain_url: String,
    /// The authority's certificate, in PEM.
    pub ca: PathBuf,
    pub base: String,
    /// Below it people are made.
    pub people: String,
    /// Below it are people whom the service account may not touch.
    pub protected: String,
    /// OpenLDAP: the policy for everybody, which it tells only its administrators.
    pub default_policy: Option<String>,
    /// A policy for single people: 12 characters, and one change a day.
    pub aged_policy: String,
    /// The one of the guide: it may do what is needed and no more.
    pub service: Login,
    /// OpenLDAP: one with the right `manage`.
    pub manager: Option<Login>,
    /// May do everything. For making accounts, never for the product.
    pub administrator: Login,
    /// People who are there from the beginning.
    pub persons: Vec<Login>,
    /// The process.
    pub pid: u32,
    /// What the server writes.
    pub log: PathBuf,
    pub domain: Option<Domain>,
}

/// What a domain controller has besides.
#[derive(Clone, Serialize)]
pub struct Domain {
    pub realm: String,
    /// The service account, as the log names it.
    pub service_sid: String,
    /// Its database, for what LDAP cannot write.
    pub database: PathBuf,
    /// For `KRB5_CONFIG`.
    pub kerberos: PathBuf,
    /// For `PAM_WRAPPER_SERVICE_DIR`; its service is `regain`.
    pub pam: PathBuf,
}

/// A name and a password for a bind.
#[derive(Clone, Serialize)]
pub struct Login {
    pub dn: String,
    pub password: String,
}

impl Login {
    pub fn new(dn: impl Into<String>, password: &str) -> Self {
        Self { dn: dn.into(), password: password.to_owned() }
    }
}

/// A server that does not run here.
#[derive(Serialize)]
pub struct LeftOut {
    pub kind: &'static str,
    pub reason: String,
}
