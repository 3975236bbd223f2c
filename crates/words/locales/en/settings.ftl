# The owner's settings.

menu-settings = Settings
settings-owner = Company
settings-directors = A director can change the settings.
settings-tin = Tax number
settings-vat-payer = VAT payer
settings-city-tax-payer = City tax payer
settings-address = Address
settings-billing-day = Billing day
settings-billing-day-hint = Bills are made on this day of each month. 1 to 28
settings-day-unit = of the month
settings-run-bound = Accepted difference
settings-run-bound-hint = When the month's total moves further than this from last month's, the run asks first
yes = Yes
no = No

## QPay

settings-qpay = Getting paid
qpay-note = With your QPay merchant account connected, tenants pay by QR and the payment is recorded at once.
qpay-is-connected = Connected
qpay-not-connected = Not connected
qpay-connected = Your QPay account is connected.
qpay-username = QPay user name
qpay-password-hint = Kept encrypted and never shown again.
qpay-invoice-code = Invoice code
