//! OpenLDAP.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::handover::{Description, Login};
use super::server::{Prepared, tied};
use super::{Ground, PERSON, SERVICE, template};
use crate::process::Run;
use crate::server::free_port;

const BASE: &str = "dc=example,dc=test";
const ADMINISTRATOR: &str = "cn=root,dc=example,dc=test";
const ADMINISTRATOR_PASSWORD: &str = "Root-Passw0rd!";
const SERVICE_DN: &str = "cn=regain,ou=services,dc=example,dc=test";
const MANAGER: &str = "cn=regain-manage,ou=services,dc=example,dc=test";
const MANAGER_PASSWORD: &str = "Manage-Passw0rd!";
const AGED_POLICY: &str = "cn=aged,ou=policies,dc=example,dc=test";
const ADDRESS: &str = "127.0.0.1";

/// Writes its configuration; it is filled once it runs, because only then passwords are hashed.
pub fn prepare(ground: &Ground<'_>) -> Result<Prepared> {
    let folder = ground.folder("openldap")?;
    fs::create_dir(folder.join("database"))?;
    let pair = ground.authority.issue(&folder, &[ADDRESS, "openldap.example.test"])?;
    let paths = [&folder, ground.authority.certificate(), &pair.certificate, &pair.key];
    let [own, ca, certificate, key] = paths.map(|path| path.display().to_string());
    let values = [
        ("FOLDER", own.as_str()),
        ("CA", &ca),
        ("CERTIFICATE", &certificate),
        ("KEY", &key),
        ("ADMINISTRATOR", ADMINISTRATOR),
        ("ADMINISTRATOR_PASSWORD", ADMINISTRATOR_PASSWORD),
        ("SERVICE", SERVICE_DN),
        ("SERVICE_PASSWORD", SERVICE),
        ("MANAGER", MANAGER),
        ("MANAGER_PASSWORD", MANAGER_PASSWORD),
        ("AGED_POLICY", AGED_POLICY),
        ("PERSON_PASSWORD", PERSON),
    ];
    let (configuration, seed) = (folder.join("slapd.conf"), folder.join("seed.ldif"));
    fs::write(&configuration, template::filled(ground.workspace, "openldap/slapd.conf", &values)?)?;
    fs::write(&seed, template::filled(ground.workspace, "openldap/seed.ldif", &values)?)?;
    compile_quality_module(ground, &folder)?;
    let (url, plain_url) =
        (format!("ldaps://{ADDRESS}:{}", free_port()?), format!("ldap://{ADDRESS}:{}", free_port()?));
    let mut command = tied("/usr/sbin/slapd");
    command.args(["-d", "stats", "-h", &format!("{plain_url} {url}"), "-f"]).arg(&configuration);
    let description = Description {
        kind: "openldap",
        url,
        plain_url,
        ca: ground.authority.certificate().to_owned(),
        base: BASE.to_owned(),
        people: format!("ou=people,{BASE}"),
        protected: format!("ou=admins,ou=people,{BASE}"),
        default_policy: Some(format!("cn=default,ou=policies,{BASE}")),
        aged_policy: AGED_POLICY.to_owned(),
        service: Login::new(SERVICE_DN, SERVICE),
        manager: Some(Login::new(MANAGER, MANAGER_PASSWORD)),
        administrator: Login::new(ADMINISTRATOR, ADMINISTRATOR_PASSWORD),
        persons: ["alice", "bob"]
            .map(|name| Login::new(format!("uid={name},ou=people,{BASE}"), PERSON))
            .into(),
        pid: 0,
        log: folder.join("log"),
        domain: None,
    };
    let output = description.log.clone();
    Ok(Prepared { description, command, output, seed: Some(seed), leftover: None })
}

/// With the compiler that Rust links with.
fn compile_quality_module(ground: &Ground<'_>, folder: &Path) -> Result<()> {
    let source = ground.workspace.path("server/directory/tests/bed/openldap/check_password.c");
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(folder.join("check_password.so")).arg(source);
    compiler.read().map(drop)
}
