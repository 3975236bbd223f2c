# Payments: list, detail, one recorded by hand.

payment-new = Record a payment
payments-empty = No such payment
payments-empty-note = Try other days or another method.
all-methods = Any method
from = From
to = To
payer = Payer
payer-hint = If somebody other than the tenant paid
reference = Reference
allocated = Allocated
credit = Credit
credit-means = Money beyond the invoices stays to the tenant's credit and is taken off the next invoice.
invoice = Invoice
# $amount: amount
payment-title = Payment { $amount } ₮
payment-put-on = What it was put on
payment-on-nothing = It is put on no invoice.
payment-is-reversal = Reversal
payment-see-reversed = See the reversed payment
payment-reverse = Reverse the payment
payment-reverse-note = An entry of its own takes it back, and the invoices it paid are owed again. The reason stays in the history.
payment-reversed = The payment was reversed.
# $amount: amount
payment-recorded = A payment of { $amount } ₮ was recorded.
# $credit: what was left over
payment-left-over = Of it, { $credit } ₮ stays as credit.

payment-choose-tenant = Who paid?
payment-other-tenant = another tenant
payment-for = What for
payment-oldest-first = The oldest invoices first
tenants-search = Name, register number, phone
tenants-none = No such tenant
tenants-none-note = Search by name, register number or phone.
tenant-owes = Owes in all
phone = Phone
money-hint = 1 250 000 or 1.25 million
back = Cancel
