# Hardware tokens: small devices that show codes.

ui-menu-hardware-tokens = Hardware tokens
token-lead = Small devices that show codes, for people without a phone. A token counts once it is activated.
token-label = Hardware token { $serial }

# Uploading
token-upload-heading = Upload tokens
token-file = File
token-file-hint = A CSV file whose first line is: upn,serial number,secret key,time interval,manufacturer,model. Columns may also be separated by semicolons or tabs. Secret keys are Base32 or hexadecimal. Codes have 6 digits (SHA-1) and show for 30 or 60 seconds. In a spreadsheet, format serial numbers and secret keys as text, or it removes zeros at their beginning.
token-upload = Upload
token-uploaded = { $n ->
    [one] 1 token was uploaded.
   *[other] { $n } tokens were uploaded.
}
token-refused = { $n ->
    [one] 1 row was not uploaded
   *[other] { $n } rows were not uploaded
}
token-line = Line { $line }:
token-refused-more = { $n ->
    [one] There is one more such row.
   *[other] There are { $n } more such rows.
}
token-refused-again = Correct these rows and upload the file once more: tokens that are there already stay as they are.

# The list
token-none = There are no hardware tokens yet.
token-none-match = No tokens match this search.
token-search = Search tokens
token-search-hint = The beginning of a serial number, name, username, manufacturer or model.
token-show-all = All tokens
token-serial = Serial number
token-user = User
token-made-by = Manufacturer
token-model = Model
token-state = State
token-period = { $n } seconds
token-active = Activated
token-waiting = Not activated
token-activate = Activate
token-delete = Delete

# Activating
token-activate-heading = Activate token { $serial }
token-activate-lead = Press the button of the token with the serial number { $serial }, and enter the code that it shows. From then on { $name } ({ $upn }) can use it.
token-code-hint = The 6 digits that the token shows now. This code works no second time.

# Deleting
token-delete-heading = Delete token { $serial }?
token-delete-confirm = Delete token
token-delete-active = { $upn } can no longer use it to sign in or to reset the password, and is told by email.
token-delete-waiting = It was never activated, so { $upn } loses nothing.
token-delete-seed = Its secret is deleted, too. To use it again you need the file that came with it.

# What was done
token-done-activated = The token is activated.
token-done-deleted = The token is deleted.

# Among a person’s own methods
security-info-token = Hardware token
security-info-lost-token = Lost this token?
security-info-remove-token = This cannot be undone. Only an administrator can set it up again.

# What is wrong with a file or a row
problem-row-control = The row holds a control character, such as NUL. Remove it.
problem-row-not-utf8 = The row is not UTF-8. Save the file as CSV UTF-8.
problem-row-quote-open = A quotation mark in this line is not closed, so the line was not read. The lines after it were read by themselves.
problem-row-too-long = The row is too long, so it was not read.
problem-row-too-wide = The row has more columns than the headers. Put text that has a comma, semicolon or tab in quotation marks.
problem-token-active = This token is activated already
problem-token-broken = The secret of this token cannot be read any more. Delete it and upload it again.
problem-token-code-wrong = That code does not match. Check the serial number, and enter the code that the token shows now.
problem-token-file-empty = Choose a CSV file
problem-token-file-too-large = The file is larger than { $max } KB. Split it.
problem-token-file-unreadable = This is no file of tokens that can be read. Save it as CSV UTF-8, with the first line upn,serial number,secret key,time interval,manufacturer,model.
problem-token-interval = The time interval must be 30 or 60
problem-token-name-invisible = Remove the characters that cannot be seen from the { $column }
problem-token-name-too-long = The { $column } has more than { $max } characters
problem-token-secret-malformed = The secret key is not Base32 (letters A to Z, digits 2 to 7) and not hexadecimal
problem-token-secret-odd = The secret key is hexadecimal with an odd number of digits: a spreadsheet has probably removed a zero at its beginning. Format the column as text.
problem-token-secret-too-long = The secret key has more than { $max } characters
problem-token-secret-too-short = The secret key has fewer than { $min } bits, which is too short to be safe
problem-token-serial-empty = The serial number is missing
problem-token-serial-taken = There is a token with the serial number { $serial } already
problem-token-spreadsheet = A spreadsheet changed the { $column } into a number like 1.23E+08. Format the column as text, and enter it again.
problem-token-tries = Those were too many wrong codes for this token. Try again in an hour.
problem-token-upn-empty = The upn is missing
problem-token-user-forbidden = Your roles do not let you manage { $upn }
problem-token-user-full = This person has { $most } authenticators and tokens, which is the most there can be. Remove one first.
problem-token-user-unknown = There is no user { $upn }

# Told to the owner
message-notice-token-activated-subject = { $organization } account: a hardware token was added to your security info
message-notice-token-activated-body =
    Hello { $name },

    On { $time } an administrator activated the hardware token with the serial number { $serial } for { $username }. Its codes can be used to verify it’s you, for instance to reset your password.

    If you did not expect this, contact { $helpdesk } at once and give the support code { $support }.

message-notice-token-removed-subject = { $organization } account: a hardware token was removed from your security info
message-notice-token-removed-body =
    Hello { $name },

    On { $time } the hardware token with the serial number { $serial } was removed from the security info of { $username }. Its codes no longer work.

    If this was you, there is nothing to do. If it was not, contact { $helpdesk } at once and give the support code { $support }.
