# Texts: messages

# Users: what an administrator did to an account
message-notice-password-set-subject = An administrator set a new password for your { $organization } account
message-notice-password-set-body =
    Hello { $name },

    on { $time } an administrator set a temporary password for { $username }. You have been signed out everywhere. At your next sign-in you will choose a password of your own.

    If you did not ask for this, contact { $helpdesk }. Support code: { $support }
message-notice-contact-changed-subject = An administrator changed the contact data of your { $organization } account
message-notice-contact-changed-body =
    Hello { $name },

    on { $time } an administrator changed a phone number or an email address of { $username }. What took the place of something else counts towards a password reset after 24 hours.

    If you did not expect this, contact { $helpdesk }. Support code: { $support }
message-notice-methods-removed-subject = An administrator removed security info from your { $organization } account
message-notice-methods-removed-body =
    Hello { $name },

    on { $time } an administrator removed one or more ways to verify it’s you from { $username }. You can add new ones on your security info page.

    If you did not expect this, contact { $helpdesk }. Support code: { $support }

# Sign-in and change of the own password
message-agree-code-subject = { $organization } account: somebody wants to change how you sign in
message-agree-code-body =
    Hello { $name },

    Your password was reset lately. Somebody who is signed in now wants to add, replace or remove a method of your account. This code lets them:

    { $code }

    It works for { $minutes } minutes. Use it only if you do this yourself. Give it to nobody; nobody will ever ask you for it by phone or mail.

    It was asked for on { $time }, from the address { $address } ({ $device }). If it was not you, tell { $helpdesk } at once, and give the support code { $support }.
message-agree-code-text-body = { $code } lets somebody change how you sign in to { $organization }. Use it only if that is you. { $minutes } minutes. Never share it.
message-step-up-code-subject = { $organization } account email verification code
message-step-up-code-body =
    Hello { $name },

    Your verification code is:

    { $code }

    It works for { $minutes } minutes, on the page that asks for it after you signed in. Give it to nobody; nobody will ever ask you for it by phone or mail.

    It was asked for on { $time }, from the address { $address } ({ $device }). If it was not you, somebody else knows your password: change it, and tell { $helpdesk } the support code { $support }.
message-step-up-code-text-body = { $code } is your { $organization } verification code. It works for { $minutes } minutes. Never share it.

message-notice-password-changed-subject = Your { $organization } password was changed
message-notice-password-changed-body =
    Hello { $name },

    The password of your { $organization } account was changed on { $time }, from the address { $address } ({ $device }). You have been signed out everywhere else.

    If it was you, there is nothing to do.

    If it was not you, contact { $helpdesk } at once and give the support code { $support }.

# Reset and unlock
message-reset-code-subject = { $organization } account email verification code
message-reset-code-body =
    Hello { $name },

    On { $time } somebody asked to get back into your { $organization } account, from the address { $address } ({ $device }). If it was you, enter this code on the page that asks for it:

    { $code }

    It works for { $minutes } minutes. Give it to nobody; nobody will ever ask you for it by phone or mail.

    If it was not you, ignore this message: without the code nothing changes. If it happens again, tell { $helpdesk } the support code { $support }.

message-reset-code-sms-body = { $code } is your { $organization } password reset code. It works for { $minutes } minutes. Never share it.

message-notice-password-reset-subject = Your { $organization } password was reset
message-notice-password-reset-body =
    Hello { $name },

    The password of your { $organization } account was reset on { $time }, from the address { $address } ({ $device }). You have been signed out everywhere.

    If it was you, there is nothing to do.

    If it was not you, contact { $helpdesk } at once and give the support code { $support }.

message-notice-admin-reset-subject = An administrator of { $organization } reset a password
message-notice-admin-reset-body =
    Hello { $name },

    { $administrator } ({ $upn }), who is an administrator of { $organization }, reset the password of the own account on { $time }, from the address { $address } ({ $device }).

    If you did not expect this, ask { $administrator } in person, and look the support code { $support } up in the audit log.

message-notice-admin-unlocked-subject = An administrator of { $organization } unlocked an account
message-notice-admin-unlocked-body =
    Hello { $name },

    { $administrator } ({ $upn }), who is an administrator of { $organization }, unlocked the own account on { $time }, from the address { $address } ({ $device }). The password did not change.

    If you did not expect this, ask { $administrator } in person, and look the support code { $support } up in the audit log.

message-notice-account-unlocked-subject = Your { $organization } account was unlocked
message-notice-account-unlocked-body =
    Hello { $name },

    Your { $organization } account was unlocked on { $time }, from the address { $address } ({ $device }). Your password did not change.

    If it was you, there is nothing to do.

    If it was not you, contact { $helpdesk } at once and give the support code { $support }.

message-notice-recovery-locked-subject = Password reset is locked for your { $organization } account
message-notice-recovery-locked-body =
    Hello { $name },

    There were too many tries to get back into your { $organization } account, so resetting its password is locked for 24 hours. You can still sign in with your password.

    If it was you and it is urgent, contact { $helpdesk } and give the support code { $support }.

    If it was not you, nobody got in. Tell { $helpdesk }.

