//! A small directory with one planted person for each kind of problem, and exactly those found.

mod planted;
mod reports;

use std::collections::BTreeMap;

use regain_directory::{Expiry, Rules, Source};

use super::problem::{self, Severity};
use super::text;
use planted::{NOW, PLANTED, assess, clean, domain_rules, hidden, planted, subject, with};

/// How many people each kind of problem was found with.
fn found(assessment: &super::Assessment) -> BTreeMap<&'static str, Option<usize>> {
    let all = assessment.findings.iter();
    all.map(|finding| (finding.problem.code, finding.cases.people())).collect()
}

#[test]
fn who_has_everything_in_order_is_found_nowhere() {
    let assessment = assess(&[clean("ana"), clean("bob")], &[domain_rules()], Vec::new());
    assert_eq!(found(&assessment), BTreeMap::new());
    let coverage = assessment.coverage;
    assert_eq!((coverage.served, coverage.with_one(), coverage.with_two()), (2, 2, 2));
    assert_eq!(assessment.clear().count(), problem::all().count());
}

#[test]
fn each_planted_person_has_the_problem_and_no_other() {
    for (code, _) in PLANTED {
        // Somebody who signed in stands beside: otherwise nobody tells who never did.
        let people = [vec![clean("zoe")], planted(code)].concat();
        let assessment = assess(&people, &[domain_rules()], Vec::new());
        let expected = BTreeMap::from([(*code, Some(planted(code).len().max(1)))]);
        let mut found = found(&assessment);
        if *code == "other-mail-of-colleague" {
            // The colleague is beside, and has no problem.
            assert_eq!(found.remove(code), Some(Some(1)));
            assert_eq!(found, BTreeMap::new());
            continue;
        }
        assert_eq!(found, expected, "{code}");
    }
}

#[test]
fn all_of_them_together_make_exact_figures() {
    let people: Vec<_> =
        PLANTED.iter().flat_map(|(code, _)| planted(code)).chain([clean("zoe"), clean("yan")]).collect();
    let assessment = assess(&people, &[domain_rules()], Vec::new());
    for (code, _) in PLANTED {
        let many = if *code == "other-mail-of-colleague" { 1 } else { planted(code).len() };
        assert_eq!(found(&assessment).get(code), Some(&Some(many)), "{code}");
    }
    assert_eq!(found(&assessment).len(), PLANTED.len());
    assert!(PLANTED.len() >= 20, "{}", PLANTED.len());
    let (totals, coverage) = (&assessment.totals, assessment.coverage);
    assert_eq!((totals.disabled, totals.ended, totals.protected), (1, 1, 2));
    assert_eq!(totals.people(), people.len());
    assert_eq!(coverage.served, people.len() - 4);
    // Without a name, or with one that others have.
    assert_eq!(coverage.nameless, 4);
    assert_eq!((coverage.nothing, coverage.phone, coverage.mail), (1, 1, 1));
    assert_eq!(coverage.with_two(), coverage.served - 4 - 3);
    assert_eq!(totals.expiry.soon(), 1);
    assert_eq!(totals.expiry.by_day[10], 1);
    assert_eq!(totals.expiry.expired, 1);
}

#[test]
fn policies_are_found_by_their_rules_and_counted_by_their_people() {
    let vip = |name: &str| with(clean(name), |person| person.policy = Some("CN=vip,CN=PSC,DC=x".to_owned()));
    let people = [clean("ana"), vip("bob"), vip("eve")];
    for (code, rules) in [
        ("policy-none", Rules { source: Source::None, ..domain_rules() }),
        ("policy-short", Rules { min_length: Some(7), ..domain_rules() }),
        ("policy-no-lockout", Rules { lockout: None, ..domain_rules() }),
        ("policy-hidden", hidden("CN=vip,CN=PSC,DC=x")),
        (
            "policy-minimum-age",
            Rules { min_age: Some(std::time::Duration::from_hours(25)), ..domain_rules() },
        ),
        ("policy-filter", Rules { filtered: true, ..domain_rules() }),
        ("policy-expiry", Rules { max_age: Some(std::time::Duration::from_hours(24)), ..domain_rules() }),
    ] {
        let assessment = assess(&people, &[domain_rules(), rules], Vec::new());
        assert_eq!(found(&assessment), BTreeMap::from([(code, Some(2))]), "{code}");
    }
    for (code, change) in [("policy-few-tries", 3), ("policy-locks-for-good", 10)] {
        let mut rules = domain_rules();
        let lockout = rules.lockout.as_mut().unwrap();
        lockout.threshold = change;
        if code == "policy-locks-for-good" {
            lockout.duration = None;
        }
        let assessment = assess(&people, &[domain_rules(), rules], Vec::new());
        assert_eq!(found(&assessment), BTreeMap::from([(code, Some(2))]), "{code}");
    }
}

