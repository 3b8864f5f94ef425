//! What can go wrong below the rules.

/// A database error, told apart where callers act on it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The name is taken, or somebody else changed the row first.
    #[error("conflict: the row exists, or was changed by somebody else")]
    Conflict,
    /// The database did not answer in time.
    #[error("the database is busy")]
    Busy,
    /// The schema is newer than this binary.
    #[error("the database was migrated by a newer version of Regain; update this binary")]
    NewerSchema,
    /// Not offered by this engine.
    #[error("{0}")]
    Unsupported(&'static str),
    /// A stored value that this version cannot read.
    #[error("a stored value cannot be read: {0}")]
    Corrupt(String),
    /// Anything else.
    #[error(transparent)]
    Database(sqlx::Error),
    /// A migration failed.
    #[error(transparent)]
    Migrate(sqlx::migrate::MigrateError),
}

/// The result of every query.
pub type Result<T> = std::result::Result<T, Error>;

/// `SQLITE_BUSY` and its extended codes; PostgreSQL's deadlock, lock time-out, shutting down, starting up, full.
const BUSY: &[&str] = &["5", "261", "517", "40P01", "55P03", "57P01", "57P02", "57P03", "53300"];

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            // No connection in time, or it broke: worth another try, by whoever asked.
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => Self::Busy,
            sqlx::Error::Database(cause) if cause.is_unique_violation() => Self::Conflict,
            sqlx::Error::Database(cause) if cause.code().is_some_and(|code| BUSY.contains(&&*code)) => {
                Self::Busy
            }
            _ => Self::Database(error),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::VersionMissing(_) => Self::NewerSchema,
            error => Self::Migrate(error),
        }
    }
}
