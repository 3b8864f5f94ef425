//! The commands and access rules that give the service account what it lacks, and nothing more.

mod active_directory;
mod ds389;
mod freeipa;
mod openldap;
mod quoted;

use std::collections::BTreeSet;

use regain_directory::{Kind, Source};

use super::assessment::Assessment;
use super::place;
use super::rights::Right;
use super::words::harmless;

/// One way to give rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remedy {
    /// With what, as a heading.
    pub(super) with: &'static str,
    /// What there is to know beforehand; may be empty.
    pub(super) note: &'static str,
    /// To be run or entered as it stands.
    pub(super) lines: Vec<String>,
}

/// Which rights an account needs, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The service account, as it signs in.
    pub(super) account: String,
    /// The containers, or the base where it is all of them.
    pub(super) places: Vec<String>,
    /// What it needs there.
    pub(super) rights: BTreeSet<Right>,
    /// Whether there are policies that it may not read.
    pub(super) hidden_policies: bool,
    /// The base of the directory.
    pub(super) base: String,
}

/// How to give the service account what it lacks, by each tool that can; empty where it lacks nothing.
pub(super) fn remedies(assessment: &Assessment) -> Vec<Remedy> {
    let wanted = Wanted::of(assessment);
    if wanted.rights.is_empty() && !wanted.hidden_policies {
        return Vec::new();
    }
    match assessment.subject.kind {
        Kind::ActiveDirectory => active_directory::remedies(&wanted),
        Kind::OpenLdap => openldap::remedies(&wanted),
        Kind::Ds389 => ds389::remedies(&wanted),
        Kind::FreeIpa => freeipa::remedies(&wanted),
        Kind::Ldap => vec![any_other(&wanted)],
    }
}

impl Wanted {
    fn of(assessment: &Assessment) -> Self {
        let (mut rights, mut places, mut others) = (BTreeSet::new(), Vec::new(), Vec::new());
        for seen in &assessment.rights {
            let dn = &assessment.containers.all()[seen.place].dn;
            // Where nobody tells, the rules are shown as they ought to be.
            let lacks = || seen.missing.iter().chain(&seen.untold).copied();
            if lacks().next().is_some() {
                places.push(dn.clone());
                rights.extend(lacks());
            } else {
                others.push(dn.as_str());
            }
        }
        let base = &assessment.subject.base;
        let is_everywhere = others.is_empty() && places.len() > 1;
        let places = if is_everywhere { vec![base.clone()] } else { place::joined(places, &others, base) };
        let is_hidden = |source: &Source| matches!(source, Source::Hidden(_));
        let mut rules = assessment.policies.iter().filter_map(|policy| policy.rules.as_ref());
        Self {
            account: harmless(&assessment.subject.account),
            places: places.iter().map(|place| harmless(place)).collect(),
            rights,
            hidden_policies: rules.any(|rules| is_hidden(&rules.source)),
            base: harmless(&assessment.subject.base),
        }
    }

    fn wants(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }
}

fn any_other(wanted: &Wanted) -> Remedy {
    let list = |places: &[String]| places.join("\n");
    let mut lines = vec![format!("# For {}, below:", wanted.account)];
    lines.extend(list(&wanted.places).lines().map(|place| format!("#   {place}")));
    lines.push("# - the password modify operation (RFC 3062), or writing userPassword".to_owned());
    lines.push(
        "# - writing the attributes by which this server locks accounts and asks for a change".to_owned(),
    );
    Remedy { with: "Access rules of the server", note: "Each server words these in its own way.", lines }
}
