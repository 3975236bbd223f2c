# Words on the screen: menu, headings, buttons, hints.

## Menu and top bar

menu = Menu
menu-today = Today
menu-month = Month
menu-contracts = Contracts
menu-rooms = Spaces
menu-invoices = Invoices
menu-payments = Payments
menu-import = Import
menu-more = Menu
skip-to-page = Skip to the page
search = Search
search-label = Search: contract, invoice, space, name, phone
search-none = Nothing found
search-none-note = Search by contract or invoice number, unit, name, register number or telephone.
search-all = See all
theme = Theme
theme-system = as the device
theme-light = light
theme-dark = dark
sign-out = Sign out

## Everywhere

close = Close
copy = Copy
copy-what = Copy: { $what }
copied = Copied
saved = Saved.
connection-lost = The server can't be reached. Please check your connection.
refresh = Refresh
filter = Filter
filter-clear = Clear
pager = Pages
pager-first = From the start
pager-next = Next
rows-shown =
    { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    }
total = Total
done-of = { $done } of { $total }
step-done = Done
panel-full = Open in full

## Columns

contract = Contract
tenant = Tenant
space = Space
status = Status
month = Month
monthly = Per month
balance = Balance
ends-on = Ends on
due-on = Due
all = All
amount = Amount

## Figures and dates

month-of-year =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
month-short =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
compact-thousand = { $n }k
compact-million = { $n }M
compact-billion = { $n }bn
chart-billed = Billed
chart-collected = Collected
chart-as-table = Show as a table

## Signing in

sign-in = Sign in
sign-in-note = For the organisation's staff
sign-in-do = Sign in
sign-in-demo = Look around as
sign-in-tenants = You need not sign in to pay: open the link that came by SMS.
email = E-mail
password = Password

## When a page can't be shown

problem-not-found = There is no such page
problem-no-such = { $what } not found.
problem-forbidden = You do not have the right
problem-busy = Please wait a little
problem-ours = We are sorry
problem-request = The request was not carried out
problem-number = Request number:
problem-home = To the start
error-upload-too-large = What was sent is too large. Make it smaller and try again.

## The tenant's invoice

bill-title = Invoice { $code }
bill-to-pay = To pay
bill-paid = Paid
bill-void = Void
bill-void-note = This invoice need not be paid.
bill-paid-at = Paid on
bill-checking = Checking the payment
bill-due = by { $date }
bill-due-today = last day today
bill-days-left =
    { $days ->
        [one] { $days } day left
       *[other] { $days } days left
    }
bill-late =
    { $days ->
        [one] { $days } day late
       *[other] { $days } days late
    }
bill-space = Space
bill-tenant = Tenant
bill-code = Invoice number
bill-qpay = Pay with QPay
bill-qpay-banks = Choose your bank's app
bill-qpay-preparing = The QPay code is being made. This page refreshes itself.
bill-qr-label = QPay QR code
bill-qr-note = Scan the QR code with your bank's app to pay.
bill-transfer = Bank transfer
bill-transfer-note = Write the reference exactly like this and the payment is recognised by itself.
bill-transfer-sum = Amount to transfer
bill-bank = Bank
bill-account = Account number
bill-holder = Receiver
bill-reference = Reference
bill-check-again = Check whether the payment has arrived
bill-lines = What is it for?
bill-how-made = How was this calculated?
bill-total = Total
bill-vat = Of which VAT
bill-paid-part = Paid
bill-open = Left to pay
bill-issued = Sent on { $date }.
bill-questions = Questions:
bill-made-with = Prepared with Spacehub

receipt = Tax receipt
receipt-coming = The receipt is being fetched from the tax system. It will show up here.
receipt-qr = Receipt QR code
receipt-lottery = Lottery number
receipt-number = Receipt number
receipt-at = Issued
