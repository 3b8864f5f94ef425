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
change-password-required = Somebody else set your password. Choose one of your own to go on.
change-password-current = Current password
change-password-hint = This signs you out everywhere else.
change-password-submit = Change password
change-password-forgotten = I don’t know my current password
change-password-done-heading = Your new password is set
change-password-done = Your password has been changed.
change-password-done-lead = You are signed out everywhere else. Update the password where a phone or computer has stored it.
change-password-go-on = Go to your security info
