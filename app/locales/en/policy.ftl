# The tabs of Password reset.

# The settings, by the names of their fields; these are the labels on the tabs and the names in the audit log.
policy-setting-scope = Self service password reset enabled
policy-setting-group = Group
policy-setting-explain = Explain why a reset is refused
policy-setting-explain_networks = Networks
policy-setting-methods_required = Number of methods required to reset
policy-setting-methods = Methods available to users
policy-setting-questions_to_register = Number of questions required to register
policy-setting-questions_to_reset = Number of questions required to reset
policy-setting-questions = Security questions
policy-setting-registration_required = Require users to register when signing in
policy-setting-reconfirm_days = Number of days before users are asked to reconfirm their authentication information
policy-setting-notify_users = Notify users on password resets?
policy-setting-notify_admins = Notify all admins when other admins reset their password?
policy-setting-helpdesk_customized = Customize helpdesk link
policy-setting-helpdesk_target = Custom helpdesk email or URL
policy-setting-unlock_allowed = Allow users to unlock accounts without resetting their password
policy-setting-administrators_enabled = Allow administrators to use password reset

policy-setting-reset = Use for password reset
policy-setting-reset_include = Who can reset with it
policy-setting-reset_groups = Groups that can reset with it
policy-setting-reset_exclude = Groups that cannot reset with it
policy-setting-sign_in = Use at sign-in
policy-setting-sign_in_include = Who can sign in with it
policy-setting-sign_in_groups = Groups that can sign in with it
policy-setting-sign_in_exclude = Groups that cannot sign in with it
policy-setting-office = Office phone
policy-setting-migration = Migration state
policy-setting-reason = Reason
policy-setting-chosen = Methods for password reset
policy-setting-message_subject = Subject
policy-setting-message_text = Text
policy-setting-second_factor = Second factor at sign-in
policy-setting-hold_hours = Hours after a reset in which methods stay as they are
policy-setting-finish_on_device = Choose the new password on the device that approved
policy-setting-pass_enabled = Allow temporary passes
policy-setting-pass_one_time = Require one-time use
policy-setting-pass_min_minutes = Minimum lifetime
policy-setting-pass_max_minutes = Maximum lifetime
policy-setting-pass_default_minutes = Default lifetime
policy-setting-pass_length = Length

# Answers
policy-choice-none = None
policy-choice-selected = Selected
policy-choice-all = All
policy-choice-never = Never
policy-choice-on_networks = On these networks
policy-choice-always = Always
policy-choice-yes = Yes
policy-choice-no = No
policy-choice-nobody = Nobody
policy-choice-administrators = Administrators
policy-choice-everyone = Everyone
policy-choice-pre_migration = Pre-migration
policy-choice-in_progress = Migration in progress
policy-choice-complete = Migration complete
policy-value-empty = empty

policy-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
policy-people-more = more than { $n } people

# Properties
policy-properties-administrators = These settings are for end users. Administrators can reset at any time and always need two methods:
policy-scope-hint = None: nobody can reset or unlock by themselves. Selected: the members of one group can. All: everybody can.
policy-group-none = No groups selected
policy-group-change = Change group
policy-group-members = { $direct ->
    [one] { $direct } person in the group
   *[other] { $direct } people in the group
}, { $nested ->
    [one] { $nested } more through nested groups
   *[other] { $nested } more through nested groups
}
policy-reach-title = What is saved now
policy-reach-none = Only administrators are in scope.
policy-reach-no-group = The chosen group was deleted. Only administrators are in scope until you choose another one.
policy-explain-hint = Whoever starts a reset with somebody else’s name learns from the reason whether the account exists.
policy-explain-never = Everybody sees the same page; people who are not set up are mailed the reason. Recommended.
policy-explain-on-networks = Reasons show to people at work, and to nobody else.
policy-explain-always = Reasons show to everybody on the internet.
policy-networks-hint = One on each line, such as 10.0.0.0/8 or 2001:db8::/32.

# Select group
policy-group-title = Select group
policy-group-lead = The members of this group, and of groups nested in it, are in scope. The choice takes effect when you save Properties.
policy-group-search = Search by name or description
policy-search = Search
policy-group-select = Select
policy-groups-legend = Groups
policy-groups-empty = No groups match. Try a part of the name, or make the group first.
policy-groups-all = { $n ->
    [0] No groups
    [one] { $n } group
   *[other] { $n } groups
}
policy-groups-found = { $n ->
    [0] No groups found
    [one] { $n } group found
   *[other] { $n } groups found
}
policy-groups-more = The first { $n } groups. Search to narrow the list.
policy-groups-found-script = {"{"}n{"}"} shown. Press Enter to search all groups.

