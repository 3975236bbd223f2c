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
