//! People who have everything in order, and what is wrong with one of them.

use std::time::Duration;

use regain_core::time::Timestamp;
use regain_directory::{Account, Expiry, Kind, Lock, Lockout, Person, PersonId, Protection, Rules, Source};

use crate::assess::{Analysis, Assessment, Seen, Subject};

/// 1 December 2026, noon.
pub(super) const NOW: Timestamp = Timestamp::from_seconds(1_796_126_400);
const DAY: Duration = Duration::from_hours(24);

pub(super) fn subject() -> Subject {
    Subject {
        kind: Kind::ActiveDirectory,
        urls: vec!["ldaps://dc1.corp.example.test".to_owned(), "ldaps://dc2.corp.example.test".to_owned()],
        base: "DC=corp,DC=example,DC=test".to_owned(),
        account: "sspr-svc@corp.example.test".to_owned(),
        keeps_other_mail: true,
    }
}

/// Rules against which nothing can be said.
pub(super) fn domain_rules() -> Rules {
    Rules {
        source: Source::Domain,
        min_length: Some(12),
        classes: Some(3),
        history: Some(24),
        min_age: None,
        max_age: None,
        lockout: Some(Lockout {
            threshold: 10,
            window: Some(Duration::from_mins(15)),
            duration: Some(Duration::from_mins(15)),
        }),
        filtered: false,
    }
}

/// A policy that may not be read.
pub(super) fn hidden(name: &str) -> Rules {
    Rules::unknown(Source::Hidden(name.to_owned()))
}

/// Somebody with everything in order. People with different names share nothing.
pub(super) fn clean(name: &str) -> Person {
    let digits = name.bytes().fold(0_u64, |sum, byte| (sum * 131 + u64::from(byte)) % 9_000_000) + 1_000_000;
    Person {
        id: PersonId(name.to_owned()),
        dn: format!("CN={name},OU=Staff,DC=corp,DC=example,DC=test"),
        username: Some(format!("{name}@corp.example.test")),
        account_name: Some(name.to_owned()),
        display_name: Some(format!("{name} Example")),
        given_name: Some(name.to_owned()),
        family_name: Some("Example".to_owned()),
        mail: Some(format!("{name}@corp.example.test")),
        mobiles: vec![format!("+371 2{digits}")],
        office_phones: vec![format!("+371 6{digits}")],
        other_mails: vec![format!("{name}@home.example")],
        created_at: Some(NOW.minus(DAY * 400)),
        changed_at: None,
        signed_in_at: Some(NOW.minus(DAY)),
        policy: None,
        account: Account {
            disabled: false,
            ended: false,
            lock: Lock::Open,
            must_change: false,
            password_set_at: Some(NOW.minus(DAY * 20)),
            expiry: Expiry::At(NOW.plus(DAY * 60)),
            protection: None,
        },
    }
}

pub(super) fn with(mut person: Person, change: impl FnOnce(&mut Person)) -> Person {
    change(&mut person);
    person
}

/// What is wrong, by the code of the problem. With two people it is the same change for both.
pub(super) const PLANTED: &[(&str, fn(&mut Person))] = &[
    ("username-missing", |person| person.username = None),
    ("username-unusable", |person| person.username = Some("a\u{200B}b@corp.example.test".to_owned())),
    ("username-shared", |person| person.username = Some("same@corp.example.test".to_owned())),
    ("nothing-on-file", |person| {
        person.mobiles.clear();
        person.office_phones = vec!["  ".to_owned()];
        person.other_mails.clear();
    }),
    ("phone-only", |person| person.other_mails.clear()),
    ("mail-only", |person| {
        person.mobiles.clear();
        person.office_phones.clear();
    }),
    ("phone-without-country", |person| person.mobiles.push("020 7946 0018".to_owned())),
    ("mobile-malformed", |person| person.mobiles.push("ask Ana".to_owned())),
    ("office-phone-malformed", |person| person.office_phones.push("+371 12".to_owned())),
    ("phone-premium", |person| person.office_phones.push("+44 909 879 0123".to_owned())),
    ("other-mail-malformed", |person| person.other_mails.push("ana at home".to_owned())),
    ("other-mail-is-primary", |person| {
        let again = person.mail.as_deref().unwrap_or_default().to_uppercase();
        person.other_mails.push(again);
    }),
    ("other-mail-at-home", |person| {
        person.other_mails.push(format!("alias-of-{}", person.mail.as_deref().unwrap_or_default()));
    }),
    ("other-mail-of-colleague", |person| person.other_mails.push("colleague@other.example".to_owned())),
    ("other-mail-shared", |person| person.other_mails.push("family@home.example".to_owned())),
    ("mobile-shared", |person| person.mobiles.push("+371 29 999 999".to_owned())),
    ("office-phone-shared", |person| person.office_phones.push("+371 69999999".to_owned())),
    ("mail-shared", |person| person.mail = Some("team@corp.example.test".to_owned())),
    ("mail-missing", |person| person.mail = None),
    ("mail-malformed", |person| person.mail = Some("nobody".to_owned())),
    ("stale", |person| person.signed_in_at = Some(NOW.minus(DAY * 91))),
    ("never-used", |person| person.signed_in_at = None),
    ("protected-admin-count", |person| person.account.protection = Some(Protection::AdminCount)),
    ("protected-group", |person| person.account.protection = Some(Protection::PrivilegedGroup)),
    ("locked", |person| person.account.lock = Lock::Until(NOW.plus(DAY))),
    ("expired", |person| person.account.expiry = Expiry::At(NOW.minus(DAY))),
    ("expires-soon", |person| person.account.expiry = Expiry::At(NOW.plus(DAY * 10))),
    ("must-change", |person| {
        person.account.must_change = true;
        person.account.expiry = Expiry::Unknown;
    }),
    ("disabled", |person| person.account.disabled = true),
    ("ended", |person| person.account.ended = true),
];

/// The people who have one problem: two where it is one of several.
pub(super) fn planted(code: &str) -> Vec<Person> {
    let (_, change) = PLANTED.iter().find(|(planted, _)| *planted == code).unwrap();
    let one = |name: String| with(clean(&name), change);
    let mut people = vec![one(code.to_owned())];
    if code.ends_with("-shared") {
        people.push(one(format!("{code}-2")));
    }
    if code == "other-mail-of-colleague" {
        people.push(with(clean("colleague"), |person| {
            person.mail = Some("colleague@other.example".to_owned());
        }));
    }
    people
}

/// Reads people and asks for the rules of each policy, in the order in which they come.
pub(super) fn assess(people: &[Person], rules: &[Rules], rights: Vec<Seen>) -> Assessment {
    let mut analysis = Analysis::new(NOW);
    for person in people {
        analysis.add(person);
    }
    assert_eq!(analysis.policies().count(), rules.len());
    analysis.finish(subject(), rules.iter().cloned().map(Some).collect(), rights)
}
