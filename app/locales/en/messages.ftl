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
