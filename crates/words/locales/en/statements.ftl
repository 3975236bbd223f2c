# Statements of account: a tenant's and a contract's, the page and the Excel file.

statement = Statement of account
statement-of-tenant = Statement of account of a tenant
statement-of-contract = Statement of account of a contract
statement-opening = Opening balance
statement-closing = Closing balance
statement-billed = Billed
statement-paid = Paid
statement-balance = Balance
statement-document = Document
statement-what = Description
statement-period = Period
statement-show = Show
statement-unused-credit = Credit not used yet
statement-unused-credit-note = Money that stands on no bill yet is kept in the tenant's name, so it is not in the contract's statement.
statement-none = Nothing came or went in this period.
statement-none-note = Try another period.
# $period: the month, $kind: the invoice's kind
statement-line-invoice = { $kind }, { $period }
# $method: how it was paid
statement-line-payment = Payment, { $method }
statement-line-reversal = Payment taken back, { $method }
statement-line-write-off = Written off
field-period-too-long = A period is at most 10 years long.
audit-thing-statement = Statement of account
