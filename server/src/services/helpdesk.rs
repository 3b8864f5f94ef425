//! Implements [`Helpdesk`].

mod recipients;
mod request;

pub(crate) use request::{REQUEST, tell};

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::helpdesk::{Help, Helpdesk};
use regain_app::services::toll::{Solved, another_picture};
use regain_app::visit::Visit;
use regain_core::account::Username;
use regain_core::form::{FieldProblem, FormState};
use regain_store::{Flow, Result, Tx};

use super::failure;
use crate::captcha::Action;
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::policy;
use crate::toll;

/// The page's address, and the name of its field.
const PAGE: &str = "/help";
const USERNAME: &str = "username";

#[async_trait]
impl Helpdesk for Engine {
    async fn help(&self, visit: &Visit) -> std::result::Result<Help, Failure> {
        let mut tx = self.store.read().await.map_err(failure)?;
        let link = policy::current(&mut *tx).await.map_err(failure)?.policy.helpdesk.link();
        let flow = flow_of(&mut *tx, visit).await.map_err(failure)?;
        let signed_in = visit.session.as_ref().map(|session| session.upn.clone());
        Ok(Help {
            link: link.map(|link| link.href()),
            is_signed_in: signed_in.is_some(),
            username: signed_in.or(flow.as_ref().map(|flow| flow.typed.clone())).unwrap_or_default(),
            support_code: flow.map_or_else(|| visit.support_code.clone(), |flow| flow.support_code),
            toll: toll::told(visit).map(|effort| self.issue_toll(Action::Help, effort, &visit.support_code)),
        })
    }

    async fn ask_for_help(&self, visit: &Visit, username: String, solved: Solved) -> Answer {
        // A signed-in person asks for no other account.
        let username = visit.session.as_ref().map_or(username, |session| session.upn.clone());
        let refused = |problem| {
            let form = FormState::default().with_value(USERNAME, username.as_str());
            Ok(Outcome::refused(PAGE, form.with_problem(problem)))
        };
        let name = match Username::parse(&username) {
            Ok(name) => name,
            Err(problem) => return refused(FieldProblem::new(USERNAME, problem.code())),
        };
        match request::send(self, visit, &name, &solved).await.map_err(failure)? {
            request::Sent::Taken => Ok(Outcome::go("/help?sent")),
            request::Sent::TooMany => refused(FieldProblem::new("", "contact-too-many")),
            request::Sent::Unpaid(price, problem) => {
                let form = FormState::default().with_value(USERNAME, username.as_str());
                let form = toll::keep(form, Some(price));
                let form = match problem {
                    Some(code) => form.with_problem(FieldProblem::new(toll::FIELD, code)),
                    None => another_picture(form),
                };
                Ok(Outcome::refused(PAGE, form))
            }
            request::Sent::Elsewhere => Ok(Outcome::go(PAGE)),
        }
    }
}

/// The browser's reset flow, also when it is over: a person asks for help after it failed. Signed in, there is none.
async fn flow_of(tx: &mut dyn Tx, visit: &Visit) -> Result<Option<Flow>> {
    match &visit.flow_token {
        Some(token) if visit.session.is_none() => tx.flow(&token_hash(token.expose())).await,
        _ => Ok(None),
    }
}
