# Texts: problems

# Users, groups, roles
problem-blocked-unclear = Say Yes or No: is sign-in blocked?
problem-contact-email = Enter one email address, such as name@example.com
problem-contact-phone = Enter the number with a plus, the country code, a space and the rest, such as +1 4255550123, with as many digits as numbers of that country have
problem-display-name-empty = Enter a display name
problem-group-in-itself = A group cannot be a member of itself
problem-group-name-empty = Enter a name for the group
problem-group-name-taken = There is a group with this name already
problem-import-example-row = This is the example row of the template, with a password that everybody who has the template knows: no account was made of it
problem-import-password-blank = A blank stands before or after the password. Remove it: whoever gets the password would not type it.
problem-initial-password-empty = Enter a password
problem-last-global-administrator = At least one Global Administrator who can sign in must remain. Make somebody else a Global Administrator first.
problem-members-empty = Choose at least one user or group
problem-name-invisible = Remove the characters that cannot be seen
problem-name-too-long = Shorten this to { $max } characters or fewer
problem-upn-domain = What follows the @ must be a domain name, such as contoso.example
problem-upn-domain-too-long = What follows the @ must have 48 characters or fewer
problem-upn-dot = The name before the @ cannot begin or end with a dot, or have two dots in a row
problem-upn-empty = Enter a user principal name, such as ana@contoso.example
problem-upn-name-character = Before the @, use only letters A to Z, digits, and ' . - _ ! # ^ ~
problem-upn-name-too-long = The name before the @ must have 64 characters or fewer
problem-upn-not-an-address = Enter a user principal name with one @, such as ana@contoso.example
problem-upn-taken = There is a user with this name already

# Policy tabs and other settings
problem-banned-term-length = Line { $line }: a term has { $min } to { $max } characters
problem-banned-too-many = The list has more than { $max } terms. Remove some.
problem-choice-unknown = Choose one of the answers: { $choices }
problem-group-gone = That group does not exist any more. Select another one.
problem-group-missing = Select a group, or choose None or All
problem-groups-missing = Select at least one group, or choose All users
problem-groups-too-many = At most { $max } groups can be named here. Remove some, or nest them in one group.
problem-helpdesk-empty = Enter an email address or a web address, or choose No
problem-helpdesk-malformed = Enter one email address, or a web address that begins with https:// or http://
problem-logo-dimensions = The picture is larger than { $max } by { $max } pixels. Make it smaller.
problem-logo-empty = Choose a PNG file
problem-logo-not-png = This file is not a PNG picture that can be read. Save the picture as PNG and try again.
problem-logo-too-large = The file is larger than { $max } KB. Make it smaller.
problem-leaves-methods-app-alone = Then an app would be the only method for resets. Keep or turn on another method, too.
problem-leaves-methods-no-effect = Then only security questions would be left for resets, and with 1 method required they do not count. Keep or turn on another method.
problem-leaves-methods-none = Then nobody would have a method to reset with. Keep or turn on at least one.
problem-leaves-methods-none-work = Then none of the methods for resets would be set up. Keep or turn on one that works.
problem-leaves-methods-one-kind = Two methods are required for resets, and those that remain would be of one kind. Keep or turn on one of another kind, too.
problem-leaves-methods-one-kind-works = Two methods are required for resets, and only one kind of those that remain is set up. Keep or turn on another one that works.
problem-leaves-methods-questions-alone = Then security questions would be the only method for resets. Keep or turn on another method, too.
problem-leaves-second-factor-none-works = Sign-in demands a second factor, and then none would be set up and on. Keep one on for sign-in, or demand a second factor of nobody.
problem-methods-app-alone = An app cannot be the only method. Tick another method, too.
problem-methods-governed = The migration is complete, so these boxes cannot be changed here. Use the authentication methods policy.
problem-methods-no-effect = With 1 method required, neither notifications nor security questions count. Tick another method, too.
problem-methods-none = Tick at least one method
problem-methods-none-work = None of these methods is set up. Tick one that works.
problem-methods-one-kind = Two methods are required, and these are of one kind. Tick one of another kind, too.
problem-methods-one-kind-works = Two methods are required, and only one of these kinds is set up. Tick another one that works.
problem-methods-questions-alone = Security questions cannot be the only method. Tick another method, too.
problem-migration-began = This installation began with the migration in progress, so it cannot go to Pre-migration
problem-migration-reason-missing = Enter why the migration is taken back
problem-migration-reason-too-long = Give the reason in at most { $max } characters, without line breaks
problem-network-malformed = “{ $network }” is not a network. Write it as in 10.0.0.0/8 or 2001:db8::/32.
problem-networks-empty = Enter at least one network, or choose another answer
problem-number-range = Enter a whole number from { $min } to { $max }
problem-organization-name-empty = Enter the name of your organization
problem-time-zone-unknown = There is no time zone of this name. Enter a region and a city, such as Europe/Berlin, or UTC.
problem-question-text-length = A question has 3 to 200 characters
problem-question-twice = The same question is there twice
problem-question-unknown = One of the questions does not exist. Choose among those shown.
problem-questions-number-range = Choose 3, 4 or 5 questions
problem-questions-reset-exceeds-register = People cannot be asked more questions than they register. Choose a smaller number.
problem-questions-too-few = Choose at least { $min } questions
problem-questions-too-many = At most { $max } questions can be chosen. Remove one first.
problem-method-held = Your password was reset lately, so your methods stay as they are for now
problem-hold-hours = Enter a whole number from 0 to { $max }
problem-reconfirm-days-range = Enter a whole number from 0 to { $max }
problem-settings-changed = Somebody else changed these settings while you were editing, so nothing was saved. What you typed is still here: check it, and save again.
problem-settings-differ = “{ $setting }” is now saved as: { $value }

