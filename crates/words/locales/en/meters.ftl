## Meters, readings, tariffs

meter-kind-electricity = Electricity
meter-kind-cold_water = Cold water
meter-kind-hot_water = Hot water
meter-kind-heat = Heat
meter-kind-gas = Gas

# Why there is no bill. $kind: what the meter counts; $serial: the meter's number; $unit: the room
meter-parked-not-approved = The contract is not approved for billing.
meter-parked-not-read = Meter { $serial } of room { $unit } ({ $kind }) was not read this month.
meter-parked-no-tariff = { $kind }: no tariff is in force this month.
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