message-notice-reset-not-possible-subject = You cannot reset your { $organization } password yourself
message-notice-reset-not-possible-body =
    Hello { $name },

    Somebody, probably you, tried to reset the password of your { $organization } account on { $time }. That is not possible: { $reason }.

    Contact { $helpdesk } and give the support code { $support }.

    If it was not you, there is nothing to do. Nothing was changed.
# Help: to the administrators who can help
message-contact-request-subject = { $person } needs help with signing in
message-contact-request-body =
    Hello { $name },

    on { $time } { $person } ({ $upn }) asked on the page “Contact your administrator” for help with signing in. The request came from { $address }.

    Anybody can send such a request. Before you reset a password or change a method, contact the person in a way you know already, and make sure it is them. Look the support code up in the admin portal to see what went wrong.

    Support code: { $support }
# Registration and security info
message-register-code-subject = { $organization } account email verification code
message-register-code-body =
    Hello { $name },

    Your verification code is:

    { $code }

    It works for { $minutes } minutes, on the page on which you add this address to your account. Give it to nobody; nobody will ever ask you for it by phone or mail.

    It was asked for on { $time }, from the address { $address } ({ $device }). If it was not you, you can ignore this message.

message-register-code-text-body = { $organization }: your verification code is { $code }. It works for { $minutes } minutes. Give it to nobody.

message-notice-method-added-subject = { $organization } account: a method was added to your security info
message-notice-method-added-body =
    Hello { $name },

    On { $time } { $method } was added to your security info. It can be used to reset your password.

    If this was you, there is nothing to do. If it was not, contact { $helpdesk } at once and give the support code { $support }.

message-notice-method-removed-subject = { $organization } account: a method was removed from your security info
message-notice-method-removed-body =
    Hello { $name },

    On { $time } { $method } was removed from your security info. It can no longer be used to reset your password.

    If this was you, there is nothing to do. If it was not, contact { $helpdesk } at once and give the support code { $support }.

# Authenticators

message-push-body = A request needs your answer.

message-notice-push-unanswered-subject = Requests on your phone for your { $organization } account
message-notice-push-unanswered-body =
    Hello { $name },

    In the last hour your authenticator was asked { $times } times to let somebody into your { $organization } account, and nobody answered.

    If it was you, open the authenticator before you ask again.

    If it was not you, deny the next request, choose “It wasn’t me”, and tell { $helpdesk }. The support code is { $support }.

message-notice-push-off-subject = Your phone no longer gets notifications from { $organization }
message-notice-push-off-body =
    Hello { $name },

    Notifications no longer reach { $device }, which answers requests for your { $organization } account. It still works when you open the authenticator yourself.

    To get notifications again, open the authenticator on the phone and choose “Allow notifications”.

message-notice-admin-reported-subject = Somebody reported a suspicious request for a { $organization } account
message-notice-admin-reported-body =
    Hello { $name },

    { $person } ({ $upn }) was asked on the phone to let somebody into the account, from the address { $address } ({ $device }), and answered “{ $said }” on { $time }.

    { $ended } Ask { $person } whether the password is known to somebody else, and look the support code { $support } up in the audit log.

message-notice-admin-apart-subject = A password of { $organization } was reset by an approval from elsewhere
message-notice-admin-apart-body =
    Hello { $name },

    The password of { $person } ({ $upn }) was reset on { $time }. It was asked for from the address { $address } ({ $device }), and approved from { $approver } ({ $phone }).

    Often that is one person with a computer and a phone. It is also what it looks like when a caller talks somebody into approving. If in doubt, ask { $person } in a way you know already, and look the support code { $support } up in the audit log.

message-notice-admin-mail-reported-subject = Somebody reported a change to a { $organization } account
message-notice-admin-mail-reported-body =
    Hello { $name },

    { $person } ({ $upn }) was told by email { $happened }, and answered on { $time } that it was somebody else. The answer came from the address { $address } ({ $device }).

    { $ended } Ask { $person } whether the password is known to somebody else, and look the support code { $support } up in the audit log.

message-notice-mail-reported-subject = Password reset is locked for your { $organization } account: you reported a change
message-notice-mail-reported-body =
    Hello { $name },

    We told you by email { $happened }. On { $time } somebody followed the link in that email and answered that it was not you.

    { $ended } Your administrators were told.

    If you cannot sign in, or if it was not you who answered, contact { $helpdesk } and give the support code { $support }.

# What every email has from which something can be reported: a button, and its link in the plain text
message-report-button = This wasn’t me
message-report-why = If this was not you, say so at once. It stops what is under way, and your administrators are told:

message-notice-reported-subject = Password reset is locked for your { $organization } account: you reported a request
message-notice-reported-body =
    Hello { $name },

    On { $time } somebody answered on your phone that a request was not yours, or that somebody told you to approve it.

    { $ended } Your administrators were told.

    If you cannot sign in, or if it was not you who answered, contact { $helpdesk } and give the support code { $support }.

