//! From a token that came back to a CAPTCHA that was solved.

use super::answer::Answer;
use super::token::{Action, Contents, Effort, Refused, TokenId, contents};
use crate::crypto::Keys;
use regain_core::code::SupportCode;
use regain_core::pow::Challenge;
use regain_core::time::Timestamp;
use thiserror::Error;

/// Opens a token that came back with an answer.
pub fn open(keys: &Keys, now: Timestamp, action: Action, token: &str) -> Result<Opened, Refused> {
    let contents = contents(keys, now, token)?;
    if contents.action == action { Ok(Opened(contents)) } else { Err(Refused::Invalid) }
}

/// A genuine token whose answer has not been looked at. It has no `Debug`: it holds the answers.
pub struct Opened(Contents);

impl Opened {
    /// What to record as spent before the answer is judged.
    pub fn id(&self) -> TokenId {
        self.0.id
    }

    /// Until when it has to stay recorded.
    pub fn expires(&self) -> Timestamp {
        self.0.expires
    }

    /// The support code of the flow to come; the next page keeps it after a wrong answer.
    pub fn support_code(&self) -> &SupportCode {
        &self.0.support_code
    }

    /// The proof of work, to show the same CAPTCHA again.
    pub fn challenge(&self) -> Challenge {
        self.0.challenge()
    }

    /// The price of its work.
    pub fn effort(&self) -> Effort {
        self.0.effort
    }

    /// Looks at the answer; work counts where it is enough for what is `asked` by now. The caller records the token as
    /// spent, whatever comes out.
    pub fn judge(self, answer: &Answer<'_>, asked: Effort) -> Result<Passed, WrongAnswer> {
        let Self(contents) = self;
        let challenge = contents.challenge();
        let typed = answer.reads(&contents.letters) | answer.hears(&contents.digits);
        let worked = answer.worked(&challenge.seed, challenge.bits);
        if !typed && worked && !contents.effort.is_enough_for(asked) {
            return Err(WrongAnswer::TooCheap);
        }
        if !typed && !worked {
            return Err(WrongAnswer::Wrong);
        }
        Ok(Passed { token_id: contents.id, support_code: contents.support_code, expires: contents.expires })
    }

    /// Letters and digits, for tests that drive the pages.
    #[cfg(any(test, feature = "test-seams"))]
    pub fn answers(&self) -> (&str, &str) {
        (&self.0.letters, &self.0.digits)
    }
}

/// Why an answer does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WrongAnswer {
    /// None was right.
    #[error("the answer to the CAPTCHA is wrong")]
    Wrong,
    /// The work was done, and by now more is asked for.
    #[error("the CAPTCHA asks for more work by now")]
    TooCheap,
}

/// A CAPTCHA that was solved. Nothing else makes one.
pub struct Passed {
    token_id: TokenId,
    support_code: SupportCode,
    expires: Timestamp,
}

impl Passed {
    /// The token that was spent for it.
    pub fn token_id(&self) -> TokenId {
        self.token_id
    }

    /// The support code that the flow takes over.
    pub fn support_code(&self) -> &SupportCode {
        &self.support_code
    }

    /// When the token would have expired.
    pub fn expires(&self) -> Timestamp {
        self.expires
    }
}
