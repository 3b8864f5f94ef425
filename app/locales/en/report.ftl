# This wasn’t me: the page that mails lead to

report-heading = Was this you?
report-happened-notice-password-reset = Your password was reset on { $at }.
report-happened-notice-account-unlocked = Your account was unlocked on { $at }.
report-happened-notice-password-changed = Your password was changed on { $at }.
report-happened-notice-recovery-locked = Password reset was locked for your account on { $at }, after too many tries.
report-happened-notice-method-added = A way to prove who you are was added to your account on { $at }.
report-happened-notice-method-removed = A way to prove who you are was removed from your account on { $at }.
report-happened-notice-token-activated = A hardware token was added to your account on { $at }.
report-happened-notice-token-removed = A hardware token was removed from your account on { $at }.
report-happened-notice-password-set = An administrator set a new password for your account on { $at }.
report-happened-notice-contact-changed = An administrator changed a phone number or an email address of your account on { $at }.
report-happened-notice-methods-removed = An administrator removed ways to prove who you are from your account on { $at }.
report-happened-notice-pass-issued = A temporary pass was issued for your account on { $at }.
report-happened-notice-call-unproved = The help desk went on with a call in your name on { $at }, though less was proved than a reset demands.
report-what = If it was not you, press the button. At once:
report-ends = every reset, code, request and temporary pass of your account ends;
report-ends-sessions = everybody is signed out, you as well, and methods that were added since are removed;
report-ends-password = the password that was set is taken away, so that nobody can sign in with it;
report-locks = password reset is locked for 24 hours;
report-tells = you and your administrators are told.
report-after = To sign in again you may need your administrator.
report-button = This wasn’t me
report-was-me = It was me
report-was-me-what = Then nothing needs to be done.

report-done-heading = You reported it
report-done-lead = What was under way for your account has ended, and password reset is locked for 24 hours. You and your administrators are told by email.
report-done-next = If you cannot sign in now, contact your administrator. If you use the same password elsewhere, change it there.

report-over-heading = This link does not work any more
report-over-lead = A link works once, for seven days. If somebody did something to your account that you did not want, tell your administrator now.
report-over-start = Go to the start page
