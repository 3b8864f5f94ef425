//! What is counted while people are read.

use regain_directory::Expiry;

use super::contact::Mail;
use super::facts::{DAYS, Facts, Standing};

/// Counts of everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    /// People for whom self-service is.
    pub(super) served: usize,
    pub(super) disabled: usize,
    pub(super) ended: usize,
    pub(super) protected: usize,
    /// What those who are served have on file.
    pub(super) on_file: OnFile,
    /// When those signed in last who can.
    pub(super) sign_ins: SignIns,
    /// When passwords of those who are served run out.
    pub(super) expiry: ExpiryCounts,
    /// Entries without an identifier.
    pub(super) unreadable: usize,
    /// How many servers are named.
    pub(super) servers: usize,
    /// Whether entries have a field for a second mail address.
    pub(super) keeps_other_mail: bool,
}

/// How many people have what on file, in a form to which a code can go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OnFile {
    pub(super) mobile: usize,
    pub(super) office_phone: usize,
    pub(super) other_mail: usize,
    /// The primary address, which never counts as a method.
    pub(super) mail: usize,
}

/// The last sign-in of people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SignIns {
    /// People by how long ago it was: [`SignIns::SPANS`].
    pub(super) ago: [usize; 5],
    /// People who never did.
    pub(super) never: usize,
    /// The same, with a new account.
    pub(super) new: usize,
    /// Whether anybody's is known, of whatever standing.
    any: bool,
}

/// When passwords run out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ExpiryCounts {
    /// People by day, from the next 24 hours on.
    pub(super) by_day: [usize; DAYS],
    /// Later than that.
    pub(super) later: usize,
    /// Already.
    pub(super) expired: usize,
    /// They must be changed first, whenever they would run out.
    pub(super) must_change: usize,
    pub(super) never: usize,
    pub(super) unknown: usize,
}

impl Totals {
    /// Everybody who was read.
    pub(super) const fn people(&self) -> usize {
        self.served + self.disabled + self.ended + self.protected
    }

    pub(super) fn add(&mut self, facts: &Facts<'_>) {
        self.sign_ins.any |= facts.person.signed_in_at.is_some();
        let count = match facts.standing {
            Standing::Served => &mut self.served,
            Standing::Disabled => &mut self.disabled,
            Standing::Ended => &mut self.ended,
            Standing::Protected(_) => &mut self.protected,
        };
        *count += 1;
        if facts.is_in_use() {
            self.sign_ins.add(facts);
        }
        if facts.is_served() {
            self.on_file.add(facts);
            self.expiry.add(facts);
        }
    }
}

impl OnFile {
    fn add(&mut self, facts: &Facts<'_>) {
        let contact = facts.contact;
        self.mobile += usize::from(!contact.mobiles.usable.is_empty());
        self.office_phone += usize::from(!contact.office_phones.usable.is_empty());
        self.other_mail += usize::from(contact.has_mail());
        self.mail += usize::from(matches!(contact.mail, Mail::Fine(_)));
    }
}

impl SignIns {
    /// The spans: their names, and how many days ago each ends.
    pub(super) const SPANS: [(&'static str, u64); 5] = [
        ("In the last 7 days", 7),
        ("8 to 30 days ago", 30),
        ("31 to 90 days ago", 90),
        ("91 days to a year ago", 365),
        ("More than a year ago", u64::MAX),
    ];

    /// Whether the directory tells. Where it tells of nobody, that nobody signed in is no fact.
    pub(super) const fn are_told(&self) -> bool {
        self.any
    }

    fn add(&mut self, facts: &Facts<'_>) {
        let Some(at) = facts.person.signed_in_at else {
            *(if facts.never_signed_in() { &mut self.never } else { &mut self.new }) += 1;
            return;
        };
        let seconds = facts.now.since(at).as_secs();
        let span = Self::SPANS.iter().position(|(_, days)| seconds <= days.saturating_mul(86_400));
        self.ago[span.unwrap_or(Self::SPANS.len() - 1)] += 1;
    }
}

impl ExpiryCounts {
    /// Within [`DAYS`].
    pub(super) fn soon(&self) -> usize {
        self.by_day.iter().sum()
    }

    fn add(&mut self, facts: &Facts<'_>) {
        if let Some(day) = facts.expires_on_day().and_then(|day| self.by_day.get_mut(day)) {
            *day += 1;
            return;
        }
        let count = match facts.person.account.expiry {
            _ if facts.person.account.must_change => &mut self.must_change,
            Expiry::Never => &mut self.never,
            Expiry::Unknown => &mut self.unknown,
            Expiry::At(at) if at <= facts.now => &mut self.expired,
            Expiry::At(_) => &mut self.later,
        };
        *count += 1;
    }
}
