//! Calls that read a code out, and only after #: no voicemail presses keys (T63).

use regain_app::text::{Locale, text};
use regain_channels::Call;
use regain_channels::gateway::{Kind, code_heard, goodbye, verify_twilio, verify_webhook};
use regain_core::authenticator::Asked;
use regain_core::flow::Intent;
use regain_core::network::Source;
use regain_store::{CallRow, Challenge, Flow, GatewayRow, OutboxMessage, Result, Session, Tx, User};
use uuid::Uuid;

use crate::audit::{self, Build as _, activity, service};
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::messages::trial;
use crate::person::Person;
use crate::report::{About, Report, Undo, finished_at};
use crate::verification::Purpose;

/// The texts of a test call, which has no code.
pub(crate) const TEST: &str = "channel-test";
const SEAL: &str = "call";
/// The state of a call nobody answered by a key yet.
const CALLING: &str = "calling";
const HEARD: &str = "heard";
const DENIED: &str = "denied";
/// The message that lets the help desk know who calls.
const CALLER_CODE: &str = "caller-code-voice";

/// What a gateway says next.
pub(crate) enum Say {
    /// The code, as these words and digits.
    Code { before: String, code: String, again: String, goodbye: String },
    /// One sentence, then the end.
    Goodbye(String),
}

impl Say {
    /// As TwiML.
    pub(crate) fn twiml(&self, language: &str) -> String {
        match self {
            Self::Code { before, code, again, goodbye } => code_heard(before, code, again, goodbye, language),
            Self::Goodbye(text) => goodbye(text, language),
        }
    }

    /// As JSON: sentences and single digits, in order.
    pub(crate) fn json(&self) -> serde_json::Value {
        let say: Vec<String> = match self {
            Self::Code { before, code, again, goodbye } => {
                let digits = || code.chars().map(String::from);
                let start = std::iter::once(before.clone()).chain(digits());
                start.chain([again.clone()]).chain(digits()).chain([goodbye.clone()]).collect()
            }
            Self::Goodbye(text) => vec![text.clone()],
        };
        serde_json::json!({ "say": say })
    }
}

impl Engine {
    /// Writes a call down, under an address of its own that nobody can guess.
    pub(crate) async fn begin_call(
        &self,
        row: &OutboxMessage,
        gateway: &GatewayRow,
        code: &str,
    ) -> Result<Call> {
        let token = self.new_token();
        let call = CallRow {
            message_id: row.id,
            token_hash: token_hash(token.expose()),
            gateway_id: gateway.id,
            challenge_id: row.challenge_id.unwrap_or_default(),
            sealed: Some(self.seal(SEAL, row.id.as_bytes(), code.as_bytes())),
            template: row.template.clone(),
            locale: row.locale.clone(),
            support_code: row.support_code.clone(),
            state: CALLING.to_owned(),
            expires_at: row.dies_at.unwrap_or_else(|| self.now()),
        };
        let mut tx = self.store.write().await?;
        tx.add_call(&call).await?;
        tx.commit().await?;
        let locale = Locale::from_tag(&row.locale).unwrap_or_default();
        // Who made the message could be rendered, or it would not have come here.
        let greeting = self.greeting(row).await.unwrap_or_default();
        let params: std::collections::BTreeMap<String, String> =
            serde_json::from_str(&row.params).unwrap_or_default();
        Ok(Call {
            answer_url: self.config.public_url.link(&format!("/hooks/voice/{}", token.expose())),
            greeting,
            prompt: text(locale, "voice-prompt", &[]),
            silence: text(locale, "voice-silence", &[]),
            extension: params.get("extension").cloned(),
        })
    }

    /// The call that a callback is about, if its token is one and its time is not over.
    pub(crate) async fn open_call(&self, token: &str) -> Result<Option<(CallRow, GatewayRow)>> {
        let mut tx = self.store.read().await?;
        let call = tx.call(&token_hash(token)).await?.filter(|call| call.expires_at > self.now());
        let Some(call) = call else { return Ok(None) };
        let gateway = tx.gateways().await?.into_iter().find(|gateway| gateway.id == call.gateway_id);
        Ok(gateway.map(|gateway| (call, gateway)))
    }

    /// Whether a gateway signed what came to `path`.
    pub(crate) fn is_signed(
        &self,
        gateway: &GatewayRow,
        path: &str,
        body: &str,
        fields: &[(String, String)],
        signature: &str,
    ) -> bool {
        let Some(secret) = self.gateway_secret(gateway) else { return false };
        match Kind::parse(&gateway.kind) {
            Some(Kind::Twilio) => {
                let addresses = self.config.public_url.with_and_without_port(path);
                addresses.iter().any(|address| verify_twilio(&secret, address, fields, signature))
            }
            Some(Kind::Webhook) => verify_webhook(&secret, self.now(), body, signature),
            None => false,
        }
    }

