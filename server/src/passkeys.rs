//! Passkeys: this installation as a relying party of WebAuthn (W3C, level 3).
//!
//! A ceremony has two requests: the browser is asked something, and answers. What its answer is judged by stays here.
//! Passkeys are made discoverable, so that a reset can ask for one without naming any: what a page asks is the same for
//! every account, known or not.

use regain_core::time::Duration;
use regain_store::Passkey as Stored;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use webauthn_rs::Webauthn;
use webauthn_rs::WebauthnBuilder;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url,
};

use crate::config::PublicUrl;

/// How long the browser waits for the person: WCAG 2.2, 2.2.1 asks for enough time, and the wizard has a quarter of an
/// hour.
const WAITS: Duration = Duration::from_mins(5);

/// This installation, as authenticators know it.
pub struct RelyingParty(Webauthn);

/// The first half of a ceremony.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceremony {
    /// What the browser is asked, as JSON.
    pub options: String,
    /// What its answer is judged by, as JSON; never leaves the server.
    pub state: String,
}

/// A new passkey.
pub struct NewPasskey {
    /// The authenticator's name for it.
    pub credential_id: Vec<u8>,
    /// The public key and what goes with it, as JSON.
    pub credential: String,
}

/// A passkey that proved itself.
pub struct UsedPasskey {
    /// The method that it is.
    pub method_id: Uuid,
    /// What changed of it: its counter, whether it is backed up.
    pub credential: Option<String>,
}

impl RelyingParty {
    /// Under the public address. `None` where browsers make no passkeys: an address without a name.
    pub fn new(public_url: &PublicUrl) -> Option<Self> {
        let host = public_url.host();
        let is_number = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok();
        let origin = Url::parse(public_url.origin()).ok().filter(|_| !is_number)?;
        let builder = WebauthnBuilder::new(host, &origin).ok()?;
        builder.timeout(WAITS).build().ok().map(Self)
    }

    /// Asks for a new passkey of this account; the authenticators of the `known` ones are passed over.
    pub fn begin_registration(
        &self,
        user_id: Uuid,
        (upn, display_name): (&str, &str),
        known: &[Stored],
    ) -> Option<Ceremony> {
        let known = known.iter().map(|passkey| passkey.credential_id.clone()).collect();
        let (options, state) =
            self.0.start_passkey_registration(user_id, upn, display_name, Some(known)).ok()?;
        let mut options = serde_json::to_value(options).ok()?.get_mut("publicKey")?.take();
        let selection = options.get_mut("authenticatorSelection")?;
        selection["residentKey"] = "required".into();
        selection["requireResidentKey"] = true.into();
        Some(Ceremony { options: options.to_string(), state: serde_json::to_string(&state).ok()? })
    }

    /// Judges what the browser answered.
    pub fn finish_registration(&self, state: &str, answer: &str) -> Option<NewPasskey> {
        let state: PasskeyRegistration = serde_json::from_str(state).ok()?;
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).ok()?;
        let passkey = self.0.finish_passkey_registration(&answer, &state).ok()?;
        let credential = serde_json::to_string(&passkey).ok()?;
        Some(NewPasskey { credential_id: passkey.cred_id().clone(), credential })
    }

    /// Asks for a passkey, whosever.
    pub fn begin_authentication(&self) -> Option<Ceremony> {
        let (options, state) = self.0.start_discoverable_authentication().ok()?;
        let options = serde_json::to_value(options).ok()?.get_mut("publicKey")?.take();
        Some(Ceremony { options: options.to_string(), state: serde_json::to_string(&state).ok()? })
    }

    /// Judges what the browser answered: whether it is one of the `known` passkeys, unlocked by its owner.
    pub fn finish_authentication(&self, state: &str, answer: &str, known: &[Stored]) -> Option<UsedPasskey> {
        let state: DiscoverableAuthentication = serde_json::from_str(state).ok()?;
        let answer: PublicKeyCredential = serde_json::from_str(answer).ok()?;
        let (_, named) = self.0.identify_discoverable_authentication(&answer).ok()?;
        let stored = known.iter().find(|passkey| passkey.credential_id == named)?;
        let mut passkey: Passkey = serde_json::from_str(&stored.credential).ok()?;
        let result = self.0.finish_discoverable_authentication_v2(&answer, state, &passkey).ok()?;
        if !result.user_verified() {
            return None;
        }
        let changed = passkey.update_credential(&result)?;
        let credential = changed.then(|| serde_json::to_string(&passkey).ok()).flatten();
        Some(UsedPasskey { method_id: stored.method_id, credential })
    }
}
