//! Real directories on loopback for one run of tests: OpenLDAP, a Samba domain controller, 389 Directory Server. Each has
//! a folder, ports or an address of its own, and a certificate of the run's own authority; nothing of the machine is
//! touched. What cannot run here is said, and the tests that want it count as left out.

mod authority;
mod ds389;
mod handover;
mod openldap;
mod samba;
mod server;
mod template;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Result, anyhow};
use tempfile::TempDir;

use crate::setup::Directories;
use crate::workspace::Workspace;
use crate::{clock, say};
use authority::Authority;
use handover::{Handover, LeftOut};
use server::{Prepared, Server};

/// Names the file that tells tests about the directories.
pub const VARIABLE: &str = "REGAIN_TEST_DIRECTORIES";

/// The password of each service account.
const SERVICE: &str = "Service-Passw0rd!";

/// The password with which everybody begins.
const PERSON: &str = "Begin#Passw0rd";

/// Where servers are made: the folder of this run and its authority.
struct Ground<'a> {
    workspace: &'a Workspace,
    folder: &'a Path,
    authority: Authority,
}

impl Ground<'_> {
    /// A new folder in it.
    fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder.join(name);
        fs::create_dir(&folder)?;
        Ok(folder)
    }
}

/// What takes most of the time, under way in the background.
pub struct Beginning {
    folder: TempDir,
    thread: JoinHandle<Result<Vec<Made>>>,
}

/// A server that is ready to be started, or why it is not, and how long that took.
struct Made {
    kind: &'static str,
    server: Result<Prepared>,
    took: Duration,
}

impl Beginning {
    /// Installs what is missing, and begins to make the directories.
    pub fn of(workspace: &Workspace) -> Result<Self> {
        let directories = Directories::ensure(workspace);
        let folder = tempfile::Builder::new().prefix("regain-directories-").tempdir()?;
        let (workspace, path) = (workspace.clone(), folder.path().to_owned());
        let thread = thread::spawn(move || {
            let authority = Authority::create(&path)?;
            let ground = Ground { workspace: &workspace, folder: &path, authority };
            Ok(prepare(&ground, &directories))
        });
        Ok(Self { folder, thread })
    }

    /// Starts them. From the thread that outlives the tests, because servers end with the thread that started them.
    pub fn launch(self) -> Result<Bed> {
        let prepared = self.thread.join().map_err(|_| anyhow!("preparing the directories broke off"))??;
        let mut bed = Bed {
            servers: Vec::new(),
            handover: self.folder.path().join("handover.json"),
            folder: self.folder,
        };
        let begin = clock::now();
        let started: Vec<_> = prepared
            .into_iter()
            .map(|made| (made.kind, made.took, made.server.and_then(Server::start)))
            .collect();
        let mut handover = Handover::default();
        for (kind, took, server) in started {
            match server.and_then(Server::filled) {
                Ok(server) => {
                    let (url, ready) = (&server.description.url, begin.elapsed());
                    say::line(&format!(
                        "{kind} at {url}: made in {took:.1?}, ready {ready:.1?} after the start"
                    ));
                    handover.servers.push(server.description.clone());
                    bed.servers.push(server);
                }
                Err(error) => {
                    let reason = format!("{error:#}");
                    say::problem(&format!("tests against {kind} are left out: {reason}"));
                    handover.left_out.push(LeftOut { kind, reason });
                }
            }
        }
        fs::write(&bed.handover, serde_json::to_vec_pretty(&handover)?)?;
        Ok(bed)
    }
}

/// All at once.
fn prepare(ground: &Ground<'_>, directories: &Directories) -> Vec<Made> {
    let machine = || as_ref(&directories.machine);
    let openldap = || machine().and_then(|()| openldap::prepare(ground));
    let samba = || machine().and_then(|()| samba::prepare(ground, as_ref(&directories.pam_krb5)?));
    let ds389 = || machine().and_then(|()| ds389::prepare(ground, as_ref(&directories.ds389)?));
    thread::scope(|scope| {
        let threads = [
            ("active-directory", scope.spawn(|| timed(samba))),
            ("openldap", scope.spawn(|| timed(openldap))),
            ("389ds", scope.spawn(|| timed(ds389))),
        ];
        let joined = threads.map(|(kind, thread)| {
            let (server, took) =
                thread.join().unwrap_or_else(|_| (Err(anyhow!("it broke off")), Duration::ZERO));
            Made { kind, server, took }
        });
        joined.into()
    })
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begin = clock::now();
    (work(), begin.elapsed())
}

/// The value, or the same error once more: several servers may lack the same thing.
fn as_ref<T>(result: &Result<T>) -> Result<&T> {
    result.as_ref().map_err(|error| anyhow!("{error:#}"))
}

/// `cargo xtask directories`.
pub fn until_enter(workspace: &Workspace) -> Result<()> {
    let bed = Beginning::of(workspace)?.launch()?;
    say::line(&format!("{VARIABLE}={}", bed.handover().display()));
    say::line("Enter ends them.");
    std::io::stdin().read_line(&mut String::new())?;
    Ok(())
}

/// Directories that run; gone when this is dropped.
pub struct Bed {
    servers: Vec<Server>,
    handover: PathBuf,
    // Dropped after the servers have stopped.
    #[expect(dead_code, reason = "it holds the files until the end")]
    folder: TempDir,
}

impl Bed {
    /// The file that tells tests about them.
    pub fn handover(&self) -> &Path {
        &self.handover
    }
}
