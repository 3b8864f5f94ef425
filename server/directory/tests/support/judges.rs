//! Programs that nobody here wrote say whether a password works and what is the matter with an account: a bind by OpenLDAP's
//! client; for a domain also MIT's `kinit`, a sign-in through PAM, and the domain controller's own log.
//!
//! A wrong password counts towards the lock of an account, once for each judge: of a wrong one only one is asked.
#![allow(unreachable_pub, dead_code)]

use std::process::Command;

use serde_json::Value;

use super::accounts::Account;
use super::bed::{Domain, Server};
use super::client::{Answer, run, signed_in};

/// What the judges may say of a name and a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Right,
    Wrong,
    MustChange,
    Expired,
    Locked,
    Disabled,
    Ended,
}

/// All judges that there are say this.
pub fn say(server: &Server, account: &Account, password: &str, verdict: Verdict) {
    bind(server, account, password, verdict);
    if let Some(domain) = &server.domain {
        let kinit = kinit(domain, account, password);
        assert!(kerberos_means(&kinit, verdict), "kinit, not {verdict:?}: {kinit:?}");
        let pam = pam(domain, account, password);
        assert!(pam_means(&pam, verdict), "PAM, not {verdict:?}: {pam:?}");
    }
}

/// One of them says this: a bind.
pub fn bind(server: &Server, account: &Account, password: &str, verdict: Verdict) {
    let (answer, said) = asked(server, account, password);
    assert_eq!(said, Some(verdict), "{answer:?}");
}

/// The password that was right is refused, and this one is right.
pub fn replaced(server: &Server, account: &Account, password: &str) {
    say(server, account, password, Verdict::Right);
    bind(server, account, &account.password, Verdict::Wrong);
}

/// Nothing happened: the old password is right, and this one is not.
pub fn kept(server: &Server, account: &Account, password: &str) {
    say(server, account, &account.password, Verdict::Right);
    bind(server, account, password, Verdict::Wrong);
}

/// As many wrong passwords as lock an account.
pub fn lock(server: &Server, account: &Account) {
    for _ in 0..3 {
        asked(server, account, "a wrong one");
    }
    bind(server, account, &account.password, Verdict::Locked);
}

/// Which directory's client is asked: a domain controller knows no *who am I*, the others tell of their policy with it.
fn asked(server: &Server, account: &Account, password: &str) -> (Answer, Option<Verdict>) {
    let login = account.login(password);
    if server.domain.is_some() {
        let mut search = signed_in(server, "ldapsearch", &login);
        let answer = run(search.args(["-b", "", "-s", "base", "1.1"]), "");
        let verdict = windows(&answer);
        return (answer, verdict);
    }
    let answer = run(signed_in(server, "ldapwhoami", &login).args(["-e", "ppolicy"]), "");
    let verdict = with_control(&answer);
    (answer, verdict)
}

fn windows(answer: &Answer) -> Option<Verdict> {
    if answer.succeeded {
        return Some(Verdict::Right);
    }
    first_of(
        answer,
        &[
            ("data 52e", Verdict::Wrong),
            ("data 773", Verdict::MustChange),
            ("data 532", Verdict::Expired),
            ("data 775", Verdict::Locked),
            ("data 533", Verdict::Disabled),
            ("data 701", Verdict::Ended),
        ],
    )
}

/// Who must change a password is signed in, and may do nothing else. To OpenLDAP who is turned off is locked.
fn with_control(answer: &Answer) -> Option<Verdict> {
    let told = first_of(
        answer,
        &[
            ("Password must be changed", Verdict::MustChange),
            ("assword expired", Verdict::Expired),
            // 389 Directory Server says *locked* beside this.
            ("inactivated", Verdict::Disabled),
            ("Account locked", Verdict::Locked),
            ("retry limit", Verdict::Locked),
            ("Invalid credentials", Verdict::Wrong),
        ],
    );
    told.or_else(|| answer.succeeded.then_some(Verdict::Right))
}

fn first_of(answer: &Answer, words: &[(&str, Verdict)]) -> Option<Verdict> {
    words.iter().find_map(|(words, verdict)| answer.text.contains(words).then_some(*verdict))
}

fn kinit(domain: &Domain, account: &Account, password: &str) -> Answer {
    let mut kinit = Command::new("kinit");
    kinit.env("KRB5_CONFIG", &domain.kerberos).env("LC_ALL", "C");
    run(kinit.args(["-c", "MEMORY:", &account.name]), &format!("{password}\n"))
}

/// Kerberos does not tell *must be changed* from *too old*, nor *locked* from *turned off* and *ended*.
fn kerberos_means(answer: &Answer, verdict: Verdict) -> bool {
    let words = match verdict {
        Verdict::Right => return answer.succeeded,
        Verdict::Wrong => "Password incorrect",
        Verdict::MustChange | Verdict::Expired => "Password expired",
        Verdict::Locked | Verdict::Disabled | Verdict::Ended => "revoked",
    };
    !answer.succeeded && answer.text.contains(words)
}

/// With PAM's files in a folder of the bed, not the machine's.
fn pam(domain: &Domain, account: &Account, password: &str) -> Answer {
    let mut tester = Command::new("pamtester");
    tester
        .env("LD_PRELOAD", "libpam_wrapper.so")
        .env("PAM_WRAPPER", "1")
        .env("PAM_WRAPPER_SERVICE_DIR", &domain.pam)
        .env("KRB5_CONFIG", &domain.kerberos)
        .env("LC_ALL", "C");
    run(tester.args(["regain", &account.name, "authenticate", "acct_mgmt"]), &format!("{password}\n"))
}

fn pam_means(answer: &Answer, verdict: Verdict) -> bool {
    match verdict {
        Verdict::Right => answer.succeeded,
        Verdict::MustChange | Verdict::Expired => {
            !answer.succeeded && answer.text.contains("no longer valid")
        }
        Verdict::Wrong | Verdict::Locked | Verdict::Disabled | Verdict::Ended => {
            !answer.succeeded && answer.text.contains("Authentication failure")
        }
    }
}

/// What a domain controller wrote down.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// A password was set without the old one.
    Reset,
    /// A password was changed with the old one.
    Change,
    /// `lockoutTime` was set to 0.
    Unlock,
}

/// The domain controller's log has this, done to the account by the service account. Other directories keep no such log.
pub fn wrote_down(server: &Server, account: &Account, deed: Deed) {
    let Some(domain) = &server.domain else { return };
    let log = std::fs::read(&server.log).expect("the log");
    let log = String::from_utf8_lossy(&log);
    let about = log.lines().filter(|line| line.contains(&account.dn));
    let events: Vec<Value> = about.filter_map(event).collect();
    let is_it = |event: &Value| {
        let by_service = event["userSid"] == domain.service_sid.as_str();
        by_service && event["statusCode"] == 0 && event["dn"] == account.dn.as_str() && shows(event, deed)
    };
    assert!(events.iter().any(is_it), "no {deed:?} in {events:#?}");
}

/// `{"timestamp": …, "type": "passwordChange", "passwordChange": {…}}`, or text.
fn event(line: &str) -> Option<Value> {
    let from = line.find("{\"timestamp\"")?;
    let event: Value = serde_json::from_str(line.get(from..)?).ok()?;
    event.get(event.get("type")?.as_str()?).cloned()
}

fn shows(event: &Value, deed: Deed) -> bool {
    match deed {
        Deed::Reset => event["action"] == "Reset",
        Deed::Change => event["action"] == "Change",
        Deed::Unlock => event["attributes"]["lockoutTime"]["actions"][0]["values"][0]["value"] == "0",
    }
}
