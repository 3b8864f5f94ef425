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
pass-unverified = A pass hands the account over. Verify the caller; then you have ten minutes to issue it.
pass-lifetime = Lifetime
pass-one-time-only = It can be used once. Registration ends ten minutes after that.
pass-many = May be used more than once
pass-many-hint = Until it runs out. Each time there are ten minutes.
pass-replaces = The pass that exists stops working, and who is signed in with it is signed out.
pass-shown-once = Read it to the caller now. It is shown this once and kept nowhere.
pass-how = On the page that asks for the password, the caller chooses “Use a temporary pass”.
pass-done = Back to the user

# Who is calling
caller-lead = Somebody on the phone says to be { $name } ({ $upn }). One of these ways is enough. What you do here is recorded.
caller-known = You can issue a temporary pass
caller-known-code = The caller read out a code that was sent to a method of this person.
caller-known-push = The caller answered on an authenticator of this person.
caller-known-support_code = The caller read out the support code of a visit in which this person was recognised.
caller-known-call_back = You called the office number in the directory.
caller-known-override = You gave a reason instead; other administrators were told.
caller-known-until = This counts until
caller-ask = Ask one of the person’s own methods
caller-ask-what = A message says that the help desk asks, and that its code may be read to you. It is good for nothing else.
caller-no-methods = The person registered nothing that a code could be sent to. What administrators entered does not count here.
caller-which = Which method?
caller-choice-email = Email { $to }
caller-choice-phone = Text { $to }
caller-choice-call = Call { $to }
caller-choice-push = Notification on the authenticator
caller-send = Send
caller-send-again = Send again
caller-sent = A code is on its way to { $to }.
caller-code = Code that the caller reads out
caller-code-hint = 6 or 8 digits, from the message that has just been sent
caller-push = Read this number to the caller, who types it into the authenticator.
caller-check = Check
caller-support-code = Support code of the person’s page
caller-support-code-what = It counts if it belongs to a visit of the last half hour in which this person passed one of their methods; the password is enough only of who has none. Whoever knows a username can begin a reset, so a code from its first pages shows nothing.
caller-call-back = Call the office number back
caller-call-back-what = Hang up, call the number in the directory, and ask for the person. Use no number that the caller named.
caller-called-back = I called this number and spoke to the person
caller-no-office = The directory has no office number of this person.
caller-confirm = Confirm
caller-override = None of these is possible
caller-override-what = Your reason is written to the audit log, and every Global Administrator is told at once.
caller-reason = Reason
caller-reason-hint = How you know who is calling, and why nothing above works.
caller-override-do = Override
