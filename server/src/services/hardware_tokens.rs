//! Implements [`HardwareTokens`].

mod list;
mod report;
mod upload;

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::pages::admin::hardware_tokens::{FILE, PATH, UPLOADED};
use regain_app::services::hardware_tokens::{HardwareTokens, TokenList, TokenQuery, TokenRow};
use regain_app::services::people::Place;
use regain_app::visit::Visit;
use regain_core::code::OneTimeCode;
use regain_core::form::{FieldProblem, FormState};
use regain_core::role::Right;
use regain_core::secret::{Secret, SecretBytes};
use uuid::Uuid;

use crate::audit::activity;
use crate::engine::Engine;
use crate::people::{Actor, Refusal};

pub(super) use upload::upload;

/// The largest file, in bytes: some thousands of tokens, which one request writes in time.
const MOST_BYTES: usize = 512 * 1024;

#[async_trait]
impl HardwareTokens for Engine {
    async fn list(
        &self,
        visit: &Visit,
        query: &TokenQuery,
        place: &Place,
        report: bool,
    ) -> Result<TokenList, Failure> {
        list::list(self, visit, query, place, report).await
    }

    async fn may_upload(&self, visit: &Visit) -> Result<Option<Outcome>, Failure> {
        let gate = self.act_gate(visit, Right::ManageMethods, activity::ADMIN_UPDATED, "", PATH).await?;
        Ok(gate.err())
    }

    async fn upload(&self, visit: &Visit, file: Option<Vec<u8>>) -> Answer {
        if let Some(first) = self.may_upload(visit).await? {
            return Ok(first);
        }
        let kilobytes = MOST_BYTES / 1024;
        let refused = |problem| Ok(Outcome::refused(PATH, FormState::default().with_problem(problem)));
        let Some(file) = file.map(SecretBytes::from) else {
            return refused(FieldProblem::new(FILE, "token-file-too-large").with("max", &kilobytes));
        };
        if file.expose().is_empty() {
            return refused(FieldProblem::new(FILE, "token-file-empty"));
        }
        let report = Outcome::go(format!("{PATH}?{UPLOADED}"));
        match self.upload_tokens(visit, file.expose(), &report).await {
            Ok(uploaded) => {
                report::keep(self, visit, uploaded).await?;
                Ok(report)
            }
            Err(refusal) => {
                let problems = refusal.into_problems()?;
                Ok(Outcome::refused(PATH, FormState { problems, ..FormState::default() }))
            }
        }
    }

    async fn token(&self, visit: &Visit, id: &str) -> Result<TokenRow, Failure> {
        self.admin_gate(visit, Right::ManageMethods)?;
        list::one(self, row_id(id)?).await
    }

    async fn activate(&self, visit: &Visit, id: &str, code: &Secret) -> Answer {
        let (id, page) = (row_id(id)?, format!("{PATH}/{}/activate", row_id(id)?));
        let gate = self.act_gate(visit, Right::ManageMethods, activity::ADMIN_UPDATED, "", &page).await?;
        if let Err(first) = gate {
            return Ok(first);
        }
        let result = match OneTimeCode::parse(code.expose()) {
            Ok(code) => self.activate_token(&Actor::Administrator(visit), id, &code).await,
            Err(problem) => Err(Refusal::field("code", problem.code())),
        };
        done(result, "activated", page)
    }

    async fn delete(&self, visit: &Visit, id: &str) -> Answer {
        let (id, page) = (row_id(id)?, format!("{PATH}/{}/delete", row_id(id)?));
        let gate = self.act_gate(visit, Right::ManageMethods, activity::ADMIN_UPDATED, "", &page).await?;
        if let Err(first) = gate {
            return Ok(first);
        }
        match Engine::delete_token(self, &Actor::Administrator(visit), id).await {
            // Somebody was faster: the list shows that it is gone.
            Err(Refusal::NotFound) => Ok(Outcome::go(PATH)),
            result => done(result, "deleted", page),
        }
    }
}

fn row_id(id: &str) -> Result<Uuid, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

/// On to the list, which says what was done; or back to the page that was posted, which says why not.
fn done(result: Result<(), Refusal>, flag: &str, page: String) -> Answer {
    match result {
        Ok(()) => Ok(Outcome::go(format!("{PATH}?{flag}"))),
        Err(refusal) => {
            let problems = refusal.into_problems()?;
            Ok(Outcome::refused(page, FormState { problems, ..FormState::default() }))
        }
    }
}