# Authentication methods
policy-methods-required-hint = People need at least this many different kinds to be able to reset. Two are much safer than one.
policy-methods-notice = Methods have a policy of their own
policy-methods-notice-pre_migration = These check boxes still decide, but they are the older way and a later version ends them. Turn each method on or off, and choose for whom, in the
policy-methods-notice-in_progress = These check boxes count together with the newer policy: a method that is on in either can be used. Finish the migration in the
policy-methods-notice-complete = The migration is complete, so these check boxes do not count any more and cannot be changed. Security questions and the number of methods stay here. Everything else is in the
policy-methods-hint = People choose among the methods that you tick. Notifications and codes of an app are one kind.
policy-method-passkey = Passkey
policy-method-passkey-hint = A key of the person’s device, unlocked by finger, face or PIN. It cannot be phished.
policy-method-passkey-missing = Passkeys need a public address with a host name.
policy-method-recovery_code = Recovery codes
policy-method-recovery_code-hint = Ten codes that people print or save; each works once.
policy-method-recovery_code-missing = Not available in this installation.
policy-method-app_notification = Mobile app notification
policy-method-app_notification-hint = Approve on a phone by typing a number. Counts only where two methods are required.
policy-method-app_notification-missing = No authenticator is set up for notifications yet, so people cannot use this one.
policy-method-app_code = Mobile app code
policy-method-app_code-hint = A code from any authenticator app.
policy-method-app_code-missing = Not available in this installation.
policy-method-email = Email
policy-method-email-hint = A code to an address outside this organization.
policy-method-email-missing = Mail is not set up yet, so people cannot use this one.
policy-method-mobile_phone = Mobile phone
policy-method-mobile_phone-hint = A code by text message.
policy-method-mobile_phone-missing = No gateway for text messages is set up yet, so people cannot use this one.
policy-method-office_phone = Office phone
policy-method-office_phone-hint = A code by a call to a number that an administrator entered.
policy-method-office_phone-missing = No gateway for calls is set up yet, so people cannot use this one.
policy-method-security_questions = Security questions
policy-method-security_questions-hint = Answers can be guessed or looked up. Never the only method, never for administrators.
policy-method-security_questions-missing = Not available in this installation.
policy-questions-warning = Family, friends and anybody who reads social media may know the answers. Use questions only if people have nothing better.
policy-questions-to-reset-hint = At most as many as people register.
policy-questions-count = { $n ->
    [0] No security questions configured
    [one] { $n } security questions chosen
   *[other] { $n } security questions chosen
}
policy-questions-select = Select security questions

# Select security questions
policy-questions-title = Select security questions
policy-questions-lead = { $n } of at most { $max } questions are chosen. What you save here takes effect at once.
policy-questions-own = Your own questions
policy-questions-kept = Questions you wrote
policy-questions-kept-hint = Untick one and save to remove it. People who answered it lose that answer for resets.
policy-question-own = Your own question
policy-question-own-hint = 3 to 200 characters, in any language. People see it exactly as you type it.
policy-question-add = Add question
policy-questions-predefined = Predefined questions
policy-questions-predefined-hint = People see these in their own language.
policy-questions-back = Back to authentication methods

# Registration
policy-registration-hint = Only people in scope are asked. With No they can still register on their own.
policy-reconfirm-hint = A whole number from 0 to 730. 0 means never. 90 to 180 is a good choice.
policy-days = days

# Notifications
policy-notify-users-text = Preview or edit the email
policy-notify-users-hint = A message to the person’s addresses after every reset and unlock.
policy-notify-users-warning-title = A stolen account stays unnoticed
policy-notify-users-warning = This message is how people notice that somebody else reset their password. NIST SP 800-63B-4 asks for it after every recovery.
policy-notify-admins-hint = A message to every Global Administrator when an administrator resets or unlocks.
policy-notify-always = Always on
policy-notify-always-method = A method is added or removed
policy-notify-always-method-when = The person is told
policy-notify-always-blocked = Somebody who is not set up tries to reset
policy-notify-always-blocked-when = The person is told why it did not work, at most once a day
policy-notify-always-policy = These settings become weaker
policy-notify-always-policy-when = Every Global Administrator is told

# Customization
policy-helpdesk-hint = With Yes, “Contact your administrator” leads to your help desk. With No, it mails a request to your helpdesk administrators.
policy-helpdesk-target-hint = An email address, or a web address that begins with https:// (or with http:// inside your network). Do not use a mailbox whose owner needs password reset to open it.
policy-helpdesk-preview = How people see it
policy-helpdesk-opens-url = Opens your page in a new tab.
policy-helpdesk-opens-mail = Starts a mail to your help desk.
policy-helpdesk-mails = Mails a request to Helpdesk and Password Administrators; if there are none, to User Administrators, else to Global Administrators. At most 100 people get it.

# On-premises integration
policy-directory-none-title = No directory is connected
policy-directory-none = All accounts live in Regain itself, so there is nothing to write back. The setting below holds for these accounts.
policy-unlock-hint = With Yes, people who still know their password can unlock their account and keep the password. With No, unlocking always includes a new password.

# Administrator policy
policy-administrators-lead = Administrators have a policy of their own. It holds whatever the other tabs say.
policy-administrators-enabled = Allow administrators to use password reset
policy-administrators-enabled-hint = With No, no administrator can reset, even in the scope of the other tabs. Only a Global Administrator can change this; every Global Administrator is told.
policy-administrators-fixed = What is fixed
policy-administrators-who = Applies to
policy-administrators-who-value = Everybody who holds an administrator role. Roles that only read, such as Reports Reader, do not count.
policy-administrators-number = { $n }, of different kinds
policy-administrators-methods = Methods available to administrators
policy-administrators-not-set-up = Would be available, but is not set up
policy-administrators-never = Never available

# Message to Global Administrators
message-notice-settings-weaker-subject = { $organization }: password reset settings were changed
message-notice-settings-weaker-body =
    Hello { $name },

    { $who } changed settings of password reset on { $time }. They protect people less than before, or change who may reset:

    { $changes }

    If you did not expect this, ask { $who } or put the settings back in the admin center. The audit log has the details under the support code { $support }.
