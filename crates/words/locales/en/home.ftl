# The home of a tenant, and where staff confirm who is one.

menu-home = My rentals
home-owed = To pay
home-owes-nothing = Nothing to pay
home-no-invoices = No invoices.
home-no-contracts = No contracts.
home-places = Where you rent
home-place-waits = The owner has not confirmed your number yet.
home-here = Shown now
home-go = Show
home-waiting = Waiting for confirmation
home-waiting-note = Your number is known to the owner below. Once it is confirmed, a text tells you and your contracts and invoices are here.
home-unknown = No contract was found under your number
home-unknown-note = Ask your landlord whether this number is in their books. Once it is, look again.
home-seek = Look again
home-seek-note = If you rent elsewhere too, you can have your number looked for again.
home-found = A new place was found. Its owner has to confirm you first.
home-found-none = No other contract was found under your number.

links-title = Link requests
links-note = You say whether the person who signed in with this phone is the tenant. Once confirmed, they see the tenant’s contracts and invoices.
links-waiting = Waiting
links-linked = Confirmed
links-refused = Refused
links-ended = Ended
links-none = No such requests
links-none-note = When a tenant signs in with their phone, the request stands here.
link-asked = Asked
link-decided = Decided
link-ways = Actions
link-confirm = Confirm
link-refuse = Refuse
link-end = End the link
# $tenant: the tenant, $phone: the number
link-was-confirmed = { $tenant }: { $phone } is confirmed.
link-was-refused = { $tenant }: the request of { $phone } was refused.
link-was-ended = { $tenant }: the link with { $phone } was ended.
