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
