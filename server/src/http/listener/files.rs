//! How many connections the system lets this process have: each is an open file.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// File descriptors for everything that is no connection of a client: the database, mail, the log.
const OTHER: usize = 96;
/// Connections beyond the usual ones, for health.
pub(super) const RESERVE: usize = 16;
/// Connections even where the process may open hardly any file.
const FEWEST: usize = 16;
/// Connections at most: each costs memory, too.
const MOST: usize = 4_096;

/// Raises the soft limit of open files as far as it is needed and allowed, and tells how many connections fit.
pub(super) fn room_for_connections() -> usize {
    let wanted = (MOST + RESERVE + OTHER) as u64;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = raise(current, maximum, wanted);
    if raised != current
        && let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: raised, maximum })
    {
        tracing::warn!(%error, "the limit of open files cannot be raised");
        return fitting(current);
    }
    fitting(raised)
}

/// The soft limit to ask for; `None` is no limit.
fn raise(soft: Option<u64>, hard: Option<u64>, wanted: u64) -> Option<u64> {
    let soft = soft?;
    Some(soft.max(wanted.min(hard.unwrap_or(u64::MAX))))
}

fn fitting(files: Option<u64>) -> usize {
    let files = files.and_then(|files| usize::try_from(files).ok()).unwrap_or(usize::MAX);
    files.saturating_sub(OTHER + RESERVE).clamp(FEWEST, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_raised_as_far_as_it_is_needed_and_allowed() {
        assert_eq!(raise(Some(1024), Some(524_288), 4_208), Some(4_208));
        assert_eq!(raise(Some(1024), Some(2048), 4_208), Some(2048));
        assert_eq!(raise(Some(1024), None, 4_208), Some(4_208));
        assert_eq!(raise(Some(65_536), Some(65_536), 4_208), Some(65_536), "never lowered");
        assert_eq!(raise(None, None, 4_208), None);
    }

    #[test]
    fn connections_leave_files_for_the_rest() {
        assert_eq!(fitting(Some(1024)), 1024 - OTHER - RESERVE);
        assert_eq!(fitting(Some(64)), FEWEST);
        assert_eq!((fitting(Some(1 << 20)), fitting(None)), (MOST, MOST));
    }
}
