//! Requests to a person's authenticators, as waiting pages show them.

use regain_core::authenticator::RequestState;

/// A request under way, or what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushView {
    /// *Number to enter*.
    pub number: u8,
    /// Where the request stands.
    pub state: RequestState,
    /// Whether the phones were notified, as far as one can tell without knowing whose they are; otherwise the app has to
    /// be opened.
    pub notified: bool,
    /// The organisation, from which nobody ever asks for the number. `None` on the help desk's own page, where it is read
    /// to a caller.
    pub organization: Option<String>,
}

/// What a status address says while the page waits for a phone to answer.
pub const WAITING: &str = "waiting";
/// What it says while a code waits for a phone.
pub const PAIRING: &str = "pair";
/// What it says while the new password is chosen on a phone.
pub const ON_PHONE: &str = "phone";
/// What it says afterwards: the page is to be loaded again.
pub const OVER: &str = "over";
