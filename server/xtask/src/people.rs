//! People for bulk import.

use std::fmt::Write as _;

/// A row of Microsoft Entra's bulk-create file.
pub struct Person {
    pub upn: String,
    pub password: String,
    pub blocked: bool,
    /// Empty, or as an administrator enters it.
    pub mobile: String,
    /// Empty, or as an administrator enters it.
    pub email: String,
}

impl Person {
    /// Somebody with an address and a number.
    pub fn reachable(upn: String, number: usize) -> Self {
        let email = upn.replace("contoso.example", "mail.example");
        let password = format!("Initial-{number}-password");
        Self { upn, password, blocked: false, mobile: format!("+1 42555{number:05}"), email }
    }

    /// Somebody whom no message reaches.
    pub fn unreachable(upn: String, number: usize) -> Self {
        Self { mobile: String::new(), email: String::new(), ..Self::reachable(upn, number) }
    }
}

/// The file that `regain user import` takes.
pub fn bulk_file<'p>(people: impl IntoIterator<Item = &'p Person>) -> String {
    let mut file = String::from(
        "version:v1.0\nName [displayName] Required,User name [userPrincipalName] Required,\
         Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,\
         Mobile phone [mobile],Alternate email [otherMails]\n",
    );
    for Person { upn, password, blocked, mobile, email } in people {
        let blocked = if *blocked { "Yes" } else { "No" };
        let name = upn.split('@').next().unwrap_or_default();
        // Writing into a string cannot fail.
        let _ = writeln!(file, "{name},{upn},{password},{blocked},{mobile},{email}");
    }
    file
}
