# In scope, registered, ready: the only words for how far people are.

coverage-in-scope = In scope
coverage-registered = Registered
coverage-ready = Ready
coverage-numbers = Of { $users ->
    [one] { $users } person
   *[other] { $users } people
}, { $in-scope } in scope, { $registered } registered, { $ready } ready.
coverage-pending = A policy was changed, and people are being counted. Come back in a few seconds.

# Why somebody is not ready
coverage-not-unknown = There is no such account.
coverage-not-blocked = Sign-in is blocked.
coverage-not-locked = Locked until { $until }.
coverage-not-SSPR_0009 = Password reset is switched off.
coverage-not-SSPR_0010 = The password is managed in another directory.
coverage-not-SSPR_0011 = No group is selected in the policy.
coverage-not-SSPR_0013 = Not in scope.
coverage-not-SSPR_0014 = Not registered: too few methods.
coverage-not-too_new = All methods are newer than a day.
coverage-not-SSPR_0029 = The directory is not set up correctly.
coverage-not-SSPR_0030 = The directory cannot be reached.
