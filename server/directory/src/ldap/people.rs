//! People: which entries are asked for, and what an entry says about a person.

mod active_directory;
mod ds389;
mod freeipa;
mod ppolicy;
pub(crate) mod privileged;

use ldap3::ldap_escape;
use regain_core::time::Timestamp;

use super::entry::Entry;
use super::search::Query;
use super::settings::Settings;
use super::values::{Filetime, guid, guid_filter};
use crate::kind::Kind;
use crate::person::{Account, Person, PersonId};
use crate::rules::Rules;
use privileged::Privileged;

/// Longer names are no names.
const LONGEST_NAME: usize = 256;

/// A search for whoever is called so; `None`: nobody can be.
pub(crate) fn by_name(settings: &Settings, name: &str) -> Option<Query> {
    if name.trim().is_empty() || name.chars().count() > LONGEST_NAME || name.contains('\0') {
        return None;
    }
    let name = ldap_escape(name);
    let names = &settings.attributes;
    Some(people(settings, &format!("(|({}={name})({}={name}))", names.username, names.account_name)))
}

/// A search for a person who was found before; `None`: that is no identifier of this directory.
pub(crate) fn by_id(settings: &Settings, id: &PersonId) -> Option<Query> {
    let filter = match settings.kind {
        Kind::ActiveDirectory => format!("(objectGUID={})", guid_filter(&id.0)?),
        _ if id.0.is_empty() || id.0.len() > LONGEST_NAME => return None,
        _ => format!("({}={})", settings.attributes.id, ldap_escape(id.0.as_str())),
    };
    Some(people(settings, &filter))
}

/// A search for everybody.
pub(crate) fn everybody(settings: &Settings) -> Query {
    people(settings, "")
}

fn people(settings: &Settings, which: &str) -> Query {
    let filter = format!("(&{}{which})", settings.people());
    let own = settings.attributes.of_people().map(str::to_owned);
    let attributes = own.chain(state(settings.kind).iter().map(|&name| name.to_owned())).collect();
    Query::below(&settings.base, filter, attributes)
}

/// The attributes in which a kind keeps the state of an account.
const fn state(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::ActiveDirectory => active_directory::ATTRIBUTES,
        Kind::OpenLdap | Kind::Ldap => ppolicy::ATTRIBUTES,
        Kind::Ds389 => ds389::ATTRIBUTES,
        Kind::FreeIpa => freeipa::ATTRIBUTES,
    }
}

/// The policy that an entry names as its own.
pub(crate) fn own_policy(kind: Kind, entry: &Entry) -> Option<String> {
    let names: &[&str] = match kind {
        // Who may not read the result may still see that a policy points here.
        Kind::ActiveDirectory => &["msDS-ResultantPSO", "msDS-PSOApplied"],
        Kind::OpenLdap | Kind::Ldap | Kind::Ds389 => &["pwdPolicySubentry"],
        Kind::FreeIpa => &["krbPwdPolicyReference"],
    };
    names.iter().find_map(|name| entry.text(name)).map(str::to_owned)
}

/// What is known beside the entry.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// What was set up.
    pub(crate) settings: &'a Settings,
    /// The rules for this entry.
    pub(crate) rules: &'a Rules,
    /// Groups that rule the directory.
    pub(crate) privileged: &'a Privileged,
    /// The present.
    pub(crate) now: Timestamp,
}

/// The person of an entry; `None`: without an identifier nobody can be told from a later owner of the name.
pub(crate) fn person(entry: &Entry, context: Context<'_>) -> Option<Person> {
    let kind = context.settings.kind;
    let names = &context.settings.attributes;
    let contact =
        |name: &Option<String>| name.as_deref().map(|name| entry.all_shown(name)).unwrap_or_default();
    let is_windows = kind == Kind::ActiveDirectory;
    let (created, changed) =
        if is_windows { ("whenCreated", "whenChanged") } else { ("createTimestamp", "modifyTimestamp") };
    Some(Person {
        id: id(context.settings, entry)?,
        dn: entry.dn.clone(),
        username: entry.shown(&names.username),
        account_name: entry.shown(&names.account_name),
        display_name: entry.shown(&names.display_name),
        given_name: entry.shown(&names.given_name),
        family_name: entry.shown(&names.family_name),
        mail: entry.shown(&names.mail),
        mobiles: contact(&names.mobile),
        office_phones: contact(&names.office_phone),
        other_mails: contact(&names.other_mail),
        created_at: entry.instant(created),
        changed_at: entry.instant(changed),
        signed_in_at: signed_in_at(kind, entry),
        policy: own_policy(kind, entry),
        account: account(entry, context),
    })
}

