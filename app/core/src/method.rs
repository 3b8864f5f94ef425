//! The ways to prove who one is.

pub mod held;
mod set;
mod usable;

pub use held::{Age, Held, Strength};
pub use set::MethodSet;
pub use usable::{Usable, different_kinds, suffice};

text_enum! {
    /// A method of the policy, strongest first.
    pub enum Method {
        /// *Passkey*: a key of the person's device, unlocked there by finger, face or PIN (WebAuthn).
        Passkey = "passkey",
        /// *Mobile app notification*: a request on the phone, answered with the number from the page.
        AppNotification = "app_notification",
        /// *Mobile app code*: a time-based code.
        AppCode = "app_code",
        /// *Mobile phone*: a code by text or by call.
        MobilePhone = "mobile_phone",
        /// *Office phone*: a code by call.
        OfficePhone = "office_phone",
        /// *Email*: a code to the alternate address.
        Email = "email",
        /// *Recovery codes*: codes that the person saved, each good once.
        RecoveryCode = "recovery_code",
        /// *Security questions*.
        SecurityQuestions = "security_questions",
    }
}

impl Method {
    /// Every method in the order in which pages list them.
    pub const LISTED: [Method; 8] = [
        Method::Passkey,
        Method::AppNotification,
        Method::AppCode,
        Method::Email,
        Method::MobilePhone,
        Method::OfficePhone,
        Method::RecoveryCode,
        Method::SecurityQuestions,
    ];

    /// What kind of proof the method gives.
    pub const fn kind(self) -> Kind {
        match self {
            Method::Passkey => Kind::Passkey,
            Method::RecoveryCode => Kind::RecoveryCode,
            Method::AppNotification | Method::AppCode => Kind::App,
            Method::Email => Kind::Email,
            Method::MobilePhone | Method::OfficePhone => Kind::Phone,
            Method::SecurityQuestions => Kind::Questions,
        }
    }

    /// Whether it proves with a key of a device, on which a reset can end: nobody else can read it out or type it in.
    pub const fn is_of_device(self) -> bool {
        matches!(self, Method::Passkey | Method::AppNotification)
    }

    /// Whether the method also serves as second factor at sign-in (R53: questions never; e-mail neither; saved recovery
    /// codes are for the day when nothing else is at hand).
    pub const fn counts_at_sign_in(self) -> bool {
        !matches!(self, Method::Email | Method::RecoveryCode | Method::SecurityQuestions)
    }
}

text_enum! {
    /// What a proof is made of. Two proofs of one kind are one proof (ruling 2).
    pub enum Kind {
        /// An authenticator app: notification and code, on however many devices.
        App = "app",
        /// A passkey, on however many devices.
        Passkey = "passkey",
        /// A saved recovery code.
        RecoveryCode = "recovery_code",
        /// A telephone line.
        Phone = "phone",
        /// A mailbox.
        Email = "email",
        /// Security questions.
        Questions = "questions",
    }
}

text_enum! {
    /// How a code reaches a phone.
    pub enum Delivery {
        /// A text message.
        Text = "text",
        /// A call.
        Call = "call",
    }
}
