# Overview, password protection, branding.

overview-reader = Your roles let you read reports. Open them from the menu.
overview-state = Password reset
overview-off = Off. Nobody but administrators can reset a password or unlock an account without help.
overview-on-all = On for everybody in the organization.
overview-on-selected = On for the group { $group }: { $people ->
    [one] { $people } person
   *[other] { $people } people
}, nested groups included.
overview-change-properties = Change in Properties
overview-users = Users
overview-users-link = See users
overview-administrators = Administrators
overview-administrators-link = See roles
overview-enabled = Can use password reset
overview-policy = What is set
overview-change = Change
overview-registration-once = Yes; nobody is asked again
overview-registration-days = { $days ->
    [one] Yes; asked again every day
   *[other] Yes; asked again every { $days } days
}
overview-steps = Set-up checklist
overview-done = Done
overview-to-do = To do
overview-step-name = Name your organization
overview-step-name-hint = Messages and pages carry the name, so that people trust them.
overview-step-mail = Set up mail
overview-step-mail-hint = Set REGAIN_SMTP_URL and REGAIN_MAIL_FROM, then restart. Without mail nobody gets a code or a notice.
overview-step-administrators = Have a second Global Administrator
overview-step-administrators-hint = If the only one is locked out, nobody can change these settings.
overview-step-methods = Choose authentication methods that work
overview-step-methods-hint = The methods that are ticked cannot prove a person yet.
overview-step-help = Have somebody who helps
overview-step-help-hint = Give the address of your help desk, or make somebody a Helpdesk Administrator.
overview-step-scope = Turn password reset on
overview-step-scope-hint = Start with one group, then turn it on for everybody.

# Password protection
policy-setting-password_rules = Rules for new passwords
policy-setting-password_min = Shortest password
policy-setting-password_expiry_days = Days until passwords expire
policy-setting-enforce_custom_list = Enforce custom list
policy-setting-banned_list = Custom banned password list
policy-setting-lockout_threshold = Lockout threshold
policy-setting-lockout_duration = Lockout duration in seconds
policy-choice-nist = NIST SP 800-63B-4
policy-choice-entra = Microsoft Entra
protection-rules = Password rules
protection-rules-nist = Length counts: any characters, up to 256. Recommended.
protection-rules-entra = 8 to 256 characters, three of four: small letters, capital letters, digits, symbols. No accents or other scripts.
protection-min-hint = 8 to 64. NIST asks for 15 where the password is all that is needed to sign in, and for 8 where a second factor is always asked: while 15 stands here, 8 is enough for people of whom sign-in demands a second factor.
protection-characters = characters
protection-expiry = Password expiry
protection-expiry-hint = 0 to 730. 0 means never, which is recommended: NIST SP 800-63B-4 advises against making people change passwords that nobody else knows. An expired password is replaced at the next sign-in. Single people can be left out on their page.
protection-banned = Banned passwords
protection-enforce-hint = With Yes, words on your list hardly count toward a new password.
protection-list-hint = One term on each line, up to 1,000; each has 4 to 16 characters. Enter plain words, such as product names: capital letters and look-alikes such as 0 for o are recognized.
protection-global = The built-in list of words and passwords that are guessed first always applies, and so do people’s own names and the name of the organization.
protection-lockout = Smart lockout of sign-in
protection-lockout-hint = It slows down guessing at sign-in. Resets have limits of their own, and a person who resets is unlocked.
protection-threshold-hint = 1 to 50. The same wrong password again does not count.
protection-duration-hint = 5 to 18000. Each further lock lasts twice as long.
protection-tries = wrong passwords
protection-seconds = seconds

# Branding
policy-setting-organization_name = Organization name
branding-name-hint = On every page, in titles and in messages. New passwords must not contain it.
policy-setting-organization_logo = Logo
branding-logo-choose = Choose a picture
branding-logo-hint = A PNG file of at most 64 KB and 512 by 512 pixels. It shows beside the name, at most 36 pixels high. Information inside the file, such as where and when it was made, is taken out.
branding-logo-upload = Upload logo
branding-logo-remove = Remove logo
branding-logo-shown = The logo as it is now

# Channels
channels-lead = How messages leave: mail, text messages, calls.
channels-demo = Demo mode: every message ends in the demo outbox. Gateways can be set up and tested, and are not used otherwise.
channels-mail = Mail
channels-mail-from = Mail leaves as { $from }. The server’s configuration says through which mail server.
channels-mail-none = No mail server is set up. The server’s configuration names one: REGAIN_SMTP_URL.
channels-gateways = Gateways for text messages and calls
channels-gateways-none = No gateway is set up, so nobody can be texted or called.
channels-add = Add gateway
channels-edit = Edit
channels-raise = Move up
channels-remove = Remove
channels-remove-heading = Remove { $name }?
channels-remove-hint = Without another gateway for the same messages, the methods that need it can no longer be used.
channels-name = Name
channels-channel = Carries
channels-channel-email = Mail
channels-channel-sms = Text messages
channels-channel-voice = Calls
channels-channel-push = Notifications
channels-kind = Speaks
channels-kind-twilio = Twilio’s interface
channels-kind-webhook = A signed webhook
channels-state = State
channels-state-working = Working
channels-state-untried = Not used yet
channels-state-failing = Failing
channels-state-resting = Left alone for a minute
channels-last = Last message
channels-sent-on = Taken on { $day }
channels-sent-never = None yet
channels-action = Action
channels-gateway = Gateway
channels-gateway-name = Name
channels-gateway-name-hint = What you call it
channels-gateway-url = Address
channels-gateway-url-hint = Such as https://api.twilio.com, or the whole address of a webhook
channels-gateway-account = Account
channels-gateway-account-hint = The account’s SID. A webhook has none.
channels-gateway-sender = Sender
channels-gateway-sender-hint = The number or name that people see, or the SID of a messaging service
channels-gateway-cost = Cost of one message
channels-gateway-cost-hint = In your currency, such as 0.075, for the cap of money
channels-gateway-secret = Secret
channels-gateway-secret-hint = The account’s token, or the key that signs. It is never shown. Leave it empty to keep it.
channels-gateway-secret-hint-new = The account’s token, or the key that signs. It is never shown again.
channels-test = Send test
channels-test-address = Email address
channels-test-number = Phone number
channels-done-tested = The test was sent
channels-done-removed = The gateway was removed
channels-done-moved = The order was saved
channels-done-retried = The message is tried again
channels-limits = Limits
channels-limits-hint = Against people who earn by letting you send. What is over a limit is not sent, and Global Administrators are mailed once a day. 0 is no limit.
channels-limit-countries = Allowed countries
channels-limit-countries-hint = Calling codes with commas between them, such as 371, 370. Empty: every country.
channels-limit-per_number = To one number, in a day
channels-limit-per_number-hint = Text messages and calls together
channels-limit-per_prefix = To one range of numbers, in a day
channels-limit-per_prefix-hint = Numbers that differ in the last three digits alone
channels-limit-per_day = All together, in a day
channels-limit-per_day-hint = Text messages and calls together
channels-limit-money = Cost, in a day
channels-limit-money-hint = In your currency, whole numbers. The cost of a message is set at its gateway.
channels-queue = Queue
channels-queue-counts = { $waiting } waiting, { $parked } given up in the last day
channels-queue-parked = Messages that were given up
channels-message = Message
channels-error = Last failure
channels-retry = Try again
