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
