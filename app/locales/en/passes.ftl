# Temporary passes, and who is calling.

pass-name = Temporary pass
pass-use = Use a temporary pass
pass-use-lead = Your help desk gave you a pass. It lets you set up how you sign in, and nothing else.
pass-use-off = Your organization gives out no temporary passes. Sign in with your password, or contact your administrator.
pass-field = Temporary pass
pass-field-hint = Letters and digits. Dashes and spaces do not matter.

# Settings
pass-settings = Temporary Access Pass
pass-settings-what = how the help desk lets people back in who lost every method
pass-settings-lead = A pass from the help desk opens registration and security info, nothing else. Before one is issued, the caller is verified.
pass-enabled-hint = With No, none can be issued, and those that exist open nothing.
pass-one-time-hint = With Yes, a pass opens one session, and registration ends ten minutes after it began. With No, the administrator decides for each pass.
pass-lifetime-bounds = From { $min } to { $max } minutes
pass-length-bounds = From { $min } to { $max } letters and digits
pass-minutes = minutes

# On a user’s page
pass-verify-caller = Verify caller
pass-issue = Issue temporary pass
pass-issue-lead = For { $upn }
pass-delete = Delete the pass
pass-until = Works until
pass-uses = Uses
pass-one-use = One
pass-many-uses = Any number
pass-issued = Issued
pass-issuer = Issued by
pass-used = Last used
pass-existing = This person has a pass
people-done-pass-deleted = The pass is deleted. Nobody is signed in with it any more.

# Issuing
pass-off = Temporary passes are switched off in the authentication methods policy.
pass-blocked = Sign-in of this person is blocked, so a pass would open nothing.
pass-unverified-heading = First find out who is calling
pass-unverified = Whoever has a pass can take the account over, so the caller must first prove as much as somebody who resets the password.
pass-lifetime = Lifetime
pass-one-time-only = It can be used once. Registration ends ten minutes after that.
pass-many = May be used more than once
pass-many-hint = Until it runs out. Each time there are ten minutes.
pass-replaces = The pass that exists stops working, and who is signed in with it is signed out.
pass-shown-once = Read it to the caller now. It is shown this once and kept nowhere.
pass-how = On the page that asks for the password, the caller chooses “Use a temporary pass”.
pass-done = Back to the user

# Who is calling
caller-lead = Find out whether the caller is { $name } ({ $upn }). What you do here is recorded.
caller-known = You can issue a temporary pass
caller-known-proved = The caller proved in this call what a reset of this person demands.
caller-known-override = Less was proved than a reset of this person demands. Every Global Administrator and the person were told.
caller-known-until = This counts until
caller-so-far = What is known so far
caller-so-far-what = Whoever has a pass can take the account over, so a caller must prove as much as somebody who resets the password. What is proved here counts in this call, which lasts ten minutes, and never after it.
caller-demanded = A reset demands
caller-demanded-kinds = { $number ->
    [one] One proof
   *[other] { $number } proofs of different kinds
}
caller-proved = Proved in this call
caller-proved-nothing = Nothing yet
caller-proved-email = Code by email to { $to }
caller-proved-phone = Code by text message to { $to }
caller-proved-call = Code by call to { $to }
caller-proved-push = Answer on the authenticator
caller-proved-entered = { $proof } (entered by an administrator or a directory)
caller-missing = Missing
caller-missing-nothing = Nothing
caller-missing-device = The person’s own phone or passkey. A reset of this person ends on it, and no call can stand in for that: issue a pass by an override only.
caller-missing-settled = A proof by something that the person has had for a day
caller-missing-kinds = { $number ->
    [one] One proof of another kind
   *[other] { $number } proofs of different kinds
}
caller-until = The call lasts until
caller-ask = Send a code or a notification
caller-ask-what = The message says that it is for a call to the help desk. The caller may read its code to you only if they called you. It is good for this call and for nothing else.
caller-no-methods = There is nothing to send a code to: the person registered no method that a message reaches, and nobody entered a number or an address for them.
caller-no-more-methods = There is nothing left that would tell more than is known.
caller-which = Where to?
caller-choice-email = Email { $to }
caller-choice-phone = Text { $to }
caller-choice-call = Call { $to }
caller-choice-push = Notification on the authenticator
caller-entered = Entered by an administrator or a directory. All that was entered counts as one kind together.
caller-send = Send
caller-send-again = Send again
caller-sent = A code is on its way to { $to }.
caller-code = Code that the caller reads out
caller-code-hint = 6 or 8 digits, from the message that has just been sent. Never take a code from an authenticator app.
caller-push = Read this number to the caller, who types it into the authenticator.
caller-check = Check
caller-support-code = If the caller reads a support code out
caller-support-code-what = It tells what happened, such as why a reset was refused. It does not tell who is calling: whoever types a username gets one.
caller-support-code-look-up = Look up a support code
caller-call-back = Call the office number back
caller-call-back-what = Hang up, call the number in the directory, and ask for the person. Use no number that the caller named. What you say of a call is no proof, so every Global Administrator and the person are told at once.
caller-called-back = I called this number and spoke to the person
caller-called-back-reason = Called the office number { $number } back
caller-no-office = The directory has no office number of this person.
caller-confirm = Confirm
caller-override = If the caller cannot prove enough
caller-override-what = Your reason is written to the audit log. Every Global Administrator and the person are told at once.
caller-reason = Reason
caller-reason-hint = How you know who is calling, and why nothing above works.
caller-override-do = Override
