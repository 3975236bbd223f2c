# The ledger: postings, the month's tie-out, the month's lock.

## Conflicts

# $month: the locked month
conflict-month-locked = { $month } is locked: nothing dated in it can be added or changed. Make a correction in the open month instead.
# $month: the month
conflict-month-not-over = { $month } is not over yet. A month is locked once it has ended.
# $month: the last locked month
conflict-month-locked-already = The months up to { $month } are locked already.
# $month: the last locked month
conflict-month-locked-later = Unlock { $month } first: only the month that was locked last can be opened.
conflict-month-not-locked = { $month } is not locked.
conflict-month-does-not-tie = The books of { $month } do not tie, so it can't be locked. Clear the differences of the tie-out first.
# $allocated: what was put on it
conflict-not-allocated = Only { $allocated } ₮ of this payment was put on that invoice.
conflict-payment-taken-back = A payment that was taken back can't be put on invoices.

## The page

ledger-tie-out = Month tie-out
ledger-tie-out-note = Ledger, open invoices and statements have to show the same figure at the month's end.
ledger-ties = Everything ties
ledger-differs = Some figures differ
ledger-differs-note = The month can't be locked until every difference is zero. The tables below say which building and which book is off.
ledger-nothing = Nothing was owed up to this month
ledger-nothing-note = Once invoices go out, the receivables of each building stand here.
ledger-receivables = Receivables by building
ledger-opening = Opening
ledger-charges = Charges
ledger-penalties = Penalties and fees
ledger-credits = Credits
ledger-payments = Payments
ledger-closing = Closing
ledger-aging = By open invoices
ledger-statements = By statements
ledger-difference = Difference
ledger-checks = Checks over all buildings
ledger-what = What
ledger-by-ledger = Ledger
ledger-elsewhere = Elsewhere
ledger-is-locked = Locked
ledger-is-open = Open
ledger-lock = Lock the month
ledger-lock-note = Once locked, nothing dated in this month or before it changes any more; corrections go to the open month. It can be locked only while every difference is zero.
ledger-unlock = Unlock the month
ledger-unlock-note = What is dated in this month can be changed again. The reason stays in the history.
# $month: the month
ledger-locked = { $month } is locked.
ledger-unlocked = { $month } is open again.
ledger-lock-history = History of the lock
ledger-lock-made = Locked
ledger-lock-opened = Unlocked

payment-allocate = Put the rest on invoices
payment-allocate-note = What is not on any invoice yet goes to the invoices due first.
payment-allocated = The payment was put on invoices.
payment-release = Take off an invoice
payment-release-note = The invoice is owed again and the money becomes the tenant's credit. The reason stays in the history.
payment-released = The payment was taken off the invoice.

## Terms

tie-out-what-trial-balance = Sum of all accounts
tie-out-what-tenant-statements = Statements of tenants
tie-out-what-tenant-credit = Credit of tenants
tie-out-what-deposits = Register of deposits
tie-out-what-set-offs = Payments out of deposits

## History

audit-action-month-lock = Month: locked
audit-action-month-unlock = Month: unlocked
audit-action-payment-allocate = Payment: put on invoices
audit-action-payment-release = Payment: taken off invoices
audit-field-allocated = Allocated
audit-field-closing = Closing balance
audit-field-paid-at = Paid
