# What is said to a person whose request was not carried out, ending with what they can do about it.

## Codes of the envelope: error-<code>

error-validation-error = Some of what was entered is not right. Correct the marked fields and send again.
error-unauthorized = You are not signed in, or your session has ended. Please sign in again.
error-forbidden = You do not have the right to do this. Ask your organisation's director for it.
error-not-found = Not found.
error-method-not-allowed = This address does not take that kind of request.
error-request-timeout = The request took too long to arrive. Please send it again.
error-conflict = This cannot be done in the present state of things.
error-payload-too-large = What was sent is too large.
error-payload-over = What was sent is larger than { $max }. Make it smaller or send it in parts.
error-unsupported-media-type = Data of this kind is not accepted here.
error-rate-limited = Too many requests. Please wait a little and try again.
error-internal-error = Something went wrong on our side. Please try again; if it happens again, tell us the request number.
error-service-unavailable = The system is not available just now. Please try again in a few seconds.

## Signing in

error-sign-in = The e-mail or the password is not right.
error-origin = The request came from another site and was refused.

## Reasons of a conflict: conflict-<reason>

conflict-illegal-transition = It cannot go from “{ $from }” to “{ $to }”.
conflict-duplicate = This is registered already.
conflict-version = Someone else changed this while you were editing. Reload the page and make your change again.
# $code: the other contract on the space
conflict-overlap = This space is let under contract { $code } for part of that time.
# $open: what is left to allocate
conflict-over-allocation = The allocated amount is more than the { $open } ₮ that is left.
conflict-contract-ended = This contract has ended and can no longer be changed.
conflict-import-meanwhile = Someone added part of this while the file was being taken over; nothing was written. Send it again.
conflict-idempotency-key-reused = This Idempotency-Key was used before with a different request.
conflict-idempotency-in-progress = The same request is being carried out right now. Please ask again in a moment.
# $code: the contract's number
conflict-contract-not-signed = Contract { $code } is not in force yet, so it cannot be billed. Sign it first.
# $paid: what was paid of it
conflict-invoice-has-payments = { $paid } ₮ of this invoice have been paid, so it cannot be cancelled. Reverse the payment first.
# $now, $last: this month's total and last month's, $bound: the difference allowed, in per cent
conflict-run-out-of-bounds = This month comes to { $now } ₮, last month to { $last } ₮. They differ by more than { $bound } %: check and confirm.
conflict-month-being-billed = Someone else is making this month's invoices right now. Please try again in a moment.
conflict-payment-is-reversal = This is a reversal itself and cannot be reversed.
# $max: number of devices
conflict-device-limit = A user can have at most { $max } devices.
conflict-nothing-to-pay = Nothing is left to pay on this invoice.
conflict-qr-out-of-date = What is left to pay has changed, so the QR code is being renewed. Try again in a few seconds.

## Mistakes in a field: field-<reason>

field-required = Required.
field-too-short = At least { $min } characters.
field-too-long = At most { $max } characters.
field-not-a-number = Enter a number.
field-too-small = At least { $min }.
field-too-large = At most { $max }.
field-bad-format = Not in the right form.
field-unknown-field = There is no such field.
field-bad-date = Not a date. Example: 2026.11.22
field-bad-month = Not a month. Example: 2026-11
field-end-before-start = The end is before the start.
field-not-a-choice = Choose one of the list.
field-bad-phone = A telephone number has 8 digits. Example: 9911 0001
field-bad-register = Not a register number. A citizen's is like УБ91010112, a company's has 7 digits.
field-bad-email = Not an e-mail address. Example: nomin@example.mn
field-bad-money = Not an amount of money. Example: 1 250 000 or 1.25 million
field-not-positive = Must be more than zero.
field-too-large-number = The number is too large.
field-too-many = There are too many lines.
field-in-the-future = May not lie in the future.
field-draft-only = Can be changed only while the contract is a draft.
field-extend-only = Must be after the present end. To end the contract early, terminate it.
field-after-end = The day is after the contract's end.
field-outside-contract = These days are outside the contract.
field-repeated = The same thing stands here twice.
field-discount-takes-off = A discount is zero or less.
field-only-exempt = Only a line without VAT has an exemption code.
field-only-by-meter = Only a charge by meter has a kind of meter.
field-service-by-meter = A charge by meter is a service.
field-named-twice = The same thing is named twice.
field-file = { $said }

## Rows of an import that are right in themselves: import-<kind>

# $code: the contract that has the room; $sheet, $row, $column: where it stands
import-overlap = { $sheet }, row { $row }, column { $column }: the room is let at that time under contract { $code }, which is not in this file.
import-duplicate-contract = { $sheet }, row { $row }, column { $column }: contract { $code } is registered already for another tenant.
# $other: the row that is wrong
import-partner-row = { $sheet }, row { $row }, column { $column }: contract { $code } also stands in row { $other }, which is wrong; it comes in when both are right.
import-too-long = { $sheet }, row { $row }, column { $column }: the text is too long.
import-too-large = { $sheet }, row { $row }, column { $column }: the number is too large.
# $columns: the missing ones
field-no-invoices-in-sheet = There are no invoices in the file. Missing columns: { $columns }.
