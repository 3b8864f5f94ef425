//! The report for programs. Its keys never change their meaning; new ones may come.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::assessment::Assessment;
use super::coverage::Coverage;
use super::delegation::{Remedy, remedies};
use super::finding::{Case, Cases, Finding, Thing};
use super::policies::InForce;
use super::rights::{Right, Seen};
use super::roll::Who;
use super::totals::Totals;
use super::words::{date, instant};

/// Goes up when a key changes its meaning.
const VERSION: u32 = 1;

/// Writes the report.
pub fn json(assessment: &Assessment, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Report::of(assessment))?;
    writeln!(out)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    version: u32,
    assessed_at: String,
    directory: Directory<'a>,
    accounts: Accounts,
    coverage: Figures,
    on_file: OnFile,
    places: Vec<Place<'a>>,
    last_sign_in: Option<LastSignIn>,
    expiry: Expiry,
    policies: Vec<Policy<'a>>,
    rights: Vec<Rights<'a>>,
    delegation: Vec<Delegation>,
    findings: Vec<Found<'a>>,
    clear: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Directory<'a> {
    kind: &'static str,
    urls: &'a [String],
    base: &'a str,
    read_as: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Accounts {
    read: usize,
    served: usize,
    disabled: usize,
    expired: usize,
    protected: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Figures {
    one_method: usize,
    two_methods: usize,
    phone_and_mail: usize,
    phone_only: usize,
    mail_only: usize,
    nothing_usable: usize,
    no_username: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OnFile {
    mobile: usize,
    office_phone: usize,
    other_mail: usize,
    mail: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    dn: &'a str,
    served: usize,
    #[serde(flatten)]
    coverage: Figures,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LastSignIn {
    within_7_days: usize,
    within_30_days: usize,
    within_90_days: usize,
    within_365_days: usize,
    earlier: usize,
    never: usize,
    never_with_new_account: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Expiry {
    expired: usize,
    within_30_days: usize,
    by_day: Vec<Day>,
    later: usize,
    must_change: usize,
    never: usize,
    unknown: usize,
}

/// The 24 hours that begin on this day at the time of the assessment.
#[derive(Serialize)]
struct Day {
    day: String,
    people: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Policy<'a> {
    name: String,
    dn: Option<&'a str>,
    people: usize,
    readable: bool,
    min_length: Option<u32>,
    classes: Option<u8>,
    history: Option<u32>,
    min_age_seconds: Option<u64>,
    max_age_seconds: Option<u64>,
    lockout: Option<Lockout>,
    filtered: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Lockout {
    threshold: u32,
    window_seconds: Option<u64>,
    duration_seconds: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rights<'a> {
    place: &'a str,
    served: usize,
    seen_on: &'a str,
    missing: Vec<&'static str>,
    /// Whether it has these, the directory does not tell.
    untold: Vec<&'static str>,
    excess: &'a [String],
}

#[derive(Serialize)]
struct Delegation {
    with: &'static str,
    note: &'static str,
    lines: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    code: &'static str,
    severity: &'static str,
    name: &'static str,
    sentence: &'static str,
    mend: &'static str,
    /// How many people it concerns; null where it is the whole directory.
    count: Option<usize>,
    people: People<'a>,
    groups: Groups<'a>,
    things: Vec<Item<'a>>,
}

/// People with a problem. Each is named while it is written: there can be a hundred thousand.
struct People<'a>(&'a Assessment, &'a [Case]);

impl Serialize for People<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.iter().map(|case| person(self.0, case.who, case.why)))
    }
}

/// Groups of people, named in the same way.
struct Groups<'a>(&'a Assessment, &'a [Vec<Who>]);

impl Serialize for Groups<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let group = |group: &Vec<Who>| group.iter().map(|who| person(self.0, *who, "")).collect::<Vec<_>>();
        serializer.collect_seq(self.1.iter().map(group))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    name: &'a str,
    display_name: &'a str,
    dn: String,
    why: &'static str,
}

#[derive(Serialize)]
struct Item<'a> {
    name: &'a str,
    people: usize,
    more: &'a str,
}

impl<'a> Report<'a> {
    fn of(assessment: &'a Assessment) -> Self {
        let (totals, subject) = (&assessment.totals, &assessment.subject);
        Self {
            version: VERSION,
            assessed_at: instant(assessment.at),
            directory: Directory {
                kind: subject.kind.name(),
                urls: &subject.urls,
                base: &subject.base,
                read_as: &subject.account,
            },
            accounts: Accounts {
                read: totals.people(),
                served: totals.served,
                disabled: totals.disabled,
                expired: totals.ended,
                protected: totals.protected,
            },
            coverage: Figures::of(&assessment.coverage),
            on_file: OnFile {
                mobile: totals.on_file.mobile,
                office_phone: totals.on_file.office_phone,
                other_mail: totals.on_file.other_mail,
                mail: totals.on_file.mail,
            },
            places: places(assessment),
            last_sign_in: last_sign_in(totals),
            expiry: expiry(assessment),
            policies: assessment.policies_by_size().into_iter().map(Policy::of).collect(),
            rights: assessment.rights.iter().map(|seen| rights(assessment, seen)).collect(),
            delegation: remedies(assessment).into_iter().map(delegation).collect(),
            findings: assessment.findings.iter().map(|finding| found(assessment, finding)).collect(),
            clear: assessment.clear().map(|description| description.code).collect(),
        }
    }
}

