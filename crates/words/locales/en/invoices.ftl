# Invoices: list, detail, a new one.
