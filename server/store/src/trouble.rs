//! Why a database cannot do its work: the machine's fault or the operator's, never the text of a query.

/// What is wrong. It passes, or an operator mends it; then the same request works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Somebody else holds what is needed, or all connections are taken.
    #[error("it did not answer in time")]
    Busy,
    /// Two transactions were in each other's way, and this one was undone.
    #[error("two changes were in each other's way")]
    Collision,
    /// The same form was answered at the same moment, by another server.
    #[error("another server answered the same form")]
    Answered,
    /// No room.
    #[error("its disk is full")]
    Full,
    /// It takes no writes.
    #[error("it can only be read")]
    ReadOnly,
    /// Its files cannot be opened, read or written.
    #[error("its files cannot be read or written")]
    Files,
    /// It does not let us in.
    #[error("it does not accept our user name and password (in a URL, % is written %25)")]
    Refused,
    /// The connection broke, or cannot be made.
    #[error("there is no connection to it")]
    Connection,
}

impl Trouble {
    /// What an error says about the database; `None` where it says something about the query.
    pub(crate) fn of(error: &sqlx::Error) -> Option<Self> {
        match error {
            sqlx::Error::PoolTimedOut => Some(Self::Busy),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Some(Self::Connection),
            sqlx::Error::Database(cause) => {
                let code = cause.code()?;
                // SQLSTATE has five characters, a result code of SQLite at most four digits.
                if code.len() == 5 { of_sqlstate(&code) } else { of_sqlite(code.parse().ok()?) }
            }
            _ => None,
        }
    }
}

/// SQLite: the lowest eight bits are the kind, the others say more.
fn of_sqlite(code: u32) -> Option<Trouble> {
    match code & 0xff {
        // BUSY, LOCKED, INTERRUPT, PROTOCOL (of locking).
        5 | 6 | 9 | 15 => Some(Trouble::Busy),
        // FULL.
        13 => Some(Trouble::Full),
        // PERM, READONLY, AUTH.
        3 | 8 | 23 => Some(Trouble::ReadOnly),
        // NOMEM, IOERR, CORRUPT, CANTOPEN, NOLFS, NOTADB.
        7 | 10 | 11 | 14 | 22 | 26 => Some(Trouble::Files),
        _ => None,
    }
}

fn of_sqlstate(state: &str) -> Option<Trouble> {
    match state {
        "40001" | "40P01" => Some(Trouble::Collision),
        // Disk full. A database without room for its log is not there at all.
        "53100" => Some(Trouble::Full),
        // Read-only transaction or database; the right to write was taken away.
        "25006" | "42501" => Some(Trouble::ReadOnly),
        // Lock not available, query cancelled (its time was over), too many connections.
        "55P03" | "57014" | "53300" => Some(Trouble::Busy),
        _ => match &state[..2] {
            // Insufficient resources, limits of the program.
            "53" => Some(Trouble::Busy),
            // Authorisation.
            "28" => Some(Trouble::Refused),
            // Connection, no such database, shut down by an operator, ended idle in a transaction.
            "08" | "3D" | "57" | "25" => Some(Trouble::Connection),
            // System errors, damaged pages.
            "58" | "XX" => Some(Trouble::Files),
            _ => None,
        },
    }
}
