//! What the wizard's pages show.

use regain_core::method::{Delivery, Method};
use regain_core::policy::Question;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;

use crate::services::authenticator::PushView;

/// Something that a person can prove who they are with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Which method.
    pub method: Method,
    /// What its owner calls it; may be empty.
    pub label: String,
    /// Address or number in full, for its owner.
    pub destination: Option<String>,
    /// What manages it: the id of its row, the method's name for questions, nothing for what an administrator entered.
    pub id: Option<String>,
    /// Why it cannot be used for a reset at the moment; nothing where it can.
    pub idle: Option<Idle>,
    /// What its owner should know of it.
    pub trouble: Option<Trouble>,
    /// When it was added.
    pub added_at: Option<Timestamp>,
    /// When it last proved something.
    pub used_at: Option<Timestamp>,
    /// How many recovery codes of the set are unused; nothing for any other method.
    pub codes_left: Option<u32>,
    /// The serial number, of a hardware token.
    pub token: Option<String>,
    /// Whether it is a phone that is asked and shows codes as well.
    pub shows_codes: bool,
}

/// Why a method is of no use at the moment. It stays, and may be of use again (R34, R35).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// The policy does not let the person use it.
    NotAllowed,
    /// Nothing carries it here: its gateway or mail server is not set up.
    NotWorking,
    /// Too few of the answered questions are still asked.
    FewQuestions,
    /// Every code of the set is used up.
    NoCodes,
    /// A number of which each call costs extra: none is ever sent there.
    PremiumRate,
}

impl Idle {
    /// The end of the texts' names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotAllowed => "not-allowed",
            Self::NotWorking => "not-working",
            Self::FewQuestions => "few-questions",
            Self::NoCodes => "no-codes",
            Self::PremiumRate => "premium-rate",
        }
    }
}

/// What its owner and administrators should know of a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// What was sent to it came back.
    Bounced,
    /// The number's SIM card was changed: it proves nothing until it is registered anew.
    SimChanged,
    /// Until then it counts towards a reset beside an older method only: it was added, or took the place of another one,
    /// less than a day ago.
    Young(Timestamp),
    /// Until then it does not count towards a reset: an administrator changed it less than a day ago.
    Waiting(Timestamp),
}

impl Trouble {
    /// The end of the texts' names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bounced => "bounced",
            Self::SimChanged => "sim-changed",
            Self::Young(_) => "young",
            Self::Waiting(_) => "waiting",
        }
    }

    /// Until when it stands.
    pub const fn until(self) -> Option<Timestamp> {
        match self {
            Self::Bounced | Self::SimChanged => None,
            Self::Young(until) | Self::Waiting(until) => Some(until),
        }
    }
}

impl Known {
    /// Whether it proves by `method`.
    pub fn is_by(&self, method: Method) -> bool {
        self.method == method || (self.shows_codes && method == Method::AppCode)
    }

    /// Whether it can be used for a reset at the moment.
    pub fn is_usable(&self) -> bool {
        self.idle.is_none()
    }

    /// Whether an administrator entered it.
    pub fn is_entered(&self) -> bool {
        self.id.is_none()
    }
}

/// The start of the wizard.
pub enum Start {
    /// The person is not enabled for reset (R67).
    NotEnabled,
    /// The policy asks for more than it allows to set up (R89).
    DeadEnd(Progress),
    /// There is something to do.
    Open(Opening),
}

/// How far a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many different kinds are there.
    pub have: usize,
    /// How many must be.
    pub required: usize,
}

impl Progress {
    /// How many are missing.
    pub fn missing(self) -> usize {
        self.required.saturating_sub(self.have)
    }
}

/// The page that asks a person to register.
pub struct Opening {
    /// The organisation.
    pub organization: String,
    /// How far the person is.
    pub progress: Progress,
    /// What there is already.
    pub known: Vec<Known>,
    /// What to add: as few methods as are needed, strongest first (R69).
    pub proposals: Vec<Method>,
}

impl Opening {
    /// Whether an administrator filled something in, so that the page says so (R80, R82).
    pub fn is_prefilled(&self) -> bool {
        self.known.iter().any(|known| known.is_usable() && known.is_entered())
    }
}

/// A method to choose.
pub struct Offer {
    /// Which.
    pub method: Method,
    /// There are as many of these as one person may have.
    pub full: Option<usize>,
}

/// The methods to choose from.
pub struct Offers {
    /// Strongest first; the first that is not full is proposed.
    pub methods: Vec<Offer>,
    /// The organisation.
    pub organization: String,
    /// How far the person is.
    pub progress: Progress,
}

/// An authenticator app to set up.
pub struct AppSetUp {
    /// The `otpauth:` address.
    pub link: Secret,
    /// The same as a picture.
    pub svg: String,
    /// The seed in base32.
    pub key: Secret,
}

/// An authenticator to pair and to test.
pub enum NotificationSetUp {
    /// The code to scan or to type.
    Pair {
        /// The address of the authenticator, with the code.
        link: Secret,
        /// The same as a picture.
        svg: String,
        /// *Pairing code*.
        code: Secret,
        /// The name that is typed with it.
        username: String,
        /// For how many minutes it works.
        minutes: u64,
    },
    /// A phone was paired and is asked.
    Test {
        /// What it says it is.
        device: String,
        /// The request.
        push: PushView,
    },
    /// The code ran out.
    Over,
}

/// A passkey to create.
pub struct PasskeySetUp {
    /// What the browser is asked, as JSON.
    pub options: String,
}

/// Recovery codes to save.
pub struct RecoveryCodesSetUp {
    /// As people read them, one for each line.
    pub codes: Secret,
    /// The organisation.
    pub organization: String,
    /// Whose they are.
    pub username: String,
    /// Whether they take the place of a set that the person has.
    pub replaces: bool,
}

/// An address to prove.
pub struct EmailEntry {
    /// The administrator's, or the one that is changed; may be empty.
    pub address: String,
    /// The organisation.
    pub organization: String,
}

/// A number to prove.
pub struct PhoneEntry {
    /// A mobile phone or an office phone.
    pub method: Method,
    /// The administrator's, or the one that is changed; may be empty.
    pub number: String,
    /// What is dialled behind it; may be empty.
    pub extension: String,
    /// The id of the phone that is changed; may be empty.
    pub replaces: String,
    /// How the code can come, the usual way first.
    pub deliveries: Vec<Delivery>,
}

/// A code that was sent.
pub struct CodeEntry {
    /// Email or phone.
    pub method: Method,
    /// How it reaches a phone.
    pub delivery: Delivery,
    /// In full: the person has just typed it.
    pub destination: String,
    /// For how many minutes a code works.
    pub minutes: u64,
    /// Seconds until another one can be asked for.
    pub wait: u32,
}

/// Questions to choose and answer.
pub struct QuestionEntry {
    /// The policy's questions.
    pub offered: Vec<Question>,
    /// How many to answer.
    pub number: u8,
}

/// What was added.
pub struct Added {
    /// Which method.
    pub method: Method,
    /// How far the person is now.
    pub progress: Progress,
    /// Whether that takes something which an administrator entered, and which its owner has not proved.
    pub with_entered: bool,
}

/// Everything that a person has.
pub struct Review {
    /// Strongest first.
    pub known: Vec<Known>,
    /// How far the person is.
    pub progress: Progress,
    /// When it was last looked at.
    pub confirmed_at: Option<Timestamp>,
}
