# A contract's terms: made step by step, increases, discounts, schedule, approval, history.

## Conflicts

# $lacks: what is missing: rooms, items or both
conflict-contract-incomplete = { $lacks ->
    [rooms] The contract has no space yet. Choose it first.
    [items] The contract charges nothing yet. Enter its charges first.
   *[other] The contract has neither space nor charges yet. Enter them first.
}
conflict-not-a-draft = This step is for drafts only.
conflict-increase-exists = This charge has a rule of increase already. End that one first.
# $month: the month
conflict-month-is-billed = { $month } has been billed, so its part of the schedule can no longer be changed.
# $unit: the unit's number
conflict-room-is-charged = A charge is laid on { $unit }. Remove that charge first.

## Fields

field-one-of-two = Give either a percent or an amount.
field-shorten-only = Must be before the present end.
field-no-rent = There is no rent. Add a line of rent first.
field-only-custom = A contract that pays the same each month has no schedule.
field-index-comes-later = The percent of an index is given once it is known.
field-after-charge-begins = Must be after the charge begins.
field-only-index = Only an increase by an index takes a percent.
field-before-due = Must not be before the day it is due.
field-has-rooms = A contract that has chosen space stays in its building. Remove the space first.
field-after-increase = Must begin before a charge rises. End the increase and try again.

## The audit

audit-thing-contract-discount = Contract discount
audit-thing-contract-increase = Price increase
audit-verb-approve = approved
audit-verb-withdraw-approval = approval withdrawn
audit-verb-set-schedule = payment schedule set
audit-verb-set-parties = parties set
audit-verb-set-rooms = space set
audit-verb-set-charges = charges set
audit-verb-give = percent given
audit-verb-apply = took effect

## Approval

contract-approve = Approve
contract-approved-at = Approved
contract-unapproved = Awaits approval
contract-unapproved-note = Until a director or an accountant approves it, this contract is not billed.
# $code: the contract's number
contract-approved-news = Contract { $code } is approved and will be in the next month's run.
contracts-any-approval = Approval
contracts-unapproved = Awaiting approval
contracts-approved = Approved

## Increases

increase-kind-percent = By a percent
increase-kind-amount = By an amount
increase-kind-index = By an index
contract-increases = Price increases
contract-no-increases = No price rises by a rule.
increase-add = Add an increase
increase-rule = Rule
increase-next = Next on
increase-first = First on
increase-every = Every so many months
increase-every-hint = Leave empty for once
increase-until = Until
increase-percent = Percent
increase-amount = Amount to add
increase-amount-hint = Added to the price of a m² or of a month
# $step: a percent or an amount
increase-once = { $step }, once
# $step: a percent or an amount, $months: months
increase-each = { $step }, every { $months } months
increase-index-step = by the index
increase-over = over
increase-waits = percent not known yet
increase-end = End
increase-figure = Give the index percent
increase-from = Applies from
increase-added-news = The increase has been added.
increase-ended-news = The increase has been ended. The price stays as it is.
increase-given-news = The index percent has been entered.
months-increases = Prices that rise this month
months-increases-note = The amounts below count these increases. The run puts them into effect.
increase-price = Price

## Discounts

contract-discounts = Discounts
contract-no-discounts = No discounts.
discount-add = Give a discount
discount-name = Name on the bill
discount-percent = Percent of the rent
discount-amount = Or an amount off a month
discount-reason = Why
# $percent: percent
discount-of-rent = { $percent } % of the rent
# $amount: amount
discount-a-month = { $amount } ₮ a month
discount-end = End
discount-added-news = The discount has been given.
discount-ended-news = The discount has been ended.

## The schedule

schedule = Payment schedule
schedule-kind-fixed = Each month by the charge lines
schedule-kind-custom = By a schedule of its own
schedule-note = Instead of the same rent each month, every line below is billed in its month in exactly this amount. Other charges go on as agreed.
schedule-edit = Edit the schedule
schedule-name = Name
schedule-period = Month
schedule-due = Due on
schedule-amount = Amount
schedule-more = Add lines
schedule-total = Total of the schedule
schedule-saved = The schedule has been saved.
schedule-no-entries = The schedule has no lines.
schedule-keep-fixed = Drop the schedule and bill the same each month
schedule-row-hint = Empty lines are not saved. Without a due date the contract's payment day counts.

