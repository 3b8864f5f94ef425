# Pages of requests that cannot be answered.

error-home = Go to the start page

error-400-heading = We could not read that form
error-400-lead = Nothing was changed. Go back, check what you entered, and send it again.
error-403-heading = You cannot open this page
error-403-lead = Your account does not have the role that this page needs. An administrator can give it to you.
error-404-heading = There is no such page
error-404-lead = Check the address for typing mistakes, or start from the beginning.
error-405-heading = This page cannot be opened that way
error-405-lead = Nothing was changed. Start from the beginning.
error-408-heading = That took too long
error-408-lead = The connection was too slow. Nothing was changed. Try again.
error-413-heading = That is too much at once
error-413-lead = Nothing was changed. Shorten what you entered and send it again.
error-421-heading = This demo answers on this machine only
error-421-lead = Nothing was changed. Open it at the address that it showed when it started.
error-429-heading = Too many tries
error-429-lead = There were too many tries from where you are. Nothing was changed. Wait a few minutes and try again.
error-500-heading = Something went wrong on our side
error-500-lead = Try again in a moment. If it happens again, tell your administrator the support code below.
error-503-heading = We are busy right now
error-503-lead = Nothing was lost. Try again in a few seconds.
error-origin-heading = That form came from somewhere else
error-origin-lead = Nothing was changed. Go to the start page and try again. If you land here again, tell your administrator: a proxy must pass the header Origin on unchanged, and REGAIN_PUBLIC_URL must be the address that people use.
error-cookies-heading = Your browser does not keep cookies
error-cookies-lead = Nothing that you entered was used: without a cookie we cannot tell that the next page is yours. Allow cookies for this site, or use another browser, and start again. If the page had been open for a long time, it is enough to open it again.
error-other-heading = We could not do that
error-other-lead = Nothing was changed. Start from the beginning.

# A form of another tab, whose reset or sign-in is not this browser's any more
another-reset-heading = This page belongs to an earlier reset
another-reset-lead = Another reset was begun in this browser, for { $account }. Nothing that you sent on the earlier page was used.
another-reset-on = Go on with the reset for { $account }
another-reset-again = Begin a new reset
another-sign-in-heading = This page belongs to an earlier sign-in
another-sign-in-lead = In this browser { $name } is signed in now. Nothing that you sent on the earlier page was used.
another-sign-in-on = Go on as { $name }
another-sign-in-again = Sign in as somebody else
