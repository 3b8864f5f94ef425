//! What text and page say alike: the sentences and the figures of each section.

use regain_core::time::{Duration, Timestamp};

use super::assessment::Assessment;
use super::coverage::Coverage;
use super::policies::InForce;
use super::totals::SignIns;
use super::words::{count, harmless, list, number, people, percent};

/// How many places a report shows by themselves.
pub(super) const MOST_PLACES: usize = 12;

/// Why the primary address is no method.
pub(super) const TWO_METHODS: &str = "Two methods are two different kinds: a phone and an alternate email address. The \
                                      primary email address does not count, because somebody who is locked out cannot \
                                      read it.";
/// What a report does not hold.
pub(super) const DISCRETION: &str = "Phone numbers and alternate email addresses are judged but not shown.";

/// A row of figures: a name, how many people, of how many.
pub(super) struct Figure {
    pub(super) name: String,
    pub(super) people: usize,
    pub(super) of: usize,
}

impl Figure {
    fn new(name: &str, people: usize, of: usize) -> Self {
        Self { name: name.to_owned(), people, of }
    }

    pub(super) fn percent(&self) -> String {
        percent(self.people, self.of)
    }
}

/// A row of figures of a place.
pub(super) struct PlaceFigures {
    pub(super) name: String,
    pub(super) served: usize,
    pub(super) with_one: usize,
    pub(super) with_two: usize,
}

impl Assessment {
    /// Which directory it is, in pairs.
    pub(super) fn about(&self) -> Vec<(&'static str, String)> {
        let kind = match self.subject.kind {
            regain_directory::Kind::ActiveDirectory => "Active Directory",
            regain_directory::Kind::OpenLdap => "OpenLDAP",
            regain_directory::Kind::Ds389 => "389 Directory Server",
            regain_directory::Kind::FreeIpa => "FreeIPA",
            regain_directory::Kind::Ldap => "LDAP directory",
        };
        vec![
            ("Directory", format!("{kind}, {}", harmless(&self.subject.base))),
            (
                if self.subject.urls.len() == 1 { "Server" } else { "Servers" },
                harmless(&self.subject.urls.join(", ")),
            ),
            ("Read as", harmless(&self.subject.account)),
            ("On", super::words::moment(self.at)),
        ]
    }

    /// The whole in a sentence or two.
    pub(super) fn headline(&self) -> String {
        let coverage = &self.coverage;
        if coverage.served == 0 {
            return "Nobody was found who could use self-service: check the base and the filter for people."
                .to_owned();
        }
        format!(
            "By what is on file, {} of {} could reset their own password today if one method is required ({}), and {} if \
             two are ({}).",
            number(coverage.with_one()),
            people(coverage.served),
            percent(coverage.with_one(), coverage.served),
            number(coverage.with_two()),
            percent(coverage.with_two(), coverage.served)
        )
    }

    /// Who is not counted, and why.
    pub(super) fn left_out(&self) -> String {
        let totals = &self.totals;
        let mut reasons = Vec::new();
        for (many, why) in
            [(totals.disabled, "disabled"), (totals.ended, "expired"), (totals.protected, "protected")]
        {
            if many > 0 {
                reasons.push(format!("{} {why}", number(many)));
            }
        }
        let out = totals.disabled + totals.ended + totals.protected;
        let all = count(totals.people(), "account was", "accounts were");
        if out == 0 {
            return format!("{all} read.");
        }
        format!(
            "{all} read. {} not counted, because self-service is not for them: {}.",
            count(out, "is", "are"),
            list(&reasons)
        )
    }

    /// Who could reset.
    pub(super) fn coverage_figures(&self) -> Vec<Figure> {
        let coverage = &self.coverage;
        [
            ("Phone and alternate email", coverage.both),
            ("Phone only", coverage.phone),
            ("Alternate email only", coverage.mail),
            ("Nothing usable", coverage.nothing),
            ("No username of their own", coverage.nameless),
        ]
        .map(|(name, people)| Figure::new(name, people, coverage.served))
        .into()
    }

    /// What is on file.
    pub(super) fn on_file_figures(&self) -> Vec<Figure> {
        let on_file = &self.totals.on_file;
        [
            ("Mobile number", on_file.mobile),
            ("Office number", on_file.office_phone),
            ("Alternate email address", on_file.other_mail),
            ("Primary email address", on_file.mail),
        ]
        .map(|(name, people)| Figure::new(name, people, self.totals.served))
        .into()
    }

