# Authentication methods policy

methods-policy-lead = Each method on or off, and for whom, separately for password reset and for sign-in.
methods-policy-caption = Methods, and for whom they are on
methods-policy-method = Method
methods-policy-reset = Password reset
methods-policy-sign-in = Sign-in
methods-policy-missing = Not set up
methods-policy-missing-hint = This method is not set up yet, so people cannot use it.
methods-policy-off = Off
methods-policy-never = Never
methods-policy-all = All users
methods-policy-groups = { $n ->
    [one] { $n } group
   *[other] { $n } groups
}
methods-policy-except = { $whom }, except { $except }
methods-policy-back = Back to the methods

# The methods, where the policy names them differently from the check boxes
methods-policy-name-app_notification = Authenticator notifications
methods-policy-name-app_code = Authenticator codes (OATH)
methods-policy-name-sms = SMS
methods-policy-name-voice = Voice call
methods-policy-name-email = Email one-time code

# The second factor
methods-policy-second-factor-hint = Whoever must have one and has none is led to registration at the next sign-in. Email and security questions never count here.
methods-policy-second-factor-nobody = A password is enough. The admin center asks for a second factor all the same.
methods-policy-second-factor-administrators = Everybody who holds an administrator role. Recommended.
methods-policy-second-factor-everyone = Everybody who signs in here. New passwords can then be shorter.
methods-policy-finish-on-device-hint = Whoever has an authenticator that is asked, or a passkey, must then reset with it. After an approval the new password is chosen on the phone; a passkey goes on in its own browser. Somebody who only talks a person into approving chooses no password.
methods-policy-finish-on-device-nobody = The new password is chosen in the browser that asked, whoever sits there.
methods-policy-finish-on-device-administrators = Everybody who holds an administrator role.
methods-policy-finish-on-device-everyone = Everybody who has such a device. Safest.

methods-policy-hold-hint = 0 to 72. After a reset nobody adds, replaces or removes a method or address of the account, so that whoever got in by a trick adds none of their own. An older method that took no part in the reset can agree to a change. 0 means no such time.
methods-policy-hours = hours

# One method
methods-policy-include-all = All users
methods-policy-include-selected = Select groups
methods-policy-select-groups = Select groups
methods-policy-change-groups = Change groups
methods-policy-office-hint = With Yes, calls also go to the office phone that an administrator entered. With No, only to mobile phones.

# The migration
methods-policy-manage-migration = Manage migration
methods-policy-migration-lead = Whether the check boxes on the tab Authentication methods count for password reset, or this policy, or both.
methods-policy-state-pre_migration = For password reset the check boxes on the tab Authentication methods count. What is set here for password reset takes effect later; methods that have no check box there are governed here already.
methods-policy-state-in_progress = For password reset a method can be used if it is on here or ticked on the tab Authentication methods.
methods-policy-state-complete = For password reset only this policy counts. Security questions and the number of methods stay on the tab Authentication methods.
methods-policy-began = This installation began with the migration in progress, so there is no way back to this.
methods-policy-reason-hint = Needed to leave Migration complete. It is written to the audit log.
methods-policy-guide = Migration guide
methods-policy-guide-lead = The guide puts together what the check boxes and this policy have on, lets you change it, and then makes this policy the only one that counts. You can take it back.
methods-policy-guide-start = Start the guide
methods-policy-guide-legend = Methods for password reset
methods-policy-guide-hint = Ticked is what people can use today.
methods-policy-from-both = Ticked on the tab, and on in this policy.
methods-policy-from-boxes = Ticked on the tab.
methods-policy-from-here = On in this policy.
methods-policy-from-neither = Off in both.
methods-policy-migrate = Migrate
methods-policy-confirm = Complete the migration?
methods-policy-confirm-what = From then on only the authentication methods policy says which methods people can reset with. The check boxes on the tab Authentication methods cannot be changed any more, security questions aside.
methods-policy-will-be-on = On for password reset
methods-policy-will-be-off = Off for password reset
methods-policy-no-method = No method