    /// What a key does. Told twice, it is answered twice and done once.
    pub(crate) async fn key_pressed(&self, call: &CallRow, key: &str) -> Result<Say> {
        let locale = Locale::from_tag(&call.locale).unwrap_or_default();
        let say = |key: &str| text(locale, key, &[]);
        match key {
            "#" if [TEST, trial::TEMPLATE].contains(&call.template.as_str()) => {
                return Ok(Say::Goodbye(say("voice-test")));
            }
            "#" => {}
            "*" => {
                let told = self.deny_call(call).await?;
                return Ok(Say::Goodbye(say(if told { "voice-denied" } else { "voice-stopped" })));
            }
            _ => return Ok(Say::Goodbye(say("voice-silence"))),
        }
        let mut tx = self.store.write().await?;
        let open = tx.challenge_is_open(call.challenge_id, self.now()).await?;
        let first = open && tx.end_call(call.message_id, HEARD).await?;
        let code =
            call.sealed.as_ref().and_then(|sealed| self.open(SEAL, call.message_id.as_bytes(), sealed));
        let code = code.and_then(|code| String::from_utf8(code).ok());
        match code {
            Some(code) if open && (first || call.state == HEARD) => {
                tx.commit().await?;
                Ok(Say::Code {
                    before: say("voice-code"),
                    code,
                    again: say("voice-again"),
                    // Nobody types the help desk's code: it is read out.
                    goodbye: say(if call.template == CALLER_CODE {
                        "voice-goodbye-caller"
                    } else {
                        "voice-goodbye"
                    }),
                })
            }
            _ => Ok(Say::Goodbye(say("voice-over"))),
        }
    }

    /// It was not the person: the code dies, and it is written down. Somebody else said to be the person, so that is a
    /// report as well: true. Whose number is being registered may have mistyped it, which is told to the person alone.
    async fn deny_call(&self, call: &CallRow) -> Result<bool> {
        let mut tx = self.store.write().await?;
        let called = match tx.challenge_user(call.challenge_id).await? {
            Some(id) => self.lock_user(&mut *tx, id).await?,
            None => None,
        };
        let asked = tx.challenge_by_id(call.challenge_id).await?;
        let purpose = asked.as_ref().and_then(|asked| Purpose::named(&asked.purpose));
        let purpose = purpose.filter(|purpose| *purpose != Purpose::Register);
        let is_report = called.is_some() && purpose.is_some();
        if !tx.end_call(call.message_id, DENIED).await? {
            // A report ends the session that asked, and what was asked in it goes with it: the template still says what
            // the first press was told.
            let tells_nobody =
                ["register-code-voice", TEST, trial::TEMPLATE].contains(&call.template.as_str());
            return Ok(is_report || (asked.is_none() && !tells_nobody));
        }
        tx.consume_challenge(call.challenge_id, self.now()).await?;
        let mut record = audit::failure(
            service::PASSWORD,
            activity::CALL_DENIED,
            "The person who was called pressed star: it was not them",
        )
        .in_flow(&call.support_code);
        record.at = self.now();
        if let Some(user) = &called {
            record = record.to(user);
            match (asked, purpose) {
                (Some(asked), Some(purpose)) => {
                    self.report_call(&mut *tx, call, user, &asked, purpose).await?;
                }
                _ => {
                    if let Some(person) = Person::load(self, &mut *tx, user.id).await? {
                        self.tell_plainly(&mut *tx, &person, "notice-call-denied", &call.support_code)
                            .await?;
                    }
                }
            }
        }
        tx.append(&record).await?;
        tx.commit().await?;
        Ok(is_report)
    }

    async fn report_call(
        &self,
        tx: &mut dyn Tx,
        call: &CallRow,
        user: &User,
        challenge: &Challenge,
        purpose: Purpose,
    ) -> Result<()> {
        let flow = match challenge.flow_id {
            Some(id) => tx.flow_by_id(id).await?,
            None => None,
        };
        let (address, client) = match (&flow, self.asking_session(tx, challenge).await?) {
            (Some(flow), _) => (flow.address.clone(), flow.client.clone()),
            (None, Some(session)) => (session.address, session.client),
            (None, None) => (Source::Unknown.to_string(), String::new()),
        };
        if let Some(session) = challenge.session_id {
            // Whoever signed in there is not the owner; what hangs on the session goes with it.
            tx.end_session(session).await?;
        }
        let report = Report {
            visit: None,
            locale: &call.locale,
            support_code: &call.support_code,
            purpose,
            about: About::Request(asked(flow.as_ref(), purpose).as_str()),
            address: &address,
            client: &client,
            told: false,
            undo: flow.as_ref().and_then(finished_at).map(Undo::reset),
        };
        self.end_reported_account(tx, user, &report).await
    }

    /// The session in which a call was asked for: the one that the code is for, or the administrator's.
    async fn asking_session(&self, tx: &mut dyn Tx, challenge: &Challenge) -> Result<Option<Session>> {
        if let Some(id) = challenge.session_id {
            return tx.session_by_id(id).await;
        }
        let Some(id) = challenge.help_call_id else { return Ok(None) };
        let Some(call) = tx.help_call(id).await? else { return Ok(None) };
        let sessions = tx.sessions_of(call.admin_id).await?;
        Ok(sessions.into_iter().find(|session| session.support_code == call.support_code))
    }

    /// Where a gateway reports what became of a message. Nobody can guess it for another message.
    pub(crate) fn receipt_url(&self, message: Uuid) -> String {
        self.config.public_url.link(&self.receipt_path(message))
    }

    /// The same without the host.
    pub(crate) fn receipt_path(&self, message: Uuid) -> String {
        format!("/hooks/delivery/{message}/{}", self.keys.subject("receipt", &message.to_string()))
    }
}

/// What the person was asked for by the call.
fn asked(flow: Option<&Flow>, purpose: Purpose) -> Asked {
    match purpose {
        Purpose::Register => Asked::Register,
        Purpose::StepUp => Asked::SignIn,
        Purpose::VerifyCaller => Asked::HelpDesk,
        Purpose::Agree => Asked::Agree,
        Purpose::Recovery => match flow.and_then(|flow| flow.intent.as_deref()?.parse::<Intent>().ok()) {
            Some(Intent::Unlock) => Asked::Unlock,
            Some(Intent::Drill) => Asked::Drill,
            Some(Intent::Reset) | None => Asked::Reset,
        },
    }
}
