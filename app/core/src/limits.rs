//! Every limit, with its reason. They are kept in the database, keyed by account, by account and
//! method, by source and for the whole system; nothing but time, a finished reset or an administrator
//! clears them (ruling 9).

use crate::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// How often something may happen within a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many times.
    pub times: u32,
    /// Within how long.
    pub within: Duration,
}

const fn rate(times: u32, seconds: u64) -> Rate {
    Rate { times, within: Duration::from_secs(seconds) }
}

/// Life of a reset or unlock from its start, whatever happens in it (R139).
pub const FLOW_LIFE: Duration = Duration::from_secs(15 * MINUTE);
/// Life of a registration session (R84).
pub const REGISTRATION_LIFE: Duration = Duration::from_secs(15 * MINUTE);
/// Life of a mailed or texted code (R138; NIST SP 800-63B-4 allows 10 minutes).
pub const CODE_LIFE: Duration = Duration::from_secs(5 * MINUTE);
/// Life of a request to an authenticator: long enough to find the phone, short against fatigue.
pub const PUSH_LIFE: Duration = Duration::from_mins(1);
/// When a waiting page offers *Try again* and *Contact your administrator* (R143).
pub const WAIT_BEFORE_HELP: Duration = Duration::from_secs(10);
/// How long after a reset a sign-in may take one of its proofs for the second factor.
pub const CARRY_LIFE: Duration = Duration::from_secs(15 * MINUTE);
/// How long an older method's agreement to changes after a reset counts.
pub const AGREEMENT_LIFE: Duration = Duration::from_secs(15 * MINUTE);
/// How fresh a second factor must be to change methods (R86).
pub const STEP_UP_LIFE: Duration = Duration::from_secs(5 * MINUTE);

/// Wrong tries after which one code is dead.
pub const WRONG_PER_CODE: u32 = 3;
/// Wrong tries after which one reset is over, whatever the codes and methods. What is left of them is told to everybody.
pub const WRONG_PER_FLOW: u32 = 5;
/// Failed proofs of one account, all methods together, that lock its recovery (R145). They are counted apart for browsers
/// in which its owner signed in or reset lately: strangers who name the person cannot use those up.
pub const FAILED_PROOFS: Rate = rate(5, 24 * HOUR);
/// Failed proofs of one account by one method that lock its recovery (R146).
pub const FAILED_PROOFS_BY_METHOD: Rate = rate(5, HOUR);
/// How long recovery stays locked; ordinary sign-in is never touched (R145).
pub const RECOVERY_LOCK: Duration = Duration::from_secs(24 * HOUR);

/// Mails with codes to one account in a short time (stricter than R147).
pub const EMAIL_SENDS: Rate = rate(3, 10 * MINUTE);
/// Mails with codes to one account in a day.
pub const EMAIL_SENDS_DAILY: Rate = rate(10, 24 * HOUR);
/// Texts and calls to one account in a short time.
pub const PHONE_SENDS: Rate = rate(3, 10 * MINUTE);
/// Calls to one account in a short time: a phone that rings again and again is a nuisance (T63).
pub const CALLS: Rate = rate(2, 10 * MINUTE);
/// How long an address or number that took the place of another one does not count towards a reset: its owner may be
/// somebody who took a session over, and the person is told in the meantime (T65). Never for a first registration.
pub const CHANGE_COOL_DOWN: Duration = Duration::from_hours(24);
/// Texts and calls to one account in a day: they cost money.
pub const PHONE_SENDS_DAILY: Rate = rate(5, 24 * HOUR);
/// Requests to the authenticators of one account; one is open at a time (against fatigue).
pub const PUSH_SENDS: Rate = rate(5, HOUR);
/// Requests to authenticators that nobody answered, after which their owner is told.
pub const PUSH_UNANSWERED: Rate = rate(3, HOUR);
/// How long after a request *It wasn’t me* can be said.
pub const PUSH_REPORT_LIFE: Duration = Duration::from_secs(HOUR);
/// How long after an approval *It wasn’t me* can be said: what was begun with it can still be stopped, or undone.
pub const PUSH_APPROVED_REPORT_LIFE: Duration = Duration::from_hours(24);
/// How long the link of a mail says *This wasn’t me*: a week, so that it outlasts a holiday's end and a mailbox that is read
/// on Mondays. Longer, and a mailbox that somebody gets into later would hold links that still lock its owner out.
pub const REPORT_LINK_LIFE: Duration = Duration::from_hours(7 * 24);
/// How much earlier than its mail something may have been done, at most: both are written in one transaction, which may wait
/// for others in between. What else was added in that minute is taken for the same hand's.
pub const REPORT_LINK_SLACK: Duration = Duration::from_secs(MINUTE);
/// Life of the page on the phone where a new password is chosen.
pub const FINISH_LIFE: Duration = Duration::from_mins(5);
/// How long a form that was sent twice leads where it led the first time: its answer may be lost.
pub const REPLAY_GRACE: Duration = Duration::from_secs(10);
/// Life of a code that pairs an authenticator (NIST SP 800-63B-4, 4.1.2.1: at most 10 minutes).
pub const PAIRING_LIFE: Duration = Duration::from_secs(10 * MINUTE);
/// Codes that administrators type to activate one hardware token: a mistyped one or two, not a search.
pub const TOKEN_ACTIVATIONS: Rate = rate(5, HOUR);
/// How far a signed call's time may be from ours, either way.
pub const CALL_LIFE: Duration = Duration::from_mins(1);
/// Connections on which one authenticator may listen at once.
pub const STREAMS_PER_DEVICE: u32 = 2;
/// Requests for a code that end the reset they were made in; nothing is sent there for as long again. They lock nothing.
pub const CODE_REQUESTS: Rate = rate(10, 10 * MINUTE);
/// Steps of one reset: more than anybody takes who looks for a password that the rules accept.
pub const STEPS_PER_FLOW: i64 = 100;
/// How long refusals of one kind from one source are counted together before they are written down.
pub const REFUSALS_TOGETHER: Duration = Duration::from_mins(10);
/// Sources and kinds of refusals that are told apart at once.
pub const SOURCES_OF_REFUSALS: usize = 10_000;
/// How long a browser in which a person signed in or reset is known as theirs.
pub const KNOWN_BROWSER: Duration = Duration::from_hours(90 * 24);
/// How often the owner is told that recovery was locked, whichever of the counts locked it.
pub const LOCK_MAILS: Rate = rate(1, 24 * HOUR);
/// Counters that are kept of names that nobody has, and of sources. Beyond it the oldest go: whoever makes names up, or
/// changes addresses, fills no disk (T137).
pub const COUNTERS_KEPT: i64 = 200_000;

