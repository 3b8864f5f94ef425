//! What anonymous clients may use up: rows of the database, places on the listener, other people's tries.

mod connections;
mod flood;
mod office;
mod rows;

use std::net::Ipv4Addr;
use std::path::Path;

use anyhow::Result;

use super::finding::{self, Finding};
use crate::organisation::Organisation;
use crate::people::Person;
use crate::say;

/// People that the attacks are about, and those who must not suffer from them.
const PEOPLE: usize = 12;

type Attack = fn(&Organisation) -> Result<Vec<Finding>>;

/// In this order: what fills the log comes before what floods.
const ATTACKS: [(&str, Attack); 5] = [
    ("Wrong codes from one office, requests that lock nobody", office::shares_an_address),
    ("Requests that are refused", rows::refused),
    ("A flood of 200 hosts", flood::from_200_hosts),
    ("Sockets of one host", connections::many),
    ("Slow clients", connections::slow),
];

/// All of them against one server.
pub fn measure(binary: &Path) -> Result<Vec<Finding>> {
    let organisation = Organisation::start(binary)?;
    organisation.import(&(0..PEOPLE).map(person).chain(crate::flood::people()).collect::<Vec<_>>())?;
    organisation.regain(&["policy", "set", "scope", "all"])?;
    let mut findings = Vec::new();
    for (name, attack) in ATTACKS {
        say::step(name);
        findings.extend(finding::of(name, attack(&organisation)));
    }
    Ok(findings)
}

fn person(number: usize) -> Person {
    Person::reachable(format!("budget{number}@contoso.example"), number)
}

/// An address for each purpose.
const fn source(purpose: u8, number: u8) -> Ipv4Addr {
    Ipv4Addr::new(127, 2, purpose, number)
}
