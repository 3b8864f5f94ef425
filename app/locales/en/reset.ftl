# The reset and unlock wizard.

reset-next = Next
reset-finish = Finish
reset-username = Username

# The first page
reset-start-heading = Get back into your account
reset-start-lead = First tell us who you are.
reset-username-hint = The name you sign in with, for example ana@contoso.example
reset-off-heading = Password reset is not turned on
reset-off-lead = Your organization has not turned on password reset here, so you cannot reset your password yourself. Contact your administrator, who can help you.
reset-off-administrator = I am an administrator and want to reset my own password

# Reset or unlock
reset-why-heading = Why can’t you sign in?
reset-why-reset = I forgot my password
reset-why-reset-hint = We check it’s you, then you choose a new one.
reset-why-unlock = I know my password, but still can’t sign in
reset-why-unlock-hint = We check it’s you, then unlock your account. Your password stays as it is.

# The choice of a method
reset-method-heading = How should we check it’s you?
reset-method-heading-next = One more check, in another way
reset-method-lead = Then you can choose a new password.
reset-method-lead-unlock = Then we unlock your account.
reset-method-new = What was added or changed less than 24 hours ago is not asked for here yet. It is from { $at }.
reset-method-none = If you can use none of these, contact your administrator.
reset-way-passkey = Use my passkey
reset-way-recovery-code = Enter one of my recovery codes
reset-way-app-notification = Approve a notification on my authenticator app
reset-way-app-code = Enter a code from my authenticator app
reset-way-email = Email my alternate email
reset-way-mobile-phone = Text my mobile phone
reset-way-mobile-phone-call = Call my mobile phone
reset-way-office-phone = Call my office phone
reset-way-security-questions = Answer my security questions
reset-way-hint-passkey = Your finger, face or PIN on your device, or a security key.
reset-way-hint-recovery-code = One of the codes that you printed or saved.
reset-way-hint-app-notification = We ask on your phone; you type a number there.
reset-way-hint-app-code = The app shows a new 6-digit code every 30 seconds.
reset-way-hint-email = We send an 8-digit code.
reset-way-hint-mobile-phone = We text a 6-digit code. You type the whole number first.
reset-way-hint-mobile-phone-call = We call and read a 6-digit code out. You type the whole number first.
reset-way-hint-office-phone = We call and read a 6-digit code out. You type the whole number first.
reset-way-hint-security-questions = The ones you chose when you registered.
reset-way-delayed = This way is slow at the moment. Try another one.
reset-way-masked = { $to }

# Steps that were passed
reset-passed = Checked { $method }
reset-passed-passkey = with your passkey
reset-passed-recovery-code = with a recovery code
reset-passed-app-notification = with your authenticator app
reset-passed-app-code = with your authenticator app
reset-passed-email = by email
reset-passed-mobile-phone = with your mobile phone
reset-passed-office-phone = with your office phone
reset-passed-security-questions = with your security questions

# The number to type in full
reset-phone-heading = Type your mobile number
reset-phone-heading-office = Type your office number
reset-phone-lead-call = Type the whole number that is on your account, without an extension. If it is the same, we call it.
reset-phone-lead-masked-call = Type the whole number { $to }, without an extension. Then we call it.
reset-phone-call = Call me
reset-phone-lead = Type the whole number that is on your account. If it is the same, we text a code to it.
reset-phone-lead-masked = Type the whole number { $to }. Then we text a code to it.
reset-phone-hint = With the country code, such as +371 20 000 000, or choose the country first.
reset-phone-text = Text me the code

# Codes
reset-verify-heading-app-notification = Enter the code
reset-verify-heading-app-code = Enter the code from your app
reset-verify-heading-recovery-code = Enter a recovery code
reset-verify-heading-email = Check your email
reset-verify-heading-mobile-phone = Check your phone
reset-verify-heading-office-phone = Check your phone
reset-verify-heading-security-questions = Enter the code
reset-verify-lead-app-notification = Open your authenticator app and type the code it shows for this account.
reset-verify-lead-app-code = Open your authenticator app and type the code it shows for this account.
reset-verify-lead-recovery-code = Type one of the codes that you printed or saved. It works once.
reset-verify-lead-email = If this account is set up for it, a code is on its way to your alternate email. It works for 5 minutes.
reset-verify-lead-mobile-phone = If that is the number on this account, a text message with a code is on its way. It works for 5 minutes.
reset-verify-lead-mobile-phone-call = If that is the number on this account, we are calling it. Answer, press #, and type the code you hear. It works for 5 minutes.
reset-verify-lead-office-phone = If that is the number on this account, we are calling it. Answer, press #, and type the code you hear. It works for 5 minutes.
reset-verify-lead-security-questions = Enter the code.
reset-verify-lead-masked-app-notification = Open your authenticator app and type the code it shows for this account.
reset-verify-lead-masked-app-code = Open your authenticator app and type the code it shows for this account.
reset-verify-lead-masked-recovery-code = Type one of the codes that you printed or saved. It works once.
reset-verify-lead-masked-email = A code is on its way to { $to }. It works for 5 minutes.
reset-verify-lead-masked-mobile-phone = A text message with a code is on its way to { $to }. It works for 5 minutes.
reset-verify-lead-masked-mobile-phone-call = We are calling { $to }. Answer, press #, and type the code you hear. It works for 5 minutes.
reset-verify-lead-masked-office-phone = We are calling { $to }. Answer, press #, and type the code you hear. It works for 5 minutes.
reset-verify-lead-masked-security-questions = Enter the code.
reset-verify-lead-unsent = If you have a code that was sent for this account in the last 5 minutes, enter it here.
reset-verify-number = You typed:
reset-verify-hint = { $digits } digits; spaces do not matter.
reset-recovery-code-hint = 16 letters and digits. Dashes and capital letters do not matter.
reset-resend = Send a new code
reset-another-number = Use another number
reset-another-way = Try another way
reset-no-code = No code? Check your username, or you may not be set up for reset. Your administrator can help you.

