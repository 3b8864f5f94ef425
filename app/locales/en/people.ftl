# Users and roles, in the admin portal.

people-lead = Everyone in your directory, and whether they are ready to reset their password.
people-new = New user
people-create = Create
people-search = Search users
people-search-hint = The beginning of a name or username.
people-show = Show
people-show-all = Everybody
people-show-administrators = Administrators
people-show-blocked = Blocked users
people-apply = Search
people-clear = Clear the search
people-none = There are no users yet.
people-none-match = No users match this search.
people-shown = { $n ->
    [one] 1 on this page
   *[other] { $n } on this page
}

# The list
people-name = Name
people-upn-short = Username
people-methods = Methods
people-no-methods = None
people-state = State
people-blocked = Sign-in blocked
people-administrator = Administrator
people-yes = Yes
people-no = No

# Fields
people-upn = User principal name
people-upn-hint = The name to sign in with, such as ana@contoso.example. It cannot be changed later.
people-display-name = Display name
people-first-name = First name
people-last-name = Last name
people-initial-password = Initial password
people-initial-password-hint = At least 8 characters, no name of the user’s, and no common password. The user has to choose another one at the first sign-in.
people-contact = Contact data
people-contact-hint = All of it may stay empty. What you enter can be used to reset the password at once.
people-mail = Mail
people-mail-hint = The primary address. Notices about the account go there.
people-mobile-phone = Mobile phone
people-phone-hint = Plus, country code, a space and the number, such as +1 4255550123.
people-office-phone = Office phone
people-alternate-email = Alternate email
people-alternate-email-hint = An address outside this organization, for verification codes.

# One user
people-overview = Overview
people-details = Names and contact data
people-sign-in = Sign-in
people-allowed = Allowed
people-must-change = The password must be changed at the next sign-in.
people-groups = Groups
people-no-groups = In no group
people-policy = Policy
people-policy-administrators = Administrator policy: two methods, never security questions
people-set-up = Set up on
people-confirmed = Last reviewed
people-registered-methods = Registered methods
people-methods-none = Nothing is registered. Contact data above may still be enough to reset the password.
people-method = Method
people-method-about = Details
people-method-added = Added
people-method-used = Last used
people-method-action = Action
people-remove = Remove
people-password = Password
people-password-what = Sets a password that must be changed at the next sign-in. The user is signed out everywhere and is told by email.
people-temporary-password = Temporary password
people-set-password = Set temporary password
people-expiry = Password expiry
people-never-expires = Password never expires
people-never-expires-hint = Leaves this person out of the days that Password protection sets.
people-save-expiry = Save
people-locks = Locks
people-locks-what = Too many wrong passwords lock sign-in for a while; too many failed verifications lock password reset for a day.
people-recovery-locked = Password reset is locked until
people-release = Release locks
people-block = Block sign-in
people-block-what = Blocking stops the user from signing in and from resetting the password, and signs them out everywhere.
people-unblock = Unblock sign-in
people-unblock-what = Unblocking lets the user sign in and reset the password again.
people-roles = Roles
people-roles-legend = Roles of this user
people-roles-hint = Administrators need two methods to reset their password, and can never use security questions.
people-no-roles = No roles
people-save-roles = Save roles
people-delete = Delete user
people-delete-heading = Delete { $name }?
people-delete-what = { $upn } is deleted with everything that was registered. This cannot be undone.
people-delete-rest = The audit log keeps what was recorded.

# What was done
people-done-created = The user is created.
people-done-deleted = The user is deleted.
people-done-blocked = Sign-in is blocked.
people-done-unblocked = The user can sign in again.
people-done-password = The temporary password is set.
people-done-method-removed = The method is removed.
people-done-released = The locks are released.

# Roles
roles-lead = Who may do what in this portal. Roles are given and taken on a user’s page, by a Global Administrator.
roles-role = Role
roles-what = What it allows
roles-holders = Held by
roles-nobody = Nobody
people-role-global_administrator = Everything.
people-role-authentication_policy_administrator = Sets the password reset policy and the banned words.
people-role-user_administrator = Manages users and groups.
people-role-helpdesk_administrator = Sets temporary passwords and releases locks of people without a role.
people-role-password_administrator = Sets temporary passwords and releases locks of people without a role.
people-role-authentication_administrator = Manages the methods of people without a role.
people-role-privileged_authentication_administrator = Manages the methods of everybody but Global Administrators.
people-role-reports_reader = Reads the audit log and reports.
people-role-security_reader = Reads the audit log and reports.
people-role-security_operator = Reads the audit log and reports.
people-role-security_administrator = Reads the audit log and reports.
people-role-global_reader = Reads users, groups, the audit log and reports.
people-role-application_administrator = Reads reports.
people-role-cloud_application_administrator = Reads reports.

# What is wrong with an address or number
people-trouble-bounced = Mail came back
people-trouble-sim-changed = SIM card changed
# $field is the name of the field, such as Mobile phone
people-contact-waits = { $field }: changed less than a day ago. It counts towards a password reset from { $at }.
people-trouble-young = Newer than a day
people-trouble-waiting = Changed today
