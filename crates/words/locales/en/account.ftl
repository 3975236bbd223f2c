# My account: who I am, the password, the second step, signed-in devices.

account = My account
account-profile = About me
account-password = Password
account-factor = Two-step sign-in
account-sessions = Signed-in devices
account-name = Your name
account-language = Language
print = Print

email-verified = Verified
email-unverified = Not verified
email-change = Change address
email-change-hint = It changes once the letter to the new address was answered.
email-letter-sent = The letter to verify it is on its way.
phone-change = Change number
phone-change-hint = You confirm it with the code that comes to the new number.
phone-changed = Your phone number is changed.

password-change = Change password
password-change-note = Changing it signs you out on every other device.
password-current = Present password
password-changed = Your password is changed. Other devices are signed out.

factor-title = Two-step sign-in
factor-on = On
factor-off = Off
factor-note = Besides your password you enter a code that an app on your phone shows. Nobody gets in with a stolen password alone.
factor-begin = Set it up
factor-scan = 1. Scan the QR code with your app
factor-scan-note = Any authenticator app will do: Google Authenticator, Microsoft Authenticator, 1Password.
factor-qr = QR code for the authenticator app
factor-secret = If you can’t scan it, type this key into the app:
factor-open = Open in an app on this device
factor-keep-codes = 2. Keep your backup codes
factor-codes = Backup codes
factor-codes-note = They let you in when your phone is lost. Each works once. They are not shown again: print them or keep them in a safe place.
factor-codes-copy = Copy the codes
factor-codes-new = New backup codes
factor-codes-kept = I have kept them
factor-confirm = 3. Confirm with a code of the app
factor-code = The 6 digits in the app
factor-switch-on = Switch on
factor-is-on = Two-step sign-in is on.
factor-on-note = Every sign-in asks for a code of the app, but for devices you trusted for 30 days.
factor-renew = Get new backup codes
factor-renew-note = New codes make the old ones void.
factor-switch-off = Switch off
factor-off-note = From then on the password alone lets you in.
factor-is-off = Two-step sign-in is off.

sessions-note = You can be signed in on 5 devices at once. When a sixth signs in, the oldest is signed out.
sessions-end-others = Sign out everywhere else
sessions-ended = The other devices are signed out.
sessions-not-fresh = Please sign in again
sessions-not-fresh-note = You signed in more than a day ago. To see your devices, sign in again first.
session-end = Sign out
session-ended = The device is signed out.
session-gone = That device was signed out already.
device-unknown = Unknown device
device-this = This device
device-used = Last used:
device-since = Signed in:
device-address = IP address
