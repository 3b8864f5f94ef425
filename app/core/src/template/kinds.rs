//! Every message there is, with the placeholders that it may have.

/// How a message leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Mail: a subject and a text.
    Mail,
    /// Text message: a text of one segment.
    Text,
    /// Call: what is said first. The code follows after a key was pressed, in words that nobody edits.
    Call,
    /// What a phone shows of a push message.
    Push,
}

impl Way {
    /// The end of the texts' names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Text => "text",
            Self::Call => "call",
            Self::Push => "push",
        }
    }
}

/// Who gets a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Who asked for a code, or is asked on the phone.
    Code,
    /// Whose account it is.
    Person,
    /// Who administers.
    Administrator,
}

impl Audience {
    /// The end of the texts' names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Person => "person",
            Self::Administrator => "administrator",
        }
    }
}

/// A message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name in the outbox, in the catalogue and in addresses.
    pub name: &'static str,
    /// How it leaves.
    pub way: Way,
    /// The placeholders it may have.
    pub placeholders: &'static [&'static str],
}

impl Kind {
    /// The message with a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// Whether it carries a code.
    pub fn holds_code(&self) -> bool {
        self.placeholders.contains(&super::CODE)
    }

    /// Whether a code is read or heard beside its words, so that nothing in them may look like one.
    pub fn guards_code(&self) -> bool {
        self.holds_code() || self.way == Way::Call
    }

    /// Whether its code is typed on a page of ours, where phones may fill it in. One that is read to the help desk is not.
    pub fn binds_code(&self) -> bool {
        self.holds_code() && self.name != READ_OUT
    }

    /// Whether it tells people of something done to their account, so that it comes with a link to say *This wasn’t me*.
    pub fn reportable(&self) -> bool {
        matches!(
            self.name,
            "notice-password-reset"
                | "notice-account-unlocked"
                | "notice-password-changed"
                | "notice-recovery-locked"
                | "notice-method-added"
                | "notice-method-removed"
                | "notice-token-activated"
                | "notice-token-removed"
                | "notice-password-set"
                | "notice-contact-changed"
                | "notice-methods-removed"
                | "notice-pass-issued"
                | "notice-call-unproved"
        )
    }

    /// Who gets it.
    pub fn audience(&self) -> Audience {
        match self.name {
            _ if self.guards_code() || self.way == Way::Push => Audience::Code,
            "contact-request"
            | "notice-admin-reset"
            | "notice-admin-unlocked"
            | "notice-admin-reported"
            | "notice-admin-mail-reported"
            | "notice-admin-apart"
            | "notice-admin-pass-issued"
            | "notice-caller-override"
            | "notice-settings-weaker"
            | "notice-under-attack"
            | "notice-sending-stopped" => Audience::Administrator,
            _ => Audience::Person,
        }
    }

