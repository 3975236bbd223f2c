# Receivables: ages, penalties, promises to pay, reminders.

## How it was made

arrears-made-stretch = { $base } ₮ × { $days } days × { $rate }%
arrears-made = { $invoice }: { $stretches } = { $computed } ₮
arrears-made-capped = ; the law's ceiling (50% of the principal) { $ceiling } ₮
arrears-made-before = ; less { $before } ₮ decided before: { $amount } ₮
arrears-line = Penalty on { $invoice }, as of { $day }

## Texts: what stands in braces is filled in when they are sent

sms-reminder-first = { $owner }: { $space }, { $amount } ₮ is { $days } days overdue. { $link }
sms-reminder-second = { $owner }: A second reminder. { $space }, { $amount } ₮ is { $days } days overdue. { $link }
sms-reminder-last = { $owner }: Last reminder! { $space }, { $amount } ₮ is { $days } days overdue. Please pay at once. { $link }
sms-latin-reminder-first = { $owner }: { $space }, { $amount } tug is { $days } days overdue. { $link }
sms-latin-reminder-second = { $owner }: A second reminder. { $space }, { $amount } tug is { $days } days overdue. { $link }
sms-latin-reminder-last = { $owner }: Last reminder! { $space }, { $amount } tug is { $days } days overdue. Please pay at once. { $link }

## Words

arrears-bucket-not-due = Not yet due
arrears-bucket-to-30 = 1–30 days
arrears-bucket-to-60 = 31–60 days
arrears-bucket-to-90 = 61–90 days
arrears-bucket-to-180 = 91–180 days
arrears-bucket-over-180 = Over 180 days
promise-to-pay-open = Awaited
promise-to-pay-kept = Kept
promise-to-pay-broken = Broken
promise-to-pay-cancelled = Cancelled
penalty-from-due = From the day after the due day
penalty-from-grace = From the day after the grace
reminder-state-waiting = Being sent
reminder-state-sent = Sent
reminder-state-failed = Failed
reminder-state-unknown = Not known
reminder-state-skipped = Not sent
reminder-because-not-overdue = Nothing is overdue
reminder-because-promised = Has promised to pay
reminder-because-reminded = Reminded at this stage already
reminder-because-no-phone = No telephone
reminder-because-paid = Paid
reminder-because-bad-text = The text's template is wrong

## The list

menu-receivables = Receivables
arrears-note = As of { $day }. Later payments and bills are left out.
arrears-as-of = As of
arrears-tab-aging = Ages
arrears-tab-penalties = Penalties
arrears-tab-promises = Promises
arrears-tab-settings = Reminder settings
arrears-search = Tenant, register number, contract, space
arrears-age = Overdue for
arrears-any-age = Any age
arrears-by = Lines
arrears-by-contract = By contract
arrears-by-tenant = By tenant
arrears-any-stage = Any stage
arrears-stage = Reminder
arrears-stage-no = Stage { $stage }
arrears-stage-none = Not reminded
arrears-total = Receivable
arrears-penalty-part = Of which penalty
arrears-credit = Paid in advance
arrears-deposit = Deposit
arrears-deposit-note = The deposit is told only, and set against nothing.
arrears-last-paid-on = Last payment
arrears-last-paid = Last amount paid
arrears-promise = Promise
arrears-promise-on = Promised for
arrears-empty = Nothing is owed
arrears-empty-note = No unpaid bill matches the filter.
arrears-lines = Open bills
arrears-lines-note = The bills behind the figure, the longest due first.
arrears-choose = Choose
arrears-choose-row = Choose { $contract }
arrears-chosen-remind = Remind the chosen
arrears-nobody-chosen = Choose from the list first.

## Penalties

arrears-principal = Principal
arrears-days = Days counted
arrears-grace = Grace days
arrears-rate = A day, %
arrears-ceiling = Ceiling
arrears-computed = Computed
arrears-charged = Charged
arrears-waived = Waived
arrears-left = To decide
arrears-how = How it was made
arrears-with-settled = With bills that were paid late
arrears-only-open = Unpaid only
arrears-penalties-note = Penalties agreed on in the contract: at most 0.5% a day, and 50% of the principal in all (Civil Code 232).
arrears-penalties-empty = No bill bears a penalty
arrears-penalties-empty-note = Overdue bills of contracts with a clause on penalty appear here.
arrears-charge = Charge the chosen
arrears-waive = Waive the chosen
arrears-waive-reason = Reason for waiving
arrears-charged-told = Charged { $amount } ₮ of penalty on { $count } bills.
arrears-waived-told = Waived { $amount } ₮ of penalty on { $count } bills.
conflict-no-penalty-left = There is no penalty left to charge or to waive.
conflict-penalty-ceiling = Penalty is at most 50% of the principal.

