//! What can go wrong below the rules.

use crate::trouble::Trouble;

/// A database error, told apart where callers act on it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The name is taken, or somebody else changed the row first.
    #[error("conflict: the row exists, or was changed by somebody else")]
    Conflict,
    /// The database cannot do its work at the moment. What was under way changed nothing.
    #[error("the database cannot be used at the moment: {0}")]
    Unavailable(Trouble),
    /// The schema is newer than this binary.
    #[error("the database was migrated by a newer version of Regain; update this binary")]
    NewerSchema,
    /// Not offered by this engine.
    #[error("{0}")]
    Unsupported(&'static str),
    /// A stored value that this version cannot read.
    #[error("a stored value cannot be read: {0}")]
    Corrupt(String),
    /// Anything else: a defect of ours.
    #[error(transparent)]
    Database(sqlx::Error),
    /// A migration failed.
    #[error(transparent)]
    Migrate(sqlx::migrate::MigrateError),
}

/// The result of every query.
pub type Result<T> = std::result::Result<T, Error>;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(cause) if cause.is_unique_violation() => Self::Conflict,
            _ => Trouble::of(&error).map_or_else(|| Self::Database(error), Self::Unavailable),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::VersionMissing(_) => Self::NewerSchema,
            sqlx::migrate::MigrateError::Execute(error) if Trouble::of(&error).is_some() => error.into(),
            error => Self::Migrate(error),
        }
    }
}
