//! The settings themselves, as they are stored.

use crate::method::{Method, MethodSet};
use crate::network::{Network, Source};
use crate::questions::is_predefined;
use serde::{Deserialize, Serialize};

/// One reset policy. Stored as a row with a scope and a priority (ruling 14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResetPolicy {
    /// For whom reset is enabled.
    pub scope: Scope,
    /// *Number of methods required to reset*.
    pub methods_required: MethodsRequired,
    /// *Methods available to users*.
    pub methods: MethodSet,
    /// Security questions.
    pub questions: QuestionSettings,
    /// When people are asked to register and to reconfirm.
    pub registration: Registration,
    /// Who is mailed after a reset.
    pub notifications: Notifications,
    /// Where *Contact your administrator* leads.
    pub helpdesk: Helpdesk,
    /// *Explain why a reset is refused*.
    pub explain: Explain,
    /// *Allow users to unlock accounts without resetting their password*.
    pub unlock_allowed: bool,
}

impl Default for ResetPolicy {
    fn default() -> Self {
        Self {
            scope: Scope::None,
            methods_required: MethodsRequired::Two,
            methods: MethodSet::of(&[Method::Email, Method::MobilePhone]),
            questions: QuestionSettings::default(),
            registration: Registration::default(),
            notifications: Notifications::default(),
            helpdesk: Helpdesk::default(),
            explain: Explain::Never,
            unlock_allowed: true,
        }
    }
}

/// *Self service password reset enabled*.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "group", rename_all = "snake_case")]
pub enum Scope {
    /// Nobody, administrators aside.
    #[default]
    None,
    /// The members of one group, nested groups included: the group's key, or none chosen yet.
    Selected(Option<String>),
    /// Everybody.
    All,
}

impl Scope {
    /// The name of the choice: `none`, `selected` or `all`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Scope::None => "none",
            Scope::Selected(_) => "selected",
            Scope::All => "all",
        }
    }

    /// The chosen group, if any.
    pub fn group(&self) -> Option<&str> {
        match self {
            Scope::Selected(group) => group.as_deref(),
            Scope::None | Scope::All => None,
        }
    }
}

/// How many different kinds must be proved: one or two, nothing else (R26).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum MethodsRequired {
    /// One.
    One,
    /// Two, the default (ruling 1).
    #[default]
    Two,
}

impl MethodsRequired {
    /// The number.
    pub const fn count(self) -> usize {
        match self {
            MethodsRequired::One => 1,
            MethodsRequired::Two => 2,
        }
    }

    /// The number as a form spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            MethodsRequired::One => "1",
            MethodsRequired::Two => "2",
        }
    }
}

impl From<MethodsRequired> for u8 {
    fn from(required: MethodsRequired) -> u8 {
        match required {
            MethodsRequired::One => 1,
            MethodsRequired::Two => 2,
        }
    }
}

impl TryFrom<u8> for MethodsRequired {
    type Error = crate::UnknownName;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(MethodsRequired::One),
            2 => Ok(MethodsRequired::Two),
            _ => Err(crate::UnknownName),
        }
    }
}

impl core::str::FromStr for MethodsRequired {
    type Err = crate::UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "1" => Ok(MethodsRequired::One),
            "2" => Ok(MethodsRequired::Two),
            _ => Err(crate::UnknownName),
        }
    }
}

/// Settings of security questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuestionSettings {
    /// *Number of questions required to register*, 3 to 5.
    pub to_register: u8,
    /// *Number of questions required to reset*, 3 to 5.
    pub to_reset: u8,
    /// *Select security questions*, at most 20.
    pub chosen: Vec<Question>,
}

impl Default for QuestionSettings {
    fn default() -> Self {
        Self { to_register: 5, to_reset: 3, chosen: Vec::new() }
    }
}

impl QuestionSettings {
    /// The question that an answer is stored under, as the policy has it, or a built-in one that the policy no longer
    /// offers. One of the administrator's own that was removed is known no more, and cannot be asked.
    pub fn known(&self, id: &str) -> Option<Question> {
        let chosen = self.chosen.iter().find(|question| question.id() == id);
        chosen.cloned().or_else(|| is_predefined(id).then(|| Question::Predefined(id.to_owned())))
    }
}

/// A question that people may choose.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// One of the built-in questions, shown in the person's language.
    Predefined(String),
    /// One that the administrator wrote, shown as typed (R43).
    Custom {
        /// A name that stays the same when the text is corrected.
        id: String,
        /// The question.
        text: String,
    },
}

impl Question {
    /// The name under which answers are stored.
    pub fn id(&self) -> &str {
        match self {
            Question::Predefined(id) | Question::Custom { id, .. } => id,
        }
    }
}

/// When people are asked to register and to reconfirm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Registration {
    /// *Require users to register when signing in*.
    pub required_at_sign_in: bool,
    /// *Number of days before users are asked to reconfirm their authentication information*, 0 to 730;
    /// 0 is never.
    pub reconfirm_days: u16,
}

impl Default for Registration {
    fn default() -> Self {
        Self { required_at_sign_in: true, reconfirm_days: 180 }
    }
}

/// Who is mailed after a reset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notifications {
    /// *Notify users on password resets?*
    pub users: bool,
    /// *Notify all admins when other admins reset their password?*
    pub admins: bool,
}

impl Default for Notifications {
    fn default() -> Self {
        Self { users: true, admins: false }
    }
}

/// Where *Contact your administrator* leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Helpdesk {
    /// *Customize helpdesk link*.
    pub customized: bool,
    /// *Custom helpdesk email or URL*, as typed. It is kept while the choice above is *No*.
    pub target: String,
}

impl Helpdesk {
    /// The link to render; none when it is not customised or is not one that may be a link (T88).
    pub fn link(&self) -> Option<super::HelpdeskLink> {
        if self.customized { super::HelpdeskLink::parse(&self.target).ok() } else { None }
    }
}

/// *Explain why a reset is refused* (ruling 3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "networks", rename_all = "snake_case")]
pub enum Explain {
    /// To nobody.
    #[default]
    Never,
    /// On these networks, each an address with a prefix length, such as `10.0.0.0/8`.
    OnNetworks(Vec<String>),
    /// To everybody.
    Always,
}

impl Explain {
    /// The name of the choice: `never`, `on_networks` or `always`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Explain::Never => "never",
            Explain::OnNetworks(_) => "on_networks",
            Explain::Always => "always",
        }
    }

    /// The networks on which reasons are explained, if only some are.
    pub fn networks(&self) -> &[String] {
        match self {
            Explain::OnNetworks(networks) => networks,
            Explain::Never | Explain::Always => &[],
        }
    }

    /// Whether reasons are explained to somebody there.
    pub fn applies_to(&self, source: Source) -> bool {
        match self {
            Explain::Never => false,
            Explain::Always => true,
            Explain::OnNetworks(networks) => networks
                .iter()
                .filter_map(|text| Network::parse(text))
                .any(|network| source.is_in(&[network])),
        }
    }
}
