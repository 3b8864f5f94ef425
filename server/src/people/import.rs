//! Users and members in bulk. Rows are read one after the other and written in transactions of a thousand, so that memory
//! stays flat and a running server gets its turn to write.

use std::io::Read;

use regain_core::account::TypedDetails;
use regain_core::form::FieldProblem;
use regain_core::secret::Secret;
use regain_store::Group;

use super::bulk_file::{BulkFile, BulkRow};
use super::{Actor, MemberRow, NewUser, Refusal, problem_sentence};
use crate::engine::Engine;
use crate::passwords;

const BATCH: usize = 1_000;

/// How an import ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows that were written.
    pub done: usize,
    /// Rows that changed nothing, because it was so already.
    pub unchanged: usize,
    /// Rows that were refused, each of which was told.
    pub refused: usize,
}

/// Hears the line and the reason of each row that is refused.
pub type Refusals<'a> = &'a mut (dyn FnMut(u64, &str) + Send);

/// The columns of a user's row; the first four must be there.
const USER: [(&str, &str); 4] = [
    ("displayName", "display_name"),
    ("userPrincipalName", "user_principal_name"),
    ("passwordProfile", "initial_password"),
    ("accountEnabled", "blocked"),
];
const OPTIONAL: [(&str, &str); 6] = [
    ("givenName", "first_name"),
    ("surname", "last_name"),
    ("mail", "mail"),
    ("mobile", "mobile_phone"),
    ("telephoneNumber", "office_phone"),
    ("otherMails", "alternate_email"),
];
const MEMBER: &str = "memberObjectIdOrUpn";

impl Engine {
    /// Makes users of the rows of Entra's bulk-create file.
    pub async fn import_users(
        &self,
        actor: &Actor<'_>,
        input: impl Read + Send,
        refusals: Refusals<'_>,
    ) -> anyhow::Result<Imported> {
        let mut file = BulkFile::open(input, &USER.map(|(key, _)| key))?;
        let mut report = Imported::default();
        loop {
            let mut batch = Vec::with_capacity(BATCH);
            let mut refused = Vec::new();
            while batch.len() + refused.len() < BATCH
                && let Some(row) = file.next_row()?
            {
                match row {
                    Err((line, code)) => refused.push((line, sentences(&[FieldProblem::new("", code)]))),
                    Ok(row) => match self.user_of(&row) {
                        Ok(user) => batch.push((row.line, user)),
                        Err(problems) => refused.push((row.line, problems)),
                    },
                }
            }
            if batch.is_empty() && refused.is_empty() {
                return Ok(report);
            }
            report.done += self.write_users(actor, &batch, &mut refused).await?;
            report.refused += refused.len();
            tell(refused, refusals);
        }
    }

    fn user_of(&self, row: &BulkRow<'_>) -> Result<NewUser, String> {
        let typed = TypedDetails {
            upn: row.cell("userPrincipalName").to_owned(),
            display_name: row.cell("displayName").to_owned(),
            given_name: row.cell("givenName").to_owned(),
            surname: row.cell("surname").to_owned(),
            mail: row.cell("mail").to_owned(),
            mobile_phone: row.cell("mobile").to_owned(),
            office_phone: row.cell("telephoneNumber").to_owned(),
            alternate_email: row.cell("otherMails").to_owned(),
        };
        let typed_password = row.exact_cell("passwordProfile");
        let password = Secret::from(typed_password);
        if passwords::is_example(&password) || is_example(row.cell("displayName")) {
            return Err(sentences(&[FieldProblem::new("", "import-example-row")]));
        }
        let names = passwords::names_in(&typed);
        let mut problems = Vec::new();
        let details = typed.parse().map_err(|found| problems.extend(found));
        let blocked = blocked(row.cell("accountEnabled")).map_err(|problem| problems.push(problem));
        // Nobody sees it in a spreadsheet, and nobody would type it.
        if typed_password.trim() != typed_password {
            problems.push(FieldProblem::new("initial_password", "import-password-blank"));
        }
        let password = match self.imported_password("initial_password", &password, &names) {
            Ok(password) => Some(password),
            Err(Refusal::Problems(more)) => {
                problems.extend(more);
                None
            }
            Err(other) => return Err(other.to_string()),
        };
        match (details, blocked, password) {
            (Ok(details), Ok(blocked), Some(password)) if problems.is_empty() => {
                Ok(NewUser { details, blocked, password })
            }
            _ => Err(sentences(&problems)),
        }
    }

