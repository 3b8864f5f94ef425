//! The directories that `cargo xtask test` started, as it tells of them. Where there is none the test says so, and the run
//! counts it as left out.
#![allow(unreachable_pub, dead_code)]
#![expect(clippy::disallowed_methods, reason = "where directories run is said by the environment")]

use std::collections::HashMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::OnceLock;

use serde::Deserialize;

/// Names the file.
const FILE: &str = "REGAIN_TEST_DIRECTORIES";

/// A server that runs.
#[derive(Clone, Debug, Deserialize)]
pub struct Server {
    pub kind: String,
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
    /// The policy for everybody, where the directory tells it only its administrators.
    pub default_policy: Option<String>,
    /// A policy for single people: 12 characters, and one change a day.
    pub aged_policy: String,
    pub service: Login,
    /// OpenLDAP: a service account with the right `manage`.
    pub manager: Option<Login>,
    /// May do everything.
    pub administrator: Login,
    pub log: PathBuf,
    pub domain: Option<Domain>,
}

/// What a domain controller has besides.
#[derive(Clone, Debug, Deserialize)]
pub struct Domain {
    /// The service account, as the log names it.
    pub service_sid: String,
    /// For what LDAP cannot write.
    pub database: PathBuf,
    pub kerberos: PathBuf,
    /// PAM's services; ours is `regain`.
    pub pam: PathBuf,
}

/// A name and a password for a bind.
#[derive(Clone, Debug, Deserialize)]
pub struct Login {
    pub dn: String,
    pub password: String,
}

#[derive(Deserialize)]
struct Handover {
    servers: Vec<Server>,
    left_out: Vec<LeftOut>,
}

#[derive(Deserialize)]
struct LeftOut {
    kind: String,
    reason: String,
}

/// The server of this kind. Where it does not run, that is said of `test`.
pub fn server(kind: &str, test: &str) -> Option<Server> {
    match servers().get(kind) {
        Some(Ok(server)) => Some(server.clone()),
        Some(Err(reason)) => leave_out(test, reason),
        None => leave_out(test, &format!("{FILE} names no {kind}; `cargo xtask directories` starts one")),
    }
}

fn leave_out<T>(test: &str, reason: &str) -> Option<T> {
    say(&format!("left out: {test}: {reason}"));
    None
}

/// Says it although tests are quiet while they pass: by its own words, not by a macro whose output they keep.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

fn servers() -> &'static HashMap<String, Result<Server, String>> {
    static SERVERS: OnceLock<HashMap<String, Result<Server, String>>> = OnceLock::new();
    SERVERS.get_or_init(|| {
        let Some(file) = std::env::var_os(FILE).filter(|file| !file.is_empty()) else {
            return HashMap::new();
        };
        let text = std::fs::read(file).expect("the file that tells of directories");
        let handover: Handover = serde_json::from_slice(&text).expect("it is what xtask wrote");
        let here = handover.servers.into_iter().map(|server| (server.kind.clone(), Ok(server)));
        here.chain(handover.left_out.into_iter().map(|left| (left.kind, Err(left.reason)))).collect()
    })
}
