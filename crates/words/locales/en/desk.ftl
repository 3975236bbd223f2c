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
