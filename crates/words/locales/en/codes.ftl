# The text with a code: the code first, all of it within one part.

# $code: six or ten digits
sms-code = { $code } is your Spacehub sign-in code. It is good for 5 minutes. Never tell it to anyone.
sms-code-reset = { $code } is your code for a new Spacehub password. Never tell it to anyone.
