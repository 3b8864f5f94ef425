//! Administrative roles and what they allow (R16 to R22).

text_enum! {
    /// A role of the directory.
    pub enum Role {
        /// May do everything.
        GlobalAdministrator = "global_administrator",
        /// Sets the reset policy.
        AuthenticationPolicyAdministrator = "authentication_policy_administrator",
        /// Manages users and groups.
        UserAdministrator = "user_administrator",
        /// Helps people who are locked out.
        HelpdeskAdministrator = "helpdesk_administrator",
        /// Resets passwords of ordinary people.
        PasswordAdministrator = "password_administrator",
        /// Manages the methods of ordinary people.
        AuthenticationAdministrator = "authentication_administrator",
        /// Manages the methods of administrators, too.
        PrivilegedAuthenticationAdministrator = "privileged_authentication_administrator",
        /// Reads audit and reports.
        ReportsReader = "reports_reader",
        /// Reads audit and reports.
        SecurityReader = "security_reader",
        /// Reads audit and reports.
        SecurityOperator = "security_operator",
        /// Reads audit and reports.
        SecurityAdministrator = "security_administrator",
        /// Reads what a global administrator reads, the reset policy aside (R19).
        GlobalReader = "global_reader",
        /// Reads reports.
        ApplicationAdministrator = "application_administrator",
        /// Reads reports.
        CloudApplicationAdministrator = "cloud_application_administrator",
    }
}

text_enum! {
    /// Something that an administrator may or may not do.
    pub enum Right {
        /// See the tabs of the policy (R19).
        ReadPolicy = "read_policy",
        /// Save the tabs of the policy (R16, R17).
        SavePolicy = "save_policy",
        /// Save *On-premises integration* (R18).
        SaveOnPremises = "save_on_premises",
        /// Save *Administrator policy* (R213).
        SaveAdministratorPolicy = "save_administrator_policy",
        /// Read the audit log (R20).
        ReadAudit = "read_audit",
        /// Say for how long records of the audit log are kept.
        SetRetention = "set_retention",
        /// Read *Usage & insights* (R21).
        ReadUsage = "read_usage",
        /// See users.
        ReadUsers = "read_users",
        /// Create, edit, block and delete users.
        ManageUsers = "manage_users",
        /// See groups, for example to choose one.
        ReadGroups = "read_groups",
        /// Create and delete groups and their members.
        ManageGroups = "manage_groups",
        /// Grant and revoke roles.
        AssignRoles = "assign_roles",
        /// Set contact data and remove the methods of other people.
        ManageMethods = "manage_methods",
        /// Set a password that must be changed at the next sign-in.
        ResetUsers = "reset_users",
        /// Release locks of recovery and of sign-in.
        ReleaseLocks = "release_locks",
        /// Look a support code up.
        ReadSupportCodes = "read_support_codes",
        /// Edit banned words, the password profile and smart lockout (R22).
        EditBannedWords = "edit_banned_words",
        /// Name the organisation and set its logo (R22).
        NameOrganization = "name_organization",
        /// Edit the texts of messages: who writes them speaks to everybody in the organisation's name.
        EditMessages = "edit_messages",
        /// See and test channels.
        ManageChannels = "manage_channels",
    }
}

