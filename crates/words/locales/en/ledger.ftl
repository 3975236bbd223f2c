# The ledger: postings, the month's tie-out, the month's lock.

## Conflicts

# $month: the locked month
conflict-month-locked = { $month } is locked: nothing dated in it can be added or changed. Make a correction in the open month instead.
