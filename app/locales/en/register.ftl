# Texts of the registration wizard.

register-keep = Keep your account secure
register-lose = Don’t lose access to your account!
register-lead = { $organization } needs { $required ->
    [1] one way
   *[other] { $required } different ways
} to check that it’s you if you forget your password. It takes about two minutes.
register-prefilled-lead = { $organization } has these ways to check that it’s you if you forget your password. Make sure that they are yours.
register-progress = { $have } of { $required } added
register-next = Next
register-not-now = Not now
register-proposals = We suggest: { $methods }. You can choose others.
register-second-factor = Your organization asks for a second factor when you sign in. Add one to go on.
register-not-now-hint = We ask again at your next sign-in.
register-change = Change
register-continue = Continue
register-set-up = Set up
register-entered = Entered by your administrator
register-unusable = Not in use
register-idle-not-allowed = Your organization does not use this method for a password reset at the moment.
register-idle-not-working = This method does not work here at the moment.
register-idle-few-questions = Too few of these questions are still asked. Remove them and answer new ones.
register-idle-premium-rate = We never text or call numbers that cost extra. Use another one.
register-idle-no-codes = All codes are used up. Make new ones.

register-not-enabled = Your administrator has not enabled password reset for you
register-not-enabled-lead = There is nothing to set up. If you think that this is wrong, contact your administrator.
register-dead-end = You cannot finish this on your own
register-dead-end-lead = Your organization asks for { $required } ways to check that it’s you, and does not offer enough of them. Contact your administrator. You can go on for now.
register-dead-end-second-factor = Your organization asks for a second factor when you sign in, and offers you none. Contact your administrator.

# Methods
register-which = Which method do you want to add?
register-method-passkey = Passkey
register-method-recovery-codes = Recovery codes
register-method-notifications = Authenticator notifications
register-method-app = Authenticator app
register-method-device = Authenticator notifications and codes
register-method-email = Email
register-method-phone = Phone
register-method-office-phone = Office phone
register-method-questions = Security questions
register-recommended = Recommended. { $hint }
register-hint-passkey = Your finger, face or PIN on this device, or a security key.
register-hint-recovery-codes = Codes to print or save, for the day when nothing else is at hand.
register-hint-notifications = You approve on your phone.
register-hint-app = Your app shows codes. Works without a connection.
register-hint-email = We send a code to an address outside { $organization }.
register-hint-phone = We text you a code.
register-hint-office-phone = We call you at the office.
register-hint-questions = You answer questions that only you can answer.
register-full = { $kind ->
    [app] You have { $most } of these, apps and hardware tokens together, which is the most there can be. Remove one first.
    [phone] You have { $most } of these, mobile and office together, which is the most there can be. Remove one first.
   *[other] You have { $most } of these, which is the most there can be. Remove one first.
}

# Passkey
register-passkey = Create a passkey
register-passkey-lead = A passkey proves that it’s you with your finger, your face or the PIN of your device. Nobody can guess it, and no false page can steal it.
register-passkey-create = Create a passkey
register-passkey-device = Your browser asks where to keep it: on this device, on your phone, or on a security key. If it stays on this device alone, add another method, too.

# Recovery codes
register-codes = Save your recovery codes
register-codes-lead = Each code gets you back into your account once. Print them or keep them in a safe place: they are not shown again.
register-codes-replaces = The codes that you had stop working as soon as you go on.
register-codes-file = Recovery codes of { $username } for { $organization }. Each works once. Give them to nobody.
register-codes-saved = I have saved these codes

# Authenticator app
register-app = Set up your authenticator app
register-app-lead = Scan this with any authenticator app, then enter the code that it shows.
register-app-open = Open my authenticator app
register-app-qr = QR code for your authenticator app
register-app-key = Secret key
register-app-hint = 6 digits. A new code shows every 30 seconds.

# Email
register-email = What is your email address?
register-email-lead = We send a code to it now, and whenever you need to get back into your account.
register-email-label = Email address
register-email-hint = Outside { $organization }: your work mail is out of reach when you are locked out.

# Phone
register-phone = What is your phone number?
register-phone-lead = We send a code to it now, and whenever you need to get back into your account.
register-phone-use = We use your number only to check that it’s you. Your carrier may charge for it.
register-phone-how = How should the code come?
register-phone-text = Text me a code
register-phone-call = Call me
register-phone-extension = Extension
register-phone-extension-hint = Only digits. Leave it empty if the number is direct.
register-office-phone = What is your office phone number?
register-office-phone-lead = We call it now and read a code out, and whenever you need to get back into your account.

# Code
register-code = Enter the code we sent
register-code-lead-call = We are calling { $destination }. Answer, press #, and type the code you hear. It works for { $minutes } minutes.
register-code-lead = We sent it to { $destination }. It works for { $minutes } minutes.
register-code-hint-email = 8 digits. Look among your spam, too.
register-code-hint-phone = 6 digits
register-code-other-email = Use another address
register-code-other-phone = Use another number
register-resend = Send a new code
register-resent = A new code is on its way. The one before it no longer works.
register-other-method = I want to set up a different method

# Security questions
register-questions = Choose your security questions
register-questions-lead = Choose { $number } questions and answer them. When you reset your password we ask some of them, chosen at random.
register-question = Question { $number }
register-question-none = Choose a question
register-answer = Answer { $number }
register-answer-hint = 3 to 40 characters. Capital and small letters count the same. Nobody can read it later, not even you.

# Between and after
register-added = { $method } added
register-added-more = { $missing } more to add.
register-added-all = That is everything you need.
register-added-entered = Together with what your administrator entered, that is enough. On the next page, check that those details are yours.
register-review = Check your security info
register-review-lead = You use these to get back in if you forget your password.
register-review-spare = If you lose one of these, the others still get you back in.
register-review-no-spare = { $required ->
    [1] This is all that you need. If you lose it, you cannot reset your password on your own: add one more to be safe.
   *[other] These are exactly the { $required } that you need. If you lose one, you cannot reset your password on your own: add one more to be safe.
}
register-last-checked = Last checked on { $day }
register-looks-good = Looks good
register-manage = Something is wrong: add, change or remove a method