## Promises

arrears-promise-new = Note a promise to pay
arrears-promise-amount = Promised amount
arrears-promise-day = To be paid by
arrears-promise-made = The promise is noted. No reminder goes out until that day.
arrears-promise-cancel = Cancel
arrears-promise-cancelled = The promise was cancelled.
arrears-promise-paid = Paid since
arrears-promises-empty = No promises
arrears-promises-empty-note = Open a contract from the list of ages to note a promise.
thing-promise-to-pay = Promise to pay
conflict-promise-open = This contract has a promise that is still awaited. Cancel it first.
field-arrears-in-the-past = Today or later.
field-arrears-too-far = 180 days from now at the latest.

## Reminders

arrears-remind = Send reminders
arrears-remind-note = Look at recipients, texts and cost before sending.
arrears-remind-stage = Stage
arrears-remind-stage-own = The one each has reached
arrears-remind-show = Show
arrears-remind-cost = { $count } recipients, { $parts } messages, { $cost } ₮
arrears-remind-send = Send
arrears-remind-back = Back
arrears-remind-nobody = Nobody to send to
arrears-remind-passed = Not sent to
arrears-remind-because = Reason
arrears-remind-text = Text
arrears-remind-parts = Parts
arrears-order = Reminders sent
arrears-order-progress = Sent { $sent } · waiting { $waiting } · failed { $failed } · not sent { $skipped }
arrears-order-cost = { $parts } messages, { $cost } ₮
arrears-order-retry = Send the failed ones again
arrears-order-again = Refresh
arrears-order-made = The reminders are on their way.
arrears-order-retried = The failed ones are on their way again.
arrears-order-by-clock = The morning's own reminders
arrears-phone = Telephone
arrears-state = State
thing-reminder-order = Reminders
conflict-nobody-to-remind = Nobody to remind: paid, promised, or reminded at this stage already.
conflict-reminder-being-sent = Other reminders about these bills are being sent right now. Reload the page.
conflict-nothing-to-retry = There is no failed text to send again.
conflict-reminder-text = The reminder's template is wrong. Look at the settings.

## Settings

arrears-settings-note = How many days after the due day tenants are reminded, and in which words.
arrears-automatic = Remind by itself, each morning at 10
arrears-days-after = Days after the due day
arrears-text = Text (Cyrillic)
arrears-latin-text = Text (Latin)
arrears-placeholders = Filled in: { $owner }, { $space }, { $amount }, { $days }, { $link }. Left empty, our own words are sent.
arrears-part-price = A message costs { $price } ₮
arrears-settings-saved = The reminder settings are saved.
field-arrears-three-stages = There are three stages.
field-arrears-stages-in-order = Later than the stage before.
field-arrears-bad-placeholder = There is no such placeholder. Look at the braces.
field-arrears-text-too-long = Too long: more than four messages.

## Export

export-penalties = Report of penalties
export-receivables = Receivables by age

## History

audit-thing-penalty = Penalty
audit-thing-promise-to-pay = Promise to pay
audit-thing-reminder = Reminder
audit-thing-receivable = Receivables
audit-action-penalty-charge = Penalty: charged
audit-action-penalty-waive = Penalty: waived
audit-action-promise-to-pay-make = Promise to pay: noted
audit-action-promise-to-pay-cancel = Promise to pay: cancelled
audit-action-promise-to-pay-judge = Promise to pay: kept or broken
audit-action-reminder-order = Reminder: sent
audit-action-reminder-retry = Reminder: sent again
audit-action-owner-reminders = Organisation: reminder settings
audit-action-contract-penalty = Contract: clause on penalty
audit-field-as-of = As of
audit-field-waived = Waived
audit-field-computed = Computed
audit-field-invoice = Invoice
audit-field-of = Of which
audit-field-by-hand = By hand
audit-field-days = Days
audit-field-automatic = By itself
audit-field-penalty-grace-days = Grace days of the penalty
audit-field-penalty-from = Penalty counts from
audit-field-contract-id = Contract
audit-field-paid = Paid
