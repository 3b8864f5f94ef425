# The web app on the phone, and the pages that wait for it.

push-heading = Approve on your phone
push-lead = Open the authenticator on your phone and type this number there.
push-lead-notified = We sent a notification to every phone that allows it. Open it, or your authenticator, and type this number there.
push-number = Number to enter
push-warning = Nobody from { $organization } will ever ask you for this number. If somebody wants you to read it out, or told you to open this page, stop here and tell your administrator.
push-waiting = Waiting for your answer. A request lasts one minute.
push-check = Answered already? Check again
push-none = No request on your phone? Check your username, or you may not be set up for reset.
push-send = Send a notification
push-again = Send again
push-denied-title = Denied
push-denied = The request was denied, or another number was typed. If that was a mistake, ask again.
push-expired-title = No answer
push-expired = Nobody answered within one minute. Open your authenticator first, then ask again.

register-notifications = Pair your authenticator
register-notifications-lead = Scan this code with your phone’s camera. It works for { $minutes } more { $minutes ->
        [one] minute
       *[other] minutes
    }, and once.
register-notifications-qr = QR code that opens the authenticator on your phone
register-notifications-code = Pairing code
register-notifications-open = Open the authenticator on this device
register-notifications-typed = On the phone, the username is { $username }.
register-notifications-waiting = Waiting for your phone.
register-notifications-test = Try it out
register-notifications-test-lead = Paired with { $device }. The phone asks a first question now.
register-notifications-not-mine = That is not my phone: start over
register-notifications-over = The code has run out
register-notifications-over-lead = A code works for ten minutes, and for one phone.
register-notifications-new-code = Show a new code

authenticator-heading = { $organization } Authenticator
authenticator-name = { $organization } Authenticator
authenticator-short-name = Authenticator
authenticator-lead = Approve requests and see your codes, also without a connection.
authenticator-no-script = This page needs JavaScript: your key is made and kept in this browser.
authenticator-requests = Requests
authenticator-no-requests = No requests.
authenticator-check = Check now
authenticator-accounts = Accounts
authenticator-alerts = Allow notifications
authenticator-alerts-off = Alerts are off. Open this app when you are asked for it.
authenticator-alerts-none = No alerts are sent. Open this app when you are asked for it.
authenticator-add-another = Add an account
authenticator-username = Username
authenticator-code = Pairing code
authenticator-code-hint = From the page where you set up Authenticator notifications.
authenticator-add = Add account
authenticator-account = Account
authenticator-client = Asked by
authenticator-place = Device
authenticator-place-this = This phone
authenticator-place-other = Another device, or another browser on this one
authenticator-place-unknown = Not known
authenticator-from = Network
authenticator-network-same = (the same as this phone)
authenticator-when = Time
authenticator-number-reset = Number from the reset page
authenticator-number-other = Number from the other page
authenticator-approve = Approve
authenticator-deny = Deny
authenticator-denied = Denied. Was it you?
authenticator-denied-lead = If somebody else asked, say so: what was begun is stopped, recovery of your account is locked, and your administrators are told.
authenticator-report = It wasn’t me
authenticator-told = Somebody told me to do this
authenticator-warning = Nobody from { $organization } will ever ask you for this number, tell you one, or ask you to approve. Go on only if you began this yourself and see the number on your own screen. Did somebody call or write to you? Choose “Somebody told me to do this”.
authenticator-warning-call = Go on only if you called the help desk. Nobody from { $organization } will ever ask you for a number, and nobody who calls you needs this approval. Did somebody call you? Choose “Somebody told me to do this”.
authenticator-approved = Approved lately
authenticator-approved-lead = Was it not you, or did somebody talk you into it? Say so now: what was begun is stopped, and if a new password was set already, it is taken away.
authenticator-mistake = It was me
authenticator-left = Seconds until the next code
authenticator-remove = Remove from this phone

authenticator-did-reset = You approved a password reset
authenticator-did-unlock = You approved unlocking your account
authenticator-did-drill = You approved a tried-out reset
authenticator-did-sign-in = You approved a sign-in
authenticator-did-help-desk = You told the help desk that it is you
authenticator-did-register = You set up this phone

authenticator-asked-reset = Are you resetting your { $organization } password?
authenticator-asked-unlock = Are you unlocking your { $organization } account?
authenticator-asked-drill = Are you trying out a password reset for { $organization }?
authenticator-asked-sign-in = Are you signing in to { $organization }?
authenticator-asked-help-desk = Did you call the help desk of { $organization }? Only then enter the number that they read to you: it tells them that you are the caller.
authenticator-asked-register = Are you setting up this phone for { $organization }?

authenticator-text-approved = Approved.
authenticator-text-clock = The clock of this phone is off. Correct it, then try again.
authenticator-text-denied = Denied.
authenticator-text-expired = The request has run out.
authenticator-text-failed = That did not work. Try again.
authenticator-text-full = This app is open too often. Close the other windows.
authenticator-text-number-missing = Enter the number that the other page shows.
authenticator-text-number-wrong = That was not the number. The request was denied.
authenticator-text-offline = No connection. Codes still work.
authenticator-text-over = The request is over.
authenticator-text-paired = Account added. Answer the first request.
authenticator-text-remove-question = Remove this account from this phone? Remove it from your security info as well.
authenticator-text-reported = Reported. What was begun is stopped, your account’s recovery is locked, and your administrators were told.
authenticator-text-synced = Up to date.
authenticator-text-too-many = Too many tries. Wait a few minutes.
authenticator-text-undone = Reported. The new password works no more, everybody is signed out, and your administrators were told. Contact them to get back in.
authenticator-text-wrong-code = No such code. Check the username and the code; a code works for ten minutes, once.
