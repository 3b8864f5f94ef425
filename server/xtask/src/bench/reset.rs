//! Whole resets with two methods, beside the rate at which this machine can hash: many people at once, and one alone.
//!
//! Server and generator share the machine. So the table says how much of the processor's time each of them took, and what
//! does not depend on the machine: how many transactions a reset has, and how many of them shared a commit.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use argon2::Argon2;

use super::bundle::kilobytes;
use super::figure::{Budget, Figure};
use super::running::Running;
use crate::browser::{Browser, input};
use crate::clock;
use crate::demo_outbox::{code, key, messages};
use crate::organisation::Organisation;
use crate::people::Person;
use crate::puzzle::solve;
use crate::server::processor_milliseconds;
use crate::workspace::Workspace;

const PEOPLE: usize = 200;
const AT_ONCE: usize = 32;
/// Who resets when nobody else does.
const ALONE: usize = 8;
/// Hashes of imported passwords are hardened first; that is not what is measured.
const HARDENING: Duration = Duration::from_secs(15);
const HASHING: Duration = Duration::from_secs(3);
const NEW_PASSWORD: &str = "seven moons over a quiet harbour";

/// The share of the hash rate that resets reach.
pub fn whole(workspace: &Workspace, _: &Running) -> Result<Vec<Figure>> {
    let organisation = Organisation::start(&workspace.target("release/regain"))?;
    let port = organisation.port;
    let everybody: Vec<_> =
        (0..=ALONE + PEOPLE).map(|person| Person::reachable(upn(person), person)).collect();
    organisation.import(&everybody)?;
    organisation.regain(&["policy", "set", "scope", "all"])?;
    thread::sleep(HARDENING);

    let hashes = hashes_per_second()?;
    let phone_page = kilobytes(Walk::begin(port, ALONE + PEOPLE)?.phone_page()? as u64);
    let alone = Run::of(&organisation, begin_all(port, 0..ALONE)?, 1)?;
    let together = Run::of(&organisation, begin_all(port, ALONE..ALONE + PEOPLE)?, AT_ONCE)?;
    let share = 100.0 * together.per_second() / hashes;
    Ok(vec![
        Figure::new("GET /reset/phone, HTML", phone_page, "KB", Budget::AtMost(10.0)),
        Figure::new("argon2id, all cores", hashes, "hashes/s", Budget::None),
        Figure::new("Whole reset, 32 people at once", together.per_second(), "resets/s", Budget::None),
        Figure::new("The same, of the hash rate", share, "%", Budget::AtLeast(70.0)),
        Figure::new("The same, processor, server", together.server, "ms a reset", Budget::None),
        Figure::new("The same, processor, generator", together.generator, "ms a reset", Budget::None),
        Figure::new("The same, transactions", together.transactions, "a reset", Budget::None),
        Figure::new("The same, commits", together.commits, "a reset", Budget::AtMost(4.0)),
        Figure::new("Whole reset alone, its requests", alone.answers, "ms", Budget::None),
        Figure::new("The same, transactions", alone.transactions, "a reset", Budget::None),
        Figure::new("The same, commits", alone.commits, "a reset", Budget::None),
    ])
}

/// What some resets took; each figure but the time is for one of them.
struct Run {
    resets: usize,
    elapsed: Duration,
    /// Milliseconds that the person waited for pages; not for codes.
    answers: f64,
    /// Milliseconds of processor time.
    server: f64,
    generator: f64,
    transactions: f64,
    commits: f64,
}

impl Run {
    fn of(organisation: &Organisation, walks: Vec<Walk>, at_once: usize) -> Result<Self> {
        let resets = walks.len();
        let before = Meters::read(organisation)?;
        let begin = clock::now();
        let answers = finish_all(organisation.port, walks, at_once)?;
        let elapsed = begin.elapsed();
        let after = Meters::read(organisation)?;
        let each = |sum: usize| count(sum) / count(resets);
        Ok(Self {
            resets,
            elapsed,
            answers: answers.as_secs_f64() * 1000.0 / count(resets),
            server: each(after.server - before.server),
            generator: each(after.generator - before.generator),
            transactions: each(after.transactions - before.transactions),
            commits: each(after.commits - before.commits),
        })
    }

    fn per_second(&self) -> f64 {
        per_second(self.resets, self.elapsed)
    }
}

