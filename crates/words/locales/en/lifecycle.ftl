# The life of a contract: signatures, extension, renewal, its end and settlement, the deposit.

## Conflicts

# $code: the contract's number
conflict-contract-not-in-force = Contract { $code } is not in force, so this can't be done.
conflict-contract-has-no-end = This contract has no end, so there is nothing to extend.
# $name: the charge's name
conflict-charge-begins-later = The charge “{ $name }” begins after the first day of the new prices. Choose a later day.
conflict-renewed-already = There is already a contract that goes on from this one.
conflict-no-rooms-to-go-on = No room is let on the contract's last day. Make a new contract instead.
conflict-nothing-to-restore = Contract { $code } has no termination that could be undone.
# $month: the month of the termination
conflict-restoration-too-late = The termination was noted in { $month } and can't be undone any more. Make a new contract instead.
# $why: the reason
conflict-charges-unclear = The contract's charges don't add up: { $why }
conflict-deposit-too-small = More than the deposit that is held. Look at what was held on that day.
conflict-deposit-due-already = That much is due already.
conflict-deposit-entry-is-a-payment = This entry is a payment out of the deposit: take the payment back instead.
conflict-deposit-entry-is-a-correction = A correction can't be corrected.
conflict-deposit-entry-corrected = This entry was corrected already.

## Problems of fields

field-first-of-a-month = It must be the first day of a month to come.
field-too-far-ahead = It must be within a year from today.
field-extend-in-grace = A contract in its days of grace is extended by “Extend”.

## Terms

thing-deposit-entry = Deposit entry

deposit-kind-due = Due
deposit-kind-topped-up-due = More due
deposit-kind-received = Received
deposit-kind-set-off = Set off
deposit-kind-refunded = Refunded
deposit-kind-corrected = Correction

settlement-step-stands = Stands
settlement-step-bill = Is billed
settlement-step-anew = Is made anew
settlement-step-cancel = Is taken back
settlement-step-correct = Is corrected

## Lines of bills

# $code: the contract's number
settlement-anew-reason = contract { $code } was ended: made anew for the days used
settlement-set-off-note = set off from the deposit of contract { $code }
# $name: the charge's name
line-correction = { $name }: days not used
line-correction-imported = Days not used
line-correction-undone = Taken back: { $name }
# $billed, $used: what was billed and used, $amount: the difference
made-unused = used { $used } ₮ − billed { $billed } ₮ = { $amount } ₮

## Page: what comes next

steps = What comes next
steps-draft = A draft. It holds its rooms, and nothing is billed.
steps-pending = Waits for signatures. The tenant sees it, and nothing is billed.
steps-grace = Its end has gone by and its days of grace run. It keeps its rooms, but no rent is charged for these days. Extended, it goes on without a break.
contract-goes-on-from = Open the contract before it
signed-on = Day of the signatures
signed-on-hint = Today when left empty
contract-sign-do = It was signed
contract-send = Send for signature
contract-activate = Put into force without a signature
contract-drop = Drop the draft
contract-drop-note = Its rooms are free at once. The draft keeps its number.
contract-drop-do = Drop the draft
contract-return = Back to the draft
contract-return-note = It can be changed again. The tenant sees it no more.
contract-return-do = Make it a draft
contract-restore = Undo the termination
contract-restore-note = A mistaken termination is undone within its month. The settlement's bills and the deposit's set-off are taken back.
contract-restore-do = Restore the contract
# $code: the contract's number, $date: a day
contract-sent-news = Contract { $code } was sent for signature.
contract-returned-news = Contract { $code } is a draft again.
contract-restored-news = Contract { $code } was restored.
contract-extended-news = Contract { $code } was extended. It ends: { $date }.
contract-renewed-news = The draft { $code } is ready and begins on { $date }. Look it over and put it into force.

## Pages: extension, renewal

contract-extend = Extend
contract-extend-do = Extend the contract
contract-renew = Renew
contract-renew-do = Draft the new contract
contract-renew-note = A new contract is drafted with the same rooms and charges. Once it is in force, this one is “Renewed”.
look-first = Look at the figures
what-changes = What changes
new-end = New last day
new-contract-ends = Last day of the new contract
price-increase = Change of prices
price-increase-hint = For example 7.5, or −5 to lower them. Empty: they stay
prices-from = First day of the new prices
prices-from-hint = Empty: the first day of the new term
renegotiated-from = First day, to renegotiate before the end
renegotiated-from-hint = The 1st of a month to come. Empty: the day after the end
term-now-ends = Ends now
term-goes-on-from = Goes on from
term-new-end = New end
whole-month-before = A whole month now
whole-month-after = A whole month then
difference = Difference
price-now = Price now
price-then = New price

## Page: termination and settlement

settlement = Settlement
set-off-deposit = Set the deposit off
# $held: the deposit in hand
set-off-deposit-hint = Deposit in hand: { $held } ₮
settlement-no-months = There is no month to bill or to correct.
settled-billed = Billed
settled-used = Days used
settled-step = What is done
settled-how = how it was made
settled-open-before = Owed before
settled-added = New bills
settled-taken-back = Taken back and corrected
settled-credit-used = From credit
settled-set-off = From the deposit
settled-to-pay = The tenant has to pay
settled-deposit-left = Deposit to give back
settled-credit-left = Credit left

## Page: deposit

deposit-register = Deposit register
deposit-due = Due
deposit-held = Held
deposit-missing = Missing
deposit-set-off = Set off
deposit-refunded = Refunded
deposit-corrected = Corrections
deposit-entries = Entries
deposit-entry = Entry
deposit-no-entries = Nothing was entered yet.
deposit-entered = The entry was saved.
deposit-do-received = Take in a deposit
deposit-do-refunded = Give a deposit back
deposit-do-due = Say what is due
deposit-do-corrected = Put an entry right
deposit-months = Months of rent
# $rent: a month of rent
deposit-months-hint = A month of rent is { $rent } ₮ now
deposit-or-amount = Or an amount altogether
deposit-or-amount-hint = What was due before counts towards it
deposit-wrong-entry = The wrong entry
deposit-any-standing = All deposits
deposit-standing-held = Held
deposit-standing-missing = Missing
deposits-none = No such deposits
deposits-none-note = Change the filter. Deposits are entered on a contract's page.
day = Day

## The history

audit-action-contract-send = Contract: sent for signature
audit-action-contract-take-back = Contract: taken back to its draft
audit-action-contract-activate = Contract: put into force
audit-action-contract-extend = Contract: extended
audit-action-contract-renegotiate = Contract: renegotiated
audit-action-contract-renew = Contract: drafted to go on from another
audit-action-contract-renewed = Contract: renewed
audit-action-contract-restore = Contract: restored
audit-action-contract-grace = Contract: its days of grace began
audit-action-contract-expire = Contract: expired
audit-action-contract-tell-of-end = Contracts: their tenants told of the end
audit-action-deposit-enter = Deposit: entered
audit-action-settlement-make = Settlement: made
audit-thing-deposit = Deposit
audit-thing-settlement = Settlement
contract-what-sent-back = Taken back to its draft