#[test]
fn a_password_that_never_expires_is_odd_only_where_others_do() {
    let never = with(clean("ana"), |person| person.account.expiry = Expiry::Never);
    let assessment = assess(std::slice::from_ref(&never), &[domain_rules()], Vec::new());
    assert_eq!(found(&assessment), BTreeMap::new());
    let rules = Rules { max_age: Some(std::time::Duration::from_hours(24)), ..domain_rules() };
    let assessment = assess(&[never], &[rules], Vec::new());
    assert_eq!(found(&assessment), BTreeMap::from([("never-expires", Some(1)), ("policy-expiry", Some(1))]));
}

#[test]
fn where_the_directory_tells_of_no_sign_in_nobody_is_said_to_have_none() {
    let silent = |name: &str| with(clean(name), |person| person.signed_in_at = None);
    let assessment = assess(&[silent("ana"), silent("bob")], &[domain_rules()], Vec::new());
    assert_eq!(found(&assessment), BTreeMap::from([("sign-ins-untold", None)]));
    assert_eq!(not_checked(&assessment), ["never-used", "stale"]);
}

/// What is neither found nor said to be in order.
fn not_checked(assessment: &super::Assessment) -> Vec<&'static str> {
    let said: Vec<_> =
        assessment.clear().map(|problem| problem.code).chain(found(assessment).into_keys()).collect();
    let mut codes: Vec<_> =
        problem::all().map(|problem| problem.code).filter(|code| !said.contains(code)).collect();
    codes.sort_unstable();
    codes
}

#[test]
fn what_could_not_be_read_is_not_said_to_be_in_order() {
    let rights = vec![super::Seen::new(0, "CN=ana", &regain_directory::Rights::UNKNOWN)];
    let assessment = assess(&[clean("ana")], &[hidden("CN=vip,DC=x")], rights);
    let not_checked = not_checked(&assessment);
    for code in ["cannot-set-password", "cannot-unlock", "too-many-rights", "policy-short", "never-expires"] {
        assert!(not_checked.contains(&code), "{code}: {not_checked:?}");
    }
    assert!(
        found(&assessment).contains_key("policy-hidden") && found(&assessment).contains_key("rights-untold")
    );
}

#[test]
fn a_new_account_is_not_held_against_anybody() {
    let new = with(clean("ana"), |person| {
        person.signed_in_at = None;
        person.created_at = Some(NOW.minus(std::time::Duration::from_hours(24)));
    });
    let assessment = assess(&[clean("bob"), new], &[domain_rules()], Vec::new());
    assert_eq!(found(&assessment), BTreeMap::new());
}

#[test]
fn one_server_is_said() {
    let mut analysis = super::Analysis::new(NOW);
    analysis.add(&clean("ana"));
    let mut subject = subject();
    subject.urls.truncate(1);
    let assessment = analysis.finish(subject, vec![Some(domain_rules())], Vec::new());
    assert_eq!(found(&assessment), BTreeMap::from([("one-server", None)]));
}

#[test]
fn a_field_that_a_directory_lacks_is_held_against_the_directory() {
    let person = with(clean("ana"), |person| person.other_mails.clear());
    let mut analysis = super::Analysis::new(NOW);
    analysis.add(&person);
    let subject = super::Subject { keeps_other_mail: false, ..subject() };
    let assessment = analysis.finish(subject, vec![Some(domain_rules())], Vec::new());
    assert_eq!(found(&assessment), BTreeMap::from([("no-second-mail", None)]));
}

#[test]
fn a_policy_or_a_place_is_asked_once() {
    let mut analysis = super::Analysis::new(NOW);
    for index in 0..50 {
        let person = with(clean(&format!("p{index}")), |person| {
            person.dn = format!("CN=p{index},OU=O{},DC=example,DC=test", index % 5);
            person.policy = (index % 2 == 0).then(|| "cn=Even,dc=x".to_owned());
        });
        analysis.add(&person);
    }
    assert_eq!((analysis.len(), analysis.policies().count(), analysis.places().len()), (50, 2, 5));
}

#[test]
fn codes_are_unique_and_every_kind_is_described() {
    let mut codes: Vec<_> = problem::all().map(|description| description.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), problem::all().count());
    assert!(codes.len() >= 40, "{}", codes.len());
    for description in problem::all() {
        assert!(
            description.sentence.ends_with('.') && description.mend.ends_with('.'),
            "{}",
            description.code
        );
        assert!(!description.name.ends_with('.'), "{}", description.code);
    }
    for severity in Severity::ALL {
        assert!(problem::all().any(|description| description.severity == severity));
    }
}

#[test]
fn nobody_at_all_is_said_without_a_division_by_nought() {
    let assessment = super::Analysis::new(NOW).finish(subject(), Vec::new(), Vec::new());
    let written = text(&assessment);
    assert!(written.contains("Nobody was found who could use self-service"), "{written}");
    assert!(!super::html(&assessment).contains("NaN"));
}