# Security questions
reset-questions-heading = Answer your security questions
reset-questions-lead = All answers must be right. Capital letters do not matter.

# The new password
reset-password-heading = Choose a new password
reset-password-lead = You will use it to sign in from now on. Everywhere else you are signed out.

# Unlock
reset-unlock-heading = Unlock your account
reset-unlock-lead = We have checked that it’s you. Your password stays as it is.
reset-unlock = Unlock my account

# The end
reset-sign-in = Sign in
reset-done-heading = Your password has been reset
reset-done-lead = You can sign in with the new one right away.
reset-done-notified = We told you by email at { $to }.
reset-done-devices = Change it on your phone and wherever else the old one is saved.
reset-done-signed-out = You have been signed out everywhere else.
reset-unlocked-heading = Your account is unlocked
reset-unlocked-lead = Your password has not changed. Sign in with the one you know.
reset-unlocked-instead = Reset the password instead

# Where it does not go on
reset-again = Start again
reset-other-name = Try a different username
reset-code = Technical detail for your administrator: { $code }
reset-nothing-heading = There is no reset under way here
reset-nothing-lead = Nothing was begun in this browser, or it is over. Start again, it takes a few minutes.
reset-expired-heading = This page has expired
reset-expired-lead = For your safety a reset must be finished within 15 minutes. Nothing was changed. Start again.
reset-overtaken-heading = This reset was closed
reset-overtaken-lead = The account was meanwhile changed in another way, for instance in another window, or by an administrator. Nothing was changed here.
reset-locked-heading = Too many tries
reset-locked-lead = For the safety of this account you cannot go on. You can try again after { $at }. If you know the password you can still sign in. If it is urgent, contact your administrator.
reset-asked-too-often-heading = Too many requests
reset-asked-too-often-lead = Codes, or other things, were asked for too often here, so this has ended. Nothing is locked and nothing was changed. Wait ten minutes, then start again.
reset-refused-heading = We can’t reset this password here
reset-refused-lead = Check the username for typing mistakes, or contact your administrator.
reset-sspr-0009-heading = Password reset is not turned on for you
reset-sspr-0009-lead = Your organization has switched off password reset. Contact your administrator, who can reset your password.
reset-sspr-0010-heading = We can’t reset this password here
reset-sspr-0010-lead = Your password is kept in another directory, and a service that is needed to change it there is not enabled. Contact your administrator.
reset-sspr-0011-heading = Password reset is not turned on for you
reset-sspr-0011-lead = Your organization has not defined who may reset a password. Contact your administrator, who can reset your password.
reset-sspr-0013-heading = Password reset is not turned on for you
reset-sspr-0013-lead = You are not in the group that may reset a password. Contact your administrator, who can reset your password or add you to the group.
reset-sspr-0014-heading = You have not registered enough ways to check it’s you
reset-sspr-0014-lead = Ask your administrator to reset your password this time. Then register your security info, so that you can do it yourself the next time.
reset-too-new-heading = Your ways to check it’s you are too new
reset-too-new-lead = All of them were added or replaced less than 24 hours ago, and at least one must be older. Try again tomorrow, or ask your administrator to reset your password.
reset-sspr-0029-heading = We can’t reset this password right now
reset-sspr-0029-lead = The connection to the directory that keeps your password is not set up correctly. Contact your administrator.
reset-sspr-0030-heading = We can’t reset this password right now
reset-sspr-0030-lead = The directory that keeps your password does not answer. Try again in a few minutes, or contact your administrator.

# On the page of a code, when none could be sent
notice-code-too-soon = A code was asked for a moment ago. Look for it first; you can ask for a new one soon.
notice-code-too-many = There were too many codes, so no new one was sent. Use the last one, try another way, or come back later.
