# The page behind a tenant's link.

bill-qpay-offer = Press the button for a QR code and links to your bank's app.
bill-qpay-ask = Pay with QPay
bill-qpay-failed = The QPay code could not be had. Try again, or transfer to the account below.
bill-gone = No such invoice
bill-gone-note = The link may have been copied in part, or is no longer valid. Open the message and press the link again. If that does not help, ask your landlord.

bank-khan = Khan Bank
bank-golomt = Golomt Bank
bank-tdb = Trade and Development Bank
bank-other = Another bank
