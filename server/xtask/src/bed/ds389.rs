//! 389 Directory Server, from the unpacked package: its own set-up wants systemd and a fixed place.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::handover::{Description, Login};
use super::{Ground, PERSON, Prepared, SERVICE, template, tied};
use crate::process::Run;
use crate::server::free_port;
use crate::setup::unpacked;

const BASE: &str = "dc=example,dc=test";
const ADMINISTRATOR: &str = "cn=Directory Manager";
const ADMINISTRATOR_PASSWORD: &str = "Manager-Passw0rd!";
const SERVICE_DN: &str = "cn=regain,ou=services,dc=example,dc=test";
const AGED_POLICY: &str = "cn=aged,cn=nsPwPolicyContainer,ou=people,dc=example,dc=test";
const ADDRESS: &str = "127.0.0.1";

/// The unpacked package.
struct Package {
    root: PathBuf,
    /// Where its libraries are.
    libraries: PathBuf,
}

impl Package {
    fn at(root: &Path) -> Result<Self> {
        let own = unpacked::library(root, "dirsrv")?;
        let libraries = own.parent().context("no folder of libraries")?.to_owned();
        Ok(Self { root: root.to_owned(), libraries })
    }

    /// The server is told the names of its plug-ins and looks for them where Debian would have put them, unless a file
    /// of just that name is in the folder it was started from.
    fn plugins(&self) -> Result<PathBuf> {
        let folder = self.libraries.join("dirsrv/plugins");
        for file in fs::read_dir(&folder)? {
            let path = file?.path();
            let bare = path.with_extension("");
            if path.extension().is_some_and(|end| end == "so") && !bare.exists() {
                symlink(path.file_name().context("a file has a name")?, &bare)?;
            }
        }
        Ok(folder)
    }

    fn search_path(&self) -> Result<OsString> {
        let folders = [self.libraries.clone(), self.libraries.join("dirsrv"), self.plugins()?];
        Ok(std::env::join_paths(folders)?)
    }

    fn shared(&self, relative: &str) -> PathBuf {
        self.root.join("usr/share/dirsrv").join(relative)
    }
}

/// Writes its configuration; it is filled once it runs.
pub fn prepare(ground: &Ground<'_>, root: &Path) -> Result<Prepared> {
    let package = Package::at(root)?;
    let folder = ground.folder("ds389")?;
    for name in ["config/schema", "database", "log", "run", "lock", "tmp", "ldif", "backup"] {
        fs::create_dir_all(folder.join(name))?;
    }
    let (port, plain_port) = (free_port()?, free_port()?);
    copy_schema(&package, &folder)?;
    configure(ground, &package, &folder, port, plain_port)?;
    certify(ground, &package, &folder)?;
    let seed = folder.join("seed.ldif");
    let values = [
        ("SERVICE", SERVICE_DN),
        ("SERVICE_PASSWORD", SERVICE),
        ("AGED_POLICY", AGED_POLICY),
        ("PERSON_PASSWORD", PERSON),
    ];
    fs::write(&seed, template::filled(ground.workspace, "ds389/seed.ldif", &values)?)?;
    let mut command = tied(package.root.join("usr/sbin/ns-slapd"));
    // Without a level of debugging it would leave the process that was started.
    command.args(["-d", "0", "-D"]).arg(folder.join("config")).arg("-i").arg(folder.join("run/pid"));
    command.env("LD_LIBRARY_PATH", package.search_path()?).current_dir(package.plugins()?);
    let description = Description {
        kind: "389ds",
        url: format!("ldaps://{ADDRESS}:{port}"),
        plain_url: format!("ldap://{ADDRESS}:{plain_port}"),
        ca: ground.authority.certificate().to_owned(),
        base: BASE.to_owned(),
        people: format!("ou=people,{BASE}"),
        protected: format!("ou=admins,ou=people,{BASE}"),
        default_policy: None,
        aged_policy: AGED_POLICY.to_owned(),
        service: Login::new(SERVICE_DN, SERVICE),
        manager: None,
        administrator: Login::new(ADMINISTRATOR, ADMINISTRATOR_PASSWORD),
        persons: ["alice", "bob"]
            .map(|name| Login::new(format!("uid={name},ou=people,{BASE}"), PERSON))
            .into(),
        pid: 0,
        log: folder.join("log/access"),
        domain: None,
    };
    Ok(Prepared { description, command, output: folder.join("output"), seed: Some(seed) })
}

