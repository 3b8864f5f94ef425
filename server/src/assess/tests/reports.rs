//! What is written down: text, JSON and page say the same, and no value of the directory becomes anything but text.

use std::collections::BTreeSet;

use regain_directory::{Excess, Person, Right, Rights};
use serde_json::Value;

use super::planted::{PLANTED, assess, clean, domain_rules, hidden, planted, with};
use crate::assess::{Assessment, Seen, html, json, text};

const HOSTILE: &str = "<script>alert('x')</script>\u{1b}[2J\u{202E}";

/// Everything planted, somebody with a hostile name, and a service account that lacks a right.
fn everything() -> Assessment {
    let hostile = with(clean("mallory"), |person: &mut Person| {
        person.display_name = Some(HOSTILE.to_owned());
        person.username = Some("\"><img src=x onerror=alert(1)>@x".to_owned());
        person.dn = "CN=mallory,OU=<b>'\"; DROP,DC=corp,DC=example,DC=test".to_owned();
        person.other_mails.clear();
        person.policy = Some("CN=<i>vip</i>,CN=Password Settings Container,CN=System,DC=corp".to_owned());
    });
    let people: Vec<_> =
        PLANTED.iter().flat_map(|(code, _)| planted(code)).chain([clean("zoe"), hostile]).collect();
    let fine = Rights {
        reset_password: Right::Yes,
        unlock: Right::Yes,
        must_change: Right::Yes,
        excess: Vec::new(),
    };
    let excess = vec![
        Excess::RulesDirectory(vec!["S-1-5-21-1-2-3-512".to_owned()]),
        Excess::Writes(["mail", "title", "info", "comment"].map(str::to_owned).into()),
    ];
    let rights = [
        (0, Rights { unlock: Right::No, ..fine.clone() }),
        (1, Rights { excess, ..fine }),
        (1, Rights::UNKNOWN),
    ];
    let rights = rights.into_iter().map(|(place, rights)| Seen::new(place, "CN=somebody", &rights)).collect();
    assess(&people, &[domain_rules(), hidden("CN=<i>vip</i>,CN=PSC")], rights)
}

fn as_json(assessment: &Assessment) -> Value {
    let mut bytes = Vec::new();
    json(assessment, &mut bytes).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

#[test]
fn the_keys_of_json_stay() {
    let report = as_json(&everything());
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let names = |names: &str| names.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    for (value, expected) in [
        (
            &report,
            "version assessedAt directory accounts coverage onFile places lastSignIn expiry policies rights \
             delegation findings clear",
        ),
        (&report["directory"], "kind urls base readAs"),
        (&report["accounts"], "read served disabled expired protected"),
        (
            &report["coverage"],
            "oneMethod twoMethods phoneAndMail phoneOnly mailOnly nothingUsable noUsername",
        ),
        (&report["onFile"], "mobile officePhone otherMail mail"),
        (
            &report["places"][0],
            "dn served oneMethod twoMethods phoneAndMail phoneOnly mailOnly nothingUsable noUsername",
        ),
        (
            &report["lastSignIn"],
            "within7Days within30Days within90Days within365Days earlier never neverWithNewAccount",
        ),
        (&report["expiry"], "expired within30Days byDay later mustChange never unknown"),
        (&report["expiry"]["byDay"][0], "day people"),
        (
            &report["policies"][0],
            "name dn people readable minLength classes history minAgeSeconds maxAgeSeconds lockout filtered",
        ),
        (&report["policies"][0]["lockout"], "threshold windowSeconds durationSeconds"),
        (&report["rights"][0], "place served seenOn missing untold excess"),
        (&report["delegation"][0], "with note lines"),
        (&report["findings"][0], "code severity name sentence mend count people groups things"),
        (&report["findings"][0]["people"][0], "name displayName dn why"),
    ] {
        assert_eq!(keys(value), names(expected));
    }
    assert_eq!((&report["version"], &report["assessedAt"]), (&1.into(), &"2026-12-01T12:00:00Z".into()));
    assert_eq!(report["expiry"]["byDay"].as_array().unwrap().len(), 30);
}

#[test]
fn text_json_and_page_name_the_same_findings() {
    let assessment = everything();
    let (text, json, html) = (text(&assessment), as_json(&assessment), html(&assessment));
    assert!(assessment.findings.len() >= 30);
    for finding in &assessment.findings {
        let problem = finding.problem;
        let in_text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(in_text.contains(problem.name) && in_text.contains(problem.sentence), "{}", problem.code);
        assert!(html.contains(&format!("id=\"{}\"", problem.code)), "{}", problem.code);
        let found = json["findings"].as_array().unwrap().iter().find(|found| found["code"] == problem.code);
        assert_eq!(found.unwrap()["count"], serde_json::to_value(finding.cases.people()).unwrap());
    }
}

#[test]
fn a_hostile_name_is_text_everywhere() {
    let assessment = everything();
    let page = html(&assessment);
    assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;�[2J�"), "{page}");
    for markup in
        ["<script", "<img", "<b>", "<i>", "\u{1b}", "\u{202E}", "onclick", "style=", "src=", "url(", "http:"]
    {
        let without_text = page.replace("src=x onerror", "");
        assert!(!without_text.contains(markup), "{markup}");
    }
    let text = text(&assessment);
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202E}'), "{text}");
    assert!(text.contains("<script>") || text.contains("<img"), "it is a name all the same");
    assert!(text.lines().all(|line| line.chars().count() <= 80 || line.starts_with("    ")), "{text}");
}

#[test]
fn a_page_is_well_formed() {
    let page = html(&everything());
    let mut open = Vec::new();
    let mut ids = BTreeSet::new();
    let mut rest = &page[page.find("<html").unwrap()..];
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').unwrap();
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "before {}", &rest[..rest.len().min(80)]);
        } else if !["meta"].contains(&name) {
            open.push(name);
        }
        if let Some((_, id)) = tag.split_once(" id=\"") {
            assert!(ids.insert(id.split('"').next().unwrap().to_owned()), "twice: {id}");
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    let links = page.split("href=\"#").skip(1).map(|link| link.split('"').next().unwrap());
    for link in links {
        assert!(ids.contains(link), "{link}");
    }
    assert_eq!(page.matches("<svg viewBox").count(), page.matches("<figure>").count());
}

#[test]
fn no_number_and_no_second_address_is_in_any_report() {
    let assessment = everything();
    let mut bytes = Vec::new();
    json(&assessment, &mut bytes).unwrap();
    for report in [text(&assessment), String::from_utf8(bytes).unwrap(), html(&assessment)] {
        for secret in ["@home.example", "+371", "29999999", "29 999", "ask Ana", "at home"] {
            assert!(!report.contains(secret), "{secret}");
        }
    }
}

#[test]
fn what_the_service_account_lacks_comes_with_commands() {
    let assessment = everything();
    let text = text(&assessment).split_whitespace().collect::<Vec<_>>().join(" ");
    for says in [
        "may not unlock accounts.",
        "do everything that Domain Admins may",
        "write 4 other attributes (mail, title, info and 1 more) of people",
        "the directory does not tell whether it may set passwords",
        "RPWP;lockoutTime;user",
        "Password Settings Container",
        "samba-tool dsacl set",
        "[guid]'28630ebf-41d5-11d1-a9c1-0000f80367c1'",
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }
}
