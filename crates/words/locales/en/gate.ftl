# Signing in, signing up, forgotten passwords, invitations: the pages before one is signed in.

## Signing in

sign-in-by-email = By e-mail
sign-in-by-phone = By phone
sign-in-remember = Remember me
sign-in-ask = Have an account?
sign-in-phone-note = Tenants sign in with their phone number
back-to-sign-in = Back to the sign-in
forgotten-link = Forgot your password?
phone-code-hint = A code of 6 digits comes to this number by SMS.

code = Code
code-send = Get a code
code-title = Enter the code
# $phone: the number
code-note = We have sent a code of 6 digits to { $phone }. It is good for 5 minutes.
code-six-digits = The code has 6 digits.
code-again = Get another code
code-sent-again = A new code is on its way.
code-other-phone = Another number

second-title = Second step
second-app-note = Open your authenticator app and enter the 6 digits it shows now.
second-sent-note = Enter the 6 digits we have sent you. They are good for 3 minutes.
second-backup-note = Enter one of the backup codes you have kept. Each works once.
second-trust = Don’t ask on this device for 30 days
second-others = Other ways:
second-app = With the code of the app
second-sent-way = Have a code sent
second-backup = With a backup code
second-sent = The code is on its way.

## Why it was refused. It is never told whether there is an account.

# $secs: seconds
auth-wait = Too many tries. Try again in { $secs } seconds.
# $minutes: minutes
auth-wait-minutes = Too many tries. Try again in { $minutes } minutes.
auth-validation-error = Please check what you have entered.
auth-invalid-origin = This request did not come from one of our pages, so it was not accepted.
auth-email-not-verified = Your e-mail address is not verified yet. We have sent a new letter: follow the link in it.
auth-password-too-short = The password needs at least 8 characters.
auth-password-too-long = The password can have at most 128 characters.
auth-invalid-password = The password is wrong.
auth-credential-account-not-found = You have no password yet. Set one by “Forgot your password?”.
auth-invalid-token = The link is no longer valid. Ask for a new one.
auth-token-expired = The link is too old. Ask for a new one.
auth-invalid-phone-number = This is no phone number.
auth-phone-number-exist = This number can’t be used here.
auth-email-can-not-be-updated = The address can’t be changed.
auth-invalid-otp = The code is wrong.
auth-otp-not-found = The code is no longer valid. Ask for a new one.
auth-otp-expired = The code is too old. Ask for a new one.
auth-otp-has-expired = The code is too old. Ask for a new one.
auth-too-many-attempts = Too many wrong codes. Ask for a new one.
auth-too-many-attempts-request-new-code = Too many wrong codes. Ask for a new one.
auth-invalid-code = The code is wrong.
auth-invalid-backup-code = The backup code is wrong or was used before.
auth-invalid-two-factor-cookie = That took too long. Please sign in again.
auth-totp-not-enabled = The second step is off.
auth-two-factor-not-enabled = The second step is off.
auth-backup-codes-not-enabled = There are no backup codes.
auth-two-factor-already-enabled = The second step is on already.
auth-session-not-fresh = For your safety, please sign in again.

## Signing up

sign-up-ask = Is your company new here?
sign-up-link = Sign up
sign-up-title = Sign up your company
sign-up-note = For companies that let out space
sign-up-register-no = Company register number
sign-up-register-no-hint = 7 digits
sign-up-company = Company name
sign-up-director = Director’s name
sign-up-email-hint = A letter comes to this address to verify it.
sign-up-do = Sign up
password-hint = At least 8 characters. Choose one you use nowhere else.

letter-title = Check your mail
# $email: the address
letter-note = We have sent a letter to { $email }.
letter-open = Open the letter from us.
letter-press = Follow the link in it to verify your address.
letter-begin = Sign in and enter your first building.
letter-spam = If it has not come within a few minutes, look into the spam folder.
letter-again = Send again
letter-sent-again = The letter was sent again.
letter-other = Sign up with another address
verified-title = Your address is verified
verified-note = You can sign in and begin.
verified-on = Go on
unverified-title = This link is not valid
unverified-note = The link was used or is too old. Signing in sends a new letter.

## A forgotten password

forgotten-title = Reset your password
forgotten-note = Enter your e-mail or phone number. If it is known here, a link or a code is sent.
forgotten-to = E-mail or phone
forgotten-do = Send
forgotten-neither = Enter an e-mail address or a phone number of 8 digits.
forgotten-sent-title = Check your mail
forgotten-sent-note = If the address is known here, a link to reset the password is on its way. It is good for 1 hour.
forgotten-again = Get a new link
forgotten-old-link = The link was used or is too old.
# $phone: the number
forgotten-phone-note = If { $phone } is known here, a code is on its way. Enter it with your new password.
password-new = New password
password-new-title = New password
password-new-note = Changing it signs you out on every device.
password-set = Change password
password-is-new = Your password is changed. Sign in with the new one.

## Invitations

thing-invitation = Invitation
invited-title = Invitation
# $owner: the organisation, $role: the role
invited-note = { $owner } invites you to work as { $role }.
invited-owner = Organisation
invited-role = Role
invited-to = For
invited-until = Good until
invited-has-account = You have an account: sign in first, then accept the invitation.
invited-join = Accept the invitation
# $name: a person’s name
invited-join-as = Accept as { $name }
invited-not-me = Sign in as somebody else
invited-gone-title = This invitation is not valid
invited-gone-note = It was used, taken back or is too old. Ask whoever invited you to send it again.