/// What only grows.
struct Meters {
    /// Milliseconds of processor time.
    server: usize,
    generator: usize,
    transactions: usize,
    commits: usize,
}

impl Meters {
    fn read(organisation: &Organisation) -> Result<Self> {
        let page = organisation.metrics()?;
        let counted = |name: &str| -> Result<usize> {
            let line = page.lines().find_map(|line| line.strip_prefix(name));
            Ok(line.with_context(|| format!("there is no {name}"))?.trim().parse()?)
        };
        Ok(Self {
            server: processor_milliseconds(organisation.process())?,
            generator: processor_milliseconds(std::process::id())?,
            transactions: counted("regain_database_transactions_total ")?,
            commits: counted("regain_database_commits_total ")?,
        })
    }
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

    /// Bytes of the page that asks for a number.
    fn phone_page(mut self) -> Result<usize> {
        let upn = upn(self.person);
        let start = [("username", upn.as_str()), ("captcha", &self.captcha), ("solution", &self.solution)];
        self.browser.post("/reset", &start)?;
        self.browser.post("/reset/why", &[("intent", "reset")])?;
        Ok(self.browser.post("/reset/method", &[("method", "mobile_phone")])?.body.len())
    }

    /// How long the person waited for pages.
    fn finish(mut self, codes: &Codes) -> Result<Duration> {
        let Person { upn, mobile, email, .. } = Person::reachable(upn(self.person), self.person);
        let start = [("username", upn.as_str()), ("captcha", &self.captcha), ("solution", &self.solution)];
        let mut waited = Duration::ZERO;
        let mut post = |path: &str, fields: &[(&str, &str)]| {
            let begin = clock::now();
            let page = self.browser.post(path, fields);
            waited += begin.elapsed();
            page
        };
        post("/reset", &start)?;
        post("/reset/why", &[("intent", "reset")])?;
        post("/reset/method", &[("method", "email")])?;
        let code = codes.wait_for(&email)?;
        post("/reset/verify", &[("code", &code)])?;
        post("/reset/method", &[("method", "mobile_phone")])?;
        post("/reset/phone", &[("phone", &mobile)])?;
        let code = codes.wait_for(&mobile)?;
        post("/reset/verify", &[("code", &code)])?;
        let passwords = [("new_password", NEW_PASSWORD), ("confirm_password", NEW_PASSWORD)];
        let end = post("/reset/password", &passwords)?;
        ensure!(end.body.contains("Your password has been reset"), "{upn} was not reset");
        Ok(waited)
    }
}

/// Puzzles are solved on every core.
fn begin_all(port: u16, people: Range<usize>) -> Result<Vec<Walk>> {
    let next = AtomicUsize::new(people.start);
    let begin = || {
        let mine =
            std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|one| *one < people.end));
        mine.map(|person| Walk::begin(port, person)).collect::<Result<Vec<_>>>()
    };
    let mut walks = Vec::with_capacity(people.len());
    thread::scope(|scope| {
        let cores = thread::available_parallelism()?.get();
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(begin)).collect();
        for worker in workers {
            walks.extend(worker.join().map_err(|_| anyhow!("a puzzle was not solved"))??);
        }
        Ok(walks)
    })
}

/// How long all of them waited for pages.
fn finish_all(port: u16, walks: Vec<Walk>, at_once: usize) -> Result<Duration> {
    let (codes, queue) = (Codes::default(), Mutex::new(walks));
    thread::scope(|scope| {
        let reader = scope.spawn(|| codes.read(port));
        let work = || {
            let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop();
            std::iter::from_fn(next).map(|walk| walk.finish(&codes)).sum::<Result<Duration>>()
        };
        let workers: Vec<_> = (0..at_once).map(|_| scope.spawn(work)).collect();
        let done: Vec<Result<Duration>> = workers
            .into_iter()
            .map(|one| one.join().unwrap_or_else(|_| Err(anyhow!("a walk failed"))))
            .collect();
        codes.stop();
        reader.join().map_err(|_| anyhow!("the outbox could not be read"))??;
        done.into_iter().sum()
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
            thread::sleep(Duration::from_millis(25));
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

fn per_second(times: usize, elapsed: Duration) -> f64 {
    count(times) / elapsed.as_secs_f64()
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn count(number: usize) -> f64 {
    number as f64
}
