//! Whole resets with two methods, beside the rate at which this machine can hash.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use argon2::Argon2;
use serde::Deserialize;

use super::browser::{Browser, input, solve};
use super::figure::{Budget, Figure};
use super::running::Running;
use crate::clock;
use crate::process::Run;
use crate::server::{Server, free_port};
use crate::workspace::Workspace;

const PEOPLE: usize = 100;
/// More than the machine has cores: most of a flow's time is waiting for its codes.
const AT_ONCE: usize = 40;
/// Hashes of imported passwords are hardened first; that is not what is measured.
const HARDENING: Duration = Duration::from_secs(15);
const HASHING: Duration = Duration::from_secs(3);
const NEW_PASSWORD: &str = "seven moons over a quiet harbour";

/// Resets per second over the hashes per second.
pub fn whole(workspace: &Workspace, _: &Running) -> Result<Vec<Figure>> {
    let data = tempfile::tempdir()?;
    let port = free_port()?;
    let listen = format!("127.0.0.1:{port}");
    let binary = workspace.target("release/regain");
    let variables = [
        ("REGAIN_LISTEN", OsStr::new(&listen)),
        ("REGAIN_DATA_DIR", data.path().as_os_str()),
        ("REGAIN_TRUSTED_PROXIES", OsStr::new("127.0.0.1")),
    ];
    let mut server = Server::start(&binary, &[], &variables)?;
    server.wait_until_ready(port)?;
    prepare(&binary, data.path(), &variables)?;
    thread::sleep(HARDENING);

    let hashes = hashes_per_second()?;
    let walks = begin_all(port)?;
    let begin = clock::now();
    finish_all(port, walks)?;
    let resets = per_second(PEOPLE, begin.elapsed());
    Ok(vec![
        Figure::new("argon2id, all cores", hashes, "hashes/s", Budget::None),
        Figure::new("Whole reset with two methods", resets, "resets/s", Budget::AtLeast(0.9 * hashes)),
    ])
}

/// People with an address and a number, and a policy that lets all of them reset with both.
fn prepare(binary: &Path, folder: &Path, variables: &[(&str, &OsStr)]) -> Result<()> {
    let mut file = String::from(
        "version:v1.0\nName [displayName] Required,User name [userPrincipalName] Required,\
         Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,\
         Mobile phone [mobile],Alternate email [otherMails]\n",
    );
    for person in 0..PEOPLE {
        writeln!(
            file,
            "Person {person},{},Initial-{person}-password,No,{},{}",
            upn(person),
            mobile(person),
            email(person)
        )?;
    }
    let people = folder.join("people.csv");
    fs::write(&people, file)?;
    let commands: [&[&OsStr]; 2] =
        [&["user", "import"].map(OsStr::new), &["policy", "set", "scope", "all"].map(OsStr::new)];
    for (arguments, file) in commands.into_iter().zip([Some(&people), None]) {
        Command::new(binary).args(arguments).args(file).envs(variables.iter().copied()).read()?;
    }
    Ok(())
}

fn upn(person: usize) -> String {
    format!("person{person}@contoso.example")
}

fn email(person: usize) -> String {
    format!("person{person}@mail.example")
}

fn mobile(person: usize) -> String {
    format!("+1 425555{:04}", 200 + person)
}

/// A reset whose CAPTCHA is solved and not yet sent: the puzzle is the browser's work.
struct Walk {
    browser: Browser,
    person: usize,
    captcha: String,
    solution: String,
}

impl Walk {
    fn begin(port: u16, person: usize) -> Result<Self> {
        let mut browser = Browser::new(port, format!("198.51.100.{}", person + 1));
        let page = browser.get("/reset")?.body;
        Ok(Self { browser, person, captcha: input(&page, "captcha")?, solution: solve(&page)? })
    }

    fn finish(mut self, codes: &Codes) -> Result<()> {
        let (upn, mobile) = (upn(self.person), mobile(self.person));
        let start = [("username", upn.as_str()), ("captcha", &self.captcha), ("solution", &self.solution)];
        self.browser.post("/reset", &start)?;
        self.browser.post("/reset/why", &[("intent", "reset")])?;
        self.browser.post("/reset/method", &[("method", "email")])?;
        let code = codes.wait_for(&email(self.person))?;
        self.browser.post("/reset/verify", &[("code", &code)])?;
        self.browser.post("/reset/method", &[("method", "mobile_phone")])?;
        self.browser.post("/reset/phone", &[("phone", &mobile)])?;
        let code = codes.wait_for(&mobile)?;
        self.browser.post("/reset/verify", &[("code", &code)])?;
        let passwords = [("new_password", NEW_PASSWORD), ("confirm_password", NEW_PASSWORD)];
        let end = self.browser.post("/reset/password", &passwords)?;
        ensure!(end.body.contains("Your password has been reset"), "{upn} was not reset");
        Ok(())
    }
}

