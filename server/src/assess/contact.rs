//! What a person has on file, judged by the rules by which Regain takes a number or an address.

use regain_core::contact::{EmailAddress, EmailProblem, PhoneNumber, PhoneProblem};
use regain_directory::Person;

/// The contact data of a person.
#[derive(Debug)]
pub(super) struct Contact {
    pub(super) mobiles: Numbers,
    pub(super) office_phones: Numbers,
    pub(super) other_mails: Addresses,
    pub(super) mail: Mail,
}

/// Phone numbers of one sort.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// Those to which a code can go.
    pub(super) usable: Vec<PhoneNumber>,
    /// Whether one is a number that earns somebody money: no code ever goes there.
    pub(super) premium: bool,
    /// Whether one is written as people of some country dial it, without the country.
    pub(super) without_country: bool,
    /// The first thing that is wrong with one of the others.
    pub(super) wrong: Option<PhoneProblem>,
}

/// Mail addresses beside the primary one.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// Those to which a code can go.
    pub(super) usable: Vec<EmailAddress>,
    /// Whether one is the primary address once more, which is no second way in.
    pub(super) primary: bool,
    /// The first thing that is wrong with one of the others.
    pub(super) wrong: Option<EmailProblem>,
}

/// The primary mail address.
#[derive(Debug)]
pub(super) enum Mail {
    Missing,
    Wrong(EmailProblem),
    Fine(EmailAddress),
}

impl Contact {
    pub(super) fn of(person: &Person) -> Self {
        let mail = match person.mail.as_deref().map(EmailAddress::parse) {
            None | Some(Err(EmailProblem::Empty)) => Mail::Missing,
            Some(Err(problem)) => Mail::Wrong(problem),
            Some(Ok(address)) => Mail::Fine(address),
        };
        Self {
            mobiles: Numbers::of(&person.mobiles),
            office_phones: Numbers::of(&person.office_phones),
            other_mails: Addresses::of(&person.other_mails, &mail),
            mail,
        }
    }

    /// Whether a code can go to a phone: mobile or office, which are one kind of proof.
    pub(super) const fn has_phone(&self) -> bool {
        !self.mobiles.usable.is_empty() || !self.office_phones.usable.is_empty()
    }

    /// Whether a code can go to a mailbox that is not the one behind the lost password.
    pub(super) const fn has_mail(&self) -> bool {
        !self.other_mails.usable.is_empty()
    }

    /// Whether an other address is at the domain of the primary one: most often it is the same mailbox.
    pub(super) fn has_mail_at_home(&self) -> bool {
        let Mail::Fine(primary) = &self.mail else { return false };
        self.other_mails.usable.iter().any(|address| address.domain() == primary.domain())
    }

    /// Whether some phone number fits a question.
    pub(super) fn any_phone(&self, fits: fn(&Numbers) -> bool) -> bool {
        fits(&self.mobiles) || fits(&self.office_phones)
    }
}

impl Numbers {
    fn of(written: &[String]) -> Self {
        let mut numbers = Self::default();
        for text in written {
            match PhoneNumber::parse(text, None) {
                Ok(number) if number.is_premium() => numbers.premium = true,
                Ok(number) => numbers.usable.push(number),
                Err(PhoneProblem::Empty) => {}
                Err(PhoneProblem::CountryMissing) => numbers.without_country = true,
                Err(problem) => numbers.wrong = numbers.wrong.or(Some(problem)),
            }
        }
        numbers
    }
}

impl Addresses {
    fn of(written: &[String], mail: &Mail) -> Self {
        let primary = if let Mail::Fine(primary) = mail { Some(primary.key()) } else { None };
        let mut addresses = Self::default();
        for text in written {
            match EmailAddress::parse(text) {
                Ok(address) if Some(address.key()) == primary => addresses.primary = true,
                Ok(address) => addresses.usable.push(address),
                Err(EmailProblem::Empty) => {}
                Err(problem) => addresses.wrong = addresses.wrong.or(Some(problem)),
            }
        }
        addresses
    }
}

/// In a few words, what is wrong with a phone number.
pub(super) const fn phone_fault(problem: PhoneProblem) -> &'static str {
    match problem {
        PhoneProblem::Empty => "empty",
        PhoneProblem::CountryMissing => "no country code",
        PhoneProblem::CountryUnknown => "no such country code",
        PhoneProblem::Malformed => "letters or other characters that no number has",
        PhoneProblem::TooShort => "too few digits",
        PhoneProblem::TooLong => "too many digits",
        PhoneProblem::WrongLength => "no number of that country has this many digits",
    }
}

/// In a few words, what is wrong with a mail address.
pub(super) const fn mail_fault(problem: EmailProblem) -> &'static str {
    match problem {
        EmailProblem::Empty => "empty",
        EmailProblem::Malformed => "not an address",
        EmailProblem::TooLong => "too long",
    }
}
