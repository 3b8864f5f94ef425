//! A method as the authentication methods policy counts them: texts and calls are two, the check boxes' phones are not.

use core::str::FromStr;

use super::{Allowed, Purpose};
use crate::UnknownName;
use crate::method::{Method, MethodSet};

/// A line of the authentication methods policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PolicyMethod(Line);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Line {
    Sms,
    Voice,
    /// Neither a phone nor security questions.
    Of(Method),
}

impl PolicyMethod {
    /// *SMS*: texts to mobile phones.
    pub const SMS: PolicyMethod = PolicyMethod(Line::Sms);
    /// *Voice call*: calls to mobile phones and, with its option, to office phones.
    pub const VOICE: PolicyMethod = PolicyMethod(Line::Voice);

    /// The methods that the reset policy's check boxes know. Every other method is governed here in every state.
    pub const BOXES: MethodSet = MethodSet::of(&[
        Method::AppNotification,
        Method::AppCode,
        Method::MobilePhone,
        Method::OfficePhone,
        Method::Email,
        Method::SecurityQuestions,
    ]);

    /// Every line, strongest first. Security questions stay with the reset policy.
    pub fn all() -> impl Iterator<Item = PolicyMethod> {
        Method::ALL.iter().flat_map(|method| match method {
            Method::MobilePhone => vec![Self::SMS],
            Method::OfficePhone => vec![Self::VOICE],
            Method::SecurityQuestions => Vec::new(),
            other => vec![PolicyMethod(Line::Of(*other))],
        })
    }

    /// The stable name: in addresses, in forms and in the store.
    pub const fn as_str(self) -> &'static str {
        match self.0 {
            Line::Sms => "sms",
            Line::Voice => "voice",
            Line::Of(method) => method.as_str(),
        }
    }

    /// The method it is about; for texts and calls the mobile phone.
    pub const fn method(self) -> Method {
        match self.0 {
            Line::Sms | Line::Voice => Method::MobilePhone,
            Line::Of(method) => method,
        }
    }

    /// What it allows where it is on; `office` is the option of calls.
    pub const fn allows(self, office: bool) -> Allowed {
        let mobile = MethodSet::EMPTY.with(Method::MobilePhone);
        match self.0 {
            Line::Sms => Allowed { methods: mobile, text: true, call: false },
            Line::Voice if office => {
                Allowed { methods: mobile.with(Method::OfficePhone), text: false, call: true }
            }
            Line::Voice => Allowed { methods: mobile, text: false, call: true },
            Line::Of(method) => Allowed::of(MethodSet::EMPTY.with(method)),
        }
    }

    /// Whether a check box of the reset policy stands for it (R248).
    pub const fn is_ticked(self, boxes: MethodSet) -> bool {
        match self.0 {
            Line::Sms => boxes.contains(Method::MobilePhone),
            Line::Voice => boxes.contains(Method::MobilePhone) || boxes.contains(Method::OfficePhone),
            Line::Of(method) => boxes.contains(method),
        }
    }

    /// Whether it can serve the purpose at all: email and questions are no second factor at sign-in (R53).
    pub const fn serves(self, purpose: Purpose) -> bool {
        match purpose {
            Purpose::Reset => true,
            Purpose::SignIn => self.method().counts_at_sign_in(),
        }
    }
}

impl FromStr for PolicyMethod {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::all().find(|method| method.as_str() == text).ok_or(UnknownName)
    }
}
