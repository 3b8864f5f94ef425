# Texts of the page of a person's own methods.

security-info = Security info
home-heading = You are signed in
security-info-methods = Your methods
security-info-empty = You have not set anything up yet.
security-info-add = Add a method
security-info-rename = Rename
security-info-remove = Remove
security-info-added-on = Added on { $day }
security-info-used-on = last used on { $day }

security-info-can = You can reset your password on your own.
security-info-can-hint = { $required ->
    [one] You need one method
   *[other] You need { $required } methods
}; you have { $have }.
security-info-cannot = You cannot reset your password on your own yet.
security-info-cannot-hint = You have { $have } of the { $required } different methods that you need. Add { $missing } more.
security-info-cannot-else = Something stands in the way at the moment. Contact your administrator.
security-info-locked = You can reset your password on your own again from { $at }.
security-info-locked-hint = There were too many wrong answers, or somebody reported a reset that they had not begun. Signing in works as before, and an administrator can end the wait.
security-info-soon = You can reset your password on your own from { $at }.
security-info-soon-hint = A change of your methods has to be 24 hours old, so that nobody can change them and reset your password right away.
security-info-not-enabled = Your administrator has not enabled password reset for you.
security-info-not-enabled-hint = You can change your password here as long as you know it.

security-info-password = Password
security-info-change-password = Change password

security-info-sessions = Where you are signed in
security-info-here = This browser
security-info-since = Since { $day }, from { $address }
security-info-client = { $browser } on { $system }
security-info-client-unknown = Another browser
security-info-sign-out-elsewhere = Sign out everywhere else

security-info-removed = The method was removed.
security-info-renamed = The new name is saved.
security-info-signed-out = You are signed out everywhere else.

security-info-remove-heading = Remove { $name }?
security-info-remove-enough = You still have { $have } of the { $required } methods that you need to reset your password on your own.
security-info-remove-too-few = You will have { $have } of the { $required } methods that you need, so you could not reset your password on your own.
security-info-remove-fewer = You will have { $have } of the { $required } methods that you need to reset your password on your own.
security-info-remove-final = This cannot be undone. You can set it up again later.
security-info-keep = Keep it

# What if it were gone
security-info-lost-device = Lost this device?
security-info-lost-number = Lost this number?
security-info-lost-codes = Lost these codes?
security-info-lost-mailbox = Lost this mailbox?
security-info-lost-lead = What it means if { $name } is gone. Looking changes nothing.
security-info-lost-can = You could still reset your password on your own.
security-info-lost-cannot = You could not reset your password on your own.
security-info-lost-have = You would have { $have } of the { $required } ways you need.
security-info-lost-with-it = Gone with it: { $names }
security-info-lost-still = What would still work
security-info-lost-nothing = Nothing else.
security-info-lost-now = What to do now
security-info-lost-add = One more method keeps you safe even if another one goes.
security-info-lost-add-now = Add another method now, while you can still sign in.
security-info-lost-if = If it is lost
security-info-lost-remove = Remove it, so that whoever finds it cannot use it to get into your account.
security-info-lost-elsewhere = If you were signed in on it, sign out there, too.

security-info-rename-heading = Rename { $name }
security-info-label = Name
security-info-label-hint = { $method }: a name by which you recognize it. Leave it empty for none.
security-info-rename-save = Save

# What is wrong with an address or number
security-info-trouble-bounced = Mail to this address came back. Change it, or confirm it again with Change.
security-info-trouble-sim-changed = The SIM card of this number was changed, so it cannot be used until you confirm it again with Change.
security-info-trouble-young = New: until { $at } it counts towards a password reset only together with an older method.
security-info-trouble-waiting = An administrator changed this. It counts towards a password reset from { $at }.

# Recovery codes
security-info-codes-left = { $left ->
    [0] None left
    [one] { $left } left
   *[other] { $left } left
}
security-info-codes-few = Make new ones
security-info-new-codes = Make new codes

# A reset that is tried out
drill-heading = Try out a reset
drill-lead = We check that it’s you just as if you had forgotten your password. Nothing changes: your password and your methods stay as they are.
drill-asks = { $required ->
    [one] We ask for one of these
   *[other] We ask for { $required } different ones of these
}
drill-counts = Wrong answers count as they do at a reset.
drill-start = Start
drill-open = Try it out
drill-never = You have not tried it yet. It takes about two minutes, and then you know that it works.
drill-last = Tried out with success on { $day }
drill-not-ready = You cannot try it out yet
drill-not-ready-hint = First set up as many methods as a reset asks for.
drill-banner = This is a drill
drill-banner-hint = Nothing changes: your password stays as it is.
drill-method-lead = This is what we ask when you have forgotten your password.
drill-all-heading = We have checked that it’s you
drill-finish = Finish
drill-done-heading = It works
drill-done-lead = You could have reset your password on your own.
drill-done-same = Nothing was changed.
drill-done-where = When you need it: Can’t access your account? on the sign-in page.

# After a reset
hold-heading = Your methods stay as they are for now
hold-lead = Until { $until } no method and no address is added, replaced or removed.
hold-since = Your password was reset on { $at }.
hold-why = Whoever got in by a trick must not add a way in of their own. You can use everything else meanwhile, and your own methods work as before.
hold-more = Why, and how an older method can agree to a change
hold-agree-lead = A method that you had before, and that took no part in the reset, can agree. Then you can change your methods for 15 minutes.
hold-agree = Agree with an older method
hold-nobody-agrees = You have no other older method that could agree. If it is urgent, contact your administrator: a temporary pass lets you change your methods.
hold-owes = Sign-in asks you for a second factor, and you have none yet. Your administrator can let you in with a temporary pass.
hold-free = You can change your methods
hold-free-lead = Nothing holds them at the moment.
hold-to-methods = To your methods