    const fn mail(name: &'static str, placeholders: &'static [&'static str]) -> Self {
        Self { name, way: Way::Mail, placeholders }
    }

    const fn text(name: &'static str, placeholders: &'static [&'static str]) -> Self {
        Self { name, way: Way::Text, placeholders }
    }

    const fn call(name: &'static str) -> Self {
        Self { name, way: Way::Call, placeholders: &["organization"] }
    }
}

/// The text message whose code is read to the help desk.
const READ_OUT: &str = "caller-code-text";
const CODE_MAIL: &[&str] =
    &["code", "minutes", "name", "organization", "time", "address", "device", "helpdesk", "support"];
const CODE_TEXT: &[&str] = &["code", "minutes", "organization"];
/// Somebody did it to an account, from somewhere.
const DONE: &[&str] = &["name", "organization", "time", "address", "device", "helpdesk", "support"];
/// An administrator did it to somebody.
const DONE_BY_ADMIN: &[&str] = &["name", "organization", "username", "time", "helpdesk", "support"];
const PLAIN: &[&str] = &["name", "organization", "time", "helpdesk", "support"];
const METHOD: &[&str] = &["name", "organization", "method", "time", "helpdesk", "support"];
const TOKEN: &[&str] = &["name", "organization", "username", "serial", "time", "helpdesk", "support"];
/// An administrator did it to the own account; other administrators are told.
const OF_ADMIN: &[&str] =
    &["name", "organization", "administrator", "upn", "time", "address", "device", "support"];

/// All messages, in the order in which they are listed.
pub const KINDS: &[Kind] = &[
    Kind::mail("reset-code", CODE_MAIL),
    Kind::text("reset-code-sms", CODE_TEXT),
    Kind::call("reset-code-voice"),
    Kind::mail("register-code", CODE_MAIL),
    Kind::text("register-code-text", CODE_TEXT),
    Kind::call("register-code-voice"),
    Kind::mail("step-up-code", CODE_MAIL),
    Kind::text("step-up-code-text", CODE_TEXT),
    Kind::call("step-up-code-voice"),
    Kind::mail("agree-code", CODE_MAIL),
    Kind::text("agree-code-text", CODE_TEXT),
    Kind::call("agree-code-voice"),
    Kind::mail("caller-code", &["code", "minutes", "name", "organization", "time", "helpdesk", "support"]),
    Kind::text(READ_OUT, CODE_TEXT),
    Kind::call("caller-code-voice"),
    Kind { name: "push", way: Way::Push, placeholders: &["organization"] },
    Kind::mail("notice-password-reset", DONE),
    Kind::mail("notice-account-unlocked", DONE),
    Kind::mail("notice-password-changed", DONE),
    Kind::mail("notice-recovery-locked", PLAIN),
    Kind::mail(
        "notice-reset-not-possible",
        &["name", "organization", "reason", "time", "helpdesk", "support"],
    ),
    Kind::mail("notice-method-added", METHOD),
    Kind::mail("notice-method-removed", METHOD),
    Kind::mail("notice-token-activated", TOKEN),
    Kind::mail("notice-token-removed", TOKEN),
    Kind::text("notice-number-replaced", &["organization", "support"]),
    Kind::mail("notice-number-suspended", PLAIN),
    Kind::mail("notice-call-denied", PLAIN),
    Kind::mail("notice-push-unanswered", &["name", "organization", "times", "time", "helpdesk", "support"]),
    Kind::mail("notice-push-off", &["name", "organization", "device", "time", "helpdesk", "support"]),
    Kind::mail("notice-reported", &["name", "organization", "ended", "time", "helpdesk", "support"]),
    Kind::mail(
        "notice-mail-reported",
        &["name", "organization", "happened", "ended", "time", "helpdesk", "support"],
    ),
    Kind::mail("notice-password-set", DONE_BY_ADMIN),
    Kind::mail("notice-contact-changed", DONE_BY_ADMIN),
    Kind::mail("notice-methods-removed", DONE_BY_ADMIN),
    Kind::mail(
        "notice-pass-issued",
        &["name", "organization", "issuer", "username", "lifetime", "time", "helpdesk", "support"],
    ),
    Kind::mail(
        "notice-call-unproved",
        &["name", "organization", "issuer", "username", "time", "helpdesk", "support"],
    ),
    Kind::mail("contact-request", &["name", "organization", "person", "upn", "time", "address", "support"]),
    Kind::mail("notice-admin-reset", OF_ADMIN),
    Kind::mail("notice-admin-unlocked", OF_ADMIN),
    Kind::mail(
        "notice-admin-reported",
        &["name", "organization", "person", "upn", "said", "ended", "time", "address", "device", "support"],
    ),
    Kind::mail(
        "notice-admin-mail-reported",
        &[
            "name",
            "organization",
            "person",
            "upn",
            "happened",
            "ended",
            "time",
            "address",
            "device",
            "support",
        ],
    ),
    Kind::mail(
        "notice-admin-apart",
        &[
            "name",
            "organization",
            "person",
            "upn",
            "time",
            "address",
            "device",
            "approver",
            "phone",
            "support",
        ],
    ),
    Kind::mail(
        "notice-admin-pass-issued",
        &["name", "organization", "issuer", "person", "upn", "lifetime", "time", "support"],
    ),
    Kind::mail(
        "notice-caller-override",
        &["name", "organization", "issuer", "person", "upn", "why", "time", "support"],
    ),
    Kind::mail("notice-settings-weaker", &["name", "organization", "who", "changes", "time", "support"]),
    Kind::mail("notice-under-attack", &["name", "organization", "time", "support"]),
    Kind::mail("notice-sending-stopped", &["name", "organization", "stopped", "cause", "time", "support"]),
];
