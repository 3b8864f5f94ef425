//! 389 Directory Server, from the unpacked package: its own set-up wants systemd and fixed places.

mod package;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::handover::{Description, Login};
use super::server::{Prepared, tied};
use super::{Ground, PERSON, SERVICE, template};
use crate::process::Run;
use crate::server::free_port;
use package::Package;

const BASE: &str = "dc=example,dc=test";
const ADMINISTRATOR: &str = "cn=Directory Manager";
const ADMINISTRATOR_PASSWORD: &str = "Manager-Passw0rd!";
const SERVICE_DN: &str = "cn=regain,ou=services,dc=example,dc=test";
const AGED_POLICY: &str = "cn=aged,cn=nsPwPolicyContainer,ou=people,dc=example,dc=test";
const ADDRESS: &str = "127.0.0.1";

/// A server to be.
struct Instance<'a> {
    ground: &'a Ground<'a>,
    package: Package,
    folder: PathBuf,
    /// Named as no other: the server names something in the memory of the whole machine after it.
    configuration: PathBuf,
    port: u16,
    plain_port: u16,
}

/// Writes its configuration; it is filled once it runs.
pub fn prepare(ground: &Ground<'_>, root: &Path) -> Result<Prepared> {
    let folder = ground.folder("ds389")?;
    let unique = ground.folder.file_name().context("the bed's folder has a name")?;
    let configuration = folder.join(unique);
    let package = Package::at(root)?;
    let instance =
        Instance { ground, package, configuration, folder, port: free_port()?, plain_port: free_port()? };
    instance.lay_out()?;
    instance.configure()?;
    instance.certify()?;
    let shared = format!("sem.{}.stats", unique.display());
    Ok(Prepared {
        description: instance.description(),
        command: instance.command()?,
        output: instance.folder.join("output"),
        seed: Some(instance.seed()?),
        leftover: Some(Path::new("/dev/shm").join(shared)),
    })
}

