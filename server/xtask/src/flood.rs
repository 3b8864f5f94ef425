//! Honest people while 200 hosts send 4,000 requests a second.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

use crate::browser::Browser;
use crate::clock;
use crate::organisation::Organisation;
use crate::people::Person;
use crate::puzzle::solve;
use crate::server::resident_mebibytes;

/// Requests a second, of all hosts together.
pub const RATE: u32 = 4_000;
const HOSTS: u8 = 200;
/// Each sends for some of the hosts, one request after the other.
const SENDERS: u8 = 20;
const DURATION: Duration = Duration::from_secs(20);
/// Prepared before the flood begins: solving puzzles is the browsers' work, not the server's.
const VISITS: u8 = 200;

/// What came of it.
#[derive(Debug)]
pub struct Flood {
    /// Hostile requests that were answered, by status.
    pub answered: BTreeMap<u16, u32>,
    /// How long it lasted.
    pub lasted: Duration,
    /// How long honest people waited for the answer to each step; sorted.
    pub steps: BTreeMap<&'static str, Vec<Duration>>,
    /// Resident memory at the end, in MiB.
    pub memory: f64,
}

impl Flood {
    /// Hostile requests a second that were answered.
    pub fn rate(&self) -> f64 {
        f64::from(self.answered.values().sum::<u32>()) / self.lasted.as_secs_f64()
    }

    /// The slowest of the fastest 95 in 100 at each step.
    pub fn p95(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        self.steps.iter().map(|(step, sorted)| {
            let rank = (sorted.len() * 95).div_ceil(100).max(1);
            (*step, sorted.get(rank - 1).copied().unwrap_or(DURATION))
        })
    }
}

/// Who suffers from it: one of them walks at a time, each from an address of their own.
pub fn people() -> Vec<Person> {
    (0..VISITS).map(person).collect()
}

fn person(number: u8) -> Person {
    Person::reachable(format!("honest{number}@contoso.example"), 20_000 + usize::from(number))
}

/// Floods an organisation that has [`people`], in whose scope they are.
pub fn run(organisation: &Organisation) -> Result<Flood> {
    let port = organisation.port;
    let mut visits = (0..VISITS).map(|number| Visit::prepare(port, number)).collect::<Result<Vec<_>>>()?;
    let stop = AtomicBool::new(false);
    let begin = clock::now();
    thread::scope(|scope| {
        let stop = &stop;
        let senders: Vec<_> =
            (0..SENDERS).map(|sender| scope.spawn(move || send(port, sender, begin, stop))).collect();
        let mut steps: BTreeMap<&'static str, Vec<Duration>> = BTreeMap::new();
        let mut walk = || {
            while let (Some(visit), true) = (visits.pop(), begin.elapsed() < DURATION) {
                visit.walk(&mut steps)?;
            }
            Ok(())
        };
        let walked: Result<()> = walk();
        let lasted = begin.elapsed();
        let memory = resident_mebibytes(organisation.process());
        stop.store(true, Ordering::Relaxed);
        let mut answered = BTreeMap::new();
        for sender in senders {
            for (status, times) in sender.join().map_err(|_| anyhow!("the flood failed"))?? {
                *answered.entry(status).or_default() += times;
            }
        }
        walked?;
        for times in steps.values_mut() {
            times.sort_unstable();
        }
        Ok(Flood { answered, lasted, steps, memory: memory? })
    })
}

/// One host: a browser on the page of a reset, and one on the page of sign-in.
struct Host {
    reset: Browser,
    sign_in: Browser,
}

/// Sends its share in time, or as fast as answers come.
fn send(port: u16, sender: u8, begin: Instant, stop: &AtomicBool) -> Result<BTreeMap<u16, u32>> {
    let numbers = (0..HOSTS).filter(|number| number % SENDERS == sender);
    let mut hosts: Vec<Host> = numbers
        .map(|number| {
            let host = Browser::new(port, Ipv4Addr::new(127, 3, 0, number));
            Host { sign_in: host.another(), reset: host }
        })
        .collect();
    let pause = Duration::from_secs(1) * u32::from(SENDERS) / RATE;
    let mut answered = BTreeMap::new();
    for turn in 0_u32.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        thread::sleep((pause * turn).saturating_sub(begin.elapsed()));
        let host = turn as usize % hosts.len();
        let Some(host) = hosts.get_mut(host) else { break };
        // A host of which the server has enough may find its connection closed: that is an answer, too.
        let status = attack(host, turn / u32::from(HOSTS / SENDERS)).map_or(0, |status| status);
        *answered.entry(status).or_default() += 1;
    }
    Ok(answered)
}

/// Opens pages, begins resets without work, guesses passwords.
fn attack(host: &mut Host, round: u32) -> Result<u16> {
    let name = format!("honest{}@contoso.example", round % u32::from(VISITS));
    let wrong = ("password", "not the password, I think");
    let reply = match round % 4 {
        0 => host.reset.ask("/reset"),
        1 => host.reset.submit("/reset", &[("username", &name), ("solution", "0")]),
        2 => host.sign_in.ask("/signin"),
        _ => host.sign_in.submit("/signin", &[("username", &name), wrong]),
    };
    Ok(reply?.status)
}

/// One person who begins a reset, and then signs in after all.
struct Visit {
    browser: Browser,
    person: Person,
    solution: String,
}

impl Visit {
    fn prepare(port: u16, number: u8) -> Result<Self> {
        let mut browser = Browser::new(port, Ipv4Addr::new(127, 4, 0, number));
        let solution = solve(&browser.get("/reset")?.body)?;
        Ok(Self { browser, person: person(number), solution })
    }

    fn walk(mut self, steps: &mut BTreeMap<&'static str, Vec<Duration>>) -> Result<()> {
        let Self { browser, person, solution } = &mut self;
        let upn = person.upn.as_str();
        let mut timed = |step, act: &mut dyn FnMut() -> Result<()>| {
            let begin = clock::now();
            let done = act();
            steps.entry(step).or_default().push(begin.elapsed());
            done
        };
        let start = [("username", upn), ("solution", solution.as_str())];
        timed("begin a reset", &mut || browser.post("/reset", &start).map(drop))?;
        timed("choose to reset", &mut || browser.post("/reset/why", &[("intent", "reset")]).map(drop))?;
        timed("ask for a code", &mut || browser.post("/reset/method", &[("method", "email")]).map(drop))?;
        timed("open sign-in", &mut || browser.get("/signin").map(drop))?;
        timed("username", &mut || browser.post("/signin", &[("username", upn)]).map(drop))?;
        timed("password", &mut || browser.post("/signin", &[("password", &person.password)]).map(drop))
    }
}
