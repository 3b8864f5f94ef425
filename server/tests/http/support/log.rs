//! The log of everything that runs in this process, kept while a test listens. Others may run at the same time, so a
//! test looks for what is its own.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard};

use tracing_subscriber::filter::{LevelFilter, dynamic_filter_fn};
use tracing_subscriber::fmt::{MakeWriter, layer};
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::registry;
use tracing_subscriber::util::SubscriberInitExt as _;

static LISTENING: AtomicUsize = AtomicUsize::new(0);
static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static STARTED: LazyLock<()> = LazyLock::new(|| {
    let while_listening = dynamic_filter_fn(|_, _| LISTENING.load(Ordering::Relaxed) > 0);
    // Moments are digits, too, and would pass for codes.
    let lines = layer().with_ansi(false).without_time().with_writer(Kept).with_filter(while_listening);
    registry().with(lines).with(LevelFilter::TRACE).try_init().unwrap();
});

/// Keeps what is logged, at every level, until it is dropped.
pub struct Listening(());

impl Listening {
    /// From now on.
    pub fn start() -> Self {
        LazyLock::force(&STARTED);
        LISTENING.fetch_add(1, Ordering::Relaxed);
        tracing::callsite::rebuild_interest_cache();
        Self(())
    }

    /// What was logged so far.
    pub fn lines(&self) -> String {
        String::from_utf8_lossy(&kept()).into_owned()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        if LISTENING.fetch_sub(1, Ordering::Relaxed) == 1 {
            kept().clear();
        }
        tracing::callsite::rebuild_interest_cache();
    }
}

fn kept() -> MutexGuard<'static, Vec<u8>> {
    LINES.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

struct Kept;

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Kept;

    fn make_writer(&'a self) -> Kept {
        Kept
    }
}

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        kept().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
