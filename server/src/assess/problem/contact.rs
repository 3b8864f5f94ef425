//! What people have on file to prove who they are.

use super::{Description, Found, Severity};
use crate::assess::contact::{Mail, mail_fault, phone_fault};
use crate::assess::coverage::Share;
use crate::assess::facts::Facts;
use crate::assess::shared::Value;

pub(super) const CONTACT: &[Description] = &[
    Description {
        code: "nothing-on-file",
        name: "No way to prove who they are",
        severity: Severity::Blocks,
        sentence: "Neither a usable phone number nor a usable alternate email address is on file.",
        mend: "Add a mobile number and a private email address, or have these people register their own methods in Regain.",
        found: Found::Share { share: Share::Nothing, all: |_| true },
    },
    Description {
        code: "phone-only",
        name: "A phone number, but no alternate email address",
        severity: Severity::Blocks,
        sentence: "These people can reset where one method is required, but not where two are, which is the default.",
        mend: "Add an alternate email address that is not the work mailbox, or have them register an authenticator app or a \
               passkey in Regain.",
        // Where nobody can have one, it is the directory that lacks it.
        found: Found::Share { share: Share::Phone, all: |totals| totals.keeps_other_mail },
    },
    Description {
        code: "mail-only",
        name: "An alternate email address, but no phone number",
        severity: Severity::Blocks,
        sentence: "These people can reset where one method is required, but not where two are, which is the default.",
        mend: "Add a mobile number, or have them register an authenticator app or a passkey in Regain.",
        found: Found::Share { share: Share::Mail, all: |_| true },
    },
    Description {
        code: "phone-without-country",
        name: "Phone number without a country code",
        severity: Severity::Blocks,
        sentence: "The number is written as people in one country dial it. No code can be sent to it, because the same \
                   digits mean different lines in different countries.",
        mend: "Write the number with a plus sign and the country code, such as +44 20 7946 0018.",
        found: Found::Person(|facts| {
            served(facts, facts.contact.any_phone(|numbers| numbers.without_country))
        }),
    },
    Description {
        code: "mobile-malformed",
        name: "Unusable mobile number",
        severity: Severity::Blocks,
        sentence: "What is entered as the mobile number cannot be dialled.",
        mend: "Correct the number, or remove what is not one. Write it with a plus sign and the country code.",
        found: Found::Because(|facts| {
            facts.contact.mobiles.wrong.filter(|_| facts.is_served()).map(phone_fault)
        }),
    },
    Description {
        code: "office-phone-malformed",
        name: "Unusable office number",
        severity: Severity::Blocks,
        sentence: "What is entered as the office number cannot be dialled from outside.",
        mend: "Write the full number with a plus sign and the country code, followed by the extension, if there is one, as x123.",
        found: Found::Because(|facts| {
            facts.contact.office_phones.wrong.filter(|_| facts.is_served()).map(phone_fault)
        }),
    },
    Description {
        code: "phone-premium",
        name: "Premium-rate phone number",
        severity: Severity::Blocks,
        sentence: "The number is a premium-rate or shared-cost number. Regain never sends a code to one.",
        mend: "Replace it with an ordinary number.",
        found: Found::Person(|facts| served(facts, facts.contact.any_phone(|numbers| numbers.premium))),
    },
    Description {
        code: "other-mail-malformed",
        name: "Malformed alternate email address",
        severity: Severity::Blocks,
        sentence: "What is entered as the alternate email address is not an address.",
        mend: "Correct the address. Each value holds a single address.",
        found: Found::Because(|facts| {
            facts.contact.other_mails.wrong.filter(|_| facts.is_served()).map(mail_fault)
        }),
    },
    Description {
        code: "other-mail-is-primary",
        name: "Alternate email address is the primary one",
        severity: Severity::Blocks,
        sentence: "The alternate address is the same as the primary one. It does not count, because somebody who is locked \
                   out cannot read it.",
        mend: "Replace it with an address that can be read without the work account.",
        found: Found::Person(|facts| served(facts, facts.contact.other_mails.primary)),
    },
    Description {
        code: "other-mail-at-home",
        name: "Alternate email address at the organisation's own domain",
        severity: Severity::Note,
        sentence: "The alternate address is at the same domain as the work mailbox. If it leads to the same mailbox, \
                   somebody who is locked out cannot read the code.",
        mend: "Ask these people for a private address, or make sure that the mailbox can be opened with a different password.",
        found: Found::Person(|facts| served(facts, facts.contact.has_mail_at_home())),
    },
    Description {
        code: "other-mail-of-colleague",
        name: "Alternate email address is a colleague's mailbox",
        severity: Severity::Risk,
        sentence: "Codes for these people go to the work mailbox of somebody else in this directory, who could reset \
                   their passwords where one method is enough.",
        mend: "Replace it with an address that only its owner reads.",
        found: Found::Colleague,
    },
    Description {
        code: "other-mail-shared",
        name: "Same alternate email address",
        severity: Severity::Risk,
        sentence: "Several people have the same alternate address. Whoever reads that mailbox receives the codes of all of \
                   them.",
        mend: "Give each person an address of their own.",
        found: Found::Shared(Value::OtherMail),
    },
    Description {
        code: "mobile-shared",
        name: "Same mobile number",
        severity: Severity::Risk,
        sentence: "Several people have the same mobile number. Whoever holds that phone receives the codes of all of \
                   them.",
        mend: "Find out whose number it is and remove it from the others. A number may have been handed on when \
               somebody left.",
        found: Found::Shared(Value::Mobile),
    },
    Description {
        code: "office-phone-shared",
        name: "Same office number",
        severity: Severity::Risk,
        sentence: "Several people have the same office number with the same extension, as with a switchboard or a \
                   shared desk. Whoever answers hears the codes of all of them.",
        mend: "Enter direct lines or extensions, or leave the method 'Office phone' off.",
        found: Found::Shared(Value::OfficePhone),
    },
    Description {
        code: "mail-shared",
        name: "Same primary email address",
        severity: Severity::Risk,
        sentence: "Several people have the same primary address. Notices about one account reach the others as well.",
        mend: "Give each person a mailbox of their own.",
        found: Found::Shared(Value::Mail),
    },
    Description {
        code: "mail-missing",
        name: "No primary email address",
        severity: Severity::Note,
        sentence: "These people cannot be told by email when their password is reset or about to expire.",
        mend: "Add the address of the work mailbox, where there is one.",
        found: Found::Person(|facts| served(facts, matches!(facts.contact.mail, Mail::Missing))),
    },
    Description {
        code: "mail-malformed",
        name: "Malformed primary email address",
        severity: Severity::Note,
        sentence: "What is entered as the primary email address is not an address, so no notice can arrive.",
        mend: "Correct the address.",
        found: Found::Because(|facts| match &facts.contact.mail {
            Mail::Wrong(problem) if facts.is_served() => Some(mail_fault(*problem)),
            _ => None,
        }),
    },
];

fn served(facts: &Facts<'_>, has_problem: bool) -> bool {
    facts.is_served() && has_problem
}
