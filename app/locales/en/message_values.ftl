# What stands for placeholders of messages

message-value-unknown = unknown
message-value-helpdesk = your administrator
message-value-helpdesk-at = your helpdesk ({ $target })
message-value-method = { $method ->
    [passkey] a passkey
    [recovery_code] a set of recovery codes
    [app_code] an authenticator app
    [app_notification] a phone that is asked by notifications
    [email] the email address { $destination }
    [mobile_phone] the phone number { $destination }
    [office_phone] the office phone number { $destination }
   *[other] a set of security questions
}
message-value-reason = { $reason ->
    [blocked] your account is turned off
    [SSPR_0009] your organization has not turned on password reset for you
    [SSPR_0010] your password is kept in another directory, and it cannot be changed from here
    [SSPR_0011] your organization has not defined who may reset a password
    [SSPR_0013] you are not in the group that may reset a password
    [SSPR_0014] you have not registered enough ways to check that it is you
    [too_new] all of your ways to check that it is you were added or replaced less than 24 hours ago
    [SSPR_0029] the connection to the directory that keeps your password is not set up correctly
    [SSPR_0030] the directory that keeps your password did not answer
   *[other] your account does not allow it
}
message-value-stopped = { $cap ->
    [prefix] Text messages and calls to one range of numbers
   *[other] Text messages and calls with verification codes
}
message-value-cause = { $cap ->
    [money] what they may cost in a day is reached
    [prefix] too many went to numbers that differ in the last digits alone
   *[other] as many as may leave in a day have left
}
message-value-said = { $said ->
    [told] Somebody told me to do this
   *[other] It wasn’t me
}
message-value-happened = { $happened ->
    [notice-password-reset] that the password was reset
    [notice-account-unlocked] that the account was unlocked
    [notice-password-changed] that the password was changed
    [notice-recovery-locked] that password reset was locked after too many tries
    [notice-method-added] that a way to prove who somebody is was added
    [notice-method-removed] that a way to prove who somebody is was removed
    [notice-token-activated] that a hardware token was added
    [notice-token-removed] that a hardware token was removed
    [notice-password-set] that an administrator set a new password
    [notice-contact-changed] that an administrator changed the contact data
    [notice-methods-removed] that an administrator removed ways to prove who somebody is
    [notice-pass-issued] that a temporary pass was issued
   *[other] that the help desk went on with a call that proved too little
}
message-value-ended = { $ended ->
    [access] Everything that was under way for the account was ended: resets, codes, requests and passes. Every session was ended, methods that were added since are removed, and recovery is locked for 24 hours. The password is as it was.
    [after] A new password had been set already. It was taken away: nobody can sign in with it. Every session was ended, methods that were added since are removed, and recovery is locked for 24 hours.
   *[before] Everything that was under way for the account was ended: resets, codes, requests and passes. Recovery is locked for 24 hours.
}
