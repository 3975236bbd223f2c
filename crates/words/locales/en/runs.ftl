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
