# Demo mode.

demo-line-label = Demo mode
demo-line = Demo mode: messages land in the
demo-line-link = outbox

demo-outbox-heading = Outbox
demo-outbox-lead = In demo mode no mail, text message or call leaves this machine. What would have been sent stands here, newest first.
demo-outbox-empty = Nothing was sent yet.
demo-outbox-reload = Look again
demo-outbox-email = Email
demo-outbox-sms = Text message
demo-outbox-voice = Call
demo-outbox-push = Push message
