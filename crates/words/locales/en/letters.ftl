# Letters about an account. Each has -subject, -body, -button for what to do, -unless for "if it was not you";
# -short is the same as a text message.

letter-signed = Spacehub

letter-confirm-subject = Confirm your e-mail address
letter-confirm-body = Somebody asked to sign up to Spacehub with this address. Follow the link to confirm it, then sign in. The link is good for one hour.
letter-confirm-button = Confirm my address
letter-confirm-unless = If you did not sign up, you need not do anything. Without confirmation there is no account.

letter-already-here-subject = You have an account already
letter-already-here-body = Somebody tried to sign up to Spacehub with this address. You have an account, so just sign in. If you forgot your password, make a new one here: { $forgotten }
letter-already-here-button = Sign in
letter-already-here-unless = If it was not you, you need not do anything: your account has not changed.

letter-company-is-here-subject = Your company is here already
letter-company-is-here-body = The company with the register number you gave uses Spacehub already. Ask its director for an invitation. If you have one, sign in.
letter-company-is-here-button = Sign in
letter-company-is-here-unless = If you did not sign up, you need not do anything.

letter-reset-subject = Make a new password
letter-reset-body = Somebody asked to make the password of your account anew. Follow the link to choose a new one. The link is good for one hour and works once.
letter-reset-button = Choose a new password
letter-reset-unless = If it was not you, you need not do anything: your password stays as it is.

letter-new-address-subject = Confirm your new e-mail address
letter-new-address-body = You asked to use this address for your Spacehub account. Follow the link to confirm it. The link is good for one hour.
letter-new-address-button = Confirm the new address
letter-new-address-unless = If it was not you, you need not do anything.

letter-address-changed-subject = Your e-mail address was changed
letter-address-changed-body = The address of your Spacehub account is now { $to }. Sign in with it from now on.
letter-address-changed-unless = If you did not change it, tell your company's director or us at once.

letter-password-changed-subject = Your password was changed
letter-password-changed-body = The password of your Spacehub account was changed, and your other devices were signed out.
letter-password-changed-button = It was not me: make a new password
letter-password-changed-unless = If you changed it yourself, you need not do anything.
letter-password-changed-short = Spacehub: your password was changed. If it was not you:

letter-displaced-subject = Your oldest device was signed out
letter-displaced-body = You signed in on a new device. An account may be signed in on 5 devices at once, so the oldest was signed out.
letter-displaced-button = See my devices
letter-displaced-unless = If the new device is not yours, sign it out and change your password.
letter-displaced-short = Spacehub: a new device signed in, so the oldest was signed out. If it was not you:

letter-stolen-subject = We ended one of your sessions to protect you
letter-stolen-body = The key of one of your devices was used from two places, so we ended that session. Please sign in again, and change your password if this looks wrong to you.
letter-stolen-button = Make a new password
letter-stolen-unless = It can also happen after a telephone was restored from a backup.
letter-stolen-short = Spacehub: we ended one of your sessions to protect you. Sign in again; if this looks wrong, change your password:

letter-code-subject = Your sign-in code: { $code }
letter-code-body = Your sign-in code is { $code }. It is good for 3 minutes.
letter-code-unless = Tell it to nobody. If you are not signing in, change your password now.
letter-code-short = Spacehub: your sign-in code is { $code }. Tell it to nobody.

# $owner: the company's name, $role: what the reader is to be
letter-invitation-subject = { $owner } invites you to Spacehub
letter-invitation-body = { $owner } invites you to work with them on Spacehub. Role: { $role }. Follow the link to accept. The invitation is good for 48 hours.
letter-invitation-button = Accept the invitation
letter-invitation-unless = If you do not know this company, you need not do anything.
letter-invitation-short = { $owner } invites you to Spacehub:
