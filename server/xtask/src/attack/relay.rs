//! A caller who talks somebody through: two browsers on two networks, and a victim who approves, types and reads out.

mod attacker;
mod desk;
mod phone;
mod profile;
mod scenarios;
mod stage;
mod victim;

use std::net::Ipv4Addr;
use std::path::Path;

use anyhow::{Context, Result};

use super::finding::{self, Finding, Verdict};
use crate::browser::Browser;
use crate::organisation::Organisation;
use crate::people::Person;
use crate::say;
use attacker::{Attacker, methods};
use desk::Desk;
use profile::Profile;
use scenarios::{ALL, Gain, Scenario};
use stage::Stage;
use victim::Victim;

/// Every scenario in every profile.
pub fn measure(binary: &Path) -> Vec<Finding> {
    let in_each = |profile: Profile| {
        say::step(&format!("A caller and {} victims, profile {}", ALL.len(), profile.name()));
        finding::of(&format!("Relay, {}", profile.name()), in_profile(binary, profile))
    };
    Profile::ALL.into_iter().flat_map(in_each).collect()
}

fn in_profile(binary: &Path, profile: Profile) -> Result<Vec<Finding>> {
    let organisation = Organisation::start(binary)?;
    let people: Vec<Person> = (0..ALL.len()).map(person).collect();
    organisation.import(&people)?;
    profile.apply(&organisation)?;
    let mut desk = Desk::open(&organisation)?;
    let mut findings = Vec::new();
    for (number, (scenario, person)) in (1..).zip(ALL.iter().zip(people)) {
        let victim = Victim::settle(&organisation, number, person)
            .with_context(|| format!("{}: the victim", scenario.name))?;
        findings.extend(play(&organisation, &mut desk, profile, scenario, (number, victim))?);
    }
    Ok(findings)
}

fn person(number: usize) -> Person {
    Person::reachable(format!("victim{number}@contoso.example"), number)
}

fn play(
    organisation: &Organisation,
    desk: &mut Desk,
    profile: Profile,
    scenario: &Scenario,
    (number, victim): (u8, Victim),
) -> Result<Vec<Finding>> {
    let before = methods(organisation, &victim.person.upn)?;
    let told_before = desk.told()?;
    let mut stage = Stage {
        organisation,
        desk,
        victim,
        attacker: Attacker::new(organisation, number),
        mailbox: Browser::new(organisation.port, Ipv4Addr::new(127, 34, 0, number)),
        was_reset: false,
        was_approved: false,
        report_heard: None,
    };
    // What stops the attacker is the defence: it is told beside the gain.
    let stopped = (scenario.act)(&mut stage).err();
    let gain = stage.gain(&before)?;
    let allowed = if profile == Profile::Strict { Gain::Nothing } else { scenario.remains };
    let mut findings = vec![Finding {
        threats: "Relay",
        tried: format!("{}: {}", profile.name(), scenario.name),
        found: match stopped {
            Some(problem) => format!("{gain:?} ({problem:#})"),
            None => format!("{gain:?}"),
        },
        allowed: format!("{allowed:?}"),
        verdict: Verdict::of(gain <= allowed),
    }];
    let heard = |what: &str, held: bool| Finding {
        threats: "Relay",
        tried: format!("{}: {}: {what}", profile.name(), scenario.name),
        found: if held { "told" } else { "not told" }.to_owned(),
        allowed: "told".to_owned(),
        verdict: Verdict::of(held),
    };
    if stage.was_reset {
        findings.push(heard("the victim hears of the reset", stage.victim.hears_of_a_reset()?));
        // A code that is typed does not show where it was read: only an approval has a place of its own.
        if stage.was_approved {
            findings.push(heard("administrators hear of it", stage.desk.hears_soon(told_before)?));
        }
    }
    if let Some(soon) = stage.report_heard {
        findings.push(heard("administrators hear of the report within 5 s", soon));
    }
    Ok(findings)
}
