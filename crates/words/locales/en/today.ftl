# The first page: figures, what they mean, the first steps.

today-billed = Billed this month
today-billed-means = The total of this month's valid invoices, VAT included. Drafts and cancelled ones are not counted.
today-collected = Came in this month
today-collected-means = All payments since the first of the month, whichever month's invoices they are for. Reversed ones are taken off.
today-receivable = Receivable
today-receivable-means = What is still unpaid of all issued invoices, including those not due yet.
today-overdue = Overdue
today-overdue-means = What is still unpaid of invoices that were due before today.
today-occupancy = Occupancy
today-occupancy-means = Rooms let today and rooms in all; the share is by number first, then by m².
today-ending = Contracts ending
today-ending-means = Contracts in force that end within so many days from today.
# $days: days
today-within = in { $days } days
today-laid-aside = Stuck work
today-laid-aside-means = Messages, receipts and QPay requests laid aside after many tries.
today-look = Needs a look
today-all-well = All is well
# $count: how many
today-invoices = { $count ->
    [one] { $count } invoice
   *[other] { $count } invoices
}
today-payments = { $count ->
    [one] { $count } payment
   *[other] { $count } payments
}
# $percent: the share of what was billed
today-of-billed = { $percent } of billed
# $change: «+3%»
today-trend = { $change } on last month
today-chart = Billed and collected, 12 months
today-ways = What would you like to do?

begin-title = Welcome
begin-note = A few steps to the first bill.
begin-company = Company
begin-company-note = Phone and address as they stand on bills
begin-building = Building
begin-building-note = Name, address, floors
begin-room = Rooms
begin-room-note = Number, m², price
begin-contract = Contract
begin-contract-note = Tenant, dates, charges
begin-payments = Getting paid
begin-payments-note = Connect your QPay account
begin-bill = First invoice
begin-bill-note = Run the month and send
begin-import = Straight from your Excel
begin-import-note = Rooms, tenants, contracts and opening balances can come from the Excel file you use now, all at once. It is checked first, and mistakes are shown row by row.
begin-import-do = Import from Excel