# Usernames and passwords
problem-password-blocked-by-administrator = Your administrator has blocked this password. Choose one that is harder to guess.
problem-password-common = This password is very common and would be guessed first. Choose another.
problem-password-contains-name = Do not use your name or your organization’s name in the password
problem-password-control-character = The password contains a character that cannot be typed everywhere, such as a tab. Remove it.
problem-password-current-empty = Enter your current password
problem-password-current-wrong = Your current password is incorrect
problem-password-empty = Enter your password
problem-password-mismatch = The two new passwords do not match
problem-password-new-empty = Enter a new password
problem-password-not-ascii = Use only unaccented letters, digits and common symbols in the password
problem-password-same-as-current = Choose a password that differs from your current one
problem-password-too-easy = This password is too easy to guess. Choose one with fewer common words and patterns.
problem-password-too-few-classes = Use at least { $min } of these: small letters, capital letters, digits, symbols
problem-password-too-long = The password is too long. Use { $max } characters or fewer.
problem-password-too-short = Use { $min } or more characters for the password
problem-sign-in-incorrect = Your username or password is incorrect.
problem-sign-in-locked = There were too many tries, so sign-in is locked for now. Try again later.
problem-username-empty = Enter your username
problem-username-invisible = Your username contains a character that cannot be seen. Type it again.
problem-username-too-long = Your username is too long. Check it for typing mistakes.

# A second factor
problem-verify-app-code-wrong = That code does not match. Check that your phone sets its clock by itself, and enter the code that shows now. { $left ->
    [0] No tries are left here.
    [one] You have one try left.
   *[other] You have { $left } tries left.
}
problem-verify-code-dead = This code no longer works. Ask for a new one.
problem-verify-code-empty = Enter the code
problem-verify-code-locked = There were too many wrong codes. Try again in 24 hours, or contact your administrator.
problem-verify-code-malformed = Enter the digits of the code, and nothing else
problem-verify-code-too-many = Those were too many codes. You can ask for another one in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}.
problem-verify-code-too-soon = A code is on its way. You can ask for another one in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}.
problem-verify-code-wrong = That code is not right. Check it and try again. { $left ->
    [0] No tries are left here.
    [one] You have one try left.
   *[other] You have { $left } tries left.
}
# Reset and unlock
problem-answer-empty = Answer this question
problem-answers-dead = Too many wrong answers. Try another way, or choose your security questions again. { $left ->
    [0] No tries are left here.
    [one] You have one try left.
   *[other] You have { $left } tries left.
}
problem-answers-wrong = Not all of your answers are right. Here are other questions. { $left ->
    [0] No tries are left here.
    [one] You have one try left.
   *[other] You have { $left } tries left.
}
problem-app-code-dead = Too many wrong codes. Choose a way again. { $left ->
    [0] No tries are left here.
    [one] You have one try left.
   *[other] You have { $left } tries left.
}
problem-captcha-dearer = Meanwhile there were more wrong answers from your network, so this check takes longer now. Do it once more, or type the characters of the picture.
problem-toll-empty = Do the check below first: type the characters, or let your browser do it.
problem-captcha-empty = Type the characters you see or hear
problem-captcha-expired = The picture was too old. Type the characters of this new one.
problem-captcha-wrong = Those were not the characters. Here is a new picture.
problem-intent-missing = Choose what fits you
problem-no-authenticator = No authenticator is set up for notifications. Choose another way.
problem-push-too-soon = Another page asks your phone at the moment. Answer it, or try again in { $seconds } { $seconds ->
        [one] second
       *[other] seconds
    }.
