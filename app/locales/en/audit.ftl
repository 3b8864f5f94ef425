# The audit log and the help desk's look-up.

audit-heading = Audit logs
audit-lead = Who did what, when, from where, and how it ended. Times in downloads are UTC. Records are kept for { $days } days.
audit-download-csv = Download CSV
audit-download-json = Download JSON
audit-retention = How long records are kept
audit-retention-lead = Older records are cut, a day at a time; what stays can still be verified. Download what you must keep longer. Every Global Administrator is told when records are kept for a shorter time.
audit-retention-hint = From { $min } to { $max } days
audit-retention-days = days
audit-retention-back = Back to the audit logs

# The filter
audit-activity = Activity
audit-any-activity = Any activity
audit-service = Service
audit-any-service = Any service
audit-result = Result
audit-any-result = Any result
audit-success = Success
audit-failure = Failure
audit-person = Person
audit-code = Support code
audit-from = From
audit-until = Until
audit-apply = Apply
audit-clear = Clear
audit-newest = Back to the newest
audit-empty = Nothing matches. Choose other dates, or clear the filter.
audit-showing = { $n ->
    [one] Showing 1 record
   *[other] Showing { $n } records
}

# The table
audit-column-time = Time
audit-column-activity = Activity
audit-column-actor = Done by
audit-column-target = Done to
audit-column-result = Result
audit-column-reason = Reason
audit-column-code = Support code
audit-nobody = Nobody signed in

# One record
audit-entry-lead = Record number { $number } of the audit log.
audit-entry-record = The record
audit-changes = What changed
audit-setting = Setting
audit-old = Old value
audit-new = New value
audit-no-value = (empty)
audit-category = Category
audit-actor-name = Name
audit-address = IP address
audit-client = Browser
audit-target-kind = Kind of target
audit-whole-flow = Show everything under this code

# The help desk's look-up
support-heading = Look up a support code
support-lead = Every page that people see while they sign in, register or reset shows a support code. It leads to the exact reason why somebody cannot go on.
support-hint = Eight letters and digits, as in ABCD-1234. Capitals and dashes do not matter.
support-look-up = Look up
support-empty = There is nothing under { $code }. Ask for the code once more: it changes with every new attempt.
support-reason = The reason
support-more = This code has more records than are shown here. The audit log has them all.
support-story = What happened under { $code }
