# Invoices: list, detail, a new one.

## The list

invoices-all = All
invoices-open = Open
invoices-overdue = Overdue
invoices-billed = Billed
invoices-drafts = Drafts
invoices-search = Number, contract, tenant, room
invoices-empty = No such invoice
invoices-empty-note = Change the filter, or run the month to make invoices.
invoice-no = No.
issued-on = Issued
vat = VAT
paid = Paid
days-late = Late
# $days: how many
days-late-count = { $days } d
kind = Kind
building = Building
all-statuses = Any status
all-kinds = Any kind
no-number = No number

## One invoice

invoice-draft = Draft invoice
invoice-about = About it
invoice-lines = Lines
line-what = What for
quantity = Quantity
unit-price = Unit price
invoice-subtotal = Before taxes
city-tax = City tax
register-no = Register no.
tin = TIN
note = Note
reason = Reason
method = Paid by
paid-at = Paid at
invoice-no-payments = No payment yet.
invoice-corrects = See the invoice it corrects
invoice-link = The tenant's page
invoice-link-note = The link that went out by SMS. Copy it to send it again.
invoice-link-open = Open
invoice-issue = Approve and send
# $code: the invoice's number
invoice-issued = Invoice { $code } was sent.
invoice-drafted = The draft was saved.
invoice-cancel = Cancel the invoice
invoice-cancel-note = The invoice becomes void and the tenant no longer has to pay it. The reason stays in the history.
invoice-cancelled = The invoice was cancelled.

## A new one

invoice-new = New invoice
invoice-choose-contract = Which contract is it for?
contracts-search = Contract, tenant, room
contracts-none = No such contract
contracts-none-note = Search by contract number, tenant or room.
# $number: the line's number
invoice-line-no = Line { $number }
quantity-one = 1 when empty
exemption-code = Exemption code
exemption-code-note = For lines without VAT, 3 digits
invoice-issue-now = Send now
invoice-save-draft = Save as draft
invoice-more-lines = Add lines
