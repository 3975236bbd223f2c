## Meters, readings, tariffs

meter-kind-electricity = Electricity
meter-kind-cold-water = Cold water
meter-kind-hot-water = Hot water
meter-kind-heat = Heat
meter-kind-gas = Gas

# Why there is no bill. $kind: what the meter counts; $serial: the meter's number; $unit: the room
meter-parked-not-approved = The contract is not approved for billing.
meter-parked-not-read = Meter { $serial } of room { $unit } ({ $kind }) was not read this month.
meter-parked-no-tariff = { $kind }: no tariff is in force this month.
# $name: the name of the contract's charge
meter-parked-not-said = The contract's charge "{ $name }" does not say by which meter it is counted.
meter-parked-no-meter = The contract charges "{ $name }" by meter ({ $kind }), and its rooms have no such meter.
meter-parked-common-not-read = The common meter { $serial } ({ $kind }) was not read, so it can't be shared out.
# $count: meters without a reading
meter-parked-rooms-not-read = { $kind }: { $count } of the rooms' meters were not read, so the common difference can't be shared out.
meter-parked-below-rooms = { $kind }: the rooms' meters count more than the common one. Check the readings.
meter-parked-too-large = The amount is too large. Check the readings.

# What stands out. $usual: what is usual
meter-unusual-high = More than twice what is usual ({ $usual } a month).
meter-unusual-low = Less than half of what is usual ({ $usual } a month).
meter-unusual-sudden = Nothing was used in the months before.

field-meter-below-previous = Below the reading before ({ $said }). Was the meter replaced, did it roll over, or was the one before a mistake?
field-meter-needs-word = { $said } Say why.
field-meter-say-why = Say what was wrong.
field-meter-not-on-dial = The counter can't show this: too many digits, or more than three decimals.
field-meter-no-beginning = Nobody knows what this meter showed before. Write it down.
field-meter-not-in-month = A day of the month (or within 10 days after it).
# $serial: the meter's number
conflict-meter-removed = Meter { $serial } was taken away.
conflict-meter-serial-taken = There is a meter { $serial } already.
# $month: a month
conflict-reading-followed = { $month } was read already, so what came before stays as it is.
# $code: the bill's number
conflict-reading-billed = The month's utility bill ({ $code }) was made, so the reading stays as it is.
conflict-tariff-overlap = Another tariff is in force at that time. Give it a last day first.

## Page: meters

menu-meters = Meters
meters-readings = Readings
meters-tariffs = Tariffs
meters-import = Import readings
# $month: a month; $read: meters read, $meters: all of them
meters-so-far = { $month }: { $read } of { $meters } meters read.
# $count: how many stand out
meters-unusual-count = { $count } unusual
meters-kind = Kind
meters-any-kind = Any kind
meters-which = Which meters
meters-all = All meters
meters-only-missing = Only missing
meters-common = Common
meters-serial = Meter no.
meters-multiplier = Multiplier
meters-digits = Digits
meters-installed = Installed
meters-removed = Removed
meters-previous = Previous
meters-current = Current
meters-used = Consumption
meters-before = Last 6 months
meters-read-on = Read on
meters-save = Save readings
meters-save-first = Save before you go to the next page.
# $count: readings saved
meters-saved = { $count } readings saved.
meters-saved-in-part = { $count } readings saved. Mend the others below.
meters-some-refused = Some readings were not saved. Each row says why.
meters-why = Why
meters-why-none = Because…
meters-word = Explanation
meters-none = No meters
meters-none-note = Import your sheet of meter readings: the meters come in with them.
meters-none-missing = Every meter was read
meters-none-missing-note = No meter is left unread this month.

meter-status-ok = Usual
meter-status-replaced-old = Replaced, last reading
meter-status-replaced-new = New meter
meter-status-rolled-over = Rolled over
meter-status-mistake = The one before was a mistake
meter-status-handover = At handover

meters-history = Readings so far
meters-no-history = This meter was never read.
meters-successor = The meter in its place
meters-replace = Replace the meter
meters-replace-note = Write the old meter's last reading and the new one's first. The consumption of both goes on the month's bill.
meters-replace-on = Replaced on
meters-final = Last reading of the old meter
meters-new-serial = New meter's number
meters-new-initial = First reading of the new meter
# $serial: the new meter's number
meters-replaced = The meter was replaced by { $serial }.
meters-hand-over = Reading at handover
meters-hand-over-note = When a contract begins within a month, the reading of that day keeps what was used before off the new tenant's bill.
meters-hand-over-on = First day of the contract
meters-handed-over = The reading at handover is saved.

meters-tariffs-note = A new tariff holds from its first day on. Bills that were made stay as they are.
meters-valid-from = From
meters-valid-to = Until
meters-open = open
meters-unit-price = Unit price
meters-base-fee = Base fee
meters-capacity-rate = Capacity rate
meters-capacity-hint = kWh ÷ days ÷ 12 × this
meters-support-fee = Support fee
meters-tariff-new = New tariff
meters-tariff-new-note = The open tariff of the same kind ends the day before the new one begins.
meters-tariff-add = Add the tariff
meters-tariff-added = The tariff was added.
meters-common-rules = Difference of common meters
meters-common-rules-note = How the difference between a building's common meters and its rooms' meters is shared out among the tenants, by building and kind. Without a rule the owner bears it.
meters-share-by = Shared out
meters-share-none = Not at all
meter-share-area = By area
meter-share-reading = By reading
meters-rule-save = Save
meters-rule-set = The rule for common meters is saved.

import-readings = Meter readings
import-readings-note = A sheet with each meter's number and room and its previous and current reading. Meters that are not known yet are made.
import-meters = New meters
import-readings-added = Readings
import-readings-month = Readings of which month
import-see-meters = See the readings
readings-field-serial = Meter no.
readings-field-kind = Kind
readings-field-building = Building
readings-field-room = Room
readings-field-multiplier = Multiplier
readings-field-digits = Digits
readings-field-previous = Previous reading
readings-field-current = Current reading
readings-field-read-on = Read on
readings-field-reader = Read by
readings-field-note = Note

## History

thing-meter = Meter
thing-reading = Reading
thing-tariff = Tariff
audit-thing-meter = Meter
audit-thing-reading = Meter reading
audit-thing-tariff = Tariff
audit-action-meter-replace = Meter: replaced
audit-action-common-rule-set = Rule of common meters: set
audit-action-import-readings = Import: meter readings taken in
audit-field-meter-id = Meter
audit-field-serial = Meter no.
audit-field-multiplier = Multiplier
audit-field-digits = Digits
audit-field-current = Current reading
audit-field-previous = Previous reading
audit-field-difference = Difference
audit-field-consumption = Consumption
audit-field-read-on = Read on
audit-field-base-fee = Base fee
audit-field-capacity-rate = Capacity rate
audit-field-support-fee = Support fee
audit-field-share-by = Shared out
