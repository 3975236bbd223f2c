# Payments: list, detail, a new one.
