//! Honest people while others post as fast as they can.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow};

use super::source;
use crate::attack::finding::{Finding, Verdict};
use crate::browser::Browser;
use crate::clock;
use crate::organisation::Organisation;
use crate::server::resident_mebibytes;

const HOSTILE: u8 = 8;
const DURATION: Duration = Duration::from_secs(8);
const PATIENCE: Duration = Duration::from_millis(500);
const MEBIBYTES: f64 = 128.0;

/// Posts without a puzzle's solution from eight hosts; one person who opens and begins a reset again and again.
pub fn posts(organisation: &Organisation) -> Result<Vec<Finding>> {
    let (stop, hostile) = (AtomicBool::new(false), AtomicUsize::new(0));
    let attack = |number: u8| -> Result<()> {
        let mut browser = Browser::new(organisation.port, source(5, number));
        // Without the cookie that every page leaves, a post is refused before it costs anything.
        browser.get("/signin")?;
        while !stop.load(Ordering::Relaxed) {
            browser.submit("/reset", &[("username", "budget0@contoso.example")])?;
            hostile.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    };
    let mut times = Vec::new();
    thread::scope(|scope| -> Result<()> {
        let attack = &attack;
        let workers: Vec<_> = (0..HOSTILE).map(|number| scope.spawn(move || attack(number))).collect();
        let ended = honest(organisation, &mut times);
        stop.store(true, Ordering::Relaxed);
        for worker in workers {
            worker.join().map_err(|_| anyhow!("the flood failed"))??;
        }
        ended
    })?;
    times.sort_unstable();
    let p95 = times.get(times.len() * 95 / 100).copied().unwrap_or(DURATION);
    let memory = resident_mebibytes(organisation.process())?;
    let tried = format!("{} hostile posts in {} s", hostile.into_inner(), DURATION.as_secs());
    Ok(vec![
        Finding {
            threats: "T133",
            tried: format!("{tried}: an honest step, p95"),
            found: format!("{} ms", p95.as_millis()),
            allowed: format!("≤ {} ms", PATIENCE.as_millis()),
            verdict: Verdict::of(p95 <= PATIENCE),
        },
        Finding {
            threats: "T137",
            tried: format!("{tried}: resident memory"),
            found: format!("{memory:.0} MiB"),
            allowed: format!("≤ {MEBIBYTES:.0} MiB"),
            verdict: Verdict::of(memory <= MEBIBYTES),
        },
    ])
}

/// Times of steps, until the time is over.
fn honest(organisation: &Organisation, times: &mut Vec<Duration>) -> Result<()> {
    let begin = clock::now();
    for number in (0..u8::MAX).cycle() {
        if begin.elapsed() > DURATION {
            break;
        }
        let mut browser = Browser::new(organisation.port, source(6, number));
        times.push(browser.get("/reset")?.total);
        times.push(browser.submit("/reset", &[("username", "budget9@contoso.example")])?.total);
        times.push(browser.look("/reset/why")?.total);
    }
    Ok(())
}
