# Payments: list, detail, a new one.

payment-new = Record a payment