/// What stays of an entry.
pub(crate) fn id(settings: &Settings, entry: &Entry) -> Option<PersonId> {
    let text = match settings.kind {
        Kind::ActiveDirectory => guid(entry.first("objectGUID")?)?,
        _ => entry.shown(&settings.attributes.id)?.to_lowercase(),
    };
    Some(PersonId(text))
}

fn signed_in_at(kind: Kind, entry: &Entry) -> Option<Timestamp> {
    let names: &[&str] = match kind {
        Kind::ActiveDirectory => {
            return match entry.filetime("lastLogonTimestamp")? {
                Filetime::At(at) => Some(at),
                Filetime::Zero | Filetime::Never => None,
            };
        }
        Kind::OpenLdap | Kind::Ldap => &["pwdLastSuccess", "authTimestamp"],
        Kind::Ds389 => &["lastLoginTime"],
        Kind::FreeIpa => &["krbLastSuccessfulAuth"],
    };
    names.iter().find_map(|name| entry.instant(name))
}

fn account(entry: &Entry, context: Context<'_>) -> Account {
    match context.settings.kind {
        Kind::ActiveDirectory => active_directory::account(entry, context),
        Kind::OpenLdap | Kind::Ldap => ppolicy::account(entry, context),
        Kind::Ds389 => ds389::account(entry, context),
        Kind::FreeIpa => freeipa::account(entry, context),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ldap::Attributes;
    use crate::rules::Source;
    use proptest::prelude::*;
    use regain_core::secret::Secret;

    fn settings(kind: Kind) -> Settings {
        let servers = vec!["ldaps://dc1.example".parse().unwrap()];
        Settings::new(kind, servers, "ou=people,dc=example", "cn=svc", Secret::from("secret"))
    }

    #[test]
    fn a_name_is_escaped_and_nothing_is_asked_for_none() {
        let settings = settings(Kind::OpenLdap);
        let query = by_name(&settings, "*)(uid=*))(|(uid=*").unwrap();
        let name = "\\2a\\29\\28uid=\\2a\\29\\29\\28|\\28uid=\\2a";
        assert_eq!(query.filter, format!("(&(objectClass=person)(|(mail={name})(uid={name})))"));
        for nobody in ["", "  ", "a\0b", &"a".repeat(257)] {
            assert!(by_name(&settings, nobody).is_none());
        }
    }

    #[test]
    fn an_identifier_of_active_directory_is_bytes() {
        let id = PersonId("03020100-0504-0706-0809-0a0b0c0d0e0f".to_owned());
        let query = by_id(&settings(Kind::ActiveDirectory), &id).unwrap();
        assert!(
            query.filter.contains("(objectGUID=\\00\\01\\02\\03\\04\\05\\06\\07\\08"),
            "{}",
            query.filter
        );
        assert!(by_id(&settings(Kind::ActiveDirectory), &PersonId("*".to_owned())).is_none());
        let query = by_id(&settings(Kind::OpenLdap), &PersonId("*".to_owned())).unwrap();
        assert!(query.filter.ends_with("(entryUUID=\\2a))"), "{}", query.filter);
    }

    #[test]
    fn without_an_identifier_there_is_no_person() {
        let settings = settings(Kind::OpenLdap);
        let rules = Rules::unknown(Source::None);
        let privileged = Privileged::default();
        let context =
            Context { settings: &settings, rules: &rules, privileged: &privileged, now: Timestamp(0) };
        assert_eq!(person(&Entry::of("uid=a", &[("uid", b"a")]), context), None);
        let found = person(&Entry::of("uid=a", &[("uid", b"a"), ("entryUUID", b"AB-1")]), context).unwrap();
        assert_eq!(found.id, PersonId("ab-1".to_owned()));
        assert_eq!((found.username, found.account_name.as_deref()), (None, Some("a")));
    }

    proptest! {
        #[test]
        fn every_name_makes_one_filter(name in ".{1,40}") {
            for kind in Kind::ALL {
                let mut settings = settings(kind);
                settings.attributes = Attributes::preset(kind);
                if let Some(query) = by_name(&settings, &name) {
                    prop_assert!(ldap3::parse_filter(&query.filter).is_ok(), "{}", query.filter);
                }
            }
        }
    }
}
