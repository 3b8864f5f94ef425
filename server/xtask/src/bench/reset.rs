//! Whole resets with two methods, beside the rate at which this machine can hash.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use argon2::Argon2;

use super::figure::{Budget, Figure};
use super::running::Running;
use crate::browser::{Browser, input, solve};
use crate::clock;
use crate::demo_outbox::{code, key, messages};
use crate::organisation::Organisation;
use crate::people::Person;
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
    let organisation = Organisation::start(&workspace.target("release/regain"))?;
    let port = organisation.port;
    organisation
        .import(&(0..PEOPLE).map(|person| Person::reachable(upn(person), person)).collect::<Vec<_>>())?;
    organisation.regain(&["policy", "set", "scope", "all"])?;
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

fn upn(person: usize) -> String {
    format!("person{person}@contoso.example")
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
        let mut browser = Browser::new(port, Ipv4Addr::new(127, 1, 0, u8::try_from(person)?));
        let page = browser.get("/reset")?.body;
        Ok(Self { browser, person, captcha: input(&page, "captcha")?, solution: solve(&page)? })
    }

    fn finish(mut self, codes: &Codes) -> Result<()> {
        let Person { upn, mobile, email, .. } = Person::reachable(upn(self.person), self.person);
        let start = [("username", upn.as_str()), ("captcha", &self.captcha), ("solution", &self.solution)];
        self.browser.post("/reset", &start)?;
        self.browser.post("/reset/why", &[("intent", "reset")])?;
        self.browser.post("/reset/method", &[("method", "email")])?;
        let code = codes.wait_for(&email)?;
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

impl Codes {
    fn read(&self, port: u16) -> Result<()> {
        let mut browser = Browser::new(port, Ipv4Addr::LOCALHOST);
        while !*self.stopped.lock().unwrap_or_else(PoisonError::into_inner) {
            let messages = messages(&mut browser)?;
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
