//! The method that is being added: one row for each session decides where its code goes and what its seed is (T73).

use regain_core::method::{Delivery, Method};
use regain_store::{Enrolment, Result, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Me;
use crate::engine::Engine;
use crate::passkeys::Ceremony;

/// What an enrolment keeps besides its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Body {
    /// The method that the new one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Uuid>,
    /// How its code reaches a phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// What is dialled behind the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
    /// What the browser is asked for a passkey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passkey: Option<Ceremony>,
}

impl Body {
    /// Reads it; what cannot be read replaces nothing.
    pub fn of(enrolment: &Enrolment) -> Self {
        serde_json::from_str(&enrolment.body).unwrap_or_default()
    }
}

impl Engine {
    /// A new enrolment, which ends with the registration session (R84); nothing is written yet.
    pub(crate) fn enrolment(&self, me: &Me<'_>, method: Method) -> Enrolment {
        Enrolment {
            id: self.new_id(),
            session_id: me.session_id,
            user_id: me.user_id,
            method: method.as_str().to_owned(),
            destination: None,
            sealed: None,
            body: "{}".to_owned(),
            created_at: self.now(),
            expires_at: me.registers_until(),
        }
    }

    /// Whether the registration session is over: then no method is begun in it.
    pub(crate) fn is_over(&self, me: &Me<'_>) -> bool {
        me.registers_until() <= self.now()
    }

    /// Whether an enrolment has run out.
    pub(crate) fn has_run_out(&self, enrolment: &Enrolment) -> bool {
        enrolment.expires_at <= self.now()
    }

    /// The enrolment under way, unless it has run out.
    pub(crate) async fn live_enrolment(&self, tx: &mut dyn Tx, me: &Me<'_>) -> Result<Option<Enrolment>> {
        let enrolment = tx.enrolment(me.session_id).await?;
        Ok(enrolment.filter(|enrolment| enrolment.user_id == me.user_id && !self.has_run_out(enrolment)))
    }
}
