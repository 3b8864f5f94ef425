//! What pages need from the server, one trait for each area. The server implements all of them on its engine;
//! each method authorises by itself, because a page can be rendered by other routes than its own.

use std::sync::Arc;

use http::HeaderValue;
use regain_core::form::FormState;

use crate::form_mark::FormMarks;
use crate::outcome::Cookie;

pub mod account;
pub mod audit;
pub mod authenticator;
pub mod branding;
pub mod channels;
pub mod demo;
pub mod groups;
pub mod hardware_tokens;
pub mod helpdesk;
pub mod messages;
pub mod methods_policy;
pub mod overview;
pub mod passes;
pub mod password_protection;
pub mod people;
pub mod policy;
pub mod registration;
pub mod report;
pub mod reset;
pub mod security_info;
pub mod sign_in;
pub mod site;
pub mod toll;
pub mod usage;

/// All services, provided as context.
#[derive(Clone)]
pub struct Services {
    /// Cookies, sealed and named in one place.
    pub cookies: Arc<dyn Cookies>,
    /// The signed-in person's own password.
    pub account: Arc<dyn account::Account>,
    /// The audit log.
    pub audit: Arc<dyn audit::AuditLog>,
    /// How the organisation presents itself.
    pub branding: Arc<dyn branding::Branding>,
    /// Mail, gateways, queue, limits, for administrators.
    pub channels: Arc<dyn channels::Channels>,
    /// The demo outbox; refuses outside demo mode.
    pub demo: Arc<dyn demo::DemoOutbox>,
    /// Groups, for administrators.
    pub groups: Arc<dyn groups::Groups>,
    /// Hardware tokens, for administrators.
    pub hardware_tokens: Arc<dyn hardware_tokens::HardwareTokens>,
    /// The way to help.
    pub helpdesk: Arc<dyn helpdesk::Helpdesk>,
    /// What forms say of themselves.
    pub marks: Arc<dyn FormMarks>,
    /// The texts of messages.
    pub messages: Arc<dyn messages::Messages>,
    /// The authentication methods policy.
    pub methods_policy: Arc<dyn methods_policy::MethodsPolicyAdmin>,
    /// The portal's first page.
    pub overview: Arc<dyn overview::Overview>,
    /// Temporary passes, and knowing who is calling.
    pub passes: Arc<dyn passes::Passes>,
    /// Password rules, banned words, smart lockout.
    pub password_protection: Arc<dyn password_protection::PasswordProtection>,
    /// Users, for administrators.
    pub people: Arc<dyn people::People>,
    /// The policy tabs.
    pub policy: Arc<dyn policy::PolicyAdmin>,
    /// The registration wizard.
    pub registration: Arc<dyn registration::Registration>,
    /// *This wasn’t me*, behind the links of mails.
    pub report: Arc<dyn report::Reports>,
    /// The reset wizard.
    pub reset: Arc<dyn reset::Reset>,
    /// A person's own methods.
    pub security_info: Arc<dyn security_info::SecurityInfo>,
    /// Sign-in and sign-out.
    pub sign_in: Arc<dyn sign_in::SignIn>,
    /// What every page shows: organisation, help.
    pub site: Arc<dyn site::Site>,
    /// *Usage & insights*.
    pub usage: Arc<dyn usage::UsageInsights>,
}

/// Writes our cookies: `__Host-`, Secure, HttpOnly, no Domain, no persistent expiry.
pub trait Cookies: Send + Sync {
    /// The `Set-Cookie` value for a change.
    fn set(&self, cookie: &Cookie) -> HeaderValue;
    /// Seals a form's state for the page at `path` (short-lived), or clears what was kept.
    fn keep_form(&self, path: &str, form: Option<&FormState>) -> HeaderValue;
}

/// The services of the request being answered.
pub fn services() -> Services {
    leptos::prelude::expect_context::<Services>()
}