/// How long after the first, second, third and any later sending of a code the next one may follow.
pub const RESEND_GAPS: [Duration; 3] =
    [Duration::from_secs(30), Duration::from_secs(MINUTE), Duration::from_secs(2 * MINUTE)];

/// How long to wait before the code is sent once more, after `sent` sendings.
pub fn resend_gap(sent: u32) -> Duration {
    let last = RESEND_GAPS.len() - 1;
    match (sent as usize).checked_sub(1) {
        None => Duration::ZERO,
        Some(index) => RESEND_GAPS[index.min(last)],
    }
}

/// Failed proofs of the whole system that open its breaker: work of the CAPTCHA rises, sending slows.
pub const SYSTEM_FAILED_PROOFS: Rate = rate(200, 10 * MINUTE);
/// How much more work the CAPTCHA asks for while the breaker is open.
pub const BREAKER_EXTRA_BITS: u8 = 3;
/// How often the work doubles that is asked of a source over its limit; more would keep honest people of an office out.
pub const SOURCE_EXTRA_BITS: u8 = 4;
/// Starts of a reset from one source address: a household or an office, not a spray. Beyond it each pays with work.
pub const STARTS_BY_SOURCE: Rate = rate(30, 10 * MINUTE);
/// Failed proofs from one source address over all accounts. Beyond it each answer is paid for with work; none is refused.
pub const FAILED_PROOFS_BY_SOURCE: Rate = rate(20, HOUR);
/// Failed sign-ins of one account over all sources in a day (NIST SP 800-63B-4, 3.2.2: at most 100).
pub const FAILED_SIGN_INS_DAILY: Rate = rate(100, 24 * HOUR);
/// Failed sign-ins from one source address over all accounts: one password tried on many names. An office behind one
/// address mistypes less. Beyond it each is paid for with work; none is refused.
pub const FAILED_SIGN_INS_BY_SOURCE: Rate = rate(300, 10 * MINUTE);
/// Wrong CAPTCHA answers from one source address that are kept, so that each spends its picture.
pub const CAPTCHA_FAILURES_BY_SOURCE: Rate = rate(60, 10 * MINUTE);
/// Life of a CAPTCHA.
pub const CAPTCHA_LIFE: Duration = Duration::from_secs(10 * MINUTE);
/// Work of the check that a person is there in ordinary times, as leading zero bits: about a second on a phone.
pub const POW_BITS: u8 = 16;

/// How long a call to the help desk lasts, from the first code on: what it proves counts in it and never after it.
pub const HELP_CALL_LIFE: Duration = Duration::from_mins(10);
/// Life of a session that a temporary pass opened. With a pass for one use registration ends within ten minutes
/// (Microsoft Entra); a pass for more uses opens another session.
pub const PASS_SESSION_LIFE: Duration = Duration::from_mins(10);

/// How often the true reason is mailed to a person who is not eligible (ruling 3).
pub const REASON_MAILS: Rate = rate(1, 24 * HOUR);
/// Requests for help for one account: administrators need not hear of it more often.
pub const CONTACT_REQUESTS: Rate = rate(3, 24 * HOUR);
/// Requests for help from one source address, for whomever. Beyond it each is paid for with work; none is refused.
pub const CONTACT_REQUESTS_BY_SOURCE: Rate = rate(5, HOUR);
/// Requests for help of everybody together: the form must not become a way to flood administrators.
pub const CONTACT_REQUESTS_OF_ALL: Rate = rate(100, HOUR);
/// The most recipients of a request for help (R205).
pub const CONTACT_RECIPIENTS: usize = 100;

/// Authenticators of one person, apps and hardware tokens together; a phone that is asked and shows codes is one (R87).
pub const APPS_PER_USER: usize = 5;
/// Phones of one person, mobile and office together (R87).
pub const PHONES_PER_USER: usize = 2;
/// Passkeys of one person (R87).
pub const PASSKEYS_PER_USER: usize = 10;
/// Saved recovery codes that are handed out at once.
pub const RECOVERY_CODES: usize = 10;
/// So many left are few: the person is asked to make new ones.
pub const FEW_RECOVERY_CODES: u32 = 2;