impl Figures {
    const fn of(coverage: &Coverage) -> Self {
        Self {
            one_method: coverage.with_one(),
            two_methods: coverage.with_two(),
            phone_and_mail: coverage.both,
            phone_only: coverage.phone,
            mail_only: coverage.mail,
            nothing_usable: coverage.nothing,
            no_username: coverage.nameless,
        }
    }
}

fn places(assessment: &Assessment) -> Vec<Place<'_>> {
    let by_size = assessment.by_size().into_iter();
    by_size
        .map(|(container, coverage)| Place {
            dn: &container.dn,
            served: coverage.served,
            coverage: Figures::of(&coverage),
        })
        .collect()
}

fn last_sign_in(totals: &Totals) -> Option<LastSignIn> {
    let sign_ins = &totals.sign_ins;
    let [within_7_days, within_30_days, within_90_days, within_365_days, earlier] = sign_ins.ago;
    sign_ins.are_told().then_some(LastSignIn {
        within_7_days,
        within_30_days,
        within_90_days,
        within_365_days,
        earlier,
        never: sign_ins.never,
        never_with_new_account: sign_ins.new,
    })
}

fn expiry(assessment: &Assessment) -> Expiry {
    let counts = &assessment.totals.expiry;
    let days = assessment.days().map(|(day, people)| Day { day: date(day), people });
    Expiry {
        expired: counts.expired,
        within_30_days: counts.soon(),
        by_day: days.collect(),
        later: counts.later,
        must_change: counts.must_change,
        never: counts.never,
        unknown: counts.unknown,
    }
}

impl<'a> Policy<'a> {
    fn of(policy: &'a InForce) -> Self {
        let rules = policy.rules.as_ref().filter(|_| policy.is_readable());
        Self {
            name: policy.name(),
            dn: policy.dn.as_deref(),
            people: policy.people,
            readable: policy.is_readable(),
            min_length: rules.and_then(|rules| rules.min_length),
            classes: rules.and_then(|rules| rules.classes),
            history: rules.and_then(|rules| rules.history),
            min_age_seconds: rules.and_then(|rules| rules.min_age).map(|age| age.as_secs()),
            max_age_seconds: rules.and_then(|rules| rules.max_age).map(|age| age.as_secs()),
            lockout: rules.and_then(|rules| rules.lockout).map(|lockout| Lockout {
                threshold: lockout.threshold,
                window_seconds: lockout.window.map(|window| window.as_secs()),
                duration_seconds: lockout.duration.map(|duration| duration.as_secs()),
            }),
            filtered: rules.map(|rules| rules.filtered),
        }
    }
}

fn rights<'a>(assessment: &'a Assessment, seen: &'a Seen) -> Rights<'a> {
    let container = &assessment.containers.all()[seen.place];
    Rights {
        place: &container.dn,
        served: container.served,
        seen_on: &seen.person,
        missing: codes(&seen.missing),
        untold: codes(&seen.untold),
        excess: &seen.excess,
    }
}

fn codes(rights: &[Right]) -> Vec<&'static str> {
    rights.iter().map(|right| right.code()).collect()
}

fn delegation(remedy: Remedy) -> Delegation {
    Delegation { with: remedy.with, note: remedy.note, lines: remedy.lines }
}

fn found<'a>(assessment: &'a Assessment, finding: &'a Finding) -> Found<'a> {
    let (mut people, mut groups, mut things): (&[Case], &[Vec<Who>], &[Thing]) = (&[], &[], &[]);
    match &finding.cases {
        Cases::People(cases) => people = cases,
        Cases::Groups(all) => groups = all,
        Cases::Things(all) => things = all,
        Cases::Directory(_) => {}
    }
    let problem = finding.problem;
    Found {
        code: problem.code,
        severity: problem.severity.code(),
        name: problem.name,
        sentence: problem.sentence,
        mend: problem.mend,
        count: finding.cases.people(),
        people: People(assessment, people),
        groups: Groups(assessment, groups),
        things: things.iter().map(item).collect(),
    }
}

fn person<'a>(assessment: &'a Assessment, who: Who, why: &'static str) -> Person<'a> {
    let named = assessment.roll.named(who);
    Person { name: named.label, display_name: named.display_name, dn: assessment.dn(who), why }
}

fn item(thing: &Thing) -> Item<'_> {
    Item { name: &thing.name, people: thing.people, more: &thing.more }
}
