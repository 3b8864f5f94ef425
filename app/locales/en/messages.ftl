# Texts: messages

# Users: what an administrator did to an account
message-notice-password-set-subject = An administrator set a new password for your { $organization } account
message-notice-password-set-body =
    Hello { $name },

    on { $time } an administrator set a temporary password for { $username }. You have been signed out everywhere. At your next sign-in you will choose a password of your own.

    If you did not ask for this, contact your administrator. Support code: { $support }
message-notice-contact-changed-subject = An administrator changed the contact data of your { $organization } account
message-notice-contact-changed-body =
    Hello { $name },

    on { $time } an administrator changed a phone number or an alternate email address of { $username }. They can be used to reset your password.

    If you did not expect this, contact your administrator. Support code: { $support }
message-notice-methods-removed-subject = An administrator removed security info from your { $organization } account
message-notice-methods-removed-body =
    Hello { $name },

    on { $time } an administrator removed one or more ways to verify it’s you from { $username }. You can add new ones on your security info page.

    If you did not expect this, contact your administrator. Support code: { $support }

# Sign-in and change of the own password
message-step-up-code-subject = { $organization } account: your verification code
message-step-up-code-body =
    Hello { $name },

    Your verification code is:

    { $code }

    It works for { $minutes } minutes, on the page that asks for it after you signed in. Give it to nobody. If you did not just sign in, somebody else knows your password: change it, and tell your administrator the support code { $support }.
message-step-up-code-text-body = { $code } is your { $organization } verification code. It works for { $minutes } minutes. Never share it.

message-notice-password-changed-subject = Your { $organization } password was changed
message-notice-password-changed-body =
    Hello { $name },

    The password of your { $organization } account was changed on { $time }. You have been signed out everywhere else.

    If it was you, there is nothing to do.

    If it was not you, contact your administrator at once and give the support code { $support }.
