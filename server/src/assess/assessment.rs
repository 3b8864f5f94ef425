//! What was found out: the figures and the findings, ready to be written down.

use regain_core::time::Timestamp;
use regain_directory::{Kind, Rules, Source};

use super::containers::{Container, Containers};
use super::coverage::Coverage;
use super::finding::{Cases, Finding};
use super::place;
use super::policies::InForce;
use super::problem::{self, Description, Found, Severity};
use super::rights::{Right, Seen};
use super::roll::{Roll, Who};
use super::shared::Value;
use super::totals::Totals;
use super::words::harmless;

/// Which directory was assessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// What stands there.
    pub kind: Kind,
    /// Its servers.
    pub urls: Vec<String>,
    /// Where its people are.
    pub base: String,
    /// The service account that read it.
    pub account: String,
    /// Whether its entries have a field for a second mail address.
    pub keeps_other_mail: bool,
}

/// An assessment of a directory.
pub struct Assessment {
    pub(super) at: Timestamp,
    pub(super) subject: Subject,
    pub(super) totals: Totals,
    pub(super) coverage: Coverage,
    /// The coverage of each container, by number.
    pub(super) by_container: Vec<Coverage>,
    pub(super) policies: Vec<InForce>,
    pub(super) rights: Vec<Seen>,
    /// What was found, in the order of [`problem::all`].
    pub(super) findings: Vec<Finding>,
    pub(super) roll: Roll,
    pub(super) containers: Containers,
}

impl Assessment {
    /// What was found that is as grave, what concerns the most people first.
    pub(super) fn findings_of(&self, severity: Severity) -> Vec<&Finding> {
        let mut findings: Vec<_> =
            self.findings.iter().filter(|finding| finding.problem.severity == severity).collect();
        // What concerns the whole directory comes first.
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.cases.people().unwrap_or(usize::MAX)));
        findings
    }

    /// What was looked for and not found.
    pub(super) fn clear(&self) -> impl Iterator<Item = &'static Description> {
        problem::all().filter(|problem| self.finding(problem.code).is_none() && self.could_be_found(problem))
    }

    /// Whether enough could be read to find the problem, if it were there. Where there was nobody, nothing could.
    fn could_be_found(&self, problem: &Description) -> bool {
        let are_rules_known = || self.policies.iter().all(InForce::is_readable);
        let is_told = |right: &Right| self.rights.iter().all(|seen| !seen.untold.contains(right));
        let could = match &problem.found {
            Found::PersonIf { all, .. } | Found::Share { all, .. } => all(&self.totals),
            Found::PersonUnder { .. } => are_rules_known(),
            // That a policy cannot be read shows without reading it.
            Found::Policy(fits) => are_rules_known() || fits(&Rules::unknown(Source::Hidden(String::new()))),
            Found::Lacks(right) => is_told(right),
            Found::Excess => Right::ALL.iter().all(is_told),
            _ => true,
        };
        could && self.totals.people() > 0
    }

    /// What was found of one kind.
    pub(super) fn finding(&self, code: &str) -> Option<&Cases> {
        self.findings.iter().find(|finding| finding.problem.code == code).map(|finding| &finding.cases)
    }

    /// The containers with people for whom self-service is, the largest first.
    pub(super) fn by_size(&self) -> Vec<(&Container, Coverage)> {
        let mut all: Vec<_> = self
            .containers
            .all()
            .iter()
            .zip(self.by_container.iter().copied())
            .filter(|(_, coverage)| coverage.served > 0)
            .collect();
        all.sort_by(|(one, first), (other, second)| {
            second.served.cmp(&first.served).then(one.dn.cmp(&other.dn))
        });
        all
    }

    /// A container as people say it.
    pub(super) fn path(&self, dn: &str) -> String {
        harmless(&place::path(dn, &self.subject.base))
    }

    /// A thing's name as people say it: places are kept by their DN.
    pub(super) fn said(&self, name: &str) -> String {
        if name.contains('=') { self.path(name) } else { harmless(name) }
    }

    /// What a person is called in a list: by the entry's own part of the DN where the username may be what several share.
    pub(super) fn label(&self, who: Who, problem: &Description) -> String {
        let named = self.roll.named(who);
        let shares_name = matches!(problem.found, Found::Shared(Value::Username | Value::Mail));
        harmless(if shares_name { named.rdn } else { named.label })
    }

    /// The DN of a person.
    pub(super) fn dn(&self, who: Who) -> String {
        let named = self.roll.named(who);
        match &*self.containers.all()[named.container].dn {
            "" => named.rdn.to_owned(),
            container => format!("{},{container}", named.rdn),
        }
    }
}
