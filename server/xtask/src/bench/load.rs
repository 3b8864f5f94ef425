//! Requests per second, from a generator on the same machine.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, ensure};

use super::figure::{Budget, Figure};
use super::running::Running;
use crate::clock;
use crate::http::Connection;
use crate::workspace::Workspace;

const CONNECTIONS: usize = 16;
/// The form, whether or not reset is switched on for everybody.
const PAGE: &str = "/reset?administrator";
const WARM_UP: Duration = Duration::from_secs(1);
const DURATION: Duration = Duration::from_secs(5);

/// `GET /reset`, with its form and its CAPTCHA.
pub fn reset_page(_: &Workspace, running: &Running) -> Result<Vec<Figure>> {
    generate(running.port, PAGE, WARM_UP)?;
    let load = generate(running.port, PAGE, DURATION)?;
    Ok(vec![
        Figure::new("GET /reset", load.per_second(), "requests/s", Budget::AtLeast(12_000.0)),
        Figure::new("GET /reset, p99", load.percentile(99).as_secs_f64() * 1000.0, "ms", Budget::AtMost(5.0)),
    ])
}

/// The times that all answers took.
pub struct Load {
    pub sorted: Vec<Duration>,
    pub elapsed: Duration,
}

impl Load {
    #[expect(clippy::cast_precision_loss, reason = "a few seconds of requests are far below 2^52")]
    fn per_second(&self) -> f64 {
        self.sorted.len() as f64 / self.elapsed.as_secs_f64()
    }

    /// Nearest rank.
    pub fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.sorted.len() * percent).div_ceil(100).max(1);
        self.sorted.get(rank - 1).copied().unwrap_or_default()
    }
}

/// Keeps all connections busy for so long. An answer other than 200 ends it.
fn generate(port: u16, path: &'static str, duration: Duration) -> Result<Load> {
    let begin = clock::now();
    let workers: Vec<_> =
        (0..CONNECTIONS).map(|_| thread::spawn(move || keep_asking(port, path, begin, duration))).collect();
    let mut sorted = Vec::new();
    for worker in workers {
        sorted.extend(worker.join().map_err(|_| anyhow!("the load generator failed"))??);
    }
    let elapsed = begin.elapsed();
    sorted.sort_unstable();
    Ok(Load { sorted, elapsed })
}

fn keep_asking(port: u16, path: &str, begin: Instant, duration: Duration) -> Result<Vec<Duration>> {
    let mut connection = Connection::open(port)?;
    let mut times = Vec::new();
    while begin.elapsed() < duration {
        let asked = clock::now();
        let answer = connection.get(path)?;
        ensure!(answer.status == 200, "GET {path} answered {}", answer.status);
        times.push(asked.elapsed());
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_percentile_is_the_nearest_rank() {
        let load =
            Load { sorted: (1..=200).map(Duration::from_millis).collect(), elapsed: Duration::from_secs(2) };
        assert_eq!(load.percentile(99), Duration::from_millis(198));
        assert!((load.per_second() - 100.0).abs() < f64::EPSILON);
        let none = Load { sorted: Vec::new(), elapsed: Duration::from_secs(1) };
        assert_eq!(none.percentile(99), Duration::ZERO);
    }
}
