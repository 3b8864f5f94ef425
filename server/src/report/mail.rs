//! *This wasn’t me* behind the link of a mail: what it takes back, by what the mail told.

use regain_core::limits::REPORT_LINK_SLACK;
use regain_core::time::Timestamp;

use super::Undo;

/// What is taken back of what a mail of this kind told, which was written then. Whoever did it may be signed in, or have
/// used what was set; a lock after wrong answers let nobody in.
pub(crate) fn undo_of(kind: &str, told_at: Timestamp) -> Option<Undo> {
    let since = told_at.minus(REPORT_LINK_SLACK);
    match kind {
        "notice-recovery-locked" => None,
        "notice-password-reset" | "notice-password-changed" => Some(Undo { since, password: true }),
        // A password that an administrator set stays: another person's act, who is told and can set another one.
        _ => Some(Undo { since, password: false }),
    }
}

#[cfg(test)]
mod tests {
    use regain_core::template::Kind;

    use super::*;

    #[test]
    fn what_is_named_here_can_be_reported() {
        let at = Timestamp::from_seconds(1_800_000_000);
        let all = [
            ("notice-recovery-locked", None),
            ("notice-password-reset", Some(true)),
            ("notice-password-changed", Some(true)),
            ("notice-method-added", Some(false)),
        ];
        for (name, password) in all {
            assert!(Kind::named(name).is_some_and(Kind::reportable), "{name}");
            let undo = undo_of(name, at);
            assert_eq!(undo.map(|undo| undo.password), password, "{name}");
            assert!(undo.is_none_or(|undo| undo.since < at), "{name}");
        }
    }
}