impl Role {
    /// The name that people know: `Global Administrator`.
    pub const fn display_name(self) -> &'static str {
        match self {
            Role::GlobalAdministrator => "Global Administrator",
            Role::AuthenticationPolicyAdministrator => "Authentication Policy Administrator",
            Role::UserAdministrator => "User Administrator",
            Role::HelpdeskAdministrator => "Helpdesk Administrator",
            Role::PasswordAdministrator => "Password Administrator",
            Role::AuthenticationAdministrator => "Authentication Administrator",
            Role::PrivilegedAuthenticationAdministrator => "Privileged Authentication Administrator",
            Role::ReportsReader => "Reports Reader",
            Role::SecurityReader => "Security Reader",
            Role::SecurityOperator => "Security Operator",
            Role::SecurityAdministrator => "Security Administrator",
            Role::GlobalReader => "Global Reader",
            Role::ApplicationAdministrator => "Application Administrator",
            Role::CloudApplicationAdministrator => "Cloud Application Administrator",
        }
    }

    /// Reads a role in any spelling that people use: `global_administrator`, `Global Administrator`.
    pub fn parse_name(text: &str) -> Option<Role> {
        let name = text.trim().to_ascii_lowercase().replace([' ', '-'], "_");
        name.parse().ok()
    }

    /// Whether who holds the role is an administrator: two methods, never questions.
    pub const fn privileged(self) -> bool {
        !matches!(
            self,
            Role::ReportsReader
                | Role::SecurityReader
                | Role::SecurityOperator
                | Role::GlobalReader
                | Role::CloudApplicationAdministrator
        )
    }

    /// Whether the role by itself gives the right.
    pub const fn allows(self, right: Right) -> bool {
        use Right as R;
        match self {
            Role::GlobalAdministrator => true,
            Role::AuthenticationPolicyAdministrator => matches!(
                right,
                R::ReadPolicy | R::SavePolicy | R::EditBannedWords | R::ReadGroups | R::ReadUsers
            ),
            Role::UserAdministrator => matches!(
                right,
                R::ReadUsers
                    | R::ManageUsers
                    | R::ReadGroups
                    | R::ManageGroups
                    | R::ManageMethods
                    | R::ResetUsers
                    | R::ReleaseLocks
                    | R::ReadSupportCodes
            ),
            Role::HelpdeskAdministrator | Role::PasswordAdministrator => {
                matches!(right, R::ReadUsers | R::ResetUsers | R::ReleaseLocks | R::ReadSupportCodes)
            }
            Role::AuthenticationAdministrator | Role::PrivilegedAuthenticationAdministrator => matches!(
                right,
                R::ReadUsers | R::ManageMethods | R::ResetUsers | R::ReleaseLocks | R::ReadSupportCodes
            ),
            Role::GlobalReader => {
                matches!(right, R::ReadAudit | R::ReadUsage | R::ReadUsers | R::ReadGroups)
            }
            Role::ReportsReader
            | Role::SecurityReader
            | Role::SecurityOperator
            | Role::SecurityAdministrator => matches!(right, R::ReadAudit | R::ReadUsage),
            Role::ApplicationAdministrator | Role::CloudApplicationAdministrator => {
                matches!(right, R::ReadUsage)
            }
        }
    }
}

/// Whether any of the roles gives the right.
pub fn allows(roles: &[Role], right: Right) -> bool {
    roles.iter().any(|role| role.allows(right))
}

/// Whether any of the roles makes an administrator, who is under the administrator policy (R209).
pub fn is_administrator(roles: &[Role]) -> bool {
    roles.iter().any(|role| role.privileged())
}

/// Whether who holds `actor` may change an account that holds `target`, if a right allows the change.
///
/// Nobody but a Global Administrator touches an account of equal or higher standing (T112). Every role stands above
/// none: whoever may set the password of a reader reads what the reader reads. A User Administrator manages readers,
/// too.
pub fn may_manage(actor: &[Role], target: &[Role]) -> bool {
    let untouchable = [Role::GlobalAdministrator, Role::PrivilegedAuthenticationAdministrator];
    target.is_empty()
        || actor.contains(&Role::GlobalAdministrator)
        || (actor.contains(&Role::PrivilegedAuthenticationAdministrator)
            && !target.iter().any(|role| untouchable.contains(role)))
        || (actor.contains(&Role::UserAdministrator) && !is_administrator(target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_names_of_every_role_are_read() {
        for role in Role::ALL {
            assert_eq!(Role::parse_name(role.as_str()), Some(*role));
            assert_eq!(Role::parse_name(role.display_name()), Some(*role));
        }
        assert_eq!(Role::parse_name("administrator"), None);
    }
}
