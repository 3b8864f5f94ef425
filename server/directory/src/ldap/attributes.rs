//! How a directory calls what Regain wants to know about a person or group.

use crate::kind::Kind;

/// The names of attributes. Where a name is `None`, the directory has no such thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attributes {
    /// What stays when a person is renamed or moved. In Active Directory always `objectGUID`, whose bytes are no text.
    pub id: String,
    /// What a person signs in with first: an address.
    pub username: String,
    /// The short name.
    pub account_name: String,
    /// The full name to show.
    pub display_name: String,
    /// First name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The primary mail address. Never a method.
    pub mail: String,
    /// Mobile numbers: contact data.
    pub mobile: Option<String>,
    /// Office numbers: contact data.
    pub office_phone: Option<String>,
    /// Other mail addresses: contact data.
    pub other_mail: Option<String>,
    /// The name of a group.
    pub group_name: String,
    /// DNs of members; of several names each counts.
    pub members: Vec<String>,
}

impl Attributes {
    /// As `kind` calls them where nobody changed it.
    pub fn preset(kind: Kind) -> Self {
        let is_windows = kind == Kind::ActiveDirectory;
        let id = match kind {
            Kind::ActiveDirectory => "objectGUID",
            Kind::OpenLdap | Kind::Ldap => "entryUUID",
            Kind::Ds389 => "nsUniqueId",
            Kind::FreeIpa => "ipaUniqueID",
        };
        let display_name = if kind == Kind::OpenLdap || kind == Kind::Ldap { "cn" } else { "displayName" };
        let members: &[&str] = match kind {
            Kind::ActiveDirectory | Kind::FreeIpa => &["member"],
            Kind::OpenLdap | Kind::Ds389 | Kind::Ldap => &["member", "uniqueMember"],
        };
        Self {
            id: id.to_owned(),
            username: if is_windows { "userPrincipalName" } else { "mail" }.to_owned(),
            account_name: if is_windows { "sAMAccountName" } else { "uid" }.to_owned(),
            display_name: display_name.to_owned(),
            given_name: "givenName".to_owned(),
            family_name: "sn".to_owned(),
            mail: "mail".to_owned(),
            mobile: Some("mobile".to_owned()),
            office_phone: Some("telephoneNumber".to_owned()),
            other_mail: is_windows.then(|| "otherMailbox".to_owned()),
            group_name: "cn".to_owned(),
            members: members.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    /// Those of a person.
    pub(crate) fn of_people(&self) -> impl Iterator<Item = &str> {
        let always = [
            &self.id,
            &self.username,
            &self.account_name,
            &self.display_name,
            &self.given_name,
            &self.family_name,
            &self.mail,
        ];
        let contact = [&self.mobile, &self.office_phone, &self.other_mail];
        always.into_iter().chain(contact.into_iter().flatten()).map(String::as_str)
    }

    /// Those of a group.
    pub(crate) fn of_groups(&self) -> impl Iterator<Item = &str> {
        [&self.id, &self.group_name].into_iter().chain(&self.members).map(String::as_str)
    }

    /// They become parts of filters: `keystring` or `numericoid` (RFC 4512, 1.4), nothing else.
    pub(crate) fn are_names(&self) -> bool {
        let is_name = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
        };
        self.of_people().all(is_name) && self.of_groups().all(is_name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_data_of_active_directory_is_what_the_tutorial_names_and_mail_is_not_among_it() {
        let names = Attributes::preset(Kind::ActiveDirectory);
        assert_eq!(names.mobile.as_deref(), Some("mobile"));
        assert_eq!(names.office_phone.as_deref(), Some("telephoneNumber"));
        assert_eq!(names.other_mail.as_deref(), Some("otherMailbox"));
        assert_eq!(names.mail, "mail");
    }
}
