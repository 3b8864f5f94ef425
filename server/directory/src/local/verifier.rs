//! What a comparison ends in.

/// The result of comparing a password with a verifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not the password.
    Wrong,
    /// It is.
    Right,
    /// It is, and the verifier should be replaced by one of today's cost.
    RightButWeak,
}