## History

contract-history = Contract history
contract-history-note = Who changed what, when and why. Nobody can alter or delete it.
contract-history-first = This is how the contract began.
contract-history-same = The contract itself did not change.
contract-as-of = As of a day
contract-as-of-show = Show
# $date: the day
contract-as-of-title = As of { $date }
contract-as-of-note = This is how the contract was known on that day. Later changes are not in it.
contract-as-of-none = The contract was not known on that day.
contract-now = As it is now
# $date: the day
contract-effective = effective { $date }
contract-was-nothing = none
contract-is-gone = removed
history-by-system = System

contract-what-drafted = Drafted
contract-what-imported = Imported
contract-what-edited = Terms edited
contract-what-rooms-set = Space chosen
contract-what-charge-added = Charge added
contract-what-charge-ended = Charge ended
contract-what-charges-set = Charges entered
contract-what-schedule-set = Payment schedule set
contract-what-increase-added = Increase added
contract-what-increase-ended = Increase ended
contract-what-increased = Price rose
contract-what-index-given = Index percent given
contract-what-discount-added = Discount given
contract-what-discount-ended = Discount ended
contract-what-approved = Approved
contract-what-approval-withdrawn = Approval withdrawn
contract-what-sent-to-sign = Sent to be signed
contract-what-signed = Signed
contract-what-activated = Put into force
contract-what-extended = Extended
contract-what-renegotiated = Renegotiated
contract-what-renewed = Renewed
contract-what-grace-begun = Grace period began
contract-what-expired = Expired
contract-what-terminated = Terminated
contract-what-dropped = Draft dropped
contract-what-restored = Restored
contract-what-deposit-changed = Deposit changed
contract-what-document-added = Document added

history-field-code = Contract number
history-field-status = Status
history-field-kind = Purpose
history-field-property-id = Building
history-field-tenant-name = Tenant
history-field-units = Space
history-field-starts-on = Start
history-field-ends-on = End
history-field-signed-at = Signed
history-field-terminated-on = Terminated on
history-field-termination-reason = Reason of termination
history-field-deposit-amount = Deposit
history-field-deposit-received = Deposit received
history-field-payment-day = Payment day
history-field-grace-days = Grace days
history-field-penalty-bp = Penalty
history-field-notes = Notes
history-field-approved-at = Approved
history-field-approved-by = Approved by
history-field-schedule-kind = Rent is billed
history-field-rooms = Space
history-field-items = Charge
history-field-increases = Increase
history-field-discounts = Discount
history-field-schedule = Schedule line
history-field-from = from
history-field-to = to
history-field-area-m2 = area
history-field-unit-price = price
history-field-valid-from = from
history-field-valid-to = to
history-field-percent-bp = percent
history-field-amount = amount
history-field-applied = times risen
history-field-next-on = next on
history-field-name = name

## A new contract, step by step

wizard-parties = Parties
wizard-term = Term
wizard-rooms = Space
wizard-charges = Charges
wizard-clauses = Deposit, penalty
wizard-overview = Overview
wizard-next = Save and go on
wizard-back = Back
wizard-note = Every step is saved. You can leave and go on later, on another device too.
wizard-continue = Go on with the draft
wizard-tenant = Tenant
wizard-tenant-hint = Search by name, register or phone
wizard-new-tenant = Register a new tenant
wizard-alike = There is such a tenant already. Is it this one?
wizard-take-this = Take this tenant
wizard-from = From
wizard-to = Until
wizard-rooms-note = Choose one or several. Give days only where they differ from the contract's.
wizard-rooms-find = Find by unit number
wizard-room-vacant = vacant
# $tenant: the tenant, $code: the contract
wizard-room-let = { $tenant }, { $code }
# $date: the day
wizard-room-until = until { $date }
wizard-no-rooms = There is no such space in this building.
wizard-charges-note = Filled in from the asking prices of the space. Empty lines are not saved.
wizard-line-name = Charge
wizard-line-room = For which space
wizard-more-lines = Add lines
wizard-lacks-rooms = No space has been chosen.
wizard-lacks-charges = No charges have been entered.
wizard-ready = All is there. Look the draft over and put it into force.
wizard-done = Finish
wizard-deposit-hint = A month's rent, for example
wizard-draft-lacks = Incomplete draft
