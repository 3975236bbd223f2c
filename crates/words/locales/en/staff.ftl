# Staff and invitations.

conflict-session-not-fresh = You signed in too long ago. Please sign in again.
conflict-last-director = An organisation cannot be left without a director. Make somebody else a director first.
conflict-already-staff = This person works for you already.
conflict-already-invited = An invitation has gone to this address. To send it again, use the list of invitations.
conflict-too-many-invitations = { $max } invitations are waiting for an answer. Cancel those you no longer need, then send again.
conflict-too-many-staff = At most { $max } people can work for one organisation.
conflict-account-exists = There is an account with this address. Sign in, then accept the invitation.
conflict-works-elsewhere = You are registered with another organisation. Leave it first, or ask for an invitation to another address.
conflict-not-the-recipient = This invitation went to another address. Sign in with the address it went to.

field-employees-only = Only employees are assigned to buildings.
field-one-address = Give either an e-mail address or a telephone number.
