# The page that runs a month.

month-note = Check what changes, contract by contract, then run the month.
month-kinds = By change
month-what = What happens
month-why = Why
month-previous = Last month
month-amount = This month
month-difference = Difference
month-issue-on = Issue date
month-to-bill = To be billed
# $count: how many
month-bills = { $count ->
    [one] { $count } invoice
   *[other] { $count } invoices
}
month-sms = { $count ->
    [one] { $count } tenant gets an SMS.
   *[other] { $count } tenants get an SMS.
}
month-quiet = Bill only, send no SMS
month-stopped = The total moved further from last month's than allowed
month-stopped-note = Check the differences and reasons below; if they are right, tick the box and run. The bound is part of the organisation's settings.
month-accept = I checked the difference, it is right
month-run = Run the month
month-nothing-to-bill = Nothing is left to bill.
# $count: how many
month-billed = { $count ->
    [one] { $count } invoice is billed for this month
   *[other] { $count } invoices are billed for this month
}
month-see-bills = See the invoices
month-has-bill = invoice
# $count: how many, $first, $last: invoice numbers, $total: amount
month-made = Billed { $count }: { $first } – { $last }, { $total } ₮ in all.
# $existing: billed before, $parked: left out
month-nothing-new = Nothing new: { $existing } were billed before, { $parked } are left out for now.
month-empty = No such contract
month-empty-note = There is nothing to bill this month, or choose another filter.

preview-kind-new = New
preview-kind-changed = Changed
preview-kind-ended = Ended
preview-kind-same = Same
preview-kind-parked = Left out
