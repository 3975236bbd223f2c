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
bulk-why-sms-refused = The operator refused the text
bulk-why-sms-unknown = Nobody knows whether the text arrived, so it was not repeated
bulk-why-sms-not-sent = The text could not be sent

## Texts

sms-bulk-overdue = { $owner }: { $space }, month { $month }: { $amount } ₮ are { $days } days overdue. { $link }
sms-latin-bulk-overdue = { $owner }: { $space }, month { $month }: { $amount } tug are { $days } days overdue. { $link }
