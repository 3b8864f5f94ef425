//! Why something was not done.

use regain_app::outcome::Failure;
use regain_app::text::{Locale, text};
use regain_core::form::FieldProblem;
use regain_directory::HashError;
use regain_store::Error;

use crate::services::{failure, hash_failure};

/// The reason that the audit log keeps of an act for which the actor has no right, or not the standing.
pub const NOT_ALLOWED: &str = "Insufficient privileges";

/// Why something was not done to a user, group or role.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no such user or group.
    #[error("not found")]
    NotFound,
    /// The account is of equal or higher standing.
    #[error("your roles do not allow this")]
    Forbidden,
    /// It would leave nobody who can do everything.
    #[error("at least one Global Administrator who can sign in must remain")]
    LastGlobalAdministrator,
    /// What was typed is wrong; the problems are told at their fields.
    #[error("{}", sentences(.0))]
    Problems(Vec<FieldProblem>),
    /// The database.
    #[error(transparent)]
    Store(#[from] Error),
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
}

impl Refusal {
    /// One problem at one field.
    pub fn field(field: &str, code: &str) -> Self {
        Self::Problems(vec![FieldProblem::new(field, code)])
    }

    /// The problems to show in a form, or the failure that ends the request.
    pub fn into_problems(self) -> Result<Vec<FieldProblem>, Failure> {
        match self {
            Self::NotFound => Err(Failure::NotFound),
            Self::Forbidden => Err(Failure::Forbidden),
            Self::LastGlobalAdministrator => Ok(vec![FieldProblem::new("", "last-global-administrator")]),
            Self::Problems(problems) => Ok(problems),
            Self::Store(error) => Err(failure(error)),
            Self::Hash(error) => Err(hash_failure(error)),
        }
    }

    /// The reason that the audit log keeps of a refused attempt; `None` for what is not one.
    pub(super) fn audited(&self) -> Option<&'static str> {
        match self {
            Self::Forbidden => Some(NOT_ALLOWED),
            Self::LastGlobalAdministrator => Some("The last Global Administrator cannot be removed"),
            _ => None,
        }
    }
}

fn sentences(problems: &[FieldProblem]) -> String {
    problems.iter().map(problem_sentence).collect::<Vec<_>>().join(" ")
}

/// A problem as a sentence, for the command line.
pub fn problem_sentence(problem: &FieldProblem) -> String {
    let args: Vec<_> = problem.args.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    text(Locale::English, &format!("problem-{}", problem.code), &args)
}
