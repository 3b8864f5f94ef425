# Texts of the shells and of the component kit.

ui-skip = Skip to content
ui-back = Back
ui-cancel = Cancel
ui-problem = There is a problem
ui-error-title = Error: { $title }
ui-step = Step { $step } of { $of }
ui-account = Account:
ui-contact = Contact your administrator
ui-support-code = Support code

ui-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }

ui-moment = { ui-day } at { $time }
ui-brief = { ui-day-brief }, { $time }
ui-exact = { ui-day-brief }, { $exact }
ui-day-brief = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
} { $year }

# Fields
ui-show-password = Show password
ui-password-shown = Your password is visible
ui-password-hidden = Your password is hidden
ui-code = Enter your verification code
ui-country = Country or region
ui-country-none = Choose a country or region
ui-phone = Phone number

# CAPTCHA
ui-captcha = Characters you see or hear
ui-captcha-hint = Capital and small letters count the same.
ui-captcha-alt = Picture with characters to type. Use “Listen” instead.
ui-captcha-instead = Use a picture or sound instead
ui-captcha-working = Checking that you are not a robot… This takes a few seconds.
ui-captcha-done = Checked
ui-toll = There were many wrong answers from your network lately. So each answer from there comes with a check, whoever gives it.
ui-captcha-another = New picture
ui-captcha-listen = Listen

# Sending again. { $seconds } is a number that counts down.
ui-resend-wait = You can ask again in { $seconds } s.
ui-resend-ready = You can ask again now.

# Keys and codes
ui-cannot-scan = Can’t scan?
ui-download = Download
ui-print = Print
ui-recovery-codes = Recovery codes
ui-copy = Copy
ui-copied = Copied

# Passwords
ui-new-password = New password
ui-confirm-password = Confirm new password
ui-rule-length = { $min } or more characters
ui-rule-classes = 3 of these: small letters, capital letters, digits, symbols
ui-rule-ascii = Only unaccented letters, digits and common symbols
ui-rule-met = Met:
ui-rule-names = Does not contain your name or { $organization }
ui-rule-common = Not a common password
ui-rules-later = Checked when you finish:
ui-rules-server = Spaces are welcome: a few random words are easy to remember and hard to guess.
ui-rules-directory = Your organization’s directory has its own rules for passwords and decides whether this one is accepted.
ui-suggest = Suggest a passphrase
ui-suggestion = Suggested passphrase
ui-suggest-use = Use this one
ui-suggest-used = It is in both fields now. Write it down before you go on.
ui-suggest-another = Suggest another one
ui-strength = Password strength
ui-strength-empty = The strength shows here as you type.

# The level of a password; the first is for one that breaks a rule.
ui-strength-0 = Not there yet.
ui-strength-1 = Weak.
ui-strength-2 = Fair.
ui-strength-3 = Good.
ui-strength-4 = Strong.

# What to do about the main reason for the level.
ui-strength-rules = The list above says what is missing.
ui-strength-unlisted = It is too long, or it contains a character that cannot be typed everywhere.
ui-strength-common-word = It contains a very common word. Add words that do not go together.
ui-strength-repeats = It repeats itself. Use different words instead.
ui-strength-sequence = It contains a sequence such as abc or 321.
ui-strength-keyboard = It contains neighboring keys, as in qwerty.
ui-strength-year = It contains a year or a date.
ui-strength-longer = Longer is better: add another word.
ui-strength-nothing = Nothing to improve.

# Lists
ui-previous = Previous
ui-next-page = Next
ui-pages = Pages

# Settings
ui-save = Save
ui-discard = Discard
ui-saved = Your changes are saved.
ui-unsaved = You had to show again who you are, so your change was not saved. Make it once more.
notice-form-cut = What you entered was too long to be kept. Its end is missing here: shorten it.
ui-clean = No changes yet
ui-dirty = You have changes to save
ui-read-only = You can see these settings. Your roles do not let you change them.

# Admin portal
ui-admin-center = Admin center
ui-sign-out = Sign out
ui-breadcrumb = Breadcrumb
ui-menu = Menu
ui-menu-overview = Overview
ui-menu-protection = Protection
ui-menu-password-reset = Password reset
ui-menu-properties = Properties
ui-menu-authentication-methods = Authentication methods
ui-menu-registration = Registration
ui-menu-notifications = Notifications
ui-menu-customization = Customization
ui-menu-on-premises = On-premises integration
ui-menu-administrator-policy = Administrator policy
ui-menu-audit-logs = Audit logs
ui-menu-usage-insights = Usage & insights
ui-menu-methods-policy = Authentication methods policy
ui-menu-password-protection = Password protection
ui-menu-identity = Identity
ui-menu-users = Users
ui-menu-groups = Groups
ui-menu-roles = Roles
ui-menu-support-code = Support code
ui-menu-settings = Settings
ui-menu-branding = Branding
ui-menu-messages = Messages
ui-menu-channels = Channels

# Charts
ui-chart-table = Show data table