# Calls: what is said first
message-reset-code-voice-greeting = This is { $organization }. Somebody asked to reset the password of your account.
message-register-code-voice-greeting = This is { $organization }. Somebody is adding this phone to an account.
message-agree-code-voice-greeting = This is { $organization }. Somebody wants to change how you sign in. Go on only if that is you.
message-step-up-code-voice-greeting = This is { $organization }. Somebody is signing in to your account.
# As one text, in the demo outbox and in previews
message-voice-text = { $greeting } Press pound to go on, or star if it was not you. After pound: your code is { $code }. It works for { $minutes } minutes.
voice-prompt = If it was you, press the pound key. If it was not, press star.
voice-silence = We did not hear a key. Goodbye.
voice-code = Your code is
voice-again = Once more:
voice-goodbye = Type it on the page that asks for it. Goodbye.
voice-goodbye-caller = Read it to the help desk, to nobody else, and only if you called them. Goodbye.
voice-denied = Thank you. We stopped it and told your organization. Goodbye.
voice-stopped = Thank you. We stopped it. Goodbye.
voice-test = The test worked. Goodbye.
voice-over = This code is no longer good. Ask for a new one on the page. Goodbye.

message-notice-call-denied-subject = You said that a call from { $organization } was not meant for you
message-notice-call-denied-body =
    Hello { $name },

    On { $time } we called your phone because somebody asked for a verification code, and star was pressed: it was not you. The code works no more, and nothing was changed.

    If it happens again, contact { $helpdesk } and give the support code { $support }.

message-notice-number-suspended-subject = Your phone number cannot be used for your { $organization } account at the moment
message-notice-number-suspended-body =
    Hello { $name },

    Your phone company says that the SIM card of your number was changed lately. Until you confirm the number again on your security info page, it cannot be used to reset your password.

    If you did not get a new SIM card, contact your phone company and { $helpdesk } at once, and give the support code { $support }.

message-notice-number-replaced-body = { $organization }: this number was replaced by another one on your account. If it was not you, contact your administrator. Support code { $support }

message-notice-under-attack-subject = { $organization }: many failed verifications
message-notice-under-attack-body =
    Hello { $name },

    In the last ten minutes very many attempts to get back into accounts failed, spread over several accounts. Somebody may be guessing codes. Starting a reset asks for more work until it stops; everybody can still get back in.

    Look at the audit log for where the attempts come from. You are told at most once a day. Support code: { $support }

message-notice-sending-stopped-subject = { $organization }: text messages and calls are stopped
message-notice-sending-stopped-body =
    Hello { $name },

    { $stopped } are stopped, because { $cause }. It may be somebody who earns by letting you send them.

    Look at Channels in the admin center, and change the limits if they are too low. Sending goes on by itself as the day passes. Support code: { $support }

message-channel-test-subject = Test message from { $organization }
message-channel-test-body = This is a test message from { $organization }. It was sent from the page Channels of the admin center.
message-channel-test-greeting = This is a test call from { $organization }.

# Temporary passes, and who is calling
message-caller-code-subject = { $organization }: the help desk asks who is calling
message-caller-code-body =
    Hello { $name },

    somebody is on the phone with the help desk of { $organization } and says they are you. This code is for that call, and shows the help desk that it is you:

    { $code }

    You may read it to the help desk, and to nobody else. Do so only if you called the help desk: whoever calls you and asks for it is not the help desk. It works for { $minutes } minutes, and for nothing but this call. If you did not call, keep it to yourself and tell { $helpdesk } the support code { $support }.
message-caller-code-text-body = { $code } is for your call to the { $organization } help desk. Read it to them only if you called them. { $minutes } minutes.
message-caller-code-voice-greeting = This is { $organization }. Somebody is on the phone with the help desk and says they are you. We are calling about that call.
message-notice-pass-issued-subject = A temporary pass for your { $organization } account
message-notice-pass-issued-body =
    Hello { $name },

    on { $time } { $issuer } issued a temporary pass for { $username }. It works for { $lifetime } minutes, and opens the page on which you set up how you sign in.

    If you did not ask the help desk for it, somebody else did: contact { $helpdesk } at once to have it deleted. Support code: { $support }
message-notice-admin-pass-issued-subject = { $organization }: a temporary pass for an administrator
message-notice-admin-pass-issued-body =
    Hello { $name },

    on { $time } { $issuer } issued a temporary pass for { $person } ({ $upn }), who holds an administrator role. It works for { $lifetime } minutes.

    If that should not be, delete the pass on the user’s page. Support code: { $support }
message-notice-caller-override-subject = { $organization }: a caller was not verified
message-notice-caller-override-body =
    Hello { $name },

    on { $time } { $issuer } went on with a caller who says they are { $person } ({ $upn }), and who proved less than a reset demands. A temporary pass can be issued now. The reason:

    { $why }

    If that should not be, look at the audit log and delete the pass. Support code: { $support }
message-notice-call-unproved-subject = Somebody called the { $organization } help desk about your account
message-notice-call-unproved-body =
    Hello { $name },

    on { $time } a caller said they were you ({ $username }). They did not prove as much as a reset of your password demands, and { $issuer } went on nevertheless. Every Global Administrator was told. A temporary pass for your account can be issued now.

    If it was not you, contact { $helpdesk } at once to have it stopped, and give the support code { $support }.
