# A tenant signs in with a telephone and finds the contracts: the owner confirms.

thing-place = Place
thing-tenant-link = Link request

tenant-link-status-waiting = Waiting
tenant-link-status-linked = Confirmed
tenant-link-status-refused = Refused
tenant-link-status-ended = Ended

conflict-tenant-has-another-phone = The tenant does not have this telephone any more, so it cannot be confirmed. Check the tenant's numbers first.
conflict-tenant-has-a-person = Another person is linked to this tenant. End that link first.

## Texts. $owner: the company, $link: the page

sms-link-confirmed = { $owner }: your number is confirmed. See your contracts and bills here: { $link }
sms-link-refused = { $owner }: you were not confirmed as a tenant. Please contact us with any questions.
sms-link-ended = { $owner }: your number can no longer see contracts and bills. Please contact us with any questions.

sms-latin-link-confirmed = { $owner }: your number is confirmed. See your contracts and bills here: { $link }
sms-latin-link-refused = { $owner }: you were not confirmed as a tenant. Please contact us with any questions.
sms-latin-link-ended = { $owner }: your number can no longer see contracts and bills. Please contact us with any questions.
