### Corrections of invoices, and what is done to many invoices at once.

## A correction's line, and how it was made

line-corrected = Correction: { $name }
made-corrected = off a line of { $code }: { $held } ₮ were left, correction { $amount } ₮

## Reasons of a conflict

conflict-correction-nothing-left = Nothing is left of this invoice that could be taken off.
conflict-correction-too-large = No more than { $left } ₮ can be taken off: that is all that is left.
conflict-correction-of-correction = { $code } is a correction itself and is not corrected again. Correct the invoice it belongs to.
conflict-correction-of-draft = A draft is not corrected. Cancel it and make it anew.
conflict-correction-of-void = { $code } is void, so there is nothing to correct.
conflict-correction-undone-unpaid = An earlier correction of this invoice was undone, and { $left } ₮ of that are not paid yet. Settle that first.
conflict-invoice-has-corrections = Invoice { $code } was corrected, so it can no longer be taken back.
conflict-discount-above-open = The discount is more than the contract owes: { $open } ₮ are open.
conflict-bulk-nothing-to-do = This cannot be done to any of the chosen invoices.
conflict-bulk-changed = The choice has changed: it was { $expected } invoices, now it is { $now }. Look at it again.
conflict-bulk-too-many = No more than { $most } invoices at a time. Narrow the filter.
conflict-bulk-nothing-failed = Nothing has failed.

## Why an invoice is left out, why it failed

bulk-why-not-draft = Not a draft
bulk-why-not-issued = Not issued, or void
bulk-why-not-open = Nothing left to pay
bulk-why-not-overdue = Not overdue
bulk-why-no-phone = The tenant has no telephone
bulk-why-nothing-to-correct = Nothing left to correct
bulk-why-print-failed = The PDF could not be set: look at the invoice and the logo, then try again
bulk-why-print-not-kept = The PDF could not be stored
bulk-why-reminded = Reminded of already
bulk-why-promised = Has promised to pay
bulk-why-sms-refused = The operator refused the text
bulk-why-sms-unknown = Nobody knows whether the text arrived, so it was not repeated
bulk-why-sms-not-sent = The text could not be sent

## Pages

bulk-verb-issue = Issue
bulk-verb-send = Send again
bulk-verb-remind = Remind
bulk-verb-print = Print to one PDF
bulk-verb-correct = Credit
bulk-item-status-waiting = Waiting
bulk-item-status-done = Done
bulk-item-status-failed = Failed
bulk-bar = With the chosen invoices
bulk-whole = Choose all { $count } invoices that match the filter ({ $total } ₮)
bulk-pick = Choose
bulk-pick-one = Choose invoice { $code }
bulk-export = Export to Excel
bulk-choose-first = Choose invoices first.
bulk-confirm-title = { $verb }: look and confirm
bulk-confirm-note = Look at what is done and to whom, then press the button below. Nothing changes until then.
bulk-chosen = Chosen
bulk-will-do = Will be done to
bulk-left-out = Left out
bulk-total = Total
bulk-count = { $count } invoices
bulk-phones = Telephones
bulk-cost = Cost of texts
bulk-texts = { $parts } parts × { $price } ₮ = { $cost } ₮
bulk-parts = Parts of texts
bulk-recipients = Recipients
bulk-and-more = and { $count } more
bulk-do-it = Do it to { $count } invoices
bulk-correct = Correct
bulk-correct-note = The invoice itself does not change: a correction with negative lines is made. What is not paid yet is owed no more, what was paid becomes the tenant's credit.
bulk-correct-line = What to take off. The line is { $amount } ₮. With every line left empty, all that is left of the invoice is taken off.
bulk-corrected = Correction { $code } was made.
bulk-corrections = Corrections
bulk-bill-corrected = Correction ({ $codes })
bulk-previous-balance = Owed from before
bulk-credit = Paid in advance
bulk-paper-open = PDF
bulk-paper-soon = The PDF is being made. Press again in a few seconds.
bulk-paper-failed = The PDF could not be made.
bulk-orders = Bulk work
bulk-orders-note = What was done to many invoices at once, and how far it is
bulk-none = No bulk work yet
bulk-none-note = Choose invoices in their list to begin.
bulk-what = What
bulk-at = When
bulk-by = Who
bulk-all = All
bulk-result = Result
bulk-retry = Try the { $count } failed again
bulk-all-done = All done
bulk-some-failed = Some have failed
bulk-under-way = Under way
bulk-late = Days late
bulk-late-any = Days late: any
bulk-late-days = { $days } days late
bulk-sent = Text
bulk-sent-any = Text: any
bulk-sent-yes = Text sent
bulk-sent-no = No text sent
bulk-min = Amount from, ₮
bulk-max = Amount to, ₮
thing-bulk-order = Bulk work

## History

audit-thing-bulk-order = Bulk work
audit-verb-print = printed
audit-verb-retry = tried again
audit-verb-correct = corrected