    async fn write_users(
        &self,
        actor: &Actor<'_>,
        batch: &[(u64, NewUser)],
        refused: &mut Vec<(u64, String)>,
    ) -> anyhow::Result<usize> {
        let mut tx = self.store.write().await?;
        let made = self.insert_users(&mut *tx, actor, batch.iter().map(|(_, user)| user)).await?;
        tx.commit().await?;
        let taken = sentences(&[FieldProblem::new("user_principal_name", "upn-taken")]);
        for ((line, _), _) in batch.iter().zip(&made).filter(|(_, made)| !**made) {
            refused.push((*line, taken.clone()));
        }
        Ok(made.iter().filter(|made| **made).count())
    }

    /// Makes members of the rows of Entra's members file.
    pub async fn import_members(
        &self,
        actor: &Actor<'_>,
        group: &Group,
        input: impl Read + Send,
        refusals: Refusals<'_>,
    ) -> anyhow::Result<Imported> {
        let mut file = BulkFile::open(input, &[MEMBER])?;
        let mut report = Imported::default();
        loop {
            let mut batch = Vec::with_capacity(BATCH);
            let mut refused = Vec::new();
            while batch.len() + refused.len() < BATCH
                && let Some(row) = file.next_row()?
            {
                match row {
                    Err((line, code)) => refused.push((line, sentences(&[FieldProblem::new("", code)]))),
                    // The template's own second row names nobody, and has no secret in it.
                    Ok(row) if is_example(row.cell(MEMBER)) => {}
                    Ok(row) => batch.push((row.line, row.cell(MEMBER).to_owned())),
                }
            }
            if batch.is_empty() && refused.is_empty() {
                return Ok(report);
            }
            self.write_members(actor, group, &batch, &mut refused, &mut report).await?;
            report.refused += refused.len();
            tell(refused, refusals);
        }
    }

    async fn write_members(
        &self,
        actor: &Actor<'_>,
        group: &Group,
        batch: &[(u64, String)],
        refused: &mut Vec<(u64, String)>,
        report: &mut Imported,
    ) -> anyhow::Result<()> {
        let mut tx = self.store.write().await?;
        let mut records = Vec::new();
        for (line, name) in batch {
            let member = match MemberRow::find(&mut *tx, name).await {
                Ok(member) => member,
                Err(Refusal::NotFound) => {
                    refused.push((*line, format!("there is no user or group {name}")));
                    continue;
                }
                Err(other) => return Err(other.into()),
            };
            match self.insert_member(&mut *tx, actor, group, &member).await {
                Ok(Some(record)) => records.push(record),
                Ok(None) => report.unchanged += 1,
                Err(Refusal::Problems(problems)) => refused.push((*line, sentences(&problems))),
                Err(other) => return Err(other.into()),
            }
        }
        tx.append_all(&records).await?;
        tx.commit().await?;
        report.done += records.len();
        Ok(())
    }
}

fn tell(mut refused: Vec<(u64, String)>, refusals: Refusals<'_>) {
    refused.sort_by_key(|(line, _)| *line);
    for (line, reason) in &refused {
        refusals(*line, reason);
    }
}

/// How the example row of a template begins in English; of users it is known in every language by its password.
fn is_example(cell: &str) -> bool {
    cell.starts_with("Example: ")
}

/// `Block sign in (Yes/No)`.
fn blocked(cell: &str) -> Result<bool, FieldProblem> {
    match cell.to_ascii_lowercase().as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(FieldProblem::new("blocked", "blocked-unclear")),
    }
}

/// Each problem with the key of its column.
fn sentences(problems: &[FieldProblem]) -> String {
    let keyed = problems.iter().map(|problem| {
        let column = USER.iter().chain(&OPTIONAL).find(|(_, field)| *field == problem.field);
        let sentence = problem_sentence(problem);
        column.map_or(sentence.clone(), |(key, _)| format!("[{key}] {sentence}"))
    });
    keyed.collect::<Vec<_>>().join("; ")
}
