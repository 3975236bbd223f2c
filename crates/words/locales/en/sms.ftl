# Text messages. Those in Latin letters have keys sms-latin-….

# $owner: the company, $space: the unit, $month: the month's number, $amount and $previous: tugrug, $link: the page
sms-invoice = { $owner }: { $space }, month { $month }: { $amount } ₮ to pay. { $link }
sms-invoice-owing = { $owner }: { $space }, month { $month }: { $amount } ₮ to pay, { $previous } ₮ from before. { $link }
sms-thanks = { $owner }: { $amount } ₮ received, thank you! Receipt: { $link }
sms-thanks-credit = { $owner }: { $amount } ₮ received, thank you!

sms-latin-invoice = { $owner }: { $space }, month { $month }: { $amount } tug to pay. { $link }
sms-latin-invoice-owing = { $owner }: { $space }, month { $month }: { $amount } tug to pay, { $previous } tug from before. { $link }
sms-latin-thanks = { $owner }: { $amount } tug received, thank you! Receipt: { $link }
sms-latin-thanks-credit = { $owner }: { $amount } tug received, thank you!

# $space: the unit, $days: days left, $date: the last day
sms-ending = { $owner }: the contract of { $space } ends in { $days } days ({ $date }). Call us to extend it.
sms-latin-ending = { $owner }: the contract of { $space } ends in { $days } days ({ $date }). Call us to extend it.