fn copy_schema(package: &Package, folder: &Path) -> Result<()> {
    let places = [package.shared("schema"), package.root.join("etc/dirsrv/schema")];
    for file in places.iter().map(fs::read_dir).collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
        let file = file?;
        fs::copy(file.path(), folder.join("config/schema").join(file.file_name()))?;
    }
    for name in ["certmap.conf", "slapd-collations.conf"] {
        fs::copy(package.root.join("etc/dirsrv/config").join(name), folder.join("config").join(name))?;
    }
    Ok(())
}

/// The package's template with our places, then our settings of `cn=config` and our database.
fn configure(
    ground: &Ground<'_>,
    package: &Package,
    folder: &Path,
    port: u16,
    plain_port: u16,
) -> Result<()> {
    let own = folder.display().to_string();
    let template = fs::read_to_string(package.shared("data/template-dse.ldif"))?;
    let in_folder = |name: &str| format!("{own}/{name}");
    let values = [
        ("schema_dir", in_folder("config/schema")),
        ("config_dir", in_folder("config")),
        ("cert_dir", in_folder("config")),
        ("lock_dir", in_folder("lock")),
        ("tmp_dir", in_folder("tmp")),
        ("ldif_dir", in_folder("ldif")),
        ("bak_dir", in_folder("backup")),
        ("run_dir", in_folder("run")),
        ("inst_dir", own.clone()),
        ("log_dir", in_folder("log")),
        ("db_dir", in_folder("database")),
        ("db_home_dir", in_folder("database")),
        ("db_lib", "bdb".to_owned()),
        ("fqdn", "localhost".to_owned()),
        ("ds_port", plain_port.to_string()),
        ("ds_user", user()?),
        ("rootdn", ADMINISTRATOR.to_owned()),
        // In the file it must be a hash, or say that it is none.
        ("ds_passwd", format!("{{CLEAR}}{ADMINISTRATOR_PASSWORD}")),
        ("ds_suffix", BASE.to_owned()),
        ("ldapi_enabled", "off".to_owned()),
        ("ldapi_autobind", "off".to_owned()),
        ("ldapi", in_folder("run/socket")),
    ];
    let filled =
        values.iter().fold(template, |text, (name, value)| text.replace(&format!("%{name}%"), value));
    // By itself it would take a share of the machine's memory, and a file of that size.
    let filled = filled.replace(
        "nsslapd-mode: 600",
        "nsslapd-mode: 600\nnsslapd-cache-autosize: 0\nnsslapd-dbcachesize: 16777216",
    );
    let port = port.to_string();
    let settings =
        template::filled(ground.workspace, "ds389/config.ldif", &[("PORT", &port), ("SERVICE", SERVICE_DN)])?;
    let settings: String =
        settings.lines().filter(|line| !line.starts_with('#')).flat_map(|line| [line, "\n"]).collect();
    let (first, rest) = filled.split_once("\n\n").context("the template has no entries")?;
    let database = template::filled(ground.workspace, "ds389/database.ldif", &[("FOLDER", &own)])?;
    // Two empty lines would be an entry without anything.
    let text = format!("{first}\n{settings}\n{}\n\n{database}", rest.trim_end());
    Ok(fs::write(folder.join("config/dse.ldif"), text)?)
}

/// The name of who runs this, whom the server would otherwise leave for another user.
fn user() -> Result<String> {
    Ok(Command::new("id").arg("-un").read()?.trim().to_owned())
}

/// Has a key made in the server's own store, and gives it a certificate.
fn certify(ground: &Ground<'_>, package: &Package, folder: &Path) -> Result<()> {
    let certutil = |arguments: &[&str]| {
        let mut tool = Command::new(package.root.join("usr/bin/certutil"));
        tool.env("LD_LIBRARY_PATH", &package.libraries).args(arguments).current_dir(folder);
        tool.read()
    };
    let mut noise = [0; 64];
    std::io::Read::read_exact(&mut fs::File::open("/dev/urandom")?, &mut noise)?;
    fs::write(folder.join("noise"), noise)?;
    certutil(&["-N", "-d", "config", "--empty-password"])?;
    let request = ["-R", "-d", "config", "-k", "ec", "-q", "nistp256", "-s", "CN=ds389", "-z", "noise", "-a"];
    let request = certutil(&request)?;
    let certificate = ground.authority.sign(&request, &[ADDRESS, "ds389.example.test"])?;
    fs::write(folder.join("server.pem"), certificate)?;
    let ca = ground.authority.certificate().display().to_string();
    certutil(&["-A", "-d", "config", "-n", "Authority", "-t", "CT,,", "-a", "-i", &ca])?;
    certutil(&["-A", "-d", "config", "-n", "Server-Cert", "-t", "u,u,u", "-a", "-i", "server.pem"])?;
    Ok(())
}