problem-push-too-many = Your phone was asked too often. Choose another way, or try again in { $minutes } { $minutes ->
        [one] minute
       *[other] minutes
    }.
problem-phone-mismatch = This is not the number on your account. Check it and type it again. { $left ->
    [0] No tries are left here.
    [one] You have one try left.
   *[other] You have { $left } tries left.
}

# Codes and phone numbers, wherever they are typed
problem-code-dead = This code no longer works: it has expired, or was tried too often. Ask for a new code. { $left ->
    [0] No tries are left here.
    [one] You have one try left.
   *[other] You have { $left } tries left.
}
problem-code-empty = Enter the code
problem-code-malformed = Enter the digits of the code, and nothing else
problem-code-used = This code was used already: wait for the next one, and enter that.
problem-code-replaced = You asked for another code since, so this one no longer works. Enter the newest.
problem-recovery-code-used = This recovery code was used already. Enter another one of your list.
problem-code-wrong = That code is not right. Check it and try again. { $left ->
    [0] No tries are left here.
    [one] You have one try left.
   *[other] You have { $left } tries left.
}
problem-method-missing = Choose a method
# Registration and security info
problem-answer-malformed = Use an answer without line breaks and control characters
problem-answer-too-long = An answer has 3 to 40 characters. Shorten this one.
problem-answer-too-short = An answer has 3 to 40 characters. Lengthen this one.
problem-answer-twice = Give a different answer to each question
problem-drill-not-ready = First set up as many methods as a reset asks for
problem-passkey-missing = Your browser gave no passkey. Use the button, or choose another way.
problem-passkey-refused = That passkey could not be added. Try again, or choose another method.
problem-passkey-known = That passkey is registered already. Choose another device, or another method.
problem-passkey-wrong = That passkey does not belong to this account, or was not unlocked. Try again, or choose another way. { $left ->
    [0] No tries are left here.
    [one] You have one try left.
   *[other] You have { $left } tries left.
}
problem-passkey-dead = This took too long, or was tried too often. Begin again.
problem-recovery-code-malformed = Enter the 16 letters and digits of one code, such as ABCD-EFGH-JKMN-PQRS
problem-recovery-codes-unsaved = Save the codes, then tick this: they are not shown again
problem-app-code-wrong = That code does not match. Check that your phone sets its clock by itself, and enter the code that shows now.
problem-code-locked = Too many wrong codes. You can try again in 24 hours, or contact your administrator.
problem-code-too-many = That was too many codes. You can ask for another one in { $minutes ->
    [1] one minute
   *[other] { $minutes } minutes
}.
problem-code-too-soon = A code is on its way. You can ask for another one in { $seconds ->
    [1] one second
   *[other] { $seconds } seconds
}.
problem-email-already-there = You have this address already
problem-email-empty = Enter your email address
problem-email-malformed = Enter one email address, such as name@example.com
problem-email-not-taken = Your organization’s mail server delivers only to addresses that have nothing but the letters a to z, digits and common signs before the @. Use one of those.
problem-email-own-organization = Enter an address outside your organization. You could not read this one when you are locked out.
problem-email-too-long = Enter an email address of at most 254 characters
problem-label-too-long = A name has at most { $most } characters
problem-method-full = { $kind ->
    [app] You have { $most } of these, apps and hardware tokens together, which is the most there can be. Remove one first.
    [phone] You have { $most } of these, mobile and office together, which is the most there can be. Remove one first.
   *[other] You have { $most } of these, which is the most there can be. Remove one first.
}
problem-phone-already-there = You have this number already
problem-phone-country-not-served = Text messages and calls do not go to this country. Use another number or another way.
problem-phone-extension-malformed = An extension has up to 10 digits and nothing else
problem-phone-country-missing = Choose your country or region, or begin the number with + and the country code
problem-phone-country-unknown = No country has this code. Check what follows the +.
problem-phone-empty = Enter your phone number
problem-phone-malformed = Enter a phone number, such as +1 425 555 0123
problem-phone-premium = Calls and texts to this number cost extra, so no codes are sent there. Use another number.
problem-phone-too-long = This phone number has too many digits
problem-phone-too-short = This phone number has too few digits
problem-phone-wrong-length = Phone numbers in this country have a different number of digits. Check it.
# Audit log, help
problem-contact-too-many = You have asked for help several times already. Your administrators have your request: please wait for them.
problem-date-malformed = Enter a day as year-month-day, such as 2026-11-23
problem-dates-reversed = The last day must not be before the first
problem-support-code-malformed = Enter the eight letters and digits of a support code, such as ABCD-1234
problem-question-missing = Choose a question

