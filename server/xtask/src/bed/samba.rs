//! A Samba Active Directory domain controller. LDAP has port 389 there and Kerberos 88, which nobody can choose: the address is.

use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::handover::{Description, Domain, Login};
use super::server::{Prepared, tied};
use super::{Ground, PERSON, SERVICE, template};
use crate::process::Run;

const REALM: &str = "CORP.EXAMPLE.TEST";
const BASE: &str = "DC=corp,DC=example,DC=test";
const ADMINISTRATOR_PASSWORD: &str = "Adm1n-Passw0rd!";
const SERVICE_NAME: &str = "regain";

/// LDAP, LDAPS, Kerberos and its passwords.
const PORTS: [u16; 4] = [389, 636, 88, 464];

/// Makes the domain and everybody in it.
pub fn prepare(ground: &Ground<'_>, pam_module: &Path) -> Result<Prepared> {
    let folder = ground.folder("samba")?;
    let address = free_address()?.to_string();
    provision(&folder, &address)?;
    let configuration = configure(ground, &folder, &address)?;
    let sid = seed(ground, &folder, &configuration)?;
    let domain = Domain {
        realm: REALM.to_owned(),
        service_sid: sid,
        database: folder.join("private/sam.ldb"),
        kerberos: folder.join("krb5.conf"),
        pam: sign_in(ground, &folder, &address, pam_module)?,
    };
    let mut command = tied("/usr/sbin/samba");
    // One process, which ends when it is told to. Without syncing its databases, which nobody keeps.
    command.args(["--foreground", "--model=single", "--debug-stdout", "--configfile"]).arg(&configuration);
    command.env("TDB_NO_FSYNC", "1");
    let description = description(ground, &folder, &address, domain);
    Ok(Prepared { output: description.log.clone(), description, command, seed: None, leftover: None })
}

fn description(ground: &Ground<'_>, folder: &Path, address: &str, domain: Domain) -> Description {
    let people = format!("OU=Staff,{BASE}");
    let persons = ["alice", "bob"].map(|name| Login::new(format!("CN={name},{people}"), PERSON));
    Description {
        kind: "active-directory",
        url: format!("ldaps://{address}"),
        plain_url: format!("ldap://{address}"),
        ca: ground.authority.certificate().to_owned(),
        base: BASE.to_owned(),
        protected: people.clone(),
        people,
        default_policy: None,
        aged_policy: format!("CN=aged,CN=Password Settings Container,CN=System,{BASE}"),
        service: Login::new(format!("CN={SERVICE_NAME},CN=Users,{BASE}"), SERVICE),
        manager: None,
        administrator: Login::new(format!("CN=Administrator,CN=Users,{BASE}"), ADMINISTRATOR_PASSWORD),
        persons: persons.into(),
        pid: 0,
        log: folder.join("log"),
        domain: Some(domain),
    }
}

/// An address of loopback on which none of the ports is taken, by this run or another.
fn free_address() -> Result<Ipv4Addr> {
    let process = std::process::id();
    let mut problem = None;
    for attempt in 0..8 {
        let [_, _, third, fourth] = (process + attempt * 251).to_be_bytes();
        let address = Ipv4Addr::new(127, 77, third, fourth.clamp(1, 254));
        match PORTS.iter().try_for_each(|port| TcpListener::bind((address, *port)).map(drop)) {
            Ok(()) => return Ok(address),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                bail!("a domain controller needs ports below 1024: root")
            }
            Err(error) => problem = Some(error),
        }
    }
    let problem = problem.map(|problem| problem.to_string()).unwrap_or_default();
    bail!("something here has one of the ports {PORTS:?} on every address: {problem}")
}

fn provision(folder: &Path, address: &str) -> Result<()> {
    let mut tool = Command::new("samba-tool");
    tool.args(["domain", "provision", "--configfile=/dev/null", "--server-role=dc", "--domain=CORP"])
        .args(["--dns-backend=SAMBA_INTERNAL", "--host-name=dc1"])
        .arg(format!("--targetdir={}", folder.display()))
        .arg(format!("--realm={REALM}"))
        .arg(format!("--adminpass={ADMINISTRATOR_PASSWORD}"))
        .arg(format!("--host-ip={address}"))
        .env("TDB_NO_FSYNC", "1");
    tool.read().map(drop)
}

/// What provisioning wrote names the machine's own resolver, all services and all addresses: ours takes its place.
fn configure(ground: &Ground<'_>, folder: &Path, address: &str) -> Result<PathBuf> {
    for name in ["run", "cache", "ncalrpc"] {
        fs::create_dir_all(folder.join(name))?;
    }
    let check = folder.join("check_password.sh");
    fs::write(&check, template::filled(ground.workspace, "samba/check_password.sh", &[])?)?;
    let pair = ground.authority.issue(folder, &[address, "dc1.corp.example.test"])?;
    let paths = [folder, &check, &pair.certificate, &pair.key, ground.authority.certificate()];
    let [own, check, certificate, key, ca] = paths.map(|path| path.display().to_string());
    let values = [
        ("FOLDER", own.as_str()),
        ("CHECK", &check),
        ("CERTIFICATE", &certificate),
        ("KEY", &key),
        ("CA", &ca),
        ("REALM", REALM),
        ("ADDRESS", address),
    ];
    let configuration = folder.join("etc/smb.conf");
    fs::write(&configuration, template::filled(ground.workspace, "samba/smb.conf", &values)?)?;
    Ok(configuration)
}

/// Returns the service account's SID.
fn seed(ground: &Ground<'_>, folder: &Path, configuration: &Path) -> Result<String> {
    let settings = json!({
        "service": SERVICE_NAME,
        "service_password": SERVICE,
        "person_password": PERSON,
    });
    // Debian's own Python has Samba's modules, whatever else is on the search path.
    let mut python = Command::new("/usr/bin/python3");
    python
        .arg(ground.workspace.path("server/directory/tests/bed/samba/seed.py"))
        .arg(configuration)
        .arg(folder.join("private/sam.ldb"))
        .arg(settings.to_string())
        .env("TDB_NO_FSYNC", "1");
    let said = python.read()?;
    said.lines().last().map(str::to_owned).context("the seed tells no SID")
}

/// Writes what Kerberos and PAM need for a sign-in to this domain; the folder of PAM's services.
fn sign_in(ground: &Ground<'_>, folder: &Path, address: &str, pam_module: &Path) -> Result<PathBuf> {
    let krb5 =
        template::filled(ground.workspace, "samba/krb5.conf", &[("REALM", REALM), ("ADDRESS", address)])?;
    fs::write(folder.join("krb5.conf"), krb5)?;
    let pam = folder.join("pam");
    fs::create_dir(&pam)?;
    let module = pam_module.display().to_string();
    fs::write(
        pam.join("regain"),
        template::filled(ground.workspace, "samba/pam.conf", &[("MODULE", &module)])?,
    )?;
    fs::write(pam.join("other"), template::filled(ground.workspace, "samba/pam_other.conf", &[])?)?;
    Ok(pam)
}
