//! The service account, and the directory as a whole.

use super::{Description, Found, Severity};
use crate::assess::rights::Right;

pub(super) const SERVICE: &[Description] = &[
    Description {
        code: "cannot-set-password",
        name: "The service account may not set passwords",
        severity: Severity::Blocks,
        sentence: "A reset would be refused for the people in these places.",
        mend: "Delegate the right with the commands under 'Rights of the service account'.",
        found: Found::Lacks(Right::SetPassword),
    },
    Description {
        code: "cannot-unlock",
        name: "The service account may not unlock accounts",
        severity: Severity::Blocks,
        sentence: "Unlocking would be refused for the people in these places, and in Active Directory an account that \
                   is locked would stay locked after a reset.",
        mend: "Delegate the right with the commands under 'Rights of the service account'.",
        found: Found::Lacks(Right::Unlock),
    },
    Description {
        code: "cannot-require-change",
        name: "The service account may not require a password change",
        severity: Severity::Blocks,
        sentence: "When an administrator resets a password in Regain, its owner could not be made to change it at the \
                   next sign-in.",
        mend: "Delegate the right with the commands under 'Rights of the service account'.",
        found: Found::Lacks(Right::RequireChange),
    },
    Description {
        code: "too-many-rights",
        name: "The service account may do more than it needs",
        severity: Severity::Risk,
        sentence: "Whoever got hold of the service account could do more harm than reset passwords in these places.",
        mend: "Take the account out of administrative groups and delegate only what is listed under 'Rights of the \
               service account'.",
        found: Found::Excess,
    },
    Description {
        code: "rights-untold",
        name: "The directory does not tell what the service account may do",
        severity: Severity::Note,
        sentence: "Whether a reset would be allowed in these places shows only when one is tried.",
        mend: "Compare the access rules with those under 'Rights of the service account', then try a reset of a test \
               account.",
        found: Found::Untold,
    },
    Description {
        code: "no-second-mail",
        name: "No field for an alternate email address",
        severity: Severity::Blocks,
        sentence: "Entries of this kind of directory have no field for an alternate email address, so by what is on file \
                   nobody can reset where two methods are required.",
        mend: "Have people register a private address, an authenticator app or a passkey in Regain, or require one \
               method.",
        found: Found::Directory(|totals| !totals.keeps_other_mail),
    },
    Description {
        code: "unreadable",
        name: "Entries without an identifier",
        severity: Severity::Blocks,
        sentence: "Some entries do not show their objectGUID, entryUUID, nsUniqueId or ipaUniqueID. Regain leaves them \
                   out, because it could not tell their owners from others who get the same name later.",
        mend: "Let the service account read the identifier of every person.",
        found: Found::Directory(|totals| totals.unreadable > 0),
    },
    Description {
        code: "sign-ins-untold",
        name: "The directory does not tell when people signed in",
        severity: Severity::Note,
        sentence: "Accounts that nobody uses any more cannot be found.",
        mend: "In OpenLDAP set 'lastbind on' for the database; in 389 Directory Server turn on the account policy \
               plug-in; in Active Directory let the service account read lastLogonTimestamp.",
        found: Found::Directory(|totals| totals.people() > 0 && !totals.sign_ins.are_told()),
    },
    Description {
        code: "one-server",
        name: "Only one server is named",
        severity: Severity::Note,
        sentence: "While that server is down, nobody can reset.",
        mend: "Name a second server with another --url, if there is one.",
        found: Found::Directory(|totals| totals.servers == 1),
    },
];