/// Puzzles are solved on every core.
fn begin_all(port: u16) -> Result<Vec<Walk>> {
    let next = AtomicUsize::new(0);
    let begin = || {
        let people =
            std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|one| *one < PEOPLE));
        people.map(|person| Walk::begin(port, person)).collect::<Result<Vec<_>>>()
    };
    let mut walks = Vec::with_capacity(PEOPLE);
    thread::scope(|scope| {
        let cores = thread::available_parallelism()?.get();
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(begin)).collect();
        for worker in workers {
            walks.extend(worker.join().map_err(|_| anyhow!("a puzzle was not solved"))??);
        }
        Ok(walks)
    })
}

fn finish_all(port: u16, walks: Vec<Walk>) -> Result<()> {
    let (codes, queue) = (Codes::default(), Mutex::new(walks));
    thread::scope(|scope| {
        let reader = scope.spawn(|| codes.read(port));
        let work = || {
            let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop();
            std::iter::from_fn(next).try_for_each(|walk| walk.finish(&codes))
        };
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
        let done: Vec<Result<()>> = workers
            .into_iter()
            .map(|one| one.join().unwrap_or_else(|_| Err(anyhow!("a walk failed"))))
            .collect();
        codes.stop();
        reader.join().map_err(|_| anyhow!("the outbox could not be read"))??;
        done.into_iter().collect()
    })
}

/// The newest code for each address, as one reader finds them in the demo outbox.
#[derive(Default)]
struct Codes {
    known: Mutex<HashMap<String, String>>,
    stopped: Mutex<bool>,
}

#[derive(Deserialize)]
struct Message {
    to: Vec<String>,
    text: String,
}

impl Codes {
    fn read(&self, port: u16) -> Result<()> {
        let mut browser = Browser::new(port, "198.51.100.254".to_owned());
        while !*self.stopped.lock().unwrap_or_else(PoisonError::into_inner) {
            let messages: Vec<Message> = serde_json::from_str(&browser.get("/demo/outbox.json")?.body)?;
            let found = messages
                .iter()
                .rev()
                .filter_map(|message| Some((key(message.to.first()?), code(&message.text)?)));
            self.known.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    fn stop(&self) {
        *self.stopped.lock().unwrap_or_else(PoisonError::into_inner) = true;
    }

    fn wait_for(&self, to: &str) -> Result<String> {
        let begin = clock::now();
        while begin.elapsed() < Duration::from_secs(30) {
            if let Some(code) = self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(to)) {
                return Ok(code);
            }
            thread::sleep(Duration::from_millis(10));
        }
        Err(anyhow!("no code for {to}"))
    }
}

/// Numbers are written with and without spaces.
fn key(to: &str) -> String {
    to.replace(' ', "")
}

/// The only run of six to eight digits.
fn code(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit()).find(|run| (6..=8).contains(&run.len())).map(ToOwned::to_owned)
}

/// What the product hashes with (19 MiB, two passes), on every core at once, memory reused.
fn hashes_per_second() -> Result<f64> {
    let cores = thread::available_parallelism()?.get();
    let begin = clock::now();
    let count = move || -> Result<usize> {
        let argon2 = Argon2::default();
        let mut memory = vec![argon2::Block::default(); argon2.params().block_count()];
        let mut count = 0;
        while begin.elapsed() < HASHING {
            argon2
                .hash_password_into_with_memory(NEW_PASSWORD.as_bytes(), &[7; 16], &mut [0; 32], &mut memory)
                .map_err(|error| anyhow!("{error}"))?;
            count += 1;
        }
        Ok(count)
    };
    let workers: Vec<_> = (0..cores).map(|_| thread::spawn(count)).collect();
    let mut sum = 0;
    for worker in workers {
        sum += worker.join().ok().context("hashing failed")??;
    }
    Ok(per_second(sum, begin.elapsed()))
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred")]
fn per_second(count: usize, elapsed: Duration) -> f64 {
    count as f64 / elapsed.as_secs_f64()
}
