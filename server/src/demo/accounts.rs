//! The people and groups of Contoso.

use regain_core::role::Role;

/// The group that the tutorial enables.
pub const TEST_GROUP: &str = "SSPR-Test-Group";
/// A group inside it.
pub const NESTED_GROUP: &str = "SSPR-Nested-Group";

/// A demo account; its address is `<name>@contoso.example`.
pub struct Account {
    /// What comes before the `@`.
    pub name: &'static str,
    /// First name.
    pub given_name: &'static str,
    /// Last name.
    pub surname: &'static str,
    /// Its role.
    pub role: Option<Role>,
    /// The group it is in.
    pub group: Option<&'static str>,
    /// Contact data that an administrator entered.
    pub entered: Option<Entered>,
}

/// Contact data that an administrator entered.
pub struct Entered {
    /// Mobile phone.
    pub mobile_phone: &'static str,
    /// Alternate email.
    pub alternate_email: &'static str,
}

impl Account {
    const fn new(name: &'static str, given_name: &'static str, surname: &'static str) -> Self {
        Self { name, given_name, surname, role: None, group: None, entered: None }
    }

    const fn role(self, role: Role) -> Self {
        Self { role: Some(role), ..self }
    }

    const fn member_of(self, group: &'static str) -> Self {
        Self { group: Some(group), ..self }
    }

    const fn entered(self, mobile_phone: &'static str, alternate_email: &'static str) -> Self {
        Self { entered: Some(Entered { mobile_phone, alternate_email }), ..self }
    }

    /// The user principal name, which is also the mail address.
    pub fn upn(&self) -> String {
        format!("{}@contoso.example", self.name)
    }

    /// One line about the account.
    pub fn about(&self) -> String {
        let what = match (self.role, self.group) {
            (Some(role), _) => role.display_name().to_owned(),
            (None, Some(NESTED_GROUP)) => format!("member of {NESTED_GROUP}, which is in {TEST_GROUP}"),
            (None, Some(group)) => format!("member of {group}"),
            (None, None) => "in no group".to_owned(),
        };
        match &self.entered {
            Some(data) => format!("{what}; {}, {} entered", data.mobile_phone, data.alternate_email),
            None => what,
        }
    }
}

/// Every demo account.
pub const ACCOUNTS: [Account; 9] = [
    Account::new("admin", "Alma", "Berg").role(Role::GlobalAdministrator),
    Account::new("policy", "Piotr", "Lind").role(Role::AuthenticationPolicyAdministrator),
    Account::new("reader", "Rita", "Novak").role(Role::ReportsReader),
    Account::new("helpdesk", "Hugo", "Marsh").role(Role::HelpdeskAdministrator),
    Account::new("testuser", "Test", "User").member_of(TEST_GROUP),
    Account::new("nested", "Nina", "Este").member_of(NESTED_GROUP),
    Account::new("outsider", "Otto", "Sand"),
    Account::new("prefilled", "Petra", "Field")
        .member_of(TEST_GROUP)
        .entered("+1 4255550123", "prefilled@mail.example"),
    Account::new("prefilled-outside", "Pavel", "Outer")
        .entered("+1 4255550124", "prefilled-outside@mail.example"),
];
