//! What a form says of itself: on which page it stood, and to which flow or session that page belonged. The cookie that
//! arrives with it may name another one by now: two people, two tabs, one browser. The server compares the two before
//! any service hears of the form ([`crate::ui::PostForm`] puts the mark in). A mark never authorises.

use regain_core::secret::Secret;
use regain_core::time::Timestamp;

use crate::pages::authenticator::password;
use crate::pages::report;
use crate::visit::Visit;

/// The hidden field that carries the mark.
pub const FIELD: &str = "form_mark";

/// What a form acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Nothing yet: it begins a session or a flow, and says by itself for whom.
    New,
    /// The reset, unlock or drill that is under way.
    Flow,
    /// The signed-in person's session.
    Session,
    /// Who is signed in, and if nobody is, the reset that is under way.
    Visitor,
    /// What the token in its address names. No cookie is needed, and what a cookie names is no matter.
    Address,
}

impl Subject {
    /// What the form that is posted to `path` acts on. A session, unless it stands here.
    pub fn of(path: &str) -> Self {
        match path {
            "/reset" | "/signin" | "/signin/temporary-pass" | password::OPEN => Self::New,
            "/help" => Self::Visitor,
            path if path.starts_with(report::START) => Self::Address,
            // The reset whose page was opened on this phone.
            password::PATH => Self::Flow,
            path if path.starts_with("/reset/") => Self::Flow,
            _ => Self::Session,
        }
    }
}

/// Whether the form that is posted to `path` asks who somebody is. It is judged each time it comes.
pub fn is_judged_each_time(path: &str) -> bool {
    matches!(path, "/signin" | "/signin/temporary-pass" | "/signin/verify" | "/signin/verify/passkey")
}

/// A form of one of our pages that is being answered.
#[derive(Clone)]
pub struct Posted {
    /// A keyed hash of the address and of all that was sent, the name of its page included.
    pub digest: Vec<u8>,
    /// The row of the flow or session that it acts on; empty where it acts on none.
    pub holder: String,
    /// The token of the cookie that it came with.
    pub token: Secret,
    /// When it came.
    pub at: Timestamp,
}

/// The flow or session that a form belongs to, by its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder<'a> {
    /// A flow.
    Flow(&'a str),
    /// A session.
    Session(&'a str),
}

impl<'a> Holder<'a> {
    /// The row.
    pub fn id(self) -> &'a str {
        match self {
            Self::Flow(id) | Self::Session(id) => id,
        }
    }

    /// What the form of `path` would act on, as the cookies have it now; `None`: on nothing.
    pub fn of(path: &str, visit: &'a Visit) -> Option<Self> {
        let session = || visit.session.as_ref().map(|session| Self::Session(&session.id));
        let flow = || visit.flow_id.as_deref().map(Self::Flow);
        match Subject::of(path) {
            Subject::New | Subject::Address => None,
            Subject::Flow => flow(),
            Subject::Session => session(),
            Subject::Visitor => session().or_else(flow),
        }
    }
}

/// Makes the marks.
pub trait FormMarks: Send + Sync {
    /// The mark of a form on this visit's page that is posted to `action`.
    fn mark(&self, visit: &Visit, action: &str) -> String;
}
