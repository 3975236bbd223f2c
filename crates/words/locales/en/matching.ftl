# Bank lines held against bills: reasons, conflicts, pages.

thing-bank-line = Bank line

## Conflicts

conflict-line-linked = This line has been linked already.
conflict-line-not-linked = This line is linked to nothing.
conflict-line-ignored = This line has been laid aside already.
conflict-line-not-ignored = This line has not been laid aside.
conflict-line-outgoing = This is money that went out: it pays no invoice.
conflict-line-takes-back = A line that takes another back can't be undone.
# $open: what is missing; $limit: what the owner lets be written off
conflict-difference-too-large = The { $open } ₮ that are missing are more than the { $limit } ₮ that may be written off.

## Reasons. $word: the number of the invoice, contract or space

matching-clue-invoice-named = The text names invoice { $word }
matching-clue-contract-named = The text names contract { $word }
matching-clue-unit-named = The text names space { $word }
matching-clue-name-told = The text names the tenant
matching-clue-phone-told = The text holds the tenant's telephone
matching-clue-register-told = The text holds the tenant's register number
matching-clue-sender-named = The account's holder is called like the tenant
matching-clue-sender-known = This account has paid for this contract before
matching-clue-month-told = The month fits
matching-clue-amount-fits = The amount is equal
matching-clue-amount-of-all = It is all that the contract owes
matching-clue-amount-of-several = It is the sum of what is named
matching-clue-amount-less = The amount is less than is open
matching-clue-amount-more = The amount is more than is open
matching-clue-several-fit = Several invoices fit
matching-clue-clues-disagree = The number means one tenant, the name another
matching-clue-nothing-owed = What is named owes nothing
matching-clue-takes-back = It takes an earlier payment back
matching-clue-paid-before = It was linked to this and undone
matching-clue-by-hand = A person decided
matching-clue-settlement = Card or QPay payments in one sum
matching-clue-interest = The bank's interest
matching-clue-outgoing = Money that went out
matching-clue-nothing-known = Nothing fits

## States

matching-tab-unknown = Unknown
matching-tab-probable = Probable
matching-tab-linked = Linked
matching-tab-ignored = Laid aside

## Pages

menu-matching = Bank matching
matching-empty = No lines here
matching-empty-note = As soon as a statement is taken in, its lines are held against the invoices.
matching-run = Match again
# $lines: lines; $linked: linked; $probable: probable
matching-ran = { $lines } lines judged: { $linked } linked, { $probable } probable.
matching-line = Line
matching-best = Best invoice
matching-reason = Reason
matching-accept = Accept
matching-accepted = The line is linked.
matching-others = Others
matching-grid = As a grid
matching-one-by-one = One by one
matching-fill-down = Fill down
matching-grid-note = Every chosen invoice is linked at once. Ctrl-D fills the choice above down.
matching-grid-link = Link the chosen
# $count: lines linked
matching-grid-linked = { $count } lines are linked.
# $count: lines left
matching-grid-left = { $count } lines were not linked.
matching-no-candidate = Nothing to offer
matching-choose = Choose an invoice
matching-invoice-code = Invoice number
matching-invoice-unknown = There is no open invoice of this number
matching-link-by-hand = Link by hand
matching-parts-note = One invoice a row, with its amount if you like: INV-2026-000012 500000
matching-parts-bad = Row { $line } can't be understood
matching-write-off = Write the small difference off
matching-ignore = Lay aside
matching-ignored = The line is laid aside.
matching-regard = Take up again
matching-regarded = The line is taken up again.
matching-why = Say why
matching-undo = Undo the link
matching-undone = The link is undone.
matching-undo-asks = Undoing it takes back as well:
# $code: the invoice; $amount: the amount
matching-undo-bill = Invoice { $code } is owed again by { $amount } ₮
# $count: receipts
matching-undo-receipts = { $count } tax receipts of these payments are out
# $count: accounts
matching-undo-senders = { $count } learnt sender accounts are forgotten
# $month: the locked month
matching-undo-locked = { $month } is locked, so it can't be undone
matching-keys = Enter: accept · ↑ ↓: move
# $open: what is open; $due: when it is due
matching-candidate-note = { $open } ₮ · { $due }
matching-payer = Sender
matching-credit = The tenant's credit

## History

audit-thing-bank-line = Bank line
audit-thing-matching = Bank matching
audit-action-bank-line-match = Bank line: matched
audit-action-bank-line-link = Bank line: linked
audit-action-bank-line-ignore = Bank line: laid aside
audit-action-bank-line-regard = Bank line: taken up again
audit-action-bank-line-undo = Bank line: link undone
audit-action-bank-line-take-back = Bank line: taken back
audit-action-matching-rules = Bank matching: rules
