//! The rules that a directory publishes are those that the bed set up; where they are hidden, that is said and nothing guessed.

use std::time::Duration;

use regain_directory::{Lockout, Rules, Source};

use crate::accounts::State;
use crate::dialect::{DS389, Dialect, OPENLDAP, SAMBA};
use crate::house::{House, find};

const DAY: Duration = Duration::from_hours(24);
const HALF_AN_HOUR: Option<Duration> = Some(Duration::from_mins(30));
const TEN_MINUTES: Option<Duration> = Some(Duration::from_mins(10));

/// The rules for somebody ordinary, and for one with a policy of their own.
async fn read(house: &House) -> (Rules, Rules) {
    let (ordinary, own) = (house.account(State::Ordinary), house.account(State::Aged));
    let session = house.session().await;
    let ordinary = session.rules(&find(&session, &ordinary).await).await.unwrap();
    (ordinary, session.rules(&find(&session, &own).await).await.unwrap())
}

/// What holds for everybody in each of the three.
fn for_everybody() -> Rules {
    Rules {
        min_length: Some(8),
        history: Some(3),
        max_age: Some(90 * DAY),
        lockout: Some(Lockout { threshold: 3, window: TEN_MINUTES, duration: None }),
        ..Rules::unknown(Source::Domain)
    }
}

/// What holds for one with the policy of their own.
fn own(dn: &str) -> Rules {
    Rules {
        min_length: Some(12),
        history: Some(3),
        min_age: Some(DAY),
        lockout: Some(Lockout { threshold: 3, window: TEN_MINUTES, duration: HALF_AN_HOUR }),
        ..Rules::unknown(Source::Own(dn.to_owned()))
    }
}

fn house(dialect: &'static Dialect) -> Option<House> {
    House::of(dialect, &format!("published::{}", dialect.kind))
}

#[tokio::test]
async fn samba() {
    let Some(house) = house(&SAMBA) else { return };
    let policy = house.server.aged_policy.clone();
    let lockout = Some(Lockout { threshold: 3, window: HALF_AN_HOUR, duration: HALF_AN_HOUR });
    let (ordinary, hidden) = read(&house).await;
    assert_eq!(ordinary, Rules { classes: Some(3), lockout, ..for_everybody() });
    assert_eq!(hidden, Rules::unknown(Source::Hidden(policy.clone())));

    // Whoever may read it is told.
    let account = house.account(State::Aged);
    let settings = house.settings(&house.server.url, &house.server.administrator);
    let session = house.hasty(settings).connect().await.unwrap();
    let rules = session.rules(&find(&session, &account).await).await.unwrap();
    assert_eq!(rules, Rules { classes: Some(3), lockout, ..own(&policy) });
}

#[tokio::test]
async fn openldap() {
    let Some(house) = house(&OPENLDAP) else { return };
    let (ordinary, aged) = read(&house).await;
    assert_eq!(ordinary, Rules { filtered: true, ..for_everybody() });
    assert_eq!(aged, Rules { filtered: true, ..own(&house.server.aged_policy) });
}

/// Only an administrator may read which policy is the one for everybody: without being told, Regain does not guess.
#[tokio::test]
async fn openldap_without_a_word_about_its_policy() {
    let Some(house) = house(&OPENLDAP) else { return };
    let account = house.account(State::Ordinary);
    let mut settings = house.settings(&house.server.url, &house.server.service);
    settings.default_policy = None;
    let session = house.hasty(settings).connect().await.unwrap();
    let rules = session.rules(&find(&session, &account).await).await.unwrap();
    assert_eq!(rules, Rules::unknown(rules.source.clone()));
    assert!(!rules.are_known(), "{rules:?}");
    // It is among those that can be seen, to choose from.
    let policies = session.policies().await.unwrap();
    let default = house.server.default_policy.as_deref().unwrap();
    assert!(policies.iter().any(|dn| dn.eq_ignore_ascii_case(default)), "{policies:?}");
}

#[tokio::test]
async fn ds389() {
    let Some(house) = house(&DS389) else { return };
    let (ordinary, aged) = read(&house).await;
    assert_eq!(ordinary, Rules { classes: Some(3), filtered: true, ..for_everybody() });
    let max_age = Some(90 * DAY);
    assert_eq!(aged, Rules { classes: Some(3), max_age, ..own(&house.server.aged_policy) });
}
