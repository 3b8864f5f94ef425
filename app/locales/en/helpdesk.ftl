# Contact your administrator.

help-heading = Ask your administrator for help
help-lead = We tell the people in your organization who can help with sign-in. They will contact you in the way they know you.
help-username = Username
help-username-hint = The name you sign in with, such as ana@contoso.example
help-toll = Many asked for help from your network lately. So each request from there comes with a check, whoever makes it.
help-what-is-sent = They see your username, the time, where the request came from, and the support code below. Nothing else is sent.
help-send = Send request
help-sent-heading = Your request is on its way
help-sent-lead = If the username is right, your administrators have been told and will contact you.
help-sent-code = Keep the support code below: it tells them what went wrong.
help-never-password = Nobody who helps you will ask for your password or for a verification code.
help-elsewhere-lead = Your organization has its own place for help with sign-in. Have the support code below at hand.
help-elsewhere-go = Go to your help desk
