//! What an authenticator is asked, and what becomes of it.

use crate::entropy::{Entropy, below};

text_enum! {
    /// What a person is asked to approve.
    pub enum Asked {
        /// A new password.
        Reset = "reset",
        /// Unlocking the account.
        Unlock = "unlock",
        /// A reset that is only tried out.
        Drill = "drill",
        /// A second factor of somebody who signed in.
        SignIn = "sign_in",
        /// The first request of a new authenticator.
        Register = "register",
        /// To show the help desk who is calling.
        HelpDesk = "help_desk",
        /// An older method's agreement to changes after a reset.
        Agree = "agree",
    }
}

text_enum! {
    /// Where a request stands.
    pub enum RequestState {
        /// It waits for an answer.
        Open = "open",
        /// Approved, with the right number.
        Approved = "approved",
        /// Denied, by a button or by a wrong number.
        Denied = "denied",
        /// *It wasn’t me*.
        Reported = "reported",
        /// Nobody answered in time.
        Expired = "expired",
    }
}

text_enum! {
    /// An answer.
    pub enum Decision {
        /// *Approve*, with the number.
        Approve = "approve",
        /// *Deny*.
        Deny = "deny",
        /// *It wasn’t me*.
        Report = "report",
        /// *Somebody told me to do this*.
        Told = "told",
    }
}

/// The number that a person carries from the page to the phone: two digits, so that one guess is one in ninety.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatchNumber(u8);

impl MatchNumber {
    /// What is never asked for, and so never right.
    pub const NONE: MatchNumber = MatchNumber(0);

    /// A new one, each equally likely.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        Self(10 + u8::try_from(below(entropy, 90)).unwrap_or(0))
    }

    /// Reads a typed number. Blanks go; other scripts' digits count as the digits that they are.
    pub fn parse(text: &str) -> Option<Self> {
        let mut number = 0_u8;
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            let digit = u8::try_from(crate::text::ascii_digit(c)?.to_digit(10)?).ok()?;
            number = number.checked_mul(10)?.checked_add(digit)?;
        }
        (10..=99).contains(&number).then_some(Self(number))
    }

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl core::fmt::Display for MatchNumber {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}", self.0)
    }
}