    /// When people signed in; empty where the directory does not tell.
    pub(super) fn sign_in_figures(&self) -> Vec<Figure> {
        let sign_ins = &self.totals.sign_ins;
        if !sign_ins.are_told() {
            return Vec::new();
        }
        let spans = SignIns::SPANS.iter().zip(sign_ins.ago).map(|((name, _), people)| (*name, people));
        spans
            .chain([("Never", sign_ins.never), ("Never, with a new account", sign_ins.new)])
            .filter(|(name, people)| *people > 0 || !name.ends_with("new account"))
            .map(|(name, people)| Figure::new(name, people, self.totals.served + self.totals.protected))
            .collect()
    }

    /// When passwords expire.
    pub(super) fn expiry_figures(&self) -> Vec<Figure> {
        let expiry = &self.totals.expiry;
        let within = |days: usize| expiry.by_day[..days].iter().sum::<usize>();
        [
            ("Expired already", expiry.expired),
            ("Within 7 days", within(7)),
            ("In 8 to 14 days", within(14) - within(7)),
            ("In 15 to 30 days", expiry.soon() - within(14)),
            ("Later", expiry.later),
            ("Must be changed first", expiry.must_change),
            ("Never", expiry.never),
            ("Not told", expiry.unknown),
        ]
        .into_iter()
        .filter(|(name, people)| *people > 0 || *name != "Not told")
        .map(|(name, people)| Figure::new(name, people, self.totals.served))
        .collect()
    }

    /// The coming days, each as the moment at which it begins, and how many passwords expire on it.
    pub(super) fn days(&self) -> impl Iterator<Item = (Timestamp, usize)> {
        let mut day = self.at;
        self.totals.expiry.by_day.iter().map(move |people| {
            let begins = day;
            day = day.plus(Duration::from_hours(24));
            (begins, *people)
        })
    }

    /// The largest places, and what is left of the others.
    pub(super) fn place_figures(&self) -> Vec<PlaceFigures> {
        let by_size = self.by_size();
        let shown = if by_size.len() > MOST_PLACES { MOST_PLACES - 1 } else { by_size.len() };
        let mut figures: Vec<_> = by_size[..shown]
            .iter()
            .map(|(container, coverage)| PlaceFigures {
                name: self.path(&container.dn),
                served: coverage.served,
                with_one: coverage.with_one(),
                with_two: coverage.with_two(),
            })
            .collect();
        let others = &by_size[shown..];
        if !others.is_empty() {
            let sum = |of: fn(&Coverage) -> usize| others.iter().map(|(_, each)| of(each)).sum();
            figures.push(PlaceFigures {
                name: count(others.len(), "other place", "other places"),
                served: sum(|coverage| coverage.served),
                with_one: sum(Coverage::with_one),
                with_two: sum(Coverage::with_two),
            });
        }
        figures
    }

    /// The policies, those of the most people first.
    pub(super) fn policies_by_size(&self) -> Vec<&InForce> {
        let mut all: Vec<_> = self.policies.iter().collect();
        all.sort_by_key(|policy| std::cmp::Reverse(policy.people));
        all
    }

    /// What was seen of the service account's rights: places with the same to say about them, the people there, and what there
    /// is to say.
    pub(super) fn rights_by_sentence(&self) -> Vec<(String, usize, String)> {
        let mut grouped: Vec<(Vec<String>, usize, String)> = Vec::new();
        for seen in &self.rights {
            let (container, sentence) = (&self.containers.all()[seen.place], seen.sentence());
            let place = self.path(&container.dn);
            match grouped.iter_mut().find(|(_, _, said)| *said == sentence) {
                Some((places, served, _)) => {
                    places.push(place);
                    *served += container.served;
                }
                None => grouped.push((vec![place], container.served, sentence)),
            }
        }
        let named = |places: Vec<String>| {
            let rest = places.len().saturating_sub(MOST_PLACES);
            let mut names: Vec<_> = places.into_iter().take(MOST_PLACES).collect();
            if rest > 0 {
                names.push(count(rest, "other place", "other places"));
            }
            list(&names)
        };
        grouped.into_iter().map(|(places, served, sentence)| (named(places), served, sentence)).collect()
    }
}

/// What to say of a policy of which nothing can be read.
pub(super) const fn unread(policy: &InForce) -> &'static str {
    match &policy.rules {
        Some(_) => "The service account may not read it.",
        None => "It could not be asked for.",
    }
}
