# How far a run of a month is, and what came of it.

# $month: the month's name
run-preview-title = { $month }: before the run
run-title = { $month }: the run
run-preview = Preview
run-differing = All that differ
# $count: a number
run-ordered = { $count } bills are being made. You may close this page, the run goes on.
# $who: a name
run-ordered-by = Ordered by { $who }
run-by-the-clock = the clock, on the billing day
run-going = Going through the contracts
run-going-note = You may close this page. Should the server break down, the run goes on where it stopped.
run-made = Bills made
run-numbers = Numbers
run-existing = Billed before
run-parked = Contracts left out
run-finished = Finished
run-stopped = The run was stopped
run-stopped-note = Mend the reason and run the month again: nothing is billed twice, only what is missing is made.
run-gave-up = It was tried many times and could not be made. Run the month again; if that does not help, ask for help.
run-left-out = Contracts left out
run-left-out-note = The figures of these contracts do not add up. Mend them and run the month again: only these are added then.
run-mend = Mend

run-status-ordered = In the queue
run-status-running = Running
run-status-done = Done
run-status-stopped = Stopped
export-month-preview = Preview of the month

run-work-note = The work of the month, step by step, until it is locked.
run-work-step = Step
run-work-done = Done
run-work-open = Open
run-work-parts = Details
run-work-who = Who and when

run-step-readings = Enter the meter readings
run-step-unusual-readings = Check unusual readings
run-step-charges = Preview the charges and run the month
run-step-drafts = Approve the drafts
run-step-sending = Send the bills
run-step-payments = Match the payments
run-step-penalties = Review the penalties
run-step-reminders = Send reminders
run-step-receipts = Reconcile eBarimt
run-step-bank = Reconcile the bank
run-step-reports = Save the reports
run-step-lock = Lock the month

run-state-nothing = Nothing to do
run-state-open = Open
run-state-done = Done

run-part-delivered = Delivered
run-part-accepted = Sent
run-part-waiting = Waiting
run-part-failed = Failed
run-part-untold = Not told
run-part-sent = Sent
run-part-pending = Waiting
run-part-parked = To be checked
run-part-due = To be reminded
run-part-linked = Linked
run-part-ignored = Ignored
run-part-probable = Probable
run-part-unknown = Unknown

run-utilities = Utilities
# $count: тоо
run-utilities-parked = { $count } contracts left out
