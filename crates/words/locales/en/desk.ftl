# The desk: a month's reports, views of lists, bills written off.

desk-reports-title = Reports of { $month }
desk-reports-note = Take along each report once the month is over. The file is the whole list of the month as it stands then.
desk-reports-not-over = The month is not over yet. What you take along now is a draft and does not count as saved.
desk-report = Report
desk-report-rows = Rows
desk-report-take = File
desk-report-saved = Saved
desk-report-unsaved = Not saved
desk-report-charges = Charges of the month
desk-report-collections = Money that came in
desk-report-receivables = Receivables by age at the month's end
desk-report-penalties = Penalties at the month's end

desk-view = Columns and views
desk-view-columns = Columns
desk-view-show = Show these columns
desk-view-name = Name of the view
desk-view-share = Share with the other staff
desk-view-keep = Keep as a view
desk-view-change = Change this view
desk-view-remove = Remove this view
desk-view-kept = The view “{ $name }” is kept.
desk-view-removed = The view is removed.
desk-penalty = Penalty
desk-sending = Text
desk-reminded = Last reminder
desk-picked = Chosen:
desk-pick-page = All on this page

conflict-view-name-taken = You have a view of that name already.
conflict-views-too-many = You have { $most } views. Remove one first.
thing-list-view = View
audit-thing-list-view = View of a list

desk-remind-by-days = By days late
desk-remind-stage = Reminder { $stage }

## Words of write-offs

write-off-status-asked = Asked
write-off-status-booked = Written off
write-off-status-refused = Refused
write-off-status-reversed = Taken back
conflict-write-off-asked = Somebody has asked to write off { $code } already. That is decided first.
conflict-write-off-above-open = No more can be written off than is left to pay: { $open } ₮.
conflict-correction-of-written-off = Something of { $code } is written off, or somebody asked for it. Settle that first, then correct it.
thing-write-off = Write-off
audit-thing-write-off = Write-off
line-billed-before = Billed before: { $name }

desk-write-off = Write off
desk-write-off-note = Bad debt: what is left to pay is given up. Income and VAT stay as they were billed. A director decides; it can be taken back until the month is locked.
desk-write-off-amount = Amount. Left empty, all that is left is written off.
desk-write-off-asked = The write-off of { $amount } ₮ is asked for. A director decides.
desk-write-off-booked = { $amount } ₮ are written off.
desk-write-off-refused = The write-off is refused.
desk-write-off-reversed = The write-off is taken back: { $amount } ₮ are owed again.
desk-write-offs = Write-offs
desk-write-offs-note = What was given up for good, what was asked for, and who decided
desk-write-offs-none = No write-offs
desk-write-offs-none-note = Ask for one on the page of an invoice that will never be paid.
desk-write-off-accept = Write it off
desk-write-off-refuse = Refuse
desk-write-off-reverse = Take back
desk-write-off-asked-by = Asked by
desk-write-off-decided-by = Decided by
desk-write-off-answer = Reason of the decision
desk-all = All

desk-set-off = Pay what is owed out of the deposit
desk-set-off-note = The oldest due bills of the contract are paid first. Taking that payment back puts the deposit back.
desk-set-off-amount = Left empty, as much as is owed and held.
desk-set-off-do = Set off
desk-set-off-done = { $amount } ₮ of the deposit were put on the contract's bills.

desk-terms = Penalty terms
desk-terms-none = The contract has no clause on penalty, so none is charged.
desk-terms-rate = Rate a day
desk-terms-no-rate = No clause
desk-terms-rate-hint = At most 0.5 %. Left empty, there is no penalty.
desk-terms-grace = Days of grace
desk-terms-grace-hint = So many days after the due day cost nothing; at most 100.
desk-terms-from = Days count from
desk-terms-clause = Written clause
desk-terms-clause-hint = The clause's number or its words, as the parties signed it.
desk-terms-change = Change the terms
desk-terms-law = Civil Code 232: penalty must be agreed in writing, at most 0.5 % a day of what is open and at most half of it in all. What was charged before stays.
desk-terms-kept = The penalty terms are kept.
desk-counts-from-due = the due day
desk-counts-from-grace = the end of the grace

audit-verb-ask = asked for
audit-verb-book = booked
audit-action-receipt-return = Receipt: returned
audit-action-receipt-return-fail = Receipt: the tax office did not take it back
audit-field-penalty-clause = Penalty clause
