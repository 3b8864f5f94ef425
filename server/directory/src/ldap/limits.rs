//! How long a directory may take.

use regain_core::time::Duration;

/// How long a directory may take: a frozen server holds nobody up for longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// To take a connection and to encrypt it.
    pub connect: Duration,
    /// To answer a bind.
    pub bind: Duration,
    /// To answer anything else; between two entries of a search, too.
    pub operation: Duration,
    /// For all of one piece of work: to find a server that answers, or to read what a write needs and to write it.
    pub overall: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            bind: Duration::from_secs(3),
            operation: Duration::from_secs(5),
            overall: Duration::from_secs(10),
        }
    }
}
