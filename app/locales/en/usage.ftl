# Usage & insights.

usage-lead = Who can help themselves, and how often they do. Days are counted from midnight UTC, and times in downloads are UTC.
usage-tabs = Reports
usage-tab-registration = Registration
usage-tab-usage = Usage
usage-tab-users = Users
usage-period = Period
usage-period-24h = 24 hours
usage-period-7d = 7 days
usage-period-30d = 30 days
usage-in-24h = in the last 24 hours
usage-in-7d = in the last 7 days
usage-in-30d = in the last 30 days

# How it is counted
usage-help = How this is counted
usage-help-in-scope = In scope: the policy lets the person reset (for administrators, the administrator policy).
usage-help-registered = Registered: the person has methods of as many different kinds as the policy requires for them. Only methods count that the policy allows and that work in this installation. Contact data that an administrator entered counts as well; one phone number counts once.
usage-help-ready = Ready: in scope and registered, neither blocked nor locked, and the methods are old enough to count. Only these people can reset now.
usage-help-methods = People by method: everybody who has the method, by registering it or through contact data, whether or not the policy allows it today.
usage-help-fresh = Up to a thousand people are counted when this page opens; more are counted every ten minutes, and after every change of a policy.
usage-counted = Counted on

# Registration
usage-coverage = Who is ready
usage-coverage-finding = { $in-scope ->
    [one] Of { $in-scope } person
   *[other] Of { $in-scope } people
} in scope, { $ready ->
    [one] { $ready } is
   *[other] { $ready } are
} ready to reset ({ $percent } %).
usage-coverage-nobody = Nobody is in scope at the moment.
usage-group = People
usage-users = All users
usage-by-method = People by method
usage-by-method-finding = Most people have: { $method } ({ $n }).
usage-by-method-empty = Nobody has registered a method yet, and no contact data is entered.
usage-method = Method
usage-people = People
usage-recent = Recent registrations
usage-recent-finding = { $n ->
    [one] One method was registered { $in }
   *[other] { $n } methods were registered { $in }
}; registration was put off { $unfinished ->
    [0] by nobody
    [one] once
   *[other] { $unfinished } times
}.
usage-recent-empty = No method was registered { $in }.
usage-registrations = Registrations

# Usage
usage-over-time = Resets and unlocks
usage-over-time-finding = { $resets ->
    [one] One password reset
   *[other] { $resets } password resets
} and { $unlocks ->
    [one] one account unlock
   *[other] { $unlocks } account unlocks
} { $in }.
usage-over-time-empty = Nobody reset a password or unlocked an account { $in }.
usage-hour = Hour ({ $zone })
usage-day = Day (UTC)
usage-resets = Resets
usage-unlocks = Unlocks
usage-methods = Verifications by method
usage-methods-finding = { $passed } of { $all } verifications succeeded { $in } ({ $percent } %).
usage-methods-empty = Nobody verified with any method { $in }.
usage-passed = Succeeded
usage-failed = Failed
usage-obstacles = What stood in the way
usage-obstacles-finding = The most frequent { $in }: { $reason } ({ $n })
usage-obstacles-empty = Nothing stood in anybody’s way { $in }.
usage-obstacle = Reason
usage-times = Times
usage-events = Every single event, with its person, method, result and reason, is in the audit log:
usage-events-resets = Resets in the audit log
usage-events-steps = Steps in the audit log
usage-events-registrations = Registrations in the audit log

# What stood in the way
usage-obstacle-wrong-code = A wrong or expired code, or a wrong answer.
usage-obstacle-wrong-number = A phone number that is not the person’s.
usage-obstacle-locked = Too many wrong tries: locked for a day.
usage-obstacle-left-at-start = Left after the username.
usage-obstacle-left-while-verifying = Left while verifying.
usage-obstacle-left-at-the-end = Left before choosing a password or unlocking.
usage-obstacle-cancelled = Cancelled.
usage-obstacle-password-banned = The new password had banned words or names in it.
usage-obstacle-password-rules = The new password broke another rule.
usage-obstacle-no-cookies = The browser keeps no cookies.
usage-obstacle-other = Something else.

# Users
usage-search = Search people
usage-download = Download CSV
usage-updated = Last updated
usage-never = Never
