# Sign-in, sign-out, step-up, change of the own password.

signin-heading = Sign in
signin-username = Username
signin-username-hint = Example: ana@contoso.example
signin-next = Next
signin-password-heading = Enter your password
signin-password = Password
signin-submit = Sign in
signin-cannot-access = Can’t access your account?
signin-signed-out = You have signed out.

change-password-heading = Change your password
change-password-expired = Your password has expired. Choose a new one to go on.
change-password-required = Somebody else set your password. Choose one of your own to go on.
change-password-current = Current password
change-password-hint = This signs you out everywhere else.
change-password-submit = Change password
change-password-forgotten = I don’t know my current password
change-password-done-heading = Your new password is set
change-password-done = Your password has been changed.
change-password-done-lead = You are signed out everywhere else. Update the password where a phone or computer has stored it.
change-password-go-on = Go to your security info

# A second factor
verify-heading = Verify it’s you
verify-agree = This lets you add, replace or remove methods of your account for 15 minutes. Nobody will ever ask you for it by phone or mail.
verify-code-app = Enter the code that your authenticator app shows.
verify-code-saved = Enter one of the recovery codes that you printed or saved. It works once.
verify-code-email = Enter the code we sent to { $to }.
verify-code-phone = Enter the code we texted to { $to }.
verify-send-app = Enter the code that your authenticator app shows.
verify-send-notification = We’ll ask on your phone; you type a number there.
verify-send-email = We’ll email a code to { $to }.
verify-send-phone = We’ll text a code to { $to }.
verify-choice-passkey = Use my passkey
verify-choice-app = Enter a code from my authenticator app
verify-choice-notification = Approve a notification on my authenticator
verify-choice-saved = Enter one of my recovery codes
verify-choice-email = Email { $to }
verify-choice-phone = Text { $to }
verify-six-digits = 6 digits
verify-eight-digits = 8 digits
verify-send = Send the code
verify-resend = Send a new code
verify-another-way = Use another way
verify-choose-heading = How do you want to verify it’s you?
verify-unavailable-heading = We can’t verify it’s you right now
verify-unavailable-lead = What you set up to verify it’s you does not work at the moment, and your password alone is not enough. Contact your administrator.
verify-unavailable-lead-pass = What you set up to verify it’s you does not work at the moment, and your password alone is not enough. Ask your help desk for a temporary pass: with it you can set up another way.

# Passkeys
passkey-heading = Use your passkey
passkey-lead = Your browser asks for your finger, your face or the PIN of your device.
passkey-use = Use my passkey
passkey-no-script = A passkey needs JavaScript, which is turned off in this browser. Choose another way.
passkey-unknown = This browser knows no passkeys. Choose another way.
passkey-failed = Your browser gave no passkey. Try again, or choose another way.
passkey-none = No passkey on this device? Your browser may offer to use your phone. Or try another way.

# In the admin portal
signin-demo-banner = Demo mode: the admin portal is open without a second factor, and messages stay in the outbox. Do not enter real data.
signin-demo-outbox = Open the outbox