# Channels
problem-channels-name = Give it a name of 1 to 60 characters
problem-channels-url-malformed = This is no address. It looks like https://api.example.com
problem-channels-url-clear = It must begin with https://. Only in networks that REGAIN_GATEWAY_NETWORKS names may a gateway be reached without.
problem-channels-url-forbidden = Requests may not go to this network. The server’s administrator can allow it with REGAIN_GATEWAY_NETWORKS.
problem-channels-account = The account has 1 to 100 characters, without / or spaces
problem-channels-sender = The sender has 1 to 50 characters
problem-channels-cost = The cost is a number such as 0.075
problem-channels-secret-missing = Type the secret. It is asked for again whenever the address or the account changes.
problem-channels-secret-short = The secret that signs has at least 16 characters
problem-channels-kind = Choose how the gateway is spoken to
problem-channels-channel = Choose what it carries
problem-channels-countries = These are calling codes such as 371, 370, with commas between them; { $code } is none
problem-channels-number = This is a whole number; 0 is no limit
problem-channels-test-failed = The test did not go out: { $reason }
problem-channels-test-to = Type where the test goes
problem-channels-test-often = Ten tests in an hour are enough. Wait a little.
problem-channels-phone-alerts = Choose how phones learn that they are asked
problem-channels-changed = Somebody else saved these settings. Look at them and save yours again.

# Temporary passes, and who is calling
problem-pass-empty = Enter the temporary pass
problem-pass-incorrect = Your username or temporary pass is incorrect, or the pass has run out.
problem-pass-lifetimes = The maximum lifetime must not be below the minimum lifetime
problem-pass-off = Temporary passes are switched off
problem-pass-blocked = Sign-in of this person is blocked
problem-pass-unverified = Verify the caller first
problem-caller-factor = Choose one of the methods
problem-caller-confirm = Confirm that you called the number
problem-caller-no-office = The directory has no office number of this person
problem-caller-reason-empty = Enter the reason
problem-caller-reason-long = Enter at most { $most } characters

# Messages
problem-template-empty = Enter a text. To get the default back, choose “Restore the default”.
problem-template-too-long = Shorten the text: it has { $length } characters, and at most { $max } are possible. Letters outside of English count double or more in long texts.
problem-template-lines = Write it in one line, without line breaks
problem-template-invisible = There is a character that cannot be seen. Type the text anew where you pasted it.
problem-template-link = Messages hold no links, because people learn to trust them: take out “{ $link }”. The placeholder for the helpdesk is the one exception.
problem-template-unclosed = A brace is open: write a placeholder as a name between two braces, and no other braces
problem-template-stray = There is a closing brace without an opening one. Braces stand around placeholders alone.
problem-template-unknown = There is no placeholder “{ $name }” in this message. The list of placeholders is below.
problem-template-digits = Write “{ $digits }” in smaller groups: six to eight digits in a row look like a code
problem-template-touches = Put a space or a word between placeholders and digits, so that nothing looks like a longer code
problem-template-code-missing = The text must hold the placeholder { "{" }code{ "}" }: without the code nobody could go on
problem-template-code-twice = The text must hold { "{" }code{ "}" } once, not more often
problem-template-text-long = Shorten the text by { $over ->
    [one] one character
   *[other] { $over } characters
}: with the longest values and the last line it does not fit into one text message of { $room } characters
problem-template-text-alphabet = Plain text messages have no “{ $character }”. With it only { $room } characters fit into one, and this has { $over } too many: take it out, or shorten the text.
problem-template-changed = Somebody else changed this message while you were editing, so nothing was saved. What you typed is still here: look at the text that is sent now, and save again.
problem-template-test-nowhere = No test can be sent to you this way
