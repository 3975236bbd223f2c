# Stuck work

outbox-title = Stuck work
outbox-all = All
outbox-pending = Waiting
outbox-dead = Stuck
outbox-done = Done
outbox-kind = Work
outbox-attempts = Tries
outbox-run-at = Next try
outbox-error = Last error
outbox-made = Made
outbox-empty = No such work
outbox-empty-note = Messages, receipts and QPay requests are all on time.