impl Instance<'_> {
    /// Folders, and the schema in its place.
    fn lay_out(&self) -> Result<()> {
        for name in ["database", "log", "run", "lock", "tmp", "ldif", "backup"] {
            fs::create_dir(self.folder.join(name))?;
        }
        let schema = self.configuration.join("schema");
        fs::create_dir_all(&schema)?;
        for place in [self.package.shared("schema"), self.package.configuration("schema")] {
            for file in fs::read_dir(place)? {
                let file = file?;
                fs::copy(file.path(), schema.join(file.file_name()))?;
            }
        }
        for name in ["certmap.conf", "slapd-collations.conf"] {
            fs::copy(self.package.configuration("config").join(name), self.configuration.join(name))?;
        }
        Ok(())
    }

    /// The package's template with our places, then our settings of `cn=config` and our database.
    fn configure(&self) -> Result<()> {
        let text = fs::read_to_string(self.package.shared("data/template-dse.ldif"))?;
        let filled =
            self.places()?.iter().fold(text, |text, (name, value)| text.replace(&format!("%{name}%"), value));
        // By itself it would take a share of the machine's memory, and a file of that size.
        let modest = "nsslapd-mode: 600\nnsslapd-cache-autosize: 0\nnsslapd-dbcachesize: 16777216";
        let filled = filled.replace("nsslapd-mode: 600", modest);
        let (own, port) = (self.folder.display().to_string(), self.port.to_string());
        let workspace = self.ground.workspace;
        let values = [("PORT", port.as_str()), ("SERVICE", SERVICE_DN)];
        let settings = template::filled(workspace, "ds389/config.ldif", &values)?;
        let settings = settings.lines().filter(|line| !line.starts_with('#'));
        let settings: String = settings.flat_map(|line| [line, "\n"]).collect();
        let database = template::filled(workspace, "ds389/database.ldif", &[("FOLDER", &own)])?;
        let (first, rest) = filled.split_once("\n\n").context("the template has no entries")?;
        // Two empty lines would be an entry without anything.
        let whole = format!("{first}\n{settings}\n{}\n\n{database}", rest.trim_end());
        Ok(fs::write(self.configuration.join("dse.ldif"), whole)?)
    }

    fn places(&self) -> Result<[(&'static str, String); 22]> {
        let place = |name: &str| self.folder.join(name).display().to_string();
        let configuration = self.configuration.display().to_string();
        Ok([
            ("schema_dir", format!("{configuration}/schema")),
            ("config_dir", configuration.clone()),
            ("cert_dir", configuration),
            ("lock_dir", place("lock")),
            ("tmp_dir", place("tmp")),
            ("ldif_dir", place("ldif")),
            ("bak_dir", place("backup")),
            ("run_dir", place("run")),
            ("inst_dir", self.folder.display().to_string()),
            ("log_dir", place("log")),
            ("db_dir", place("database")),
            ("db_home_dir", place("database")),
            ("db_lib", "bdb".to_owned()),
            ("fqdn", "localhost".to_owned()),
            ("ds_port", self.plain_port.to_string()),
            // It would leave any other for the one who is named here.
            ("ds_user", Command::new("id").arg("-un").read()?.trim().to_owned()),
            ("rootdn", ADMINISTRATOR.to_owned()),
            // In the file it must be a hash, or say that it is none.
            ("ds_passwd", format!("{{CLEAR}}{ADMINISTRATOR_PASSWORD}")),
            ("ds_suffix", BASE.to_owned()),
            ("ldapi", place("run/socket")),
            ("ldapi_enabled", "off".to_owned()),
            ("ldapi_autobind", "off".to_owned()),
        ])
    }

    /// Has a key made in the server's own store, and gives it a certificate.
    fn certify(&self) -> Result<()> {
        let mut noise = [0; 64];
        fs::File::open("/dev/urandom")?.read_exact(&mut noise)?;
        fs::write(self.configuration.join("noise"), noise)?;
        let certutil = |arguments: &[&str]| {
            self.package.certutil(&self.configuration, &[arguments, &["-d", "."]].concat())
        };
        certutil(&["-N", "--empty-password"])?;
        let request = certutil(&["-R", "-k", "ec", "-q", "nistp256", "-s", "CN=ds389", "-z", "noise", "-a"])?;
        let certificate = self.ground.authority.sign(&request, &[ADDRESS, "ds389.example.test"])?;
        fs::write(self.configuration.join("server.pem"), certificate)?;
        let ca = self.ground.authority.certificate().display().to_string();
        certutil(&["-A", "-n", "Authority", "-t", "CT,,", "-a", "-i", &ca])?;
        certutil(&["-A", "-n", "Server-Cert", "-t", "u,u,u", "-a", "-i", "server.pem"])?;
        Ok(())
    }

    fn seed(&self) -> Result<PathBuf> {
        let values = [
            ("SERVICE", SERVICE_DN),
            ("SERVICE_PASSWORD", SERVICE),
            ("AGED_POLICY", AGED_POLICY),
            ("PERSON_PASSWORD", PERSON),
        ];
        let file = self.folder.join("seed.ldif");
        fs::write(&file, template::filled(self.ground.workspace, "ds389/seed.ldif", &values)?)?;
        Ok(file)
    }

    fn command(&self) -> Result<Command> {
        let mut command = tied(self.package.server());
        // Without a level of debugging it would leave the process that was started.
        command.args(["-d", "0", "-D"]).arg(&self.configuration).arg("-i").arg(self.folder.join("run/pid"));
        let search_path = self.package.search_path()?;
        command.env("LD_LIBRARY_PATH", search_path).current_dir(self.package.plugins()?);
        Ok(command)
    }

    fn description(&self) -> Description {
        let person = |name| Login::new(format!("uid={name},ou=people,{BASE}"), PERSON);
        Description {
            kind: "389ds",
            url: format!("ldaps://{ADDRESS}:{}", self.port),
            plain_url: format!("ldap://{ADDRESS}:{}", self.plain_port),
            ca: self.ground.authority.certificate().to_owned(),
            base: BASE.to_owned(),
            people: format!("ou=people,{BASE}"),
            protected: format!("ou=admins,ou=people,{BASE}"),
            default_policy: None,
            aged_policy: AGED_POLICY.to_owned(),
            service: Login::new(SERVICE_DN, SERVICE),
            manager: None,
            administrator: Login::new(ADMINISTRATOR, ADMINISTRATOR_PASSWORD),
            persons: ["alice", "bob"].map(person).into(),
            pid: 0,
            log: self.folder.join("log/access"),
            domain: None,
        }
    }
}
