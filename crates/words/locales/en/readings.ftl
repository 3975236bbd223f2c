## Reading on a walk

walk-title = Walk and read
walk-note = One meter after the other on a telephone. What is typed without a network is kept on the telephone and sent when there is one.
# $number: the floor's number
walk-floor = Floor { $number }
walk-common = Common meters
walk-whole = The whole building
walk-other-building = Another building
walk-elsewhere = Another floor
walk-none-note = There is no meter to read here.
walk-places = Meters
walk-read = read
walk-steps = Steps
walk-back = Back
walk-on = Next
walk-save = Save and go on
# $current: the reading
walk-saved = { $current } was saved.
walk-photo = Take a photo of the meter
walk-photo-kept = See the photo
# $why: the reason
walk-photo-refused = The reading was saved, its photo was not. { $why }
walk-below = Below the reading before. Look again; if it is right, say why and save.
walk-odd = More than twice or less than half of what is usual. Look again; if it is right, add a word and save.
walk-waiting = Sent when there is a network. Readings kept on this telephone:
walk-signed-out = You are signed out. The readings are still on this telephone and are sent once you sign in.
walk-sign-in = Sign in

meters-photo = Photo
meters-photo-add = Add a photo
files-reading-photo = Photo of the meter
# $current: the reading that is there; $version: its version
conflict-reading-changed = Somebody else read { $current } meanwhile. Save again to put yours in its place.

## What it comes to

meters-utilities = Charges
# $month: the month; $count: bills to be made; $billed: bills that are there
meters-utilities-so-far = { $month }: { $count } bills to be made, { $billed } made.
meters-line = Charge
meters-how = How it was made
meters-parked = Contracts without a bill
meters-parked-because = Reason
meters-no-bills = No bills to be made
meters-no-bills-note = Once there are readings and tariffs, each contract's charges stand here with how they were made.
meters-charged-by = By which meter
meters-charged-none = By no meter
meters-charged-hint = Only for a charge by meter. This price then stands in the tariff's place.
export-utilities = Utility charges
audit-thing-utility = Utility charges

## Undoing an import

import-kind-readings = Meter readings
import-undo-note-readings = The readings of this file and the meters that came with it go. It stays when the month is locked or a bill was made with its readings.
# $code: the bill's number
conflict-import-billed = A utility bill ({ $code }) was made with these readings, so the import cannot be undone.
import-thing-reading = Readings
import-thing-meter = Meters
import-thing-property = Buildings
import-thing-floor = Floors
import-thing-room = Spaces
import-thing-tenant = Tenants
import-thing-contract = Contracts
import-thing-invoice = Invoices
import-thing-payment = Payments
